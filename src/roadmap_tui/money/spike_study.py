"""Spike study: what doing each spike does to value, work and money, by simulation."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain, count
from typing import Literal, TypeAlias

import numpy as np

from roadmap_tui.forecast.analysis.capacity_value import CapacityValue, capacity_values
from roadmap_tui.forecast.analysis.horizon_value import Floats, simulated_values
from roadmap_tui.forecast.analysis.paired_difference import PairedDifference
from roadmap_tui.forecast.analysis.value_of_information import (
    ValueOfInformation,
    value_of_information,
)
from roadmap_tui.forecast.analysis.what_if import WHAT_IF_RUNS
from roadmap_tui.forecast.analysis.what_if_inputs import without_spike
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress
from roadmap_tui.forecast.simulation.priority import QueueEntry
from roadmap_tui.forecast.simulation.simulator import simulate, work_order
from roadmap_tui.money.kill_points import KillPoint, kill_points
from roadmap_tui.money.plan_cost import remaining_costs
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.plan.roadmap import Plan

_MAX_SPIKES = 12

Advice: TypeAlias = Literal["do", "skip", "choose"]
"""Do it, don't, or a trade that a person decides."""


@dataclass(frozen=True, slots=True)
class SpikeEffect:
    """What doing a spike changes, compared with the plan without it on the same runs.

    Attributes:
        value: change of the value by the horizon.
        saved_weeks: person-weeks saved, its own effort included; negative if it adds some.
        saved_money: work and compute saved, its own included; negative if it adds some.
        total_value: the expected value by the horizon without it.
        total_money: the expected cost of the remaining work without it.
    """

    value: PairedDifference
    saved_weeks: PairedDifference
    saved_money: PairedDifference
    total_value: float
    total_money: float

    @property
    def advice(self) -> Advice:
        """Do it if it is better on one and not worse on the others, beyond sampling error."""
        signs = {each.direction for each in (self.value, self.saved_weeks, self.saved_money)}
        if signs >= {1, -1} or signs == {0}:
            return "choose"
        return "do" if 1 in signs else "skip"

    @property
    def value_share(self) -> PairedDifference:
        """The change of value as a share of the plan's; 0 for a plan without value."""
        return self.value.scaled(1 / self.total_value if self.total_value else 0.0)


@dataclass(frozen=True, slots=True)
class SpikeStudy:
    """What the open spikes of a plan do, and what their answers are worth.

    Attributes:
        information: the value of each open spike's answer, and where one would pay.
        effects: by open spike about an open bet, beside the others except those that are left out.
        capacity: what one more person adds, by team.
        kill_points: what a no changes, by spike that stops its bet on a no.
    """

    information: ValueOfInformation = field(default_factory=lambda: ValueOfInformation(None))
    effects: Mapping[str, SpikeEffect] = field(default_factory=dict)
    capacity: Mapping[str, CapacityValue] = field(default_factory=dict)
    kill_points: Mapping[str, KillPoint] = field(default_factory=dict)


def study_spikes(
    resolved: ResolvedPlan,
    plan: Plan,
    queue: Iterable[QueueEntry],
    checkpoint: Checkpoint = no_checkpoint,
) -> SpikeStudy:
    """Study the open spikes of a plan.

    Args:
        resolved: the plan, calibrated.
        plan: the plan, for its prices.
        queue: its work queue.
        checkpoint: called regularly.
    """
    information = value_of_information(resolved, queue, checkpoint)
    best_first = [spike.id for spike in information.spikes]
    names = best_first or list(chain.from_iterable(resolved.spikes_by_bet.values()))
    effects = spike_effects(resolved, plan, names[:_MAX_SPIKES], checkpoint)
    capacity = capacity_values(resolved, checkpoint=checkpoint)
    stops = kill_points(resolved, plan, effects, checkpoint)
    return SpikeStudy(information, effects, capacity, stops)


def spike_effects(
    resolved: ResolvedPlan,
    plan: Plan,
    names: Iterable[str],
    checkpoint: Checkpoint = no_checkpoint,
) -> dict[str, SpikeEffect]:
    """Return the effect of each spike: the plan with it against the plan without it.

    As long as some spike only costs, the one without which the plan delivers most is left out, and
    the others are compared again. Without a spike the queue is planned again: with the same order,
    its bet would keep the place that it has only because the spike may drop it.

    Args:
        resolved: the plan.
        plan: the plan, for its prices.
        names: the spikes.
        checkpoint: called regularly.
    """
    left = list(names)
    effects: dict[str, SpikeEffect] = {}
    if not left:
        return effects
    tries = with_progress(
        count(1),
        len(left) * (len(left) + 1) // 2,
        checkpoint,
        "trying the plan without each spike, at most",
    )
    done = _Outcome.of(resolved, plan, checkpoint)
    while left:
        others: dict[str, tuple[ResolvedPlan, _Outcome]] = {}
        for name, _ in zip(left, tries, strict=False):
            changed = without_spike(resolved, name)
            others[name] = changed, _Outcome.of(changed, plan, checkpoint)
            effects[name] = _effect(done, others[name][1])
        losing = [name for name in left if effects[name].advice == "skip"]
        if not losing:
            break
        worst = min(losing, key=lambda name: _rank_of(effects[name]))
        left.remove(worst)
        resolved, done = others[worst]
    return effects


def _rank_of(effect: SpikeEffect) -> tuple[float, float]:
    """The worst first: by value beyond sampling error, then by work."""
    return abs(effect.value.direction) * effect.value.mean, effect.saved_weeks.mean


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a plan delivers and takes in each run; shape (runs,) each."""

    value: Floats
    weeks: Floats
    money: Floats

    @classmethod
    def of(cls, resolved: ResolvedPlan, plan: Plan, checkpoint: Checkpoint) -> "_Outcome":
        """Simulate a plan, its queue planned again."""
        order = work_order(resolved, WHAT_IF_RUNS, checkpoint=checkpoint).build_order
        simulation = simulate(resolved, order, WHAT_IF_RUNS, checkpoint)
        weeks, money = np.zeros(simulation.runs), np.zeros(simulation.runs)
        for cost in remaining_costs(simulation, plan).values():
            weeks += cost.weeks
            money += cost.cost
        return cls(simulated_values(simulation), weeks, money)


def _effect(done: _Outcome, without: _Outcome) -> SpikeEffect:
    return SpikeEffect(
        value=PairedDifference.of(done.value, without.value),
        saved_weeks=PairedDifference.of(without.weeks, done.weeks),
        saved_money=PairedDifference.of(without.money, done.money),
        total_value=float(without.value.mean()),
        total_money=float(without.money.mean()),
    )
