"""Simulation of a plan: draws, outcomes and times, in all runs at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from roadmap_tui.forecast.simulation.build_order import (
    build_jobs,
    greedy_order,
    order_after_deciders,
)
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.marginal_value import MarginalValue, marginal_value
from roadmap_tui.forecast.simulation.outcomes import (
    Outcome,
    OutcomeRules,
    SuccessDraws,
    draw_successes,
)
from roadmap_tui.forecast.simulation.priority import QueueEntry, expectations, work_queue
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.forecast.simulation.run_sets import Bools, to_mask
from roadmap_tui.forecast.simulation.sampling import (
    EffortSampler,
    Numbers,
    RandomSource,
    mean_effort,
)
from roadmap_tui.forecast.simulation.schedule import Schedule
from roadmap_tui.forecast.simulation.times import ScheduledItem, Times
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.resolver import ResolvedPlan

DEFAULT_RUNS = 10_000
PREVIEW_RUNS = 4_000


class ReferenceOrder(NamedTuple):
    """Work order of another version of the plan, to be kept.

    Empty if the plan's own order is computed.
    """

    build_order: tuple[str, ...] = ()
    queue: tuple[str, ...] = ()

    @classmethod
    def from_forecast(cls, forecast: Forecast) -> "ReferenceOrder":
        """Return the work order of a forecast."""
        return cls(forecast.build_order, tuple(forecast.bundle_of))


NO_REFERENCE = ReferenceOrder()


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """The order in which work is taken up.

    Attributes:
        marginal_value: each ranked item's share in the value of the plan.
        queue: the work queue; sorted by the reference order if there is one.
        build_order: open items in the order that every run works through.
    """

    marginal_value: MarginalValue
    queue: tuple[QueueEntry, ...]
    build_order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """The simulation runs of a plan.

    Attributes:
        build_order: open items in the order that was worked through.
        draws: in which runs items work and spikes answer no.
    """

    resolved: ResolvedPlan
    efforts: EffortSampler
    build_order: tuple[str, ...]
    draws: SuccessDraws
    outcomes: Mapping[str, Outcome]
    times: Times

    @property
    def runs(self) -> int:
        """Number of runs."""
        return self.efforts.source.runs

    def effort(self, name: str) -> Numbers:
        """Return an open item's remaining person-weeks if attempted; shape (runs,)."""
        return item_effort_sampler(self.resolved, self.efforts, self.draws)(name)

    def delivers(self, name: str) -> Bools:
        """Return whether an item delivers; shape (runs,)."""
        return to_mask(self.outcomes[name].delivers, self.runs)

    def attempted(self, name: str) -> Bools:
        """Return whether an item is attempted; shape (runs,)."""
        return to_mask(self.outcomes[name].attempted, self.runs)

    def worked_on(self, name: str) -> Bools:
        """Return whether an open item is worked on: if attempted, or active whatever its outcome.

        Shape (runs,).
        """
        return self.attempted(name) | (self.resolved.items[name].status == "active")


def effort_sampler(resolved: ResolvedPlan, runs: int) -> EffortSampler:
    """Return the sampler of a plan's efforts."""
    return EffortSampler(RandomSource.of(resolved, runs), resolved.correlation)


def work_order(
    resolved: ResolvedPlan,
    runs: int = DEFAULT_RUNS,
    reference: ReferenceOrder = NO_REFERENCE,
    checkpoint: Checkpoint = no_checkpoint,
) -> WorkOrder:
    """Return the work queue and the build order of a plan.

    Args:
        resolved: the plan.
        runs: number of runs for computing what each item unlocks.
        reference: order to keep; items that it lacks follow their predecessor in the plan's own
            order.
        checkpoint: called regularly.

    Raises:
        CalculationCancelledError: from `checkpoint`.
    """
    value = marginal_value(resolved, RandomSource(resolved.seed, runs), checkpoint)
    unlocked = {
        name: value.unlocked_value(name) / max(value.effort_spent(resolved.items[name]), 1e-9)
        for name in value.impacts
    }
    checkpoint()
    queue = work_queue(resolved, expectations(resolved, checkpoint), unlocked, checkpoint)
    own = plan_build_order(resolved, queue, checkpoint)
    if not reference.build_order:
        return WorkOrder(value, queue, own)
    merged = _merge_orders(resolved, reference.queue, (entry.id for entry in queue))
    turn = {name: at for at, name in enumerate(merged)}
    kept = merge_build_order(resolved, reference.build_order, own)
    return WorkOrder(value, tuple(sorted(queue, key=lambda entry: turn[entry.id])), kept)


