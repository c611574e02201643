"""How many open items ship by the horizon, and whether all promises are kept."""

from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.run_sets import Bools
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.plan.deadline import weeks_in_time


@dataclass(frozen=True, slots=True)
class DeliveryCount:
    """Open features and models that ship by the horizon, and deadlines that are met.

    Attributes:
        open: number of open features and models.
        mean: how many of them ship, on average.
        p10, p50, p90: how many of them ship.
        promises: number of them that have a deadline.
        all_kept: chance that every deadline is met; None without any.
    """

    open: int
    mean: float
    p10: int
    p50: int
    p90: int
    promises: int
    all_kept: float | None


def delivery_count(simulation: Simulation) -> DeliveryCount:
    """Return how many open items ship, over all runs."""
    resolved = simulation.resolved
    bets = [name for name in simulation.build_order if resolved.items[name].kind != "spike"]
    shipped = np.zeros(simulation.runs, np.int64)
    kept = np.ones(simulation.runs, np.bool_)
    promises = 0
    for name in bets:
        shipped += _delivered_by(simulation, name, resolved.horizon)
        deadline = resolved.items[name].deadline
        if deadline is not None:
            promises += 1
            kept &= _delivered_by(simulation, name, deadline)
    low, middle, high = np.quantile(shipped, (0.1, 0.5, 0.9), method="inverted_cdf").tolist()
    return DeliveryCount(
        open=len(bets),
        mean=float(shipped.mean()),
        p10=int(low),
        p50=int(middle),
        p90=int(high),
        promises=promises,
        all_kept=float(kept.mean()) if promises else None,
    )


def _delivered_by(simulation: Simulation, name: str, week: float) -> Bools:
    in_time: Bools = simulation.times.resolved_at[name] <= np.float32(weeks_in_time(week))
    return simulation.delivers(name) & in_time
