"""Which item names which."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.plan.needs import ChoiceNeed, need_ids
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
    for at, need in enumerate(item.needs):
        for nth, needed in enumerate(need.ids):
            inside = (nth,) if isinstance(need, ChoiceNeed) else ()
            yield Dependency(needed, name, (*place, "needs", at, *inside))
    if item.fallback_for is not None:
        yield Dependency(item.fallback_for, name, (*place, "fallback_for"))
    if isinstance(item, Spike) and item.informs is not None:
        yield Dependency(name, item.informs, (*place, "informs"))


def plan_dependencies(plan: Plan) -> Iterator[Dependency]:
    """Every link between items that are there."""
    items = plan.items
    for name, item in items.items():
        yield from (
            link
            for link in item_dependencies(name, item)
            if link.before in items and link.after in items
        )


def references(item: Item) -> tuple[str, ...]:
    """The ids of the items that this one waits for."""
    return (*need_ids(item.needs), *(() if item.fallback_for is None else (item.fallback_for,)))


def predecessors(plan: Plan) -> dict[str, list[str]]:
    """By item, what it waits for of what is there; a bet waits for its spikes."""
    items = plan.items
    named = {
        name: [each for each in references(item) if each in items] for name, item in items.items()
    }
    for name, spike in plan.spike.items():
        if spike.informs in items:
            named[spike.informs or ""].append(name)
    return named


def has_cycle(plan: Plan) -> bool:
    """Whether items wait for each other in a circle."""
    return _has_cycle(tuple((name, tuple(named)) for name, named in predecessors(plan).items()))


@lru_cache(maxsize=8)
def _has_cycle(waits: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
    try:
        TopologicalSorter(dict(waits)).prepare()
    except CycleError:
        return True
    return False


def all_upstream(items: Mapping[str, Item], names: Iterable[str]) -> Iterator[str]:
    """All that these items wait for, every way of a choice included, each once."""
    seen, waiting = set[str](), list(names)
    while waiting:
        for needed in need_ids(items[waiting.pop()].needs):
            if needed in items and needed not in seen:
                seen.add(needed)
                waiting.append(needed)
                yield needed
