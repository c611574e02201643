"""What is worth finding out: the price of an answer, and what the simulation says of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from roadmap_tui.forecast.delivered import value_by_horizon
from roadmap_tui.forecast.pace import Check, counted, go_on
from roadmap_tui.forecast.queue import Place
from roadmap_tui.forecast.simulation import Simulation, ordered, simulate
from roadmap_tui.forecast.spikes import Options, options
from roadmap_tui.forecast.trials import FUTURES
from roadmap_tui.forecast.variants import without_spike
from roadmap_tui.plan.resolve import Resolved

_MOST = 12


@dataclass(frozen=True, slots=True)
class Findings:
    """What is worth finding out.

    Attributes:
        options: the worth of each open spike, and where one would pay.
        gains: by open spike, what it does to the value by the horizon beside those that are worth doing, delay
            included, as a share of it; where the plan delivers nothing by then, of what it delivers without those that
            are left out.
        doing: the spikes that are worth doing together: of each that is left out, the plan delivers more without it.
    """

    options: Options
    gains: dict[str, float]
    doing: frozenset[str] = frozenset()


def findings(simulation: Simulation, places: Iterable[Place], check: Check = go_on) -> Findings:
    """Price the open spikes of a plan, and simulate it without each of the best 12.

    Spike after spike is left out, always the one without which the plan delivers most, until each that is left adds
    value. Without a spike the queue is planned anew: on the same list its bet would keep the place that it has only
    because the spike may drop it, and leaving the spike out would look far worse than it is.

    Args:
        simulation: of the plan.
        places: its queue.
        check: called now and then.
    """
    resolved = simulation.resolved
    priced = options(resolved, places, check)
    left = [spike.id for spike in priced.spikes[:_MOST]]
    whole = value = _delivered(resolved, check) if left else 0.0
    added: dict[str, float] = {}
    tries = counted(
        count(1),
        len(left) * (len(left) + 1) // 2,
        check,
        "trying the plan without each spike, at most",
    )
    while left:
        without = {
            name: _delivered(without_spike(resolved, name), check)
            for name, _ in zip(left, tries, strict=False)
        }
        added |= {name: value - each for name, each in without.items()}
        worst = max(left, key=without.__getitem__)
        if without[worst] < value:
            break
        left.remove(worst)
        resolved, value = without_spike(resolved, worst), without[worst]
    share_of = whole or value
    gains = {name: each / share_of for name, each in added.items()} if share_of else {}
    return Findings(priced, gains, frozenset(left))


def _delivered(resolved: Resolved, check: Check) -> float:
    """Expected value by the horizon, the queue planned anew."""
    simulation = simulate(resolved, ordered(resolved, FUTURES, check=check).list, FUTURES, check)
    return sum(value_by_horizon(simulation, check).values())
