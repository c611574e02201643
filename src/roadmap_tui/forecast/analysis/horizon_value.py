"""Value delivered by the horizon: value per period x periods live."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.capacity import Weeks
from roadmap_tui.forecast.simulation.run_sets import Bools
from roadmap_tui.forecast.simulation.sampling import mean_demand
from roadmap_tui.forecast.simulation.simulator import Simulation, schedule_items, work_order
from roadmap_tui.forecast.simulation.times import ScheduledItem
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.deadline import weeks_in_time
from roadmap_tui.plan.resolver import ResolvedPlan

Floats = NDArray[np.float64]


def run_values(resolved: ResolvedPlan, items: Iterable[ScheduledItem], runs: int) -> Floats:
    """Return the value that open items deliver by the horizon in each run, with demand at its mean.

    Shape (runs,).

    Reach x impact x confidence over the periods in which an item is live. Demand is independent of
    delivery, so this has the same mean as with sampled demand, with less noise.

    Args:
        resolved: the plan.
        items: its open items as scheduled.
        runs: number of runs.
    """
    total = np.zeros(runs)
    for each in items:
        if resolved.items[each.id].demand is not None:
            total += _value(
                resolved, each.id, each.resolution.resolved_at, each.resolution.delivers
            )
    return total


def replanned_values(
    resolved: ResolvedPlan, runs: int, checkpoint: Checkpoint = no_checkpoint
) -> Floats:
    """Return the value by the horizon in each run, the queue planned again; shape (runs,)."""
    checkpoint()
    order = work_order(resolved, runs, checkpoint=checkpoint).build_order
    return run_values(resolved, schedule_items(resolved, order, runs, checkpoint), runs)


def simulated_values(simulation: Simulation) -> Floats:
    """Return the value by the horizon in each run of a simulation; shape (runs,)."""
    resolved, known = simulation.resolved, simulation.times.resolved_at
    total = np.zeros(simulation.runs)
    for name, item in resolved.items.items():
        if item.demand is not None and item.status in OPEN_STATUSES:
            total += _value(resolved, name, known[name], simulation.delivers(name))
    return total


def horizon_values(
    simulation: Simulation, checkpoint: Checkpoint = no_checkpoint
) -> dict[str, float]:
    """Return the expected value that each open item delivers by the horizon."""
    resolved, known = simulation.resolved, simulation.times.resolved_at
    valued = [
        name
        for name, item in resolved.items.items()
        if item.demand is not None and item.status in OPEN_STATUSES
    ]
    return {
        name: float(_value(resolved, name, known[name], simulation.delivers(name)).mean())
        for name in with_checkpoints(valued, checkpoint)
    }


def _value(resolved: ResolvedPlan, name: str, known: Weeks, delivers: Bools) -> Floats:
    """Return an item's value by the horizon in each run."""
    # negative weeks would count deliveries after the horizon
    live = np.maximum(resolved.horizon - known.astype(np.float64), 0)
    value: Floats = live * delivers * (mean_demand(resolved.items[name]) / resolved.reach_period)
    return value


def chances_down_to(simulation: Simulation, names: Iterable[str], week: float) -> tuple[float, ...]:
    """Return, for each item, the chance that it and all before it deliver in time for a week.

    Ideas are left out, as no work on them is planned: they change no chance.
    """
    resolved, latest = simulation.resolved, np.float32(weeks_in_time(week))
    all_of, chances = np.ones(simulation.runs, np.bool_), list[float]()
    for name in names:
        status = resolved.items[name].status
        if status != "idea":
            all_of &= simulation.delivers(name)
        if status in OPEN_STATUSES:
            all_of &= simulation.times.resolved_at[name] <= latest
        chances.append(float(all_of.mean()))
    return tuple(chances)


def chance_all_delivered(simulation: Simulation, names: tuple[str, ...], week: float) -> float:
    """Return the chance that all of these have delivered in time for the end of a week."""
    resolved = simulation.resolved
    all_of = np.ones(simulation.runs, np.bool_)
    for name in names:
        all_of &= simulation.delivers(name)
        if resolved.items[name].status in OPEN_STATUSES:
            all_of &= simulation.times.resolved_at[name] <= np.float32(weeks_in_time(week))
    return float(all_of.mean())
