"""Marginal value: what the whole roadmap loses if an item is removed from it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.outcomes import OutcomeRules, draw_successes
from roadmap_tui.forecast.simulation.run_sets import Bools, RunSet, all_runs, to_mask
from roadmap_tui.forecast.simulation.sampling import (
    RandomSource,
    mean_demand,
    mean_effort,
    success_chance,
)
from roadmap_tui.plan.needs import ChoiceNeed
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan

Floats = NDArray[np.float64]
BLOCK = 64
"""Items that are looked at together."""


@dataclass(frozen=True, slots=True)
class RemovalImpact:
    """Effect of removing an item.

    Attributes:
        never_delivered: valued items that then never deliver, as a bit mask of their positions.
        delivery_change: by position of any other valued item, the chance to deliver that it loses;
            negative where it gains.
    """

    never_delivered: int
    delivery_change: Mapping[int, float]

    @property
    def is_zero(self) -> bool:
        """Whether the removal changes no valued item."""
        return not self.never_delivered and not self.delivery_change


@dataclass(frozen=True)
class MarginalValue:
    """Delivery without open spikes but with ideas, and each ranked item's share in its value.

    Attributes:
        delivers: chance to deliver, by item.
        worked_on: chance to be worked on, by item: that of being attempted, 1 if active already.
        demand: expected reach x impact x confidence of the items that have a value of their own, in
            dependency order.
        impacts: by ranked item, in the same order, the effect of removing it.
        covered_by: by item, those that replace it if it doesn't deliver.
    """

    delivers: dict[str, float]
    worked_on: dict[str, float]
    demand: dict[str, float]
    impacts: dict[str, RemovalImpact]
    covered_by: dict[str, tuple[str, ...]]

    def unlocked_value(self, name: str) -> float:
        """Return the expected value that is lost if this item is removed."""
        return self._unlocked_values[name]

    def effort_spent(self, item: ResolvedItem) -> float:
        """Return the expected person-weeks still spent: none where an item isn't attempted."""
        return mean_effort(item) * self.worked_on[item.id]

    def score(self, item: ResolvedItem) -> float | None:
        """Return expected unlocked value / expected effort spent: a ratio of means.

        None without effort; 0 for an item that is never attempted.
        """
        if mean_effort(item) <= 0:
            return None
        return weighted_rice_score(self.unlocked_value(item.id), self.effort_spent(item)) or 0.0

    def lost_delivery(self, names: Sequence[str]) -> Floats:
        """Return each valued item's loss of the chance to deliver, by removed item.

        Shape (items, valued).
        """
        lost = self._never_delivers(names) * self._delivery_chances
        for row, name in enumerate(names):
            moved = self.impacts[name].delivery_change
            if moved:
                lost[row, list(moved)] = list(moved.values())
        return lost

    def _never_delivers(self, names: Sequence[str]) -> Bools:
        """Return which valued items never deliver without each of these items.

        Shape (items, valued).
        """
        count = len(self.demand)
        raw = b"".join(
            self.impacts[name].never_delivered.to_bytes((count + 7) // 8, "little")
            for name in names
        )
        bits = np.frombuffer(raw, np.uint8).reshape(len(names), -1)
        return np.unpackbits(bits, axis=1, count=count, bitorder="little").view(np.bool_)

    @cached_property
    def _delivery_chances(self) -> Floats:
        return np.array([self.delivers[name] for name in self.demand])

    @cached_property
    def _unlocked_values(self) -> dict[str, float]:
        names, demand = list(self.impacts), np.array(list(self.demand.values()))
        unlocked: dict[str, float] = {}
        for begin in range(0, len(names), BLOCK):
            block = names[begin : begin + BLOCK]
            unlocked |= zip(block, self._unlocked_with(block, demand), strict=True)
        return unlocked

    def _unlocked_with(self, names: Sequence[str], demand: Floats) -> list[float]:
        # summed one by one, so that unaffected items can't change the last digits
        rows, columns = self._never_delivers(names).nonzero()
        values: list[float] = np.bincount(
            rows, self._delivery_chances[columns] * demand[columns], len(names)
        ).tolist()
        for row, name in enumerate(names):
            values[row] += sum(
                share * demand.item(at) for at, share in self.impacts[name].delivery_change.items()
            )
        return values


def weighted_rice_score(unlocked: float, effort: float) -> float | None:
    """Return expected unlocked value / expected effort spent: a ratio of means.

    Both count runs in which the item isn't attempted, at 0. None without effort.
    """
    return unlocked / effort if effort > 0 else None


def is_ranked(item: ResolvedItem) -> bool:
    """Return whether an item belongs in the ranking: open or an idea, and no spike."""
    return item.kind != "spike" and item.status in {"idea", "planned", "active"}


def marginal_value(
    resolved: ResolvedPlan, source: RandomSource, checkpoint: Checkpoint = no_checkpoint
) -> MarginalValue:
    """Return every ranked item's share in the value of the plan."""
    rules = OutcomeRules(
        resolved,
        draw_successes(resolved, source, checkpoint),
        spikes_drop=False,
        include_ideas=True,
    )
    outcomes = rules.outcomes(checkpoint)
    delivers = {name: outcome.delivers for name, outcome in outcomes.items()}
    worked_on = {
        name: all_runs(source.runs) if resolved.items[name].status == "active" else each.attempted
        for name, each in outcomes.items()
    }
    ranked = {
        name: resolved.items[name] for name in resolved.order if is_ranked(resolved.items[name])
    }
    demand = expected_demand(resolved)
    shares = {name: each.bit_count() / source.runs for name, each in delivers.items()}
    rare = {name for name, item in ranked.items() if source.is_too_rare(item)}
    for name in rare:
        # a chance too small for any run counts with the runs in which the item is attempted
        attempted = outcomes[name].attempted.bit_count() / source.runs
        shares[name] = success_chance(ranked[name]) * attempted
    strikes = LeaveOneOut.of(resolved, rules, delivers, demand, rare)
    return MarginalValue(
        delivers=shares,
        worked_on={name: each.bit_count() / source.runs for name, each in worked_on.items()},
        demand=demand,
        impacts={name: strikes.impact(name) for name in with_checkpoints(ranked, checkpoint)},
        covered_by=_replacements(resolved, ranked),
    )


def expected_demand(resolved: ResolvedPlan) -> dict[str, float]:
    """Return each ranked item's expected reach x impact x confidence, in dependency order."""
    ranked = (item for item in map(resolved.items.__getitem__, resolved.order) if is_ranked(item))
    return {item.id: mean_demand(item) for item in ranked if item.demand is not None}


def _replacements(
    resolved: ResolvedPlan, ranked: dict[str, ResolvedItem]
) -> dict[str, tuple[str, ...]]:
    """Return, by item, its fallback and the other options of a choice that can still deliver."""
    covering: dict[str, set[str]] = {name: set() for name in ranked}
    for item in ranked.values():
        if item.fallback_for in covering:
            covering[item.fallback_for].add(item.id)
        for need in item.needs:
            if isinstance(need, ChoiceNeed):
                _add_alternatives(covering, resolved, need)
    return {name: tuple(sorted(others)) for name, others in covering.items()}


def _add_alternatives(
    covering: dict[str, set[str]], resolved: ResolvedPlan, choice: ChoiceNeed
) -> None:
    """Add to each ranked option of a choice the others that can still deliver."""
    able = {name for name in choice.ids if name in covering or resolved.has_delivered(name)}
    for name in covering.keys() & able:
        covering[name].update(able - {name})


def _followers(resolved: ResolvedPlan) -> dict[str, set[str]]:
    """Return, by item, the items whose delivery depends directly on it."""
    followers: dict[str, set[str]] = {name: set() for name in resolved.items}
    for name, item in resolved.items.items():
        for needed in item.references:
            if needed in followers:
                followers[needed].add(name)
    return followers


def _always_lost(
    resolved: ResolvedPlan, rules: OutcomeRules, bit: Mapping[str, int]
) -> dict[str, int]:
    """Return, by item, a bit mask of those that never deliver if it doesn't, itself included."""
    lost = dict(bit)
    for name in reversed(resolved.order):
        if not rules.is_open(name):
            continue
        for need in resolved.items[name].needs:
            first, *others = need.ids
            if first in lost and not others:
                lost[first] |= lost[name]
    return lost


def _replaceable_items(resolved: ResolvedPlan) -> set[str]:
    """Return the items that another item may replace."""
    found: set[str] = set()
    for item in resolved.items.values():
        if item.fallback_for is not None:
            found.add(item.fallback_for)
        for need in item.needs:
            if isinstance(need, ChoiceNeed):
                found.update(need.ids)
    return found


@dataclass(frozen=True, slots=True)
class LeaveOneOut:
    """Removal of single items. Sets of items are bit masks; the valued items have the lowest bits.

    Attributes:
        delivers: the runs in which each item delivers if none is removed.
        valued: the items whose change is reported, by bit.
        current: where each item delivers; changed temporarily while one item is removed.
        followers: the items whose delivery depends directly on each item.
        position: each item's position in dependency order.
        always_lost: by item, those that never deliver without it, itself included.
        replaceable: the items that another item may replace.
        deliverable: the valued items that deliver in at least one run.
    """

    rules: OutcomeRules
    delivers: dict[str, RunSet]
    valued: tuple[str, ...]
    current: dict[str, RunSet]
    followers: dict[str, set[str]]
    position: dict[str, int]
    always_lost: dict[str, int]
    replaceable: int
    deliverable: int

    @classmethod
    def of(
        cls,
        resolved: ResolvedPlan,
        rules: OutcomeRules,
        delivers: dict[str, RunSet],
        valued: Iterable[str],
        rare: Collection[str] = (),
    ) -> "LeaveOneOut":
        """Create the removals of a plan.

        Args:
            resolved: the plan.
            rules: how outcomes follow from draws.
            delivers: the runs in which each item delivers.
            valued: the items whose change is reported.
            rare: items that may deliver, though in none of the runs.
        """
        reported = tuple(valued)
        bit = {name: 1 << at for at, name in enumerate(dict.fromkeys((*reported, *resolved.order)))}
        return cls(
            rules=rules,
            delivers=delivers,
            valued=reported,
            current=dict(delivers),
            followers=_followers(resolved),
            position={name: at for at, name in enumerate(resolved.order)},
            always_lost=_always_lost(resolved, rules, bit),
            replaceable=sum(bit[name] for name in _replaceable_items(resolved) if name in bit),
            deliverable=sum(bit[name] for name in reported if delivers[name] or name in rare),
        )

    def impact(self, name: str) -> RemovalImpact:
        """Return the effect on the valued items of removing this one."""
        if not self.always_lost[name] & self.replaceable:
            return RemovalImpact(self.always_lost[name] & self.deliverable, {})
        changed, count = self._delivery_without(name), self.rules.draws.runs
        return RemovalImpact(
            0,
            {
                at: (self.delivers[each].bit_count() - changed[each].bit_count()) / count
                for at, each in enumerate(self.valued)
                if each in changed
            },
        )

    def lost_delivery(self, name: str) -> dict[str, float]:
        """Return each affected valued item's loss of the chance to deliver without this one."""
        loss, count = self.impact(name), self.rules.draws.runs
        gone = to_mask(loss.never_delivered, len(self.valued)).nonzero()[0].tolist()
        lost = {self.valued[at]: self.delivers[self.valued[at]].bit_count() / count for at in gone}
        return lost | {self.valued[at]: share for at, share in loss.delivery_change.items()}

    def between(self, first: str, last: str) -> set[str]:
        """Return the items downstream of `first` and upstream of `last`, including `last`."""
        end = self.position[last]
        leads = {last}
        within = sorted(self._downstream(first, end), key=self.position.__getitem__, reverse=True)
        for name in within:
            if not leads.isdisjoint(self.followers[name]):
                leads.add(name)
        return leads

    def _downstream(self, first: str, end: int) -> set[str]:
        """Return all items that depend on an item, up to a position in dependency order."""
        found, waiting = set[str](), [first]
        while waiting:
            new = [
                each
                for each in self.followers[waiting.pop()]
                if self.position[each] <= end and each not in found
            ]
            found.update(new)
            waiting += new
        return found

    def _delivery_without(self, name: str) -> dict[str, RunSet]:
        """Return where the affected items deliver if one never does, in dependency order."""
        current, changed = self.current, {name: 0}
        current[name] = 0
        waiting = [self.position[each] for each in self.followers[name]]
        heapify(waiting)
        seen = set(waiting)
        while waiting:
            each = self.rules.order[heappop(waiting)]
            now = self.delivers[each]
            if self.rules.is_open(each):
                now = self.rules.delivers(each, current)
            if now == self.delivers[each]:
                continue
            current[each] = changed[each] = now
            for follower in self.followers[each]:
                if self.position[follower] not in seen:
                    seen.add(self.position[follower])
                    heappush(waiting, self.position[follower])
        current.update((each, self.delivers[each]) for each in changed)
        return changed
