"""Trying a plan with one of its numbers changed, on the same runs and the same list."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from roadmap_tui.forecast.analysis.ranking import competition_ranks, weighted_rice_score
from roadmap_tui.forecast.analysis.what_if_inputs import InputField, WhatIfInput, with_input
from roadmap_tui.forecast.simulation.cancellation import CachedProperty, Checkpoint, no_checkpoint
from roadmap_tui.forecast.simulation.capacity import Weeks
from roadmap_tui.forecast.simulation.marginal_value import (
    MarginalValue,
    expected_demand,
    is_ranked,
    marginal_value,
)
from roadmap_tui.forecast.simulation.sampling import RandomSource, mean_effort
from roadmap_tui.forecast.simulation.simulator import (
    Simulation,
    merge_build_order,
    schedule_items,
    simulate,
)
from roadmap_tui.plan.resolver import ResolvedPlan

WHAT_IF_RUNS = 2_000


_DEMAND_FIELDS: frozenset[InputField] = frozenset({"reach", "impact", "confidence"})


@dataclass(frozen=True)
class WhatIfPlan:
    """A plan to try things on; what has been found out about it is kept, as far as the next trial shares it.

    Attributes:
        resolved: the plan.
        build_order: its list, which every trial keeps.
        checkpoint: called now and then.
        same_times: trials whose times these share.
        same_delivery: trials whose chances these share, open spikes left aside.
        same_order: trials whose list these share; a number changes nothing of what decides about what.
    """

    resolved: ResolvedPlan
    build_order: tuple[str, ...]
    checkpoint: Checkpoint = no_checkpoint
    same_times: "WhatIfPlan | None" = None
    same_delivery: "WhatIfPlan | None" = None
    same_order: "WhatIfPlan | None" = None

    def with_known(self, given: WhatIfInput, value: float) -> "WhatIfPlan":
        """The same with one number known."""
        return WhatIfPlan(
            with_input(self.resolved, given, value),
            self.build_order,
            self.checkpoint,
            same_times=self if given.field in _DEMAND_FIELDS else None,
            same_delivery=self if given.field != "chance" else None,
            same_order=self,
        )

    @CachedProperty
    def order(self) -> tuple[str, ...]:
        """The list, with what is open now in it."""
        return (
            merge_build_order(self.resolved, self.build_order)
            if self.same_order is None
            else self.same_order.order
        )

    @CachedProperty
    def simulation(self) -> Simulation:
        """The runs."""
        if self.same_times is not None:
            return replace(self.same_times.simulation, resolved=self.resolved)
        self.checkpoint()
        return simulate(self.resolved, self.order, WHAT_IF_RUNS, self.checkpoint)

    @CachedProperty
    def median_finishes(self) -> Mapping[str, float]:
        """The P50 of the finish of every open item that may deliver, in weeks."""
        if self.same_times is not None:
            return self.same_times.median_finishes
        placed = schedule_items(self.resolved, self.order, WHAT_IF_RUNS, self.checkpoint)
        middles = (
            (each.id, _quantile(each.resolution.resolved_at[each.resolution.delivers], 0.5))
            for each in placed
        )
        return {name: weeks for name, weeks in middles if weeks is not None}

    @CachedProperty
    def marginal_value(self) -> MarginalValue:
        """Each ranked item's part in the value of the whole."""
        self.checkpoint()
        if self.same_delivery is not None:
            return replace(self.same_delivery.marginal_value, demand=expected_demand(self.resolved))
        return marginal_value(
            self.resolved, RandomSource(self.resolved.seed, WHAT_IF_RUNS), self.checkpoint
        )

    def scores(self) -> dict[str, float]:
        """Weighted RICE of every item that has one."""
        scores = {
            name: weighted_rice_score(self.marginal_value.unlocked_value(name), mean_effort(terms))
            for name, terms in self.resolved.items.items()
            if is_ranked(terms)
        }
        return {name: score for name, score in scores.items() if score is not None}

    def unlocked_value(self, name: str) -> float | None:
        """The value that an item unlocks if it delivers; None of one that is not ranked, or never delivers."""
        delivers = (
            self.marginal_value.delivers.get(name, 0.0)
            if is_ranked(self.resolved.items[name])
            else 0.0
        )
        return self.marginal_value.unlocked_value(name) / delivers if delivers else None

    def ranks(self) -> dict[str, int]:
        """The rank of every item that has one."""
        scores = self.scores()
        return {
            name: rank
            for name, rank in zip(scores, competition_ranks(scores.values()), strict=True)
            if rank is not None
        }


def chance_within_horizon(simulation: Simulation, name: str) -> float:
    """The chance that an open item delivers within the horizon."""
    finish = simulation.times.resolved_at[name][simulation.delivers(name)]
    return float(np.count_nonzero(finish <= simulation.resolved.horizon)) / simulation.runs


def median_finish(simulation: Simulation, name: str) -> float | None:
    """The P50 of an open item's finish, in weeks; None if it never delivers."""
    return finish_quantile(simulation, name, 0.5)


def finish_quantile(simulation: Simulation, name: str, share: float) -> float | None:
    """The weeks by which an open item has finished in that share of the runs in which it delivers; None of none."""
    return _quantile(simulation.times.resolved_at[name][simulation.delivers(name)], share)


def _quantile(finish: Weeks, share: float) -> float | None:
    return float(np.quantile(finish, share)) if finish.size else None
