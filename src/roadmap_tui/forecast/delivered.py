"""What a plan delivers by its horizon: value per period x periods live."""

import numpy as np

from roadmap_tui.forecast.draws import mean_demand
from roadmap_tui.forecast.simulation import Simulation
from roadmap_tui.plan.resolve import OPEN


def value_by_horizon(simulation: Simulation) -> dict[str, float]:
    """Expected reach x impact x confidence over the periods that each open item is live within the horizon.

    Confidence and demand are independent of delivery, so that their means do.
    """
    resolved = simulation.resolved
    found = {}
    for name, terms in resolved.terms.items():
        if terms.demand is None or terms.status not in OPEN:
            continue
        live = np.maximum(np.float32(resolved.horizon) - simulation.times.known[name], 0)
        weeks = float(live[simulation.delivers(name)].sum()) / simulation.futures
        found[name] = mean_demand(terms) * weeks / resolved.period
    return found
