"""One simulation of a plan: what is drawn, what delivers, and when, in all runs at once."""

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
from roadmap_tui.forecast.simulation.schedule import Schedule, ScheduledItem, Times
from roadmap_tui.plan.resolver import OPEN_STATUSES, ResolvedPlan

DEFAULT_RUNS = 10_000
PREVIEW_RUNS = 4_000


class ReferenceOrder(NamedTuple):
    """The order of work of another version of the plan, to keep to; empty, the plan's own is found."""

    build_order: tuple[str, ...] = ()
    queue: tuple[str, ...] = ()

    @classmethod
    def from_forecast(cls, forecast: Forecast) -> "ReferenceOrder":
        """The order of a version that was forecast."""
        return cls(forecast.build_order, tuple(forecast.bundle_of))


NO_REFERENCE = ReferenceOrder()


@dataclass(frozen=True, slots=True)
class WorkOrder:
    """In what order the work is taken up.

    Attributes:
        marginal_value: each ranked item's part in the value of the whole.
        queue: the queue; where another list is kept, in that one's order.
        build_order: open items in the order that every run works through.
    """

    marginal_value: MarginalValue
    queue: tuple[QueueEntry, ...]
    build_order: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Simulation:
    """A plan's runs.

    Attributes:
        build_order: open items in the order that was worked through.
        draws: what works, and what spikes say.
    """

    resolved: ResolvedPlan
    efforts: EffortSampler
    build_order: tuple[str, ...]
    draws: SuccessDraws
    outcomes: Mapping[str, Outcome]
    times: Times

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return self.efforts.source.runs

    def effort(self, name: str) -> Numbers:
        """An open item's person-weeks still to do if attempted; shape (runs,)."""
        return item_effort_sampler(self.resolved, self.efforts, self.draws)(name)

    def delivers(self, name: str) -> Bools:
        """Whether an item delivers; shape (runs,)."""
        return to_mask(self.outcomes[name].delivers, self.runs)

    def attempted(self, name: str) -> Bools:
        """Whether an item is attempted; shape (runs,)."""
        return to_mask(self.outcomes[name].attempted, self.runs)

    def worked_on(self, name: str) -> Bools:
        """Whether an open item is worked on: if attempted, and if active whatever becomes of it; shape (runs,)."""
        return self.attempted(name) | (self.resolved.items[name].status == "active")


def effort_sampler(resolved: ResolvedPlan, runs: int) -> EffortSampler:
    """Where a plan's efforts are drawn from."""
    return EffortSampler(RandomSource.of(resolved, runs), resolved.correlation)


def work_order(
    resolved: ResolvedPlan,
    runs: int = DEFAULT_RUNS,
    reference: ReferenceOrder = NO_REFERENCE,
    checkpoint: Checkpoint = no_checkpoint,
) -> WorkOrder:
    """The queue and the list.

    Args:
        resolved: the plan.
        runs: how many are drawn to find what each item unlocks.
        reference: what to keep to; items that are not in it enter after what they follow in the plan's own order.
        checkpoint: called now and then.

    Raises:
        StoppedError: whatever `check` raises.
    """
    value = marginal_value(resolved, RandomSource(resolved.seed, runs), checkpoint)
    unlocked = {
        name: value.unlocked_value(name) / max(mean_effort(resolved.items[name]), 1e-9)
        for name in value.impacts
    }
    checkpoint()
    places = work_queue(resolved, expectations(resolved, checkpoint), unlocked, checkpoint)
    own = plan_build_order(resolved, places, checkpoint)
    if not reference.build_order:
        return WorkOrder(value, places, own)
    turn = {
        name: at
        for at, name in enumerate(
            _merge_orders(resolved, reference.queue, (place.id for place in places))
        )
    }
    kept = merge_build_order(resolved, reference.build_order, own)
    return WorkOrder(value, tuple(sorted(places, key=lambda place: turn[place.id])), kept)


def plan_build_order(
    resolved: ResolvedPlan, queue: tuple[QueueEntry, ...], checkpoint: Checkpoint = no_checkpoint
) -> tuple[str, ...]:
    """The list that every run works through."""
    effort = {
        name: mean_effort(terms)
        for name, terms in resolved.items.items()
        if terms.status in OPEN_STATUSES
    }
    work = build_jobs(resolved, (place.id for place in with_checkpoints(queue, checkpoint)), effort)
    starts = greedy_order(work, resolved.team_sizes, checkpoint)
    checkpoint()
    return order_after_deciders(resolved, starts)


def merge_build_order(
    resolved: ResolvedPlan, reference: Iterable[str], own: Iterable[str] = ()
) -> tuple[str, ...]:
    """The base's list without what is no longer open; what is new comes after what it follows in the plan's own."""
    return order_after_deciders(resolved, _merge_orders(resolved, reference, own))


def _merge_orders(resolved: ResolvedPlan, base: Iterable[str], own: Iterable[str]) -> list[str]:
    kept = [
        name
        for name in base
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
    """Work through a list in every run.

    Args:
        resolved: the plan.
        build_order: every open item, each after all that decide about it.
        runs: how many.
        checkpoint: called now and then.

    Raises:
        StoppedError: whatever `check` raises.
    """
    drawn, outcomes = draw_outcomes(resolved, runs, checkpoint)
    efforts = effort_sampler(resolved, runs)
    times = Schedule(resolved, drawn, outcomes, item_effort_sampler(resolved, efforts, drawn)).run(
        build_order, checkpoint
    )
    return Simulation(resolved, efforts, build_order, drawn, outcomes, times)


def schedule_items(
    resolved: ResolvedPlan,
    build_order: tuple[str, ...],
    runs: int,
    checkpoint: Checkpoint = no_checkpoint,
) -> Iterator[ScheduledItem]:
    """What becomes of each open item of a list in every run, one after the other; none of it is kept."""
    drawn, outcomes = draw_outcomes(resolved, runs, checkpoint)
    drawing = item_effort_sampler(resolved, effort_sampler(resolved, runs), drawn)
    return Schedule(resolved, drawn, outcomes, drawing).scheduled_items(build_order, checkpoint)


def draw_outcomes(
    resolved: ResolvedPlan, runs: int, checkpoint: Checkpoint = no_checkpoint
) -> tuple[SuccessDraws, dict[str, Outcome]]:
    """What works, and what becomes of each item, in every run."""
    drawn = draw_successes(resolved, RandomSource(resolved.seed, runs), checkpoint)
    return drawn, OutcomeRules(resolved, drawn).outcomes(checkpoint)


def item_effort_sampler(
    resolved: ResolvedPlan, efforts: EffortSampler, draws: SuccessDraws
) -> Callable[[str], Numbers]:
    """How an open item's person-weeks are drawn, if attempted; shape (runs,)."""
    return lambda name: efforts.sample(resolved.items[name], to_mask(draws.works[name], draws.runs))
