"""Which item names which."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter

from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.plan.needs import ChoiceNeed, all_need_ids
from roadmap_tui.plan.roadmap import Plan, kind_of


@dataclass(frozen=True, slots=True)
class Link:
    """One item named by another: `before` must be known first; `path` is where it is named."""

    before: str
    after: str
    path: KeyPath


def links_of(name: str, item: Item) -> Iterator[Link]:
    """Every item that this one names."""
    place = (kind_of(item), name)
    for at, need in enumerate(item.needs):
        for nth, needed in enumerate(need.ids):
            inside = (nth,) if isinstance(need, ChoiceNeed) else ()
            yield Link(needed, name, (*place, "needs", at, *inside))
    if item.instead_of is not None:
        yield Link(item.instead_of, name, (*place, "instead_of"))
    if isinstance(item, Spike) and item.informs is not None:
        yield Link(name, item.informs, (*place, "informs"))


def links_between(plan: Plan) -> Iterator[Link]:
    """Every link between items that are there."""
    items = plan.items
    for name, item in items.items():
        yield from (
            link for link in links_of(name, item) if link.before in items and link.after in items
        )


def named_by(item: Item) -> tuple[str, ...]:
    """The ids of the items that this one waits for."""
    return (*all_need_ids(item.needs), *(() if item.instead_of is None else (item.instead_of,)))


def awaited(plan: Plan) -> dict[str, list[str]]:
    """By item, what it waits for of what is there; a bet waits for its spikes."""
    items = plan.items
    named = {
        name: [each for each in named_by(item) if each in items] for name, item in items.items()
    }
    for name, spike in plan.spike.items():
        if spike.informs in items:
            named[spike.informs or ""].append(name)
    return named


def has_cycle(plan: Plan) -> bool:
    """Whether items wait for each other in a circle."""
    return _is_cyclic(tuple((name, tuple(named)) for name, named in awaited(plan).items()))


@lru_cache(maxsize=8)
def _is_cyclic(waits: tuple[tuple[str, tuple[str, ...]], ...]) -> bool:
    try:
        TopologicalSorter(dict(waits)).prepare()
    except CycleError:
        return True
    return False


def all_behind(items: Mapping[str, Item], names: Iterable[str]) -> Iterator[str]:
    """All that these items wait for, every way of a choice included, each once."""
    seen, waiting = set[str](), list(names)
    while waiting:
        for needed in all_need_ids(items[waiting.pop()].needs):
            if needed in items and needed not in seen:
                seen.add(needed)
                waiting.append(needed)
                yield needed
