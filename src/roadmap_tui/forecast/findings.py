"""What is worth finding out: the price of an answer, and what the simulation says of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.forecast.delivered import value_by_horizon
from roadmap_tui.forecast.queue import Place
from roadmap_tui.forecast.simulation import Check, Simulation, go_on, ordered, simulate
from roadmap_tui.forecast.spikes import Options, options
from roadmap_tui.forecast.trials import FUTURES
from roadmap_tui.forecast.variants import without_spike
from roadmap_tui.plan.resolve import Resolved

_MOST = 40


@dataclass(frozen=True, slots=True)
class Findings:
    """What is worth finding out.

    Attributes:
        options: the worth of each open spike, and where one would pay.
        gains: by open spike, what it does to the value by the horizon, delay included, as a share of it.
    """

    options: Options
    gains: dict[str, float]


def findings(simulation: Simulation, places: Iterable[Place], check: Check = go_on) -> Findings:
    """Price the open spikes of a plan, and simulate it without each of the best 40.

    Without a spike the queue is planned anew: on the same list its bet would keep the place that it has only because
    the spike may drop it, and leaving the spike out would look far worse than it is.

    Args:
        simulation: of the plan.
        places: its queue.
        check: called now and then.
    """
    resolved = simulation.resolved
    check()
    priced = options(resolved, places)
    whole = _delivered(resolved, simulation.list, check) if priced.spikes else 0.0
    gains = {}
    for spike in priced.spikes[:_MOST] if whole > 0 else ():
        without = without_spike(resolved, spike.id)
        gains[spike.id] = (whole - _delivered(without, ordered(without, FUTURES).list, check)) / whole
    return Findings(priced, gains)


def _delivered(resolved: Resolved, order: tuple[str, ...], check: Check) -> float:
    """Expected value by the horizon."""
    return sum(value_by_horizon(simulate(resolved, order, FUTURES, check)).values())
