"""Which items depend on which: references, direct predecessors, and everything upstream."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from heapq import heappop, heappush

from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.plan.needs import ChoiceNeed, Need, need_ids
from roadmap_tui.plan.roadmap import Plan, item_kind


@dataclass(frozen=True, slots=True)
class Dependency:
    """One item named by another: `before` must be known first; `path` is where it is named."""

    before: str
    after: str
    path: KeyPath


def item_dependencies(name: str, item: Item) -> Iterator[Dependency]:
    """Every item that this one names."""
    place = (item_kind(item), name)
    for index, need in enumerate(item.needs):
        for nth, needed in enumerate(need.ids):
            inside = (nth,) if isinstance(need, ChoiceNeed) else ()
            yield Dependency(needed, name, (*place, "needs", index, *inside))
    if item.fallback_for is not None:
        yield Dependency(item.fallback_for, name, (*place, "fallback_for"))
    if isinstance(item, Spike) and item.informs is not None:
        yield Dependency(name, item.informs, (*place, "informs"))


def plan_dependencies(plan: Plan) -> Iterator[Dependency]:
    """Every dependency between items that exist."""
    items = plan.items
    for name, item in items.items():
        for dependency in item_dependencies(name, item):
            if dependency.before in items and dependency.after in items:
                yield dependency


def references(item: Item) -> tuple[str, ...]:
    """The ids of the items that this one waits for."""
    needed = tuple(need_ids(item.needs))
    return needed if item.fallback_for is None else (*needed, item.fallback_for)


def predecessors(plan: Plan) -> dict[str, list[str]]:
    """By item, the existing items that it waits for; a bet waits for its spikes."""
    items = plan.items
    found: dict[str, list[str]] = {}
    for name, item in items.items():
        found[name] = [each for each in references(item) if each in items]
    for name, spike in plan.spike.items():
        if spike.informs in items:
            found[spike.informs or ""].append(name)
    return found


def stable_topological_order(
    names: Iterable[str], before: Mapping[str, Iterable[str]]
) -> tuple[str, ...]:
    """Sort names topologically; where that leaves a choice, the first of `names` comes first.

    Args:
        names: each once.
        before: by name, the names that must come before it; none by default.

    Raises:
        graphlib.CycleError: names wait for each other.
    """
    ordered = tuple(names)
    position = {name: at for at, name in enumerate(ordered)}
    sorter = TopologicalSorter({name: before.get(name, ()) for name in ordered})
    sorter.prepare()
    ready, found = list[int](), list[str]()
    while sorter.is_active():
        for name in sorter.get_ready():
            heappush(ready, position[name])
        found.append(ordered[heappop(ready)])
        sorter.done(found[-1])
    return tuple(found)


def topological_order(plan: Plan) -> tuple[str, ...]:
    """The ids, each after all that it waits for; where that leaves a choice, in file order.

    Raises:
        graphlib.CycleError: the plan has a cycle, which validation would have found.
    """
    return stable_topological_order(plan.items, predecessors(plan))


def has_cycle(plan: Plan) -> bool:
    """Whether items wait for each other in a circle."""
    return _has_cycle(tuple((name, tuple(each)) for name, each in predecessors(plan).items()))


# A plan is validated again after each edit, and few edits change what waits for what.
@lru_cache(maxsize=8)
def _has_cycle(waits: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
    try:
        TopologicalSorter(dict(waits)).prepare()
    except CycleError:
        return True
    return False


def all_upstream(items: Mapping[str, Item], names: Iterable[str]) -> Iterator[str]:
    """All that these items wait for, with every option of a choice, each once."""
    seen, waiting = set[str](), list(names)
    while waiting:
        for needed in need_ids(items[waiting.pop()].needs):
            if needed in items and needed not in seen:
                seen.add(needed)
                waiting.append(needed)
                yield needed


def upstream(items: Mapping[str, Item], name: str) -> Iterator[str]:
    """All that an item waits for, the nearest first; of a choice, the first that can deliver."""
    seen, waiting = {name}, [name]
    while waiting:
        for need in items[waiting.pop(0)].needs:
            chosen = _first_deliverable(items, need)
            if chosen is not None and chosen not in seen:
                seen.add(chosen)
                waiting.append(chosen)
                yield chosen


def upstream_models(plan: Plan, name: str) -> Iterator[str]:
    """The models upstream of an item; of a choice, the first that can deliver."""
    return (each for each in upstream(plan.items, name) if each in plan.model)


def _first_deliverable(items: Mapping[str, Item], need: Need) -> str | None:
    for each in need.ids:
        if each in items and items[each].status in OPEN_STATUSES | DELIVERED_STATUSES:
            return each
    return None
