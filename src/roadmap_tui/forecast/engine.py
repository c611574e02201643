"""Forecast of a plan: draws, outcomes, ranking, queue, schedule and the reported results."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial

from roadmap_tui.forecast.analysis.ranking import rank_items
from roadmap_tui.forecast.simulation.cached_property import CachedProperty
from roadmap_tui.forecast.simulation.calibration import calibrate
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.forecast.simulation.item_results import (
    DeliveryReporter,
    DeliveryStats,
    delivery_stats,
    item_forecasts,
)
from roadmap_tui.forecast.simulation.outcomes import Outcome, SuccessDraws
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.forecast.simulation.sampling import EffortSampler
from roadmap_tui.forecast.simulation.schedule import Schedule
from roadmap_tui.forecast.simulation.simulator import (
    DEFAULT_RUNS,
    NO_REFERENCE,
    PREVIEW_RUNS,
    ReferenceOrder,
    Simulation,
    WorkOrder,
    draw_outcomes,
    effort_sampler,
    item_effort_sampler,
    simulate,
    work_order,
)
from roadmap_tui.plan.resolver import ResolvedPlan

__all__ = [
    "DEFAULT_RUNS",
    "NO_REFERENCE",
    "PREVIEW_RUNS",
    "ReferenceOrder",
    "SimulatedForecast",
    "forecast",
    "simulated_forecast",
]


@dataclass(frozen=True)
class SimulatedForecast:
    """A plan's forecast together with its work order and simulation.

    Attributes:
        resolved: the plan, calibrated by its finished items.
        forecast: the reported results.
    """

    order: WorkOrder
    resolved: ResolvedPlan
    forecast: Forecast
    _simulate: Callable[[], Simulation]

    @CachedProperty
    def simulation(self) -> Simulation:
        """The simulation runs."""
        return self._simulate()


def forecast(
    resolved: ResolvedPlan,
    runs: int = DEFAULT_RUNS,
    reference: ReferenceOrder = NO_REFERENCE,
    checkpoint: Checkpoint = no_checkpoint,
) -> Forecast:
    """Return the forecast of a plan, the same for the same plan, seed and number of runs.

    See `simulated_forecast`.

    Args:
        resolved: the plan.
        runs: number of simulation runs.
        reference: order of another version of the plan to keep.
        checkpoint: called regularly.
    """
    prepared = _prepare(resolved, runs, reference, checkpoint)
    return prepared.forecast(prepared.delivery_stats(checkpoint), checkpoint)


def simulated_forecast(
    resolved: ResolvedPlan,
    runs: int = DEFAULT_RUNS,
    reference: ReferenceOrder = NO_REFERENCE,
    checkpoint: Checkpoint = no_checkpoint,
    *,
    keep_simulation: bool = True,
) -> SimulatedForecast:
    """Forecast a plan.

    Args:
        resolved: the plan.
        runs: number of simulation runs.
        reference: order of another version of the plan to keep.
        checkpoint: called regularly; raises `CalculationCancelledError` if the forecast is no
            longer wanted.
        keep_simulation: whether the runs are kept, at 12 bytes for each item and run; if not, the
            build order is worked through again on demand.
    """
    prepared = _prepare(resolved, runs, reference, checkpoint)
    plan, order = prepared.resolved, prepared.order
    if not keep_simulation:
        result = prepared.forecast(prepared.delivery_stats(checkpoint), checkpoint)
        return SimulatedForecast(
            order, plan, result, partial(simulate, plan, order.build_order, runs)
        )
    simulation = Simulation(
        resolved=plan,
        efforts=prepared.efforts,
        build_order=order.build_order,
        draws=prepared.draws,
        outcomes=prepared.outcomes,
        times=prepared.schedule.run(order.build_order, checkpoint),
    )
    stats = delivery_stats(simulation, simulation.build_order, checkpoint)
    return SimulatedForecast(order, plan, prepared.forecast(stats, checkpoint), lambda: simulation)


@dataclass(frozen=True, slots=True)
class _PreparedForecast:
    """A forecast before its schedule: all but the times and the results."""

    resolved: ResolvedPlan
    order: WorkOrder
    draws: SuccessDraws
    outcomes: dict[str, Outcome]
    efforts: EffortSampler
    schedule: Schedule

    def delivery_stats(self, checkpoint: Checkpoint) -> dict[str, DeliveryStats]:
        """Return each item's delivery statistics, without keeping its runs."""
        reporter = DeliveryReporter(self.resolved, self.outcomes)
        scheduled = self.schedule.scheduled_items(self.order.build_order, checkpoint)
        return {item.id: reporter.for_scheduled(item) for item in scheduled}

    def forecast(self, courses: Mapping[str, DeliveryStats], checkpoint: Checkpoint) -> Forecast:
        """Return the results, once the build order was worked through."""
        resolved, order, runs = self.resolved, self.order, self.draws.runs
        build_position = {entry.id: at for at, entry in enumerate(order.queue, start=1)}
        return Forecast(
            as_of=resolved.as_of,
            horizon=resolved.horizon,
            seed=resolved.seed,
            runs=runs,
            build_order=order.build_order,
            items=item_forecasts(resolved, runs, self.outcomes, courses, checkpoint),
            ranking=rank_items(
                resolved, order.marginal_value, self.efforts, build_position, checkpoint
            ),
            bundle_of={entry.id: entry.bundle_of for entry in order.queue},
            value=sum(course.value for course in courses.values()),
        )


def _prepare(
    resolved: ResolvedPlan, runs: int, reference: ReferenceOrder, checkpoint: Checkpoint
) -> _PreparedForecast:
    checkpoint()
    resolved = calibrate(resolved)
    order = work_order(resolved, runs, reference, checkpoint)
    draws, outcomes = draw_outcomes(resolved, runs, checkpoint)
    efforts = effort_sampler(resolved, runs)
    sample_effort = item_effort_sampler(resolved, efforts, draws)
    schedule = Schedule(resolved, draws, outcomes, sample_effort)
    return _PreparedForecast(resolved, order, draws, outcomes, efforts, schedule)
