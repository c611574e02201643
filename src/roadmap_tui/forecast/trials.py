"""Trying a plan with one of its numbers changed, on the same futures and the same list."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from roadmap_tui.forecast.draws import Source, mean_effort
from roadmap_tui.forecast.lanes import Weeks
from roadmap_tui.forecast.pace import Check, Kept, go_on
from roadmap_tui.forecast.ranking import ranks, weighted_rice
from roadmap_tui.forecast.simulation import Simulation, kept_list, simulate, worked_through
from roadmap_tui.forecast.unlocked import Worth, demands, is_ranked, worth
from roadmap_tui.forecast.variants import Field, Input, with_input
from roadmap_tui.plan.resolve import Resolved

FUTURES = 2_000


_DEMAND: frozenset[Field] = frozenset({"reach", "impact", "confidence"})


@dataclass(frozen=True)
class Trials:
    """A plan to try things on; what has been found out about it is kept, as far as the next trial shares it.

    Attributes:
        resolved: the plan.
        base: its list, which every trial keeps.
        check: called now and then.
        same_times: trials whose times these share.
        same_delivery: trials whose chances these share, open spikes left aside.
        same_order: trials whose list these share; a number changes nothing of what decides about what.
    """

    resolved: Resolved
    base: tuple[str, ...]
    check: Check = go_on
    same_times: "Trials | None" = None
    same_delivery: "Trials | None" = None
    same_order: "Trials | None" = None

    def knowing(self, given: Input, value: float) -> "Trials":
        """The same with one number known."""
        return Trials(
            with_input(self.resolved, given, value),
            self.base,
            self.check,
            same_times=self if given.field in _DEMAND else None,
            same_delivery=self if given.field != "chance" else None,
            same_order=self,
        )

    @Kept
    def order(self) -> tuple[str, ...]:
        """The list, with what is open now in it."""
        return (
            kept_list(self.resolved, self.base)
            if self.same_order is None
            else self.same_order.order
        )

    @Kept
    def simulation(self) -> Simulation:
        """The futures."""
        if self.same_times is not None:
            return replace(self.same_times.simulation, resolved=self.resolved)
        self.check()
        return simulate(self.resolved, self.order, FUTURES, self.check)

    @Kept
    def finishes(self) -> Mapping[str, float]:
        """The P50 of the finish of every open item that may deliver, in weeks."""
        if self.same_times is not None:
            return self.same_times.finishes
        placed = worked_through(self.resolved, self.order, FUTURES, self.check)
        middles = (
            (each.id, _quantile(each.fate.known[each.fate.delivers], 0.5)) for each in placed
        )
        return {name: weeks for name, weeks in middles if weeks is not None}

    @Kept
    def worth(self) -> Worth:
        """Each ranked item's part in the value of the whole."""
        self.check()
        if self.same_delivery is not None:
            return replace(self.same_delivery.worth, demand=demands(self.resolved))
        return worth(self.resolved, Source(self.resolved.seed, FUTURES), self.check)

    def scores(self) -> dict[str, float]:
        """Weighted RICE of every item that has one."""
        scores = {
            name: weighted_rice(self.worth.unlocked(name), mean_effort(terms))
            for name, terms in self.resolved.terms.items()
            if is_ranked(terms)
        }
        return {name: score for name, score in scores.items() if score is not None}

    def unlocked(self, name: str) -> float | None:
        """The value that an item unlocks if it delivers; None of one that is not ranked, or never delivers."""
        delivers = (
            self.worth.delivers.get(name, 0.0) if is_ranked(self.resolved.terms[name]) else 0.0
        )
        return self.worth.unlocked(name) / delivers if delivers else None

    def ranks(self) -> dict[str, int]:
        """The rank of every item that has one."""
        scores = self.scores()
        return {
            name: rank
            for name, rank in zip(scores, ranks(scores.values()), strict=True)
            if rank is not None
        }


def ships(simulation: Simulation, name: str) -> float:
    """The chance that an open item delivers within the horizon."""
    finish = simulation.times.known[name][simulation.delivers(name)]
    return float(np.count_nonzero(finish <= simulation.resolved.horizon)) / simulation.futures


def middle(simulation: Simulation, name: str) -> float | None:
    """The P50 of an open item's finish, in weeks; None if it never delivers."""
    return finished_by(simulation, name, 0.5)


def finished_by(simulation: Simulation, name: str, share: float) -> float | None:
    """The weeks by which an open item has finished in that share of the futures in which it delivers; None of none."""
    return _quantile(simulation.times.known[name][simulation.delivers(name)], share)


def _quantile(finish: Weeks, share: float) -> float | None:
    return float(np.quantile(finish, share)) if finish.size else None
