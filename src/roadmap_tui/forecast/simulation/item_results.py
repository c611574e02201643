"""Each item's forecast, from its outcome and times."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.capacity import Weeks
from roadmap_tui.forecast.simulation.outcomes import Outcome
from roadmap_tui.forecast.simulation.quantiles import (
    quantiles,
    quarter_ends,
    sorted_where,
    step_ends,
)
from roadmap_tui.forecast.simulation.recall import Recall
from roadmap_tui.forecast.simulation.results import (
    Bucket,
    ItemForecast,
    Quantiles,
    QuarterChance,
    SpikeOdds,
)
from roadmap_tui.forecast.simulation.run_sets import Bools
from roadmap_tui.forecast.simulation.sampling import mean_demand, success_chance
from roadmap_tui.forecast.simulation.schedule import ScheduledItem
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.plan.resolver import OPEN_STATUSES, ResolvedItem, ResolvedPlan


@dataclass(frozen=True, slots=True)
class DeliveryStats:
    """When an open item is worked on and delivers.

    Attributes:
        start, finish: given that it delivers; None if it never does.
        chances_by: chance to have delivered by each of the marks.
        deadline: chance to have delivered by its deadline; None without one.
        value: expected reach x impact x confidence over the periods in which it is live within the
            horizon.
    """

    start: Quantiles | None
    finish: Quantiles | None
    chances_by: tuple[float, ...]
    deadline: float | None
    value: float


class DeliveryReporter:
    """Computes the delivery statistics of a plan's items.

    Attributes:
        quarters: the ends of the reported quarters.
    """

    def __init__(self, resolved: ResolvedPlan) -> None:
        self._resolved = resolved
        self.quarters = tuple(quarter_ends(resolved.as_of, resolved.day_after(resolved.horizon)))
        ends = [resolved.weeks_until(day) + 1 / 7 for day in self.quarters]
        self._marks = np.array([*ends, resolved.horizon, *step_ends(resolved.horizon)], np.float32)

    def for_scheduled(self, placed: ScheduledItem, recall: Recall) -> DeliveryStats:
        """Return an open item's statistics, from its schedule."""
        terms, work, fate = self._resolved.items[placed.id], placed.interval, placed.resolution
        work_out = partial(self.for_times, terms, work.start, fate.resolved_at, fate.delivers)
        given = (work, fate, *self._rests_on(terms)) if recall.keeps else ()
        return recall.find("course", placed.id, given, work_out)

    def for_times(
        self, terms: ResolvedItem, start: Weeks, known: Weeks, delivers: Bools
    ) -> DeliveryStats:
        """Return an open item's statistics, from its times in every run; see `schedule.Times`."""
        starts, finish = sorted_where(delivers, start, known)
        done = finish.searchsorted(self._marks, side="right")
        value = (
            mean_demand(terms)
            / self._resolved.reach_period
            * self._live_weeks(finish[: done[len(self.quarters)]])
        )
        return DeliveryStats(
            start=quantiles(starts),
            finish=quantiles(finish),
            chances_by=tuple((done / delivers.size).tolist()),
            deadline=(
                None
                if terms.deadline is None
                else _count_by(finish, terms.deadline + 1 / 7) / delivers.size
            ),
            value=value / delivers.size,
        )

    def _rests_on(self, terms: ResolvedItem) -> tuple[object, ...]:
        """All that a course follows from, the times left aside."""
        resolved = self._resolved
        return resolved.as_of, resolved.horizon, resolved.reach_period, terms.demand, terms.deadline

    def for_closed(self, terms: ResolvedItem, p_delivered: float) -> DeliveryStats:
        """Return the statistics of an item that has delivered already, or never will."""
        deadline = None if terms.deadline is None else p_delivered
        return DeliveryStats(None, None, (p_delivered,) * len(self._marks), deadline, 0.0)

    def _live_weeks(self, finish: Weeks) -> float:
        """Return the weeks for which an item is live within the horizon, summed over the runs."""
        return float(self._resolved.horizon * finish.size - finish.sum(dtype=np.float64))


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
        name: reported.item(terms)
        for name, terms in with_checkpoints(resolved.items.items(), checkpoint)
    }


