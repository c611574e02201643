"""Each item's forecast, from its outcome and times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.assumption_effects import AssumptionEffects
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.capacity import Weeks
from roadmap_tui.forecast.simulation.outcomes import Outcome
from roadmap_tui.forecast.simulation.quantiles import (
    quantiles,
    quarter_ends,
    sorted_where,
    step_ends,
)
from roadmap_tui.forecast.simulation.results import (
    Bucket,
    ItemForecast,
    Quantiles,
    QuarterChance,
    SpikeOdds,
)
from roadmap_tui.forecast.simulation.run_sets import Bools, RunSet, from_mask, to_mask
from roadmap_tui.forecast.simulation.sampling import mean_demand, success_chance
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.forecast.simulation.times import ScheduledItem
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.deadline import weeks_in_time
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan

_RARE = 1e-3
"""Chances below this may be too small for any run."""


@dataclass(frozen=True, slots=True)
class DeliveryStats:
    """When an open item is worked on and delivers.

    Attributes:
        start, finish: given that it delivers; None if it never does.
        chances_by: chance to have delivered by each of the marks.
        deadline: chance to have delivered by its deadline; None without one.
        value: expected reach x impact x confidence over the periods in which it is live within the
            horizon.
        shipped: the runs in which it delivers within the horizon.
    """

    start: Quantiles | None
    finish: Quantiles | None
    chances_by: tuple[float, ...]
    deadline: float | None
    value: float
    shipped: RunSet


class DeliveryReporter:
    """Computes the delivery statistics of a plan's items.

    An item that may work, though in none of the runs, delivers in time as likely as
    it is attempted and ends in time, times its chance.

    Attributes:
        quarters: the ends of the reported quarters.
    """

    def __init__(self, resolved: ResolvedPlan, outcomes: Mapping[str, Outcome]) -> None:
        self._resolved, self._outcomes = resolved, outcomes
        self.quarters = tuple(quarter_ends(resolved.as_of, resolved.day_after(resolved.horizon)))
        ends = [resolved.weeks_until(day) for day in self.quarters]
        marks = (*ends, resolved.horizon, *step_ends(resolved.horizon))
        self._marks = np.array(list(map(weeks_in_time, marks)), np.float32)
        self._horizon: np.float32 = self._marks[len(ends)]

    def for_scheduled(self, placed: ScheduledItem) -> DeliveryStats:
        """Return an open item's statistics, from its schedule."""
        item, resolution = self._resolved.items[placed.id], placed.resolution
        return self.for_times(
            item, placed.interval.start, resolution.resolved_at, resolution.delivers
        )

    def for_times(
        self, item: ResolvedItem, start: Weeks, known: Weeks, delivers: Bools
    ) -> DeliveryStats:
        """Return an open item's statistics, from its times in every run; see `schedule.Times`."""
        chance, shipped = 1.0, 0
        if self._is_too_rare(item):
            delivers = to_mask(self._outcomes[item.id].attempted, delivers.size)
            chance = success_chance(item)
        else:
            shipped = from_mask(delivers & (known <= self._horizon))
        starts, finish = sorted_where(delivers, start, known)
        done = finish.searchsorted(self._marks, side="right")
        weeks_live = self._live_weeks(finish)
        value = mean_demand(item) / self._resolved.reach_period * weeks_live
        deadline = None
        if item.deadline is not None:
            deadline = _count_by(finish, weeks_in_time(item.deadline)) / delivers.size * chance
        return DeliveryStats(
            start=quantiles(starts),
            finish=quantiles(finish),
            chances_by=tuple((done * (chance / delivers.size)).tolist()),
            deadline=deadline,
            value=value * chance / delivers.size,
            shipped=shipped,
        )

    def p_delivered(self, item: ResolvedItem, runs: int) -> float:
        """Return the chance that an item delivers at all."""
        outcome = self._outcomes[item.id]
        if self._is_too_rare(item):
            return success_chance(item) * outcome.attempted.bit_count() / runs
        return outcome.delivers.bit_count() / runs

    def _is_too_rare(self, item: ResolvedItem) -> bool:
        """Whether an item is attempted and may work, though in none of the runs."""
        outcome = self._outcomes[item.id]
        rare = not outcome.delivers and outcome.attempted and item.kind != "spike"
        return bool(rare) and 0 < success_chance(item) < _RARE

    def for_closed(self, item: ResolvedItem, delivers: RunSet, runs: int) -> DeliveryStats:
        """Return the statistics of an item that has delivered already, or never will."""
        p_delivered = delivers.bit_count() / runs
        deadline = None if item.deadline is None else p_delivered
        return DeliveryStats(None, None, (p_delivered,) * len(self._marks), deadline, 0.0, delivers)

    def _live_weeks(self, finish: Weeks) -> float:
        """Return the weeks for which an item is live within the horizon, summed over the runs."""
        horizon = self._resolved.horizon
        within = finish[: _count_by(finish, horizon)]
        return float(horizon * within.size - within.sum(dtype=np.float64))


def _count_by(finish: Weeks, week: float) -> int:
    """Return in how many runs the item is finished by a week."""
    return int(finish.searchsorted(np.float32(week), side="right"))


