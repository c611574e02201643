"""Trying a plan with one of its numbers changed, on the same futures and the same list."""

from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.draws import Source, mean_effort
from roadmap_tui.forecast.ranking import ranks, weighted_rice
from roadmap_tui.forecast.simulation import Check, Simulation, go_on, kept_list, simulate
from roadmap_tui.forecast.unlocked import is_ranked, worth
from roadmap_tui.forecast.variants import Input, with_input
from roadmap_tui.plan.resolve import Resolved

FUTURES = 2_000


@dataclass(frozen=True, slots=True)
class Trials:
    """A plan to try things on.

    Attributes:
        resolved: the plan.
        base: its list, which every trial keeps.
        check: called now and then.
    """

    resolved: Resolved
    base: tuple[str, ...]
    check: Check = go_on

    def knowing(self, given: Input, value: float) -> "Trials":
        """The same with one number known."""
        return Trials(with_input(self.resolved, given, value), self.base, self.check)

    def simulation(self) -> Simulation:
        """The futures."""
        self.check()
        return simulate(self.resolved, kept_list(self.resolved, self.base), FUTURES, self.check)

    def scores(self) -> dict[str, float]:
        """Weighted RICE of every item that has one."""
        self.check()
        value = worth(self.resolved, Source(self.resolved.seed, FUTURES))
        scores = {
            name: weighted_rice(value.unlocked(name), mean_effort(terms))
            for name, terms in self.resolved.terms.items()
            if is_ranked(terms)
        }
        return {name: score for name, score in scores.items() if score is not None}

    def ranks(self) -> dict[str, int]:
        """The rank of every item that has one."""
        scores = self.scores()
        return {name: rank for name, rank in zip(scores, ranks(scores.values()), strict=True) if rank is not None}


def ships(simulation: Simulation, name: str) -> float:
    """The chance that an open item delivers within the horizon."""
    finish = simulation.times.known[name][simulation.delivers(name)]
    return float(np.count_nonzero(finish <= simulation.resolved.horizon)) / simulation.futures


def middle(simulation: Simulation, name: str) -> float | None:
    """The P50 of an open item's finish, in weeks; None if it never delivers."""
    return finished_by(simulation, name, 0.5)


def finished_by(simulation: Simulation, name: str, share: float) -> float | None:
    """The weeks by which an open item has finished in that share of the futures in which it delivers; None of none."""
    finish = simulation.times.known[name][simulation.delivers(name)]
    return float(np.quantile(finish, share)) if finish.size else None
