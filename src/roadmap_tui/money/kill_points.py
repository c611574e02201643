"""Kill points: what stopping a bet after a spike's no saves, and what it gives up."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from roadmap_tui.forecast.analysis.horizon_value import Floats, simulated_values
from roadmap_tui.forecast.analysis.paired_difference import PairedDifference
from roadmap_tui.forecast.analysis.what_if import WHAT_IF_RUNS
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.forecast.simulation.run_sets import to_mask
from roadmap_tui.forecast.simulation.simulator import Simulation, simulate, work_order
from roadmap_tui.money.plan_cost import remaining_costs
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class KillPoint:
    """What a no changes, on average over the runs in which the spike says no.

    Compared is the plan that stops the bet with the plan that goes on in the same runs, with the
    bet and all that hangs on it.

    Attributes:
        saved: work and compute not paid for: E[cost | no] of what is stopped.
        lost_value: value by the horizon that is given up; below 0 where stopping frees people for
            more.
    """

    saved: PairedDifference
    lost_value: PairedDifference


def kill_points(
    resolved: ResolvedPlan,
    plan: Plan,
    names: Iterable[str],
    checkpoint: Checkpoint = no_checkpoint,
) -> dict[str, KillPoint]:
    """Return what a no of each spike changes; spikes that stop nothing are left out.

    Args:
        resolved: the plan, calibrated.
        plan: the plan, for its prices.
        names: open spikes.
        checkpoint: called regularly.
    """
    stopping = [name for name in names if _stops(resolved, name)]
    if not stopping:
        return {}
    order = work_order(resolved, WHAT_IF_RUNS, checkpoint=checkpoint).build_order
    stopped = simulate(resolved, order, WHAT_IF_RUNS, checkpoint)
    value, cost = simulated_values(stopped), _total_cost(stopped, plan)
    found: dict[str, KillPoint] = {}
    for name in stopping:
        runs = to_mask(stopped.draws.negative_answers.get(name, 0), stopped.runs)
        runs &= stopped.delivers(name)
        if not runs.any():
            continue
        going_on = simulate(_without_stop(resolved, name), order, WHAT_IF_RUNS, checkpoint)
        found[name] = KillPoint(
            PairedDifference.of(_total_cost(going_on, plan)[runs], cost[runs]),
            PairedDifference.of(simulated_values(going_on)[runs], value[runs]),
        )
    return found


def _stops(resolved: ResolvedPlan, name: str) -> bool:
    spike = resolved.items[name].spike
    return spike is not None and spike.drops_bet


def _without_stop(resolved: ResolvedPlan, name: str) -> ResolvedPlan:
    """Return the plan in which the bet goes on whatever the spike says."""
    item = resolved.items[name]
    assert item.spike is not None
    changed = replace(item, spike=replace(item.spike, drops_bet=False))
    return replace(resolved, items={**resolved.items, name: changed})


def _total_cost(simulation: Simulation, plan: Plan) -> Floats:
    """Return the cost of all open work in each run; shape (runs,)."""
    total = np.zeros(simulation.runs)
    for each in remaining_costs(simulation, plan).values():
        total += each.cost
    return total