def item_forecasts(
    resolved: ResolvedPlan,
    runs: int,
    outcomes: Mapping[str, Outcome],
    stats: Mapping[str, DeliveryStats],
    checkpoint: Checkpoint = no_checkpoint,
) -> dict[str, ItemForecast]:
    """Return every item's forecast, in the order of the file.

    Args:
        resolved: the plan.
        runs: number of runs.
        outcomes: outcome of each item.
        stats: delivery statistics of the open items.
        checkpoint: called regularly.
    """
    reported = _ItemReporter(resolved, runs, outcomes, stats)
    return {
        name: reported.item(item)
        for name, item in with_checkpoints(resolved.items.items(), checkpoint)
    }


def delivery_stats(
    simulation: Simulation, names: Iterable[str], checkpoint: Checkpoint = no_checkpoint
) -> dict[str, DeliveryStats]:
    """Return the delivery statistics of some open items of a simulation."""
    reporter = DeliveryReporter(simulation.resolved, simulation.outcomes)
    items, times = simulation.resolved.items, simulation.times
    stats: dict[str, DeliveryStats] = {}
    for name in with_checkpoints(names, checkpoint):
        stats[name] = reporter.for_times(
            items[name], times.start[name], times.resolved_at[name], simulation.delivers(name)
        )
    return stats


def item_forecast(simulation: Simulation, name: str) -> ItemForecast:
    """Return one item's forecast."""
    resolved = simulation.resolved
    courses = delivery_stats(simulation, (name,) if name in simulation.times.resolved_at else ())
    return _ItemReporter(resolved, simulation.runs, simulation.outcomes, courses).item(
        resolved.items[name]
    )


class _ItemReporter:
    def __init__(
        self,
        resolved: ResolvedPlan,
        runs: int,
        outcomes: Mapping[str, Outcome],
        courses: Mapping[str, DeliveryStats],
    ) -> None:
        self._resolved = resolved
        self._runs = runs
        self._outcomes = outcomes
        self._stats = courses
        self._reporter = DeliveryReporter(resolved, outcomes)
        self._effects = AssumptionEffects(resolved)
        self._dependents: dict[str, list[str]] = {name: [] for name in resolved.items}
        for name, waited in resolved.open_predecessors.items():
            for each in waited:
                self._dependents[each].append(name)

    def item(self, item: ResolvedItem) -> ItemForecast:
        """Return one item's forecast."""
        outcome = self._outcomes[item.id]
        p_delivered = self._reporter.p_delivered(item, self._runs)
        stats = self._stats.get(item.id) or self._reporter.for_closed(
            item, outcome.delivers, self._runs
        )
        ends = self._reporter.quarters
        failed = self._share(outcome.attempted & ~outcome.delivers)
        if not outcome.delivers:
            failed -= p_delivered  # a chance too small for any run
        dropped = self._share(outcome.dropped)
        # rounding must not lift the chance by the horizon above that at any time
        ships = min(stats.chances_by[len(ends)], p_delivered)
        by_step = stats.chances_by[len(ends) + 1 :]
        assumptions, assumed = self._effects.of(item.id, ships, p_delivered, by_step)
        return ItemForecast(
            id=item.id,
            track=item.track,
            kind=item.kind,
            title=item.title,
            status=item.status,
            bucket=self._bucket(item, stats.start),
            ships=ships,
            p_delivered=p_delivered,
            start=stats.start,
            finish=stats.finish,
            by_quarter=tuple(map(QuarterChance, ends, stats.chances_by)),
            by_step=by_step,
            deadline=stats.deadline,
            failed=1.0 if item.status == "failed" else failed,
            blocked=self._share(outcome.blocked),
            dropped=1.0 if item.status == "dropped" else dropped,
            replaced=self._share(outcome.replaced),
            odds=self._spike_odds(item),
            assumptions=assumptions,
            assumed=assumed,
            predecessors=self._resolved.open_predecessors[item.id],
            dependents=tuple(self._dependents[item.id]),
            shipped=stats.shipped,
        )

    def _share(self, runs: RunSet) -> float:
        return runs.bit_count() / self._runs

    def _bucket(self, item: ResolvedItem, start: Quantiles | None) -> Bucket | None:
        if item.status not in OPEN_STATUSES and item.status != "idea":
            return None
        if item.pin is not None:
            return item.pin
        if item.status == "active":
            return "now"
        policy = self._resolved.policy
        if start is None or start.p50 > policy.next_weeks:
            return "later"
        if start.p50 <= policy.now_weeks:
            return "now"
        return "next"

    def _spike_odds(self, item: ResolvedItem) -> SpikeOdds | None:
        """Return an open spike's possible answers about its bet, taken by itself."""
        if item.spike is None:
            return None
        bet = item.spike.bet or ""
        if item.id not in self._resolved.spikes_by_bet.get(bet, ()):
            return None
        before = success_chance(self._resolved.items[bet])
        if_works, if_not = item.spike.yes_if_works, item.spike.yes_if_not
        yes = before * if_works + (1 - before) * if_not
        return SpikeOdds(
            p_yes=yes,
            before=before,
            after_yes=before * if_works / yes if yes else 0.0,
            after_no=before * (1 - if_works) / (1 - yes) if yes < 1 else 0.0,
        )
