"""What surely can't deliver if one item doesn't: by what needs what, whatever the chances are."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from roadmap_tui.plan.graph import topological
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.plan.resolve import DELIVERED, OPEN, is_proven
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class Waiting:
    """What the open items of a plan wait for.

    Attributes:
        order: the open items, each after all it waits for.
        needs: by open item, the ways to meet each of its needs.
        may: whether each item has a way to deliver.
        after: by item, the open items that wait for it directly.
    """

    plan: Plan
    order: tuple[str, ...]
    needs: Mapping[str, tuple[tuple[str, ...], ...]]
    may: Mapping[str, bool]
    after: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, plan: Plan, order: tuple[str, ...] = ()) -> "Waiting":
        """What a plan without fatal faults has them wait for, in that order of all items if it is known."""
        items = plan.items
        order = tuple(name for name in order or topological(plan) if items[name].status in OPEN)
        needs = {name: tuple(_needs(plan, items[name])) for name in order}
        after: dict[str, list[str]] = {}
        for name in order:
            for each in {each for options in needs[name] for each in options}:
                after.setdefault(each, []).append(name)
        may = _may_deliver(items, order, needs, {})
        return cls(plan, order, needs, may, {name: tuple(each) for name, each in after.items()})


@dataclass(frozen=True, slots=True)
class Failing:
    """What follows if an item doesn't deliver. All of it is about open items, each after all it waits for.

    Attributes:
        lost: those that surely can't deliver then, though they could if it delivers.
        covered: those that lose a way and have another left, with what is left, the preferred first.
        turn: plan Bs of it, or of what is lost, that are not lost themselves.
        others: by what is lost, what else it waits for, that has not delivered yet.
    """

    lost: tuple[str, ...]
    covered: dict[str, tuple[str, ...]]
    turn: tuple[str, ...]
    others: dict[str, tuple[str, ...]]


def failing(waiting: Waiting, name: str) -> Failing:
    """What follows if the item, open or not, doesn't deliver."""
    items, needs = waiting.plan.items, waiting.needs
    may_deliver = waiting.may.get(name, False)
    changed = _changed(waiting, name, works=not may_deliver)
    worst = ChainMap(changed, dict(waiting.may)) if may_deliver else {**waiting.may, name: False}
    lost = tuple(each for each in waiting.order if each != name and each in changed)
    gone = {name, *lost}
    hit = {each for other in gone for each in waiting.after.get(other, ())} - {name}
    covered = {
        each: _left(needs[each], gone, worst)
        for each in waiting.order
        if each in hit and worst[each]
    }
    others = (each for each in waiting.order if each != name)
    return Failing(
        lost=lost,
        covered={each: left for each, left in covered.items() if left},
        turn=tuple(each for each in others if items[each].instead_of in gone and worst[each]),
        others={each: _others(needs[each], items, gone) for each in lost},
    )


def _changed(waiting: Waiting, name: str, *, works: bool) -> dict[str, bool]:
    """What may deliver, or may not any more, given whether an item does; only what that changes."""
    reached, looked = {name}, [name]
    while looked:
        new = [each for each in waiting.after.get(looked.pop(), ()) if each not in reached]
        reached.update(new)
        looked += new
    changed = {name: works}
    may = ChainMap(changed, dict(waiting.may))
    for each in waiting.order:
        if each in reached and each != name:
            can = all(any(map(may.get, options)) for options in waiting.needs[each])
            if can != waiting.may[each]:
                changed[each] = can
    return changed


def lost_with(waiting: Waiting, name: str) -> frozenset[str]:
    """What surely can't deliver if an open item doesn't: `failing(…).lost`, without the rest, in no order."""
    if not waiting.may.get(name, False):
        return frozenset(failing(waiting, name).lost)
    lost, looked = {name}, [name]
    while looked:
        for each in waiting.after.get(looked.pop(), ()):
            if each not in lost and waiting.may[each] and _is_lost(waiting, each, lost):
                lost.add(each)
                looked.append(each)
    return frozenset(lost - {name})


def _is_lost(waiting: Waiting, name: str, lost: set[str]) -> bool:
    """Whether a need of an item has no way left."""
    return any(
        not any(waiting.may.get(each, False) and each not in lost for each in options)
        for options in waiting.needs[name]
    )


def dropped_by(plan: Plan, name: str) -> str | None:
    """The open bet that an open spike drops if it says no; None if the item is no such spike."""
    spike = plan.items[name]
    if not isinstance(spike, Spike) or spike.status not in OPEN or spike.on_refuted != "drop":
        return None
    bet = plan.items.get(spike.informs or "")
    return spike.informs if bet is not None and bet.status in OPEN else None


def _needs(plan: Plan, item: Item) -> Iterable[tuple[str, ...]]:
    return (need.ids for need in item.needs if not is_proven(plan, need))


def _may_deliver(
    items: Mapping[str, Item],
    order: Iterable[str],
    needs: Mapping[str, tuple[tuple[str, ...], ...]],
    given: dict[str, bool],
) -> dict[str, bool]:
    """Whether each item has a way left to deliver."""
    may = {name: item.status in DELIVERED for name, item in items.items()} | given
    for name in order:
        may[name] = all(any(map(may.get, options)) for options in needs[name])
    return may


def _left(
    needs: tuple[tuple[str, ...], ...], gone: set[str], may: Mapping[str, bool]
) -> tuple[str, ...]:
    """What stands in for those that are gone."""
    hit = [options for options in needs if gone.intersection(options)]
    return tuple(dict.fromkeys(each for options in hit for each in options if may.get(each, False)))


def _others(
    needs: tuple[tuple[str, ...], ...], items: Mapping[str, Item], gone: set[str]
) -> tuple[str, ...]:
    """The preferred of each need that is neither met already nor hit."""
    waiting = [options for options in needs if not gone.intersection(options)]
    unmet = [
        each
        for each in waiting
        if not any(name in items and items[name].status in DELIVERED for name in each)
    ]
    return tuple(
        dict.fromkeys(
            next((name for name in each if items[name].status in OPEN), each[0]) for each in unmet
        )
    )