def plan_build_order(
    resolved: ResolvedPlan, queue: tuple[QueueEntry, ...], checkpoint: Checkpoint = no_checkpoint
) -> tuple[str, ...]:
    """Return the build order that every run works through."""
    effort = {
        name: mean_effort(item)
        for name, item in resolved.items.items()
        if item.status in OPEN_STATUSES
    }
    work = build_jobs(resolved, (place.id for place in with_checkpoints(queue, checkpoint)), effort)
    starts = greedy_order(work, resolved.team_sizes, checkpoint)
    checkpoint()
    return order_after_deciders(resolved, starts)


def merge_build_order(
    resolved: ResolvedPlan, reference: Iterable[str], own: Iterable[str] = ()
) -> tuple[str, ...]:
    """Return the reference order without closed items.

    New items follow their predecessor in `own`.
    """
    return order_after_deciders(resolved, _merge_orders(resolved, reference, own))


def _merge_orders(
    resolved: ResolvedPlan, reference: Iterable[str], own: Iterable[str]
) -> list[str]:
    kept = [
        name
        for name in reference
        if name in resolved.items and resolved.items[name].status in OPEN_STATUSES
    ]
    place = {name: (at, 0) for at, name in enumerate(kept)}
    before, new = (-1, 0), 0
    for name in own:
        if name in place:
            before = place[name]
        else:
            new += 1
            place[name] = (before[0], new)
    return sorted(place, key=place.__getitem__)


def simulate(
    resolved: ResolvedPlan,
    build_order: tuple[str, ...],
    runs: int = DEFAULT_RUNS,
    checkpoint: Checkpoint = no_checkpoint,
) -> Simulation:
    """Work through a build order in every run.

    Args:
        resolved: the plan.
        build_order: every open item, each after all items that decide about it.
        runs: number of runs.
        checkpoint: called regularly.

    Raises:
        CalculationCancelledError: from `checkpoint`.
    """
    draws, outcomes = draw_outcomes(resolved, runs, checkpoint)
    efforts = effort_sampler(resolved, runs)
    sample_effort = item_effort_sampler(resolved, efforts, draws)
    schedule = Schedule(resolved, draws, outcomes, sample_effort)
    times = schedule.run(build_order, checkpoint)
    return Simulation(resolved, efforts, build_order, draws, outcomes, times)


def schedule_items(
    resolved: ResolvedPlan,
    build_order: tuple[str, ...],
    runs: int,
    checkpoint: Checkpoint = no_checkpoint,
) -> Iterator[ScheduledItem]:
    """Yield each open item's times and resolution in every run, without keeping them."""
    draws, outcomes = draw_outcomes(resolved, runs, checkpoint)
    sample_effort = item_effort_sampler(resolved, effort_sampler(resolved, runs), draws)
    return Schedule(resolved, draws, outcomes, sample_effort).scheduled_items(
        build_order, checkpoint
    )


def draw_outcomes(
    resolved: ResolvedPlan, runs: int, checkpoint: Checkpoint = no_checkpoint
) -> tuple[SuccessDraws, dict[str, Outcome]]:
    """Return the success draws and the outcome of each item in every run."""
    draws = draw_successes(resolved, RandomSource(resolved.seed, runs), checkpoint)
    return draws, OutcomeRules(resolved, draws).outcomes(checkpoint)


def item_effort_sampler(
    resolved: ResolvedPlan, efforts: EffortSampler, draws: SuccessDraws
) -> Callable[[str], Numbers]:
    """Return a function that samples an open item's person-weeks if attempted; shape (runs,)."""
    return lambda name: efforts.sample(resolved.items[name], to_mask(draws.works[name], draws.runs))
