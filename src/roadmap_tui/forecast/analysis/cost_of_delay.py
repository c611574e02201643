"""Cost of delay: the value by the horizon that is lost if an item lands one month later."""

import numpy as np

from roadmap_tui.forecast.analysis.horizon_value import Floats
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.sampling import mean_demand
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.deadline import weeks_in_time

MONTH = 365.25 / 7 / 12
"""A month, in weeks."""


def costs_of_delay(
    simulation: Simulation, checkpoint: Checkpoint = no_checkpoint
) -> dict[str, float]:
    """Return, by open item, the value lost by the horizon if it lands one month later.

    What waits for it starts later by what its slack doesn't absorb, in each run; people aren't
    planned again. Items in which no value is lost are included with 0.

    Source: D. G. Reinertsen, "The Principles of Product Development Flow" (2009): cost of delay,
    and its ratio to the duration (CD3).
    """
    return {
        name: _delay_cost(simulation, name)
        for name in with_checkpoints(simulation.build_order, checkpoint)
    }


def _delay_cost(simulation: Simulation, delayed: str) -> float:
    resolved, times = simulation.resolved, simulation.times
    # what isn't worked on in a run, such as a fallback that isn't needed, delays nothing there
    shifts: dict[str, Floats] = {delayed: MONTH * simulation.worked_on(delayed).astype(np.float64)}
    for name in resolved.order:
        before = [each for each in resolved.open_predecessors.get(name, ()) if each in shifts]
        if name == delayed or not before or name not in times.start:
            continue
        start = times.start[name].astype(np.float64)
        ready = [
            np.where(shifts[each] > 0, times.resolved_at[each] + shifts[each], -np.inf)
            for each in before
        ]
        # infinite times are of runs in which it isn't delayed or not worked on
        late = np.nan_to_num(np.max(ready, axis=0) - start, nan=0.0, posinf=0.0, neginf=0.0)
        shift = np.clip(late, 0.0, MONTH)
        if shift.any():
            shifts[name] = shift
    return sum(_lost_value(simulation, name, shift) for name, shift in shifts.items())


def _lost_value(simulation: Simulation, name: str, shift: Floats) -> float:
    """Return the expected value that an item loses by delivering later."""
    resolved, item = simulation.resolved, simulation.resolved.items[name]
    if item.demand is None or item.status not in OPEN_STATUSES:
        return 0.0
    end = weeks_in_time(resolved.horizon)
    delivers = simulation.delivers(name)
    landed = simulation.times.resolved_at[name][delivers].astype(np.float64)
    lost = np.maximum(end - landed, 0) - np.maximum(end - landed - shift[delivers], 0)
    per_week = mean_demand(item) / resolved.reach_period
    return float(lost.sum()) * per_week / simulation.runs
