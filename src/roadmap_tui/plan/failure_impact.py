"""What surely can't deliver if one item doesn't: by what needs what, whatever the chances are."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from roadmap_tui.plan.graph import topological_order
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.plan.resolver import DELIVERED_STATUSES, OPEN_STATUSES, is_need_proven
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class DependencyState:
    """What the open items of a plan wait for.

    Attributes:
        order: the open items, each after all it waits for.
        needs: by open item, the ways to meet each of its needs.
        can_deliver: whether each item has a way to deliver.
        dependents: by item, the open items that wait for it directly.
    """

    plan: Plan
    order: tuple[str, ...]
    needs: Mapping[str, tuple[tuple[str, ...], ...]]
    can_deliver: Mapping[str, bool]
    dependents: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_plan(cls, plan: Plan, order: tuple[str, ...] = ()) -> "DependencyState":
        """What a plan without fatal faults has them wait for, in that order of all items if it is known."""
        items = plan.items
        order = tuple(
            name for name in order or topological_order(plan) if items[name].status in OPEN_STATUSES
        )
        needs = {name: tuple(_open_need_options(plan, items[name])) for name in order}
        after: dict[str, list[str]] = {}
        for name in order:
            for each in {each for options in needs[name] for each in options}:
                after.setdefault(each, []).append(name)
        may = _deliverability(items, order, needs, {})
        return cls(plan, order, needs, may, {name: tuple(each) for name, each in after.items()})


@dataclass(frozen=True, slots=True)
class FailureImpact:
    """What follows if an item doesn't deliver. All of it is about open items, each after all it waits for.

    Attributes:
        lost: those that surely can't deliver then, though they could if it delivers.
        alternatives: those that lose a way and have another left, with what is left, the preferred first.
        activated_fallbacks: plan Bs of it, or of what is lost, that are not lost themselves.
        remaining_needs: by what is lost, what else it waits for, that has not delivered yet.
    """

    lost: tuple[str, ...]
    alternatives: dict[str, tuple[str, ...]]
    activated_fallbacks: tuple[str, ...]
    remaining_needs: dict[str, tuple[str, ...]]


def assess_failure(waiting: DependencyState, name: str) -> FailureImpact:
    """What follows if the item, open or not, doesn't deliver."""
    items, needs = waiting.plan.items, waiting.needs
    may_deliver = waiting.can_deliver.get(name, False)
    changed = _changed_deliverability(waiting, name, works=not may_deliver)
    worst = (
        ChainMap(changed, dict(waiting.can_deliver))
        if may_deliver
        else {**waiting.can_deliver, name: False}
    )
    lost = tuple(each for each in waiting.order if each != name and each in changed)
    gone = {name, *lost}
    hit = {each for other in gone for each in waiting.dependents.get(other, ())} - {name}
    covered = {
        each: _substitutes(needs[each], gone, worst)
        for each in waiting.order
        if each in hit and worst[each]
    }
    others = (each for each in waiting.order if each != name)
    return FailureImpact(
        lost=lost,
        alternatives={each: left for each, left in covered.items() if left},
        activated_fallbacks=tuple(
            each for each in others if items[each].fallback_for in gone and worst[each]
        ),
        remaining_needs={each: _remaining_unmet_needs(needs[each], items, gone) for each in lost},
    )


def _changed_deliverability(waiting: DependencyState, name: str, *, works: bool) -> dict[str, bool]:
    """What may deliver, or may not any more, given whether an item does; only what that changes."""
    reached, looked = {name}, [name]
    while looked:
        new = [each for each in waiting.dependents.get(looked.pop(), ()) if each not in reached]
        reached.update(new)
        looked += new
    changed = {name: works}
    may = ChainMap(changed, dict(waiting.can_deliver))
    for each in waiting.order:
        if each in reached and each != name:
            can = all(any(map(may.get, options)) for options in waiting.needs[each])
            if can != waiting.can_deliver[each]:
                changed[each] = can
    return changed


def items_lost_with(waiting: DependencyState, name: str) -> frozenset[str]:
    """What surely can't deliver if an open item doesn't: `failing(…).lost`, without the rest, in no order."""
    if not waiting.can_deliver.get(name, False):
        return frozenset(assess_failure(waiting, name).lost)
    lost, looked = {name}, [name]
    while looked:
        for each in waiting.dependents.get(looked.pop(), ()):
            if each not in lost and waiting.can_deliver[each] and _is_lost(waiting, each, lost):
                lost.add(each)
                looked.append(each)
    return frozenset(lost - {name})


def _is_lost(waiting: DependencyState, name: str, lost: set[str]) -> bool:
    """Whether a need of an item has no way left."""
    return any(
        not any(waiting.can_deliver.get(each, False) and each not in lost for each in options)
        for options in waiting.needs[name]
    )


def bet_dropped_by(plan: Plan, name: str) -> str | None:
    """The open bet that an open spike drops if it says no; None if the item is no such spike."""
    spike = plan.items[name]
    if (
        not isinstance(spike, Spike)
        or spike.status not in OPEN_STATUSES
        or spike.on_refuted != "drop"
    ):
        return None
    bet = plan.items.get(spike.informs or "")
    return spike.informs if bet is not None and bet.status in OPEN_STATUSES else None


def _open_need_options(plan: Plan, item: Item) -> Iterable[tuple[str, ...]]:
    return (need.ids for need in item.needs if not is_need_proven(plan, need))


def _deliverability(
    items: Mapping[str, Item],
    order: Iterable[str],
    needs: Mapping[str, tuple[tuple[str, ...], ...]],
    given: dict[str, bool],
) -> dict[str, bool]:
    """Whether each item has a way left to deliver."""
    may = {name: item.status in DELIVERED_STATUSES for name, item in items.items()} | given
    for name in order:
        may[name] = all(any(map(may.get, options)) for options in needs[name])
    return may


def _substitutes(
    needs: tuple[tuple[str, ...], ...], gone: set[str], may: Mapping[str, bool]
) -> tuple[str, ...]:
    """What stands in for those that are gone."""
    hit = [options for options in needs if gone.intersection(options)]
    return tuple(dict.fromkeys(each for options in hit for each in options if may.get(each, False)))


def _remaining_unmet_needs(
    needs: tuple[tuple[str, ...], ...], items: Mapping[str, Item], gone: set[str]
) -> tuple[str, ...]:
    """The preferred of each need that is neither met already nor hit."""
    waiting = [options for options in needs if not gone.intersection(options)]
    unmet = [
        each
        for each in waiting
        if not any(name in items and items[name].status in DELIVERED_STATUSES for name in each)
    ]
    return tuple(
        dict.fromkeys(
            next((name for name in each if items[name].status in OPEN_STATUSES), each[0])
            for each in unmet
        )
    )
