"""What-if: a plan with one of its numbers changed, on the same runs and the same build order."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from roadmap_tui.forecast.analysis.ranking import competition_ranks
from roadmap_tui.forecast.analysis.what_if_inputs import InputField, WhatIfInput, with_input
from roadmap_tui.forecast.simulation.cached_property import CachedProperty
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.forecast.simulation.capacity import Weeks
from roadmap_tui.forecast.simulation.marginal_value import (
    MarginalValue,
    expected_demand,
    is_ranked,
    marginal_value,
)
from roadmap_tui.forecast.simulation.sampling import RandomSource
from roadmap_tui.forecast.simulation.simulator import (
    Simulation,
    merge_build_order,
    schedule_items,
    simulate,
)
from roadmap_tui.plan.deadline import weeks_in_time
from roadmap_tui.plan.resolver import ResolvedPlan

WHAT_IF_RUNS = 2_000


_DEMAND_FIELDS: frozenset[InputField] = frozenset({"reach", "impact", "confidence"})


@dataclass(frozen=True)
class WhatIfPlan:
    """A plan to vary; what has been computed is shared with its variants where it is unaffected.

    Attributes:
        resolved: the plan.
        build_order: its build order, which every variant keeps.
        checkpoint: called regularly.
        same_times: variant with the same times.
        same_delivery: variant with the same chances, open spikes ignored.
        same_order: variant with the same build order; numbers don't change dependencies.
    """

    resolved: ResolvedPlan
    build_order: tuple[str, ...]
    checkpoint: Checkpoint = no_checkpoint
    same_times: "WhatIfPlan | None" = None
    same_delivery: "WhatIfPlan | None" = None
    same_order: "WhatIfPlan | None" = None

    def with_known(self, given: WhatIfInput, value: float) -> "WhatIfPlan":
        """Return the plan with one input known."""
        return WhatIfPlan(
            with_input(self.resolved, given, value),
            self.build_order,
            self.checkpoint,
            # demand changes no time, and nothing but the chance changes delivery
            same_times=self if given.field in _DEMAND_FIELDS else None,
            same_delivery=self if given.field != "chance" else None,
            same_order=self,
        )

    @CachedProperty
    def order(self) -> tuple[str, ...]:
        """The build order, including everything that is open now."""
        if self.same_order is not None:
            return self.same_order.order
        return merge_build_order(self.resolved, self.build_order)

    @CachedProperty
    def simulation(self) -> Simulation:
        """The simulation runs."""
        if self.same_times is not None:
            return replace(self.same_times.simulation, resolved=self.resolved)
        self.checkpoint()
        return simulate(self.resolved, self.order, WHAT_IF_RUNS, self.checkpoint)

    @CachedProperty
    def median_finishes(self) -> Mapping[str, float]:
        """P50 of the finish of every open item that may deliver, in weeks."""
        if self.same_times is not None:
            return self.same_times.median_finishes
        found: dict[str, float] = {}
        for item in schedule_items(self.resolved, self.order, WHAT_IF_RUNS, self.checkpoint):
            resolution = item.resolution
            weeks = _quantile(resolution.resolved_at[resolution.delivers], 0.5)
            if weeks is not None:
                found[item.id] = weeks
        return found

    @CachedProperty
    def marginal_value(self) -> MarginalValue:
        """Each ranked item's share in the value of the plan."""
        self.checkpoint()
        if self.same_delivery is not None:
            return replace(self.same_delivery.marginal_value, demand=expected_demand(self.resolved))
        return marginal_value(
            self.resolved, RandomSource(self.resolved.seed, WHAT_IF_RUNS), self.checkpoint
        )

    def scores(self) -> dict[str, float]:
        """Return the weighted RICE of every item that has one."""
        scores = {
            name: self.marginal_value.score(item)
            for name, item in self.resolved.items.items()
            if is_ranked(item)
        }
        return {name: score for name, score in scores.items() if score is not None}

    def unlocked_value(self, name: str) -> float | None:
        """Return the value that an item unlocks if it delivers.

        None if it isn't ranked or never delivers.
        """
        if not is_ranked(self.resolved.items[name]):
            return None
        delivers = self.marginal_value.delivers.get(name, 0.0)
        if delivers:
            return self.marginal_value.unlocked_value(name) / delivers
        return None

    def ranks(self) -> dict[str, int]:
        """Return the rank of every item that has one."""
        scores = self.scores()
        ranked = zip(scores, competition_ranks(scores.values()), strict=True)
        return {name: rank for name, rank in ranked if rank is not None}


def chance_within_horizon(simulation: Simulation, name: str) -> float:
    """Return the chance that an open item delivers within the horizon."""
    finish = simulation.times.resolved_at[name][simulation.delivers(name)]
    return (
        float(np.count_nonzero(finish <= weeks_in_time(simulation.resolved.horizon)))
        / simulation.runs
    )


def median_finish(simulation: Simulation, name: str) -> float | None:
    """Return the P50 of an open item's finish, in weeks; None if it never delivers."""
    return finish_quantile(simulation, name, 0.5)


def finish_quantile(simulation: Simulation, name: str, share: float) -> float | None:
    """Return a quantile of an open item's finish where it delivers, in weeks.

    None if it never does.
    """
    return _quantile(simulation.times.resolved_at[name][simulation.delivers(name)], share)


def shipping_week(simulation: Simulation, name: str, chance: float) -> float | None:
    """Return the first week by which an open item has delivered with this chance.

    Runs in which it never delivers count. None if it never gets there.
    """
    finish = np.sort(simulation.times.resolved_at[name][simulation.delivers(name)])
    needed = math.ceil(chance * simulation.runs)
    return float(finish[needed - 1]) if 0 < needed <= finish.size else None


def _quantile(finish: Weeks, share: float) -> float | None:
    if finish.size:
        return float(np.quantile(finish, share))
    return None
