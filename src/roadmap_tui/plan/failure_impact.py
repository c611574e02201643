"""Deterministic impact of one item failing, from dependencies alone."""

from collections import ChainMap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.dependencies import topological_order
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.plan.roadmap import Plan

NeedOptions: TypeAlias = tuple[tuple[str, ...], ...]
"""By need of an item, the ids of which one must be delivered."""


@dataclass(frozen=True, slots=True)
class DependencyState:
    """What the open items of a plan wait for.

    Attributes:
        order: the open items, each after all that it waits for.
        needs: by open item, the options of each of its needs.
        can_deliver: whether each item has a way to be delivered.
        dependents: by item, the open items that wait for it directly.
    """

    plan: Plan
    order: tuple[str, ...]
    needs: Mapping[str, NeedOptions]
    can_deliver: Mapping[str, bool]
    dependents: Mapping[str, tuple[str, ...]]

    @classmethod
    def from_plan(cls, plan: Plan, order: tuple[str, ...] = ()) -> "DependencyState":
        """The state of a plan without fatal faults.

        Args:
            plan: the plan.
            order: all items in topological order, where that is known already.
        """
        items = plan.items
        every = order or topological_order(plan)
        order = tuple(name for name in every if items[name].status in OPEN_STATUSES)
        needs = {name: _need_options(items[name]) for name in order}
        dependents: dict[str, list[str]] = {}
        for name in order:
            for each in set[str]().union(*needs[name]):
                dependents.setdefault(each, []).append(name)
        return cls(
            plan,
            order,
            needs,
            _deliverability(items, order, needs),
            {name: tuple(each) for name, each in dependents.items()},
        )


@dataclass(frozen=True, slots=True)
class FailureImpact:
    """What follows if an item isn't delivered, for open items in topological order.

    Attributes:
        lost: items that can't be delivered then, though they could otherwise.
        alternatives: by item that loses an option and has others, those others, preferred first.
        activated_fallbacks: fallbacks for it, or for what is lost, that aren't lost themselves.
        remaining_needs: by lost item, what else it waits for that isn't delivered yet.
    """

    lost: tuple[str, ...]
    alternatives: dict[str, tuple[str, ...]]
    activated_fallbacks: tuple[str, ...]
    remaining_needs: dict[str, tuple[str, ...]]


def assess_failure(state: DependencyState, name: str) -> FailureImpact:
    """The impact if an item, open or not, isn't delivered."""
    items = state.plan.items
    could_deliver = state.can_deliver.get(name, False)
    changed = _changed_deliverability(state, name, works=not could_deliver)
    if could_deliver:
        can_deliver: Mapping[str, bool] = ChainMap(changed, dict(state.can_deliver))
    else:
        can_deliver = {**state.can_deliver, name: False}
    others = [each for each in state.order if each != name]
    lost = tuple(each for each in others if each in changed)
    failed = {name, *lost}
    fallbacks = (each for each in others if items[each].fallback_for in failed)
    return FailureImpact(
        lost=lost,
        alternatives=_alternatives(state, failed, can_deliver, but=name),
        activated_fallbacks=tuple(each for each in fallbacks if can_deliver[each]),
        remaining_needs={
            each: _remaining_unmet_needs(state.needs[each], items, failed) for each in lost
        },
    )


def _changed_deliverability(state: DependencyState, name: str, *, works: bool) -> dict[str, bool]:
    """Which items can or can't be delivered once one item is, or isn't; only where that differs."""
    reached = _all_dependents(state, name)
    changed = {name: works}
    can_deliver = ChainMap(changed, dict(state.can_deliver))
    for each in state.order:
        if each in reached and each != name:
            can = _are_needs_met(state.needs[each], can_deliver)
            if can != state.can_deliver[each]:
                changed[each] = can
    return changed


def _all_dependents(state: DependencyState, name: str) -> set[str]:
    """An item and all that waits for it, directly or not."""
    reached, waiting = {name}, [name]
    while waiting:
        dependents = state.dependents.get(waiting.pop(), ())
        new = [each for each in dependents if each not in reached]
        reached.update(new)
        waiting += new
    return reached


def _are_needs_met(needs: NeedOptions, can_deliver: Mapping[str, bool]) -> bool:
    return all(any(map(can_deliver.get, options)) for options in needs)


def items_lost_with(state: DependencyState, name: str) -> frozenset[str]:
    """What `assess_failure` would call lost, without the rest, unordered; faster."""
    if not state.can_deliver.get(name, False):
        return frozenset(assess_failure(state, name).lost)
    lost, waiting = {name}, [name]
    while waiting:
        for each in state.dependents.get(waiting.pop(), ()):
            if each not in lost and state.can_deliver[each] and _is_lost(state, each, lost):
                lost.add(each)
                waiting.append(each)
    return frozenset(lost - {name})


def _is_lost(state: DependencyState, name: str, lost: set[str]) -> bool:
    """Whether a need of an item has no option left."""
    for options in state.needs[name]:
        left = (each for each in options if each not in lost)
        if not any(state.can_deliver.get(each, False) for each in left):
            return True
    return False


def bet_dropped_by(plan: Plan, name: str) -> str | None:
    """The open bet that an open spike drops on a no; None if the item is no such spike."""
    spike = plan.items[name]
    if not isinstance(spike, Spike) or spike.status not in OPEN_STATUSES:
        return None
    if spike.on_refuted != "drop":
        return None
    bet = plan.items.get(spike.informs or "")
    if bet is None or bet.status not in OPEN_STATUSES:
        return None
    return spike.informs


def _need_options(item: Item) -> NeedOptions:
    return tuple(need.ids for need in item.needs)


def _deliverability(
    items: Mapping[str, Item], order: Iterable[str], needs: Mapping[str, NeedOptions]
) -> dict[str, bool]:
    """Whether each item has a way to be delivered."""
    can_deliver = {name: item.status in DELIVERED_STATUSES for name, item in items.items()}
    for name in order:
        can_deliver[name] = _are_needs_met(needs[name], can_deliver)
    return can_deliver


def _alternatives(
    state: DependencyState, failed: set[str], can_deliver: Mapping[str, bool], *, but: str
) -> dict[str, tuple[str, ...]]:
    """By item that can still be delivered, the options left of each need that failed items met."""
    hit = set[str]().union(*(state.dependents.get(each, ()) for each in failed)) - {but}
    found: dict[str, tuple[str, ...]] = {}
    for name in state.order:
        if name in hit and can_deliver[name]:
            left = _remaining_options(state.needs[name], failed, can_deliver)
            if left:
                found[name] = left
    return found


def _remaining_options(
    needs: NeedOptions, failed: set[str], can_deliver: Mapping[str, bool]
) -> tuple[str, ...]:
    left: dict[str, None] = {}
    for options in needs:
        if failed.intersection(options):
            left |= dict.fromkeys(each for each in options if can_deliver.get(each, False))
    return tuple(left)


def _remaining_unmet_needs(
    needs: NeedOptions, items: Mapping[str, Item], failed: set[str]
) -> tuple[str, ...]:
    """Preferred option of each need that is unmet and doesn't depend on a failed item."""
    unmet: dict[str, None] = {}
    for options in needs:
        if failed.intersection(options) or any(_is_delivered(items, each) for each in options):
            continue
        still_open = (each for each in options if items[each].status in OPEN_STATUSES)
        unmet[next(still_open, options[0])] = None
    return tuple(unmet)


def _is_delivered(items: Mapping[str, Item], name: str) -> bool:
    return name in items and items[name].status in DELIVERED_STATUSES
