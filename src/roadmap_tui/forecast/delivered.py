"""What a plan delivers by its horizon: value per period x periods live."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.draws import mean_demand
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.forecast.simulation import Simulation
from roadmap_tui.plan.resolve import OPEN

Floats = NDArray[np.float64]


def values(simulation: Simulation) -> Floats:
    """The value that open items deliver by the horizon in each future, demand at its mean; shape (futures,).

    Reach x impact x confidence over the periods that an item is live. Demand is independent of delivery, so that
    this has the mean of what is drawn, with less noise.
    """
    return sum((value for _, value in _by_item(simulation)), np.zeros(simulation.futures))


def value_by_horizon(simulation: Simulation, check: Check = go_on) -> dict[str, float]:
    """The expected value that each open item delivers by the horizon."""
    return {name: float(value.mean()) for name, value in paced(_by_item(simulation), check)}


def _by_item(simulation: Simulation) -> Iterator[tuple[str, Floats]]:
    resolved = simulation.resolved
    for name, terms in resolved.terms.items():
        if terms.demand is not None and terms.status in OPEN:
            live = np.maximum(resolved.horizon - simulation.times.known[name].astype(np.float64), 0)
            yield name, live * simulation.delivers(name) * (mean_demand(terms) / resolved.period)


def together(simulation: Simulation, names: tuple[str, ...], by: float) -> float:
    """The chance that all of these have delivered by a week."""
    resolved = simulation.resolved
    all_of = np.ones(simulation.futures, np.bool_)
    for name in names:
        all_of &= simulation.delivers(name)
        if resolved.terms[name].status in OPEN:
            all_of &= simulation.times.known[name] <= np.float32(by)
    return float(all_of.mean())
