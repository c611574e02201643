"""Outcomes without time: chances, needs, choices, fallbacks and spikes over all runs at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.run_sets import RunSet, all_runs
from roadmap_tui.forecast.simulation.sampling import RandomSource, success_chance
from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan


@dataclass(frozen=True, slots=True)
class SuccessDraws:
    """The runs in which each item works, and in which each open spike answers no.

    Attributes:
        runs: number of runs.
        works: by item.
        negative_answers: by open spike that drops its bet on a no.
    """

    runs: int
    works: dict[str, RunSet]
    negative_answers: dict[str, RunSet]


def draw_successes(
    resolved: ResolvedPlan, source: RandomSource, checkpoint: Checkpoint = no_checkpoint
) -> SuccessDraws:
    """Draw whether each item works and what each open spike answers."""
    works = {
        name: source.success_runs(item)
        for name, item in with_checkpoints(resolved.items.items(), checkpoint)
    }
    no: dict[str, RunSet] = {}
    for bet, spikes in resolved.spikes_by_bet.items():
        for name in spikes:
            item = resolved.items[name]
            # nothing is learned about a bet that surely works or surely doesn't
            is_open_question = 0 < success_chance(resolved.items[bet]) < 1
            if item.spike is not None and item.spike.drops_bet and is_open_question:
                no[name] = all_runs(source.runs) & ~source.yes_runs(item, works[bet])
    return SuccessDraws(source.runs, works, no)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item's outcome: the runs in which it is attempted, and in which it delivers.

    Where it is not attempted it is blocked, else dropped by a spike, else replaced by the item it
    is a fallback for.
    """

    attempted: RunSet
    delivers: RunSet
    blocked: RunSet
    dropped: RunSet
    replaced: RunSet


@dataclass(frozen=True, slots=True)
class Prerequisites:
    """Conditions for an item to be attempted.

    Attributes:
        needs: alternative ids for each need, of which one must deliver.
        fallback_for: id that must not deliver; empty if there is none.
        spikes: open spikes whose no drops the item.
    """

    needs: tuple[tuple[str, ...], ...]
    fallback_for: str
    spikes: tuple[str, ...]


class OutcomeRules:
    """How outcomes follow from the draws.

    Args:
        resolved: the plan.
        draws: in which runs items work and spikes answer no.
        spikes_drop: whether a spike that answers no drops its bet.
        include_ideas: whether ideas are attempted like planned items.
    """

    def __init__(
        self,
        resolved: ResolvedPlan,
        draws: SuccessDraws,
        *,
        spikes_drop: bool = True,
        include_ideas: bool = False,
    ) -> None:
        self.draws = draws
        self.order = resolved.order
        self._all_runs = all_runs(draws.runs)
        self._delivered = {
            name for name, item in resolved.items.items() if item.status in DELIVERED_STATUSES
        }
        statuses = OPEN_STATUSES | {"idea"} if include_ideas else OPEN_STATUSES
        dropping = resolved.spikes_by_bet if spikes_drop else {}
        self._prerequisites: dict[str, Prerequisites] = {}
        for name, item in resolved.items.items():
            if item.status in statuses:
                self._prerequisites[name] = self._prerequisites_of(item, dropping.get(name, ()))

    def _prerequisites_of(self, item: ResolvedItem, spikes: tuple[str, ...]) -> Prerequisites:
        return Prerequisites(
            needs=tuple(need.ids for need in item.needs),
            fallback_for=item.fallback_for or "",
            spikes=tuple(spike for spike in spikes if spike in self.draws.negative_answers),
        )

    def outcomes(self, checkpoint: Checkpoint = no_checkpoint) -> dict[str, Outcome]:
        """Return the outcome of every item."""
        delivers: dict[str, RunSet] = {}
        outcomes: dict[str, Outcome] = {}
        for name in with_checkpoints(self.order, checkpoint):
            outcomes[name] = self._outcome(name, delivers)
            delivers[name] = outcomes[name].delivers
        return outcomes

    def _outcome(self, name: str, delivers: Mapping[str, RunSet]) -> Outcome:
        gate = self._prerequisites.get(name)
        if gate is None:
            return Outcome(0, self._all_runs if name in self._delivered else 0, 0, 0, 0)
        met = self._met(gate, delivers)
        dropped = met & self._dropped(gate, delivers)
        replaced = met & ~dropped & delivers.get(gate.fallback_for, 0)
        # the order of precedence: blocked, dropped, replaced, attempted
        attempted = met & ~dropped & ~replaced
        return Outcome(
            attempted, attempted & self.draws.works[name], self._all_runs & ~met, dropped, replaced
        )

    def delivers(self, name: str, delivers: Mapping[str, RunSet]) -> RunSet:
        """Return the runs in which an open item delivers, given those of its predecessors."""
        gate = self._prerequisites[name]
        kept_out = self._dropped(gate, delivers) | delivers.get(gate.fallback_for, 0)
        return self._met(gate, delivers) & ~kept_out & self.draws.works[name]

    def is_open(self, name: str) -> bool:
        """Return whether the item may be attempted."""
        return name in self._prerequisites

    def _met(self, gate: Prerequisites, delivers: Mapping[str, RunSet]) -> RunSet:
        met = self._all_runs
        for options in gate.needs:
            any_of = 0
            for each in options:
                any_of |= delivers.get(each, 0)
            met &= any_of
        return met

    def _dropped(self, gate: Prerequisites, delivers: Mapping[str, RunSet]) -> RunSet:
        dropped = 0
        for spike in gate.spikes:
            dropped |= self.draws.negative_answers[spike] & delivers.get(spike, 0)
        return dropped
