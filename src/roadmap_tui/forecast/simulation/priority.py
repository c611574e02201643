"""Work queue: the order in which teams take up the work."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress
from roadmap_tui.forecast.simulation.outcomes import OutcomeRules, draw_successes
from roadmap_tui.forecast.simulation.run_sets import all_runs, to_mask
from roadmap_tui.forecast.simulation.sampling import RandomSource, mean_demand, mean_effort
from roadmap_tui.plan.base import OPEN_STATUSES, Pin
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan

EXPECTATION_RUNS = 16_384
EXPECTATION_SEED = 0
_EPSILON = 1e-12
_TIE_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One entry of the work queue.

    Attributes:
        id: the item.
        bundle_of: the item whose bundle put it here; itself if it leads its own.
        density: expected value per expected person-week of that bundle; None if it isn't placed by
            value or needs no effort.
    """

    id: str
    bundle_of: str
    density: float | None = None


@dataclass(frozen=True, slots=True)
class Expectations:
    """Expected value and effort of each open item, each weighted by the chance to be attempted."""

    value: dict[str, float]
    effort: dict[str, float]


def expectations(resolved: ResolvedPlan, checkpoint: Checkpoint = no_checkpoint) -> Expectations:
    """Return each open item's expectations, with a fixed seed so that the queue is stable."""
    source = RandomSource(EXPECTATION_SEED, EXPECTATION_RUNS)
    draws = draw_successes(resolved, source, checkpoint)
    outcomes = OutcomeRules(resolved, draws).outcomes(checkpoint)
    value: dict[str, float] = {}
    effort: dict[str, float] = {}
    for name, item in _open_items(resolved).items():
        outcome = outcomes[name]
        value[name] = mean_demand(item) * outcome.delivers.bit_count() / EXPECTATION_RUNS
        effort[name] = mean_effort(item) * outcome.attempted.bit_count() / EXPECTATION_RUNS
    return Expectations(value, effort)


def work_queue(
    resolved: ResolvedPlan,
    expected: Expectations,
    unlocked_density: dict[str, float],
    checkpoint: Checkpoint = no_checkpoint,
) -> tuple[QueueEntry, ...]:
    """Return every open item in the order in which it is taken up.

    Args:
        resolved: the plan.
        expected: expected value and effort of each open item.
        unlocked_density: unlocked value per person-week, by item; decides between bundles of equal
            value.
        checkpoint: called regularly.
    """
    items = _open_items(resolved)
    active = [item.id for item in items.values() if item.status == "active"]
    first = [*active, *_pinned(items, "now")]
    last = _pinned(items, "later")
    checkpoint()
    bundles = _Bundles(resolved, list(items), expected, unlocked_density)
    for name in (*first, *last):
        bundles.remove(name)
    count = len(items) - len(first) - len(last)
    between = tuple(with_progress(bundles.entries(), count, checkpoint, "ordering the queue"))
    return (
        *(QueueEntry(name, name) for name in first),
        *between,
        *(QueueEntry(name, name) for name in last),
    )


def _pinned(items: Mapping[str, ResolvedItem], pin: Pin) -> list[str]:
    """Return the items with this pin that are not active, in their given order."""
    pinned = [item for item in items.values() if item.pin == pin and item.status != "active"]
    return [item.id for item in sorted(pinned, key=lambda item: item.order)]


def person_week_price(
    resolved: ResolvedPlan,
    queue: Iterable[QueueEntry],
    effort: Mapping[str, float],
    team: str | None = None,
) -> float | None:
    """Return the value of a person-week: what the last bundle that fits brings for one.

    The running minimum of the bundles' densities in queue order, read where people x horizon is
    used up; if everything fits, at the end. Work without a team takes no one's time and sets no
    price.

    Args:
        resolved: the plan.
        queue: its work queue.
        effort: expected person-weeks, by open item.
        team: the team whose time is priced; None for all teams together.

    Returns:
        None without people or without value.
    """
    teams = resolved.team_sizes.keys() if team is None else {team}
    left = sum(resolved.team_sizes[name] for name in teams) * resolved.horizon
    if not left:
        return None
    price: float | None = None
    for place in queue:
        if resolved.items[place.id].team not in teams:
            continue
        if place.density is not None and place.density > 0:
            price = place.density if price is None else min(price, place.density)
        left -= effort[place.id]
        if left <= 0 and price is not None:
            break
    return price


def _open_items(resolved: ResolvedPlan) -> dict[str, ResolvedItem]:
    return {name: item for name, item in resolved.items.items() if item.status in OPEN_STATUSES}