def delivery_stats(
    simulation: Simulation, names: Iterable[str], checkpoint: Checkpoint = no_checkpoint
) -> dict[str, DeliveryStats]:
    """Return the delivery statistics of some open items of a simulation."""
    courses, terms, times = (
        DeliveryReporter(simulation.resolved),
        simulation.resolved.items,
        simulation.times,
    )
    return {
        name: courses.for_times(
            terms[name], times.start[name], times.resolved_at[name], simulation.delivers(name)
        )
        for name in with_checkpoints(names, checkpoint)
    }


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
        self._reporter = DeliveryReporter(resolved)
        self._assumptions = _assumptions_by_item(resolved)
        self._dependents: dict[str, list[str]] = {name: [] for name in resolved.items}
        for name, waited in resolved.open_predecessors.items():
            for each in waited:
                self._dependents[each].append(name)

    def item(self, terms: ResolvedItem) -> ItemForecast:
        """Return one item's forecast."""
        runs, outcome = self._runs, self._outcomes[terms.id]
        ever = outcome.delivers.bit_count() / runs
        course = self._stats.get(terms.id) or self._reporter.for_closed(terms, ever)
        ends = self._reporter.quarters
        return ItemForecast(
            id=terms.id,
            track=terms.track,
            kind=terms.kind,
            title=terms.title,
            status=terms.status,
            bucket=self._bucket(terms, course.start),
            ships=course.chances_by[len(ends)],
            p_delivered=ever,
            start=course.start,
            finish=course.finish,
            by_quarter=tuple(map(QuarterChance, ends, course.chances_by)),
            by_step=course.chances_by[len(ends) + 1 :],
            deadline=course.deadline,
            failed=(
                1.0
                if terms.status == "failed"
                else (outcome.attempted & ~outcome.delivers).bit_count() / runs
            ),
            blocked=outcome.blocked.bit_count() / runs,
            dropped=1.0 if terms.status == "dropped" else outcome.dropped.bit_count() / runs,
            replaced=outcome.replaced.bit_count() / runs,
            odds=self._spike_odds(terms),
            assumptions=self._assumptions[terms.id],
            predecessors=self._resolved.open_predecessors[terms.id],
            dependents=tuple(self._dependents[terms.id]),
        )

    def _bucket(self, terms: ResolvedItem, start: Quantiles | None) -> Bucket | None:
        if terms.status not in OPEN_STATUSES and terms.status != "idea":
            return None
        if terms.pin is not None:
            return terms.pin
        if terms.status == "active":
            return "now"
        policy = self._resolved.policy
        if start is None or start.p50 > policy.next_weeks:
            return "later"
        return "now" if start.p50 <= policy.now_weeks else "next"

    def _spike_odds(self, terms: ResolvedItem) -> SpikeOdds | None:
        """Return an open spike's possible answers about its bet, taken by itself."""
        if terms.spike is None or terms.id not in self._resolved.spikes_by_bet.get(
            terms.spike.bet or "", ()
        ):
            return None
        before = success_chance(self._resolved.items[terms.spike.bet or ""])
        if_works, if_not = terms.spike.yes_if_works, terms.spike.yes_if_not
        yes = before * if_works + (1 - before) * if_not
        return SpikeOdds(
            p_yes=yes,
            before=before,
            after_yes=before * if_works / yes if yes else 0.0,
            after_no=before * (1 - if_works) / (1 - yes) if yes < 1 else 0.0,
        )


def _assumptions_by_item(resolved: ResolvedPlan) -> dict[str, tuple[str, ...]]:
    """Return, by item, the defaults behind its chance and range, including its predecessors'."""
    rests: dict[str, dict[str, None]] = {}
    for name in resolved.order:
        terms = resolved.items[name]
        inherited: dict[str, None] = {}
        for waited in resolved.open_predecessors[name]:
            inherited |= {
                f"{waited}.{guess}": None
                for guess in sorted(resolved.items[waited].assumptions & _TIMING_FIELDS)
            }
            inherited |= {guess: None for guess in rests[waited] if "." in guess}
        rests[name] = {**dict.fromkeys(sorted(terms.assumptions)), **inherited}
    return {name: tuple(guesses) for name, guesses in rests.items()}


_TIMING_FIELDS = {"effort", "chance", "timebox", "yes_if_works", "yes_if_not"}
