"""What a plan delivers by its horizon: value per period x periods live."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.draws import mean_demand
from roadmap_tui.forecast.futures import Bools
from roadmap_tui.forecast.lanes import Weeks
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.forecast.schedule import Placed
from roadmap_tui.forecast.simulation import Simulation
from roadmap_tui.plan.resolve import OPEN, Resolved

Floats = NDArray[np.float64]


def values(resolved: Resolved, placed: Iterable[Placed], futures: int) -> Floats:
    """The value that open items deliver by the horizon in each future, demand at its mean; shape (futures,).

    Reach x impact x confidence over the periods that an item is live. Demand is independent of delivery, so that
    this has the mean of what is drawn, with less noise.

    Args:
        resolved: the plan.
        placed: what becomes of its open items.
        futures: how many there are.
    """
    total = np.zeros(futures)
    for each in placed:
        if resolved.terms[each.id].demand is not None:
            total += _value(resolved, each.id, each.fate.known, each.fate.delivers)
    return total


def value_by_horizon(simulation: Simulation, check: Check = go_on) -> dict[str, float]:
    """The expected value that each open item delivers by the horizon."""
    resolved, known = simulation.resolved, simulation.times.known
    valued = [
        name
        for name, terms in resolved.terms.items()
        if terms.demand is not None and terms.status in OPEN
    ]
    return {
        name: float(_value(resolved, name, known[name], simulation.delivers(name)).mean())
        for name in paced(valued, check)
    }


def _value(resolved: Resolved, name: str, known: Weeks, delivers: Bools) -> Floats:
    """The value of an item by the horizon, in each future."""
    live = np.maximum(resolved.horizon - known.astype(np.float64), 0)
    value: Floats = live * delivers * (mean_demand(resolved.terms[name]) / resolved.period)
    return value


def together(simulation: Simulation, names: tuple[str, ...], by: float) -> float:
    """The chance that all of these have delivered by a week."""
    resolved = simulation.resolved
    all_of = np.ones(simulation.futures, np.bool_)
    for name in names:
        all_of &= simulation.delivers(name)
        if resolved.terms[name].status in OPEN:
            all_of &= simulation.times.known[name] <= np.float32(by)
    return float(all_of.mean())