def _bundled_with(resolved: ResolvedPlan, name: str) -> Iterator[str]:
    """Yield an item's direct bundle members: its needs (preferred option) and its spikes."""
    yield from (resolved.preferred_option(need) for need in resolved.items[name].needs)
    yield from resolved.spikes_by_bet.get(name, ())


class _Bundles:
    """Each item with its open needs that are not yet queued, and their spikes.

    A queued item leaves every bundle.

    Sets of items are integer bit masks. Members are indexed by dependency order, so that the lowest
    bit is needed first; bundles are indexed by their position in the file.
    """

    def __init__(
        self,
        resolved: ResolvedPlan,
        names: list[str],
        own: Expectations,
        unlocked: dict[str, float],
    ) -> None:
        self._names = names
        self._position = {name: at for at, name in enumerate(names)}
        self._unlocked = np.array([unlocked.get(name, 0.0) for name in names])
        self._own_value = np.array([own.value[name] for name in names])
        self._own_effort = np.array([own.effort[name] for name in names])
        self._dependency_order = [
            self._position[name] for name in resolved.order if name in self._position
        ]
        self._member_bit = {at: 1 << turn for turn, at in enumerate(self._dependency_order)}
        self._members, self._containing = self._membership(resolved)
        self._value, self._effort = self._totals()
        self._remaining = all_runs(len(names))
        self._min_value = _EPSILON * float(self._own_value.sum())
        self._density = np.empty(len(names))
        self._update_densities(np.arange(len(names)))

    def _membership(self, resolved: ResolvedPlan) -> tuple[list[int], list[int]]:
        """Return the members of each bundle, and the bundles that contain each item."""
        companions = [self._open_companions(resolved, name) for name in self._names]
        members = [0] * len(self._names)
        for at in self._dependency_order:
            members[at] = self._member_bit[at]
            for other in companions[at]:
                members[at] |= members[other]
        inside = [1 << at for at in range(len(self._names))]
        for at in reversed(self._dependency_order):
            for other in companions[at]:
                inside[other] |= inside[at]
        return members, inside

    def _open_companions(self, resolved: ResolvedPlan, name: str) -> list[int]:
        positions = (self._position.get(other) for other in _bundled_with(resolved, name))
        return [at for at in positions if at is not None]

    def _totals(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Return the value and effort of each bundle."""
        value = self._own_value[self._dependency_order]
        effort = self._own_effort[self._dependency_order]
        inside = [to_mask(members, len(self._names)) for members in self._members]
        return (
            np.array([value[mask].sum() for mask in inside]),
            np.array([effort[mask].sum() for mask in inside]),
        )

    def _update_densities(self, bundles: NDArray[np.intp]) -> None:
        """Recompute the value per effort of some bundles; -inf for a bundle without value."""
        value = self._value[bundles]
        # a bundle without effort has an enormous but finite density and goes first
        density = value / np.maximum(self._effort[bundles], _EPSILON)
        density[value <= self._min_value] = -np.inf
        self._density[bundles] = density

    def remove(self, name: str) -> None:
        """Remove an item from every bundle, and its own bundle from the choice."""
        at = self._position[name]
        inside = to_mask(self._containing[at], len(self._names)).nonzero()[0]
        self._value[inside] -= self._own_value[at]
        self._effort[inside] -= self._own_effort[at]
        self._value[at] = -np.inf
        self._remaining &= ~self._member_bit[at]
        self._update_densities(inside)

    def _remove_first(self, bundle: int, density: float | None) -> QueueEntry:
        members = self._members[bundle] & self._remaining
        first = (members & -members).bit_length() - 1
        name = self._names[self._dependency_order[first]]
        self.remove(name)
        return QueueEntry(name, self._names[bundle], density)

    def entries(self) -> Iterator[QueueEntry]:
        """Yield the entries that are not pinned, best first."""
        yield from self.by_value()
        yield from self.without_value()

    def by_value(self) -> Iterator[QueueEntry]:
        """While a bundle has value, yield the first member of the best one."""
        while (most := self._density.max(initial=-np.inf)) > -np.inf:
            # bundles of nearly equal density are ordered by what they unlock, not by rounding
            best = (self._density >= most * (1 - _TIE_TOLERANCE)).nonzero()[0]
            bundle = int(best[np.argmax(self._unlocked[best])])
            has_effort = self._effort[bundle] > _EPSILON
            yield self._remove_first(bundle, float(most) if has_effort else None)

    def without_value(self) -> Iterator[QueueEntry]:
        """Yield the remaining items by the value they unlock, each after its predecessors."""
        for bundle in sorted(range(len(self._names)), key=lambda at: -self._unlocked[at]):
            while self._member_bit[bundle] & self._remaining:
                yield self._remove_first(bundle, None)
