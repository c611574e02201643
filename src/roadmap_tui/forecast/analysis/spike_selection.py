"""Spike selection: the spikes' value of information and their simulated effect on the plan."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from roadmap_tui.forecast.analysis.horizon_value import horizon_values
from roadmap_tui.forecast.analysis.value_of_information import (
    ValueOfInformation,
    value_of_information,
)
from roadmap_tui.forecast.analysis.what_if import WHAT_IF_RUNS
from roadmap_tui.forecast.analysis.what_if_inputs import without_spike
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress
from roadmap_tui.forecast.simulation.priority import QueueEntry
from roadmap_tui.forecast.simulation.simulator import Simulation, simulate, work_order
from roadmap_tui.plan.resolver import ResolvedPlan

_MAX_SPIKES = 12


@dataclass(frozen=True, slots=True)
class SpikeSelection:
    """Which spikes are worth doing.

    Attributes:
        information: the value of each open spike, and where one would pay.
        gains: by open spike, its effect on the value by the horizon beside the other worthwhile
            ones, delay included, as a share of that value; where the plan delivers nothing by then,
            of its value without the spikes left out.
        worthwhile: the spikes worth doing together: the plan delivers more without each of the
            others.
    """

    information: ValueOfInformation
    gains: dict[str, float]
    worthwhile: frozenset[str] = frozenset()


def select_spikes(
    simulation: Simulation, queue: Iterable[QueueEntry], checkpoint: Checkpoint = no_checkpoint
) -> SpikeSelection:
    """Price the open spikes of a plan, and simulate it without each of the best 12.

    One spike after the other is removed, always the one without which the plan delivers most, until
    each remaining one adds value. Without a spike the queue is planned again: with the same order,
    its bet would keep the place it has only because the spike may drop it, and the spike would look
    far more valuable than it is.

    Args:
        simulation: of the plan.
        queue: its work queue.
        checkpoint: called regularly.
    """
    resolved = simulation.resolved
    priced = value_of_information(resolved, queue, checkpoint)
    left = [spike.id for spike in priced.spikes[:_MAX_SPIKES]]
    whole = value = _horizon_value(resolved, checkpoint) if left else 0.0
    added: dict[str, float] = {}
    tries = with_progress(
        count(1),
        len(left) * (len(left) + 1) // 2,
        checkpoint,
        "trying the plan without each spike, at most",
    )
    while left:
        without = {
            name: _horizon_value(without_spike(resolved, name), checkpoint)
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
    return SpikeSelection(priced, gains, frozenset(left))


def _horizon_value(resolved: ResolvedPlan, checkpoint: Checkpoint) -> float:
    """Return the expected value by the horizon, with the queue planned again."""
    simulation = simulate(
        resolved,
        work_order(resolved, WHAT_IF_RUNS, checkpoint=checkpoint).build_order,
        WHAT_IF_RUNS,
        checkpoint,
    )
    return sum(horizon_values(simulation, checkpoint).values())
