"""What delivers, without time: chances, needs, choices, plan B and spikes over all futures at once."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_tui.forecast.draws import Source
from roadmap_tui.forecast.futures import Futures, everything
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.plan.resolve import DELIVERED, OPEN, Resolved


@dataclass(frozen=True, slots=True)
class Works:
    """The futures in which each item works, and in which each open spike says no.

    Attributes:
        count: the number of futures.
        works: by item.
        no: by open spike that drops its bet on a no.
    """

    count: int
    works: dict[str, Futures]
    no: dict[str, Futures]


def draw_works(resolved: Resolved, source: Source, check: Check = go_on) -> Works:
    """Draw whether each item works and what each open spike says."""
    works = {name: source.works_set(terms) for name, terms in paced(resolved.terms.items(), check)}
    no: dict[str, Futures] = {}
    for bet, spikes in resolved.spikes.items():
        for name in spikes:
            terms = resolved.terms[name]
            if terms.spike is not None and terms.spike.drops:
                no[name] = everything(source.futures) & ~source.yes_set(terms, works[bet])
    return Works(source.futures, works, no)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one item: the futures in which it is attempted, and in which it delivers.

    Where it is not attempted it is blocked, else dropped by a spike, else replaced by what it is a plan B for.
    """

    attempted: Futures
    delivers: Futures
    blocked: Futures
    dropped: Futures
    replaced: Futures


@dataclass(frozen=True, slots=True)
class Gate:
    """What must hold for an item to be attempted.

    Attributes:
        needs: ids of which one must deliver, for each need.
        instead_of: the id that must not deliver; empty if there is none.
        spikes: open spikes whose no drops it.
    """

    needs: tuple[tuple[str, ...], ...]
    instead_of: str
    spikes: tuple[str, ...]


class Rules:
    """How outcomes follow from what works.

    Args:
        resolved: the plan.
        drawn: what works and what spikes say.
        spikes_drop: whether a spike that says no drops its bet.
        ideas_count: whether ideas are attempted like planned items.
    """

    def __init__(
        self,
        resolved: Resolved,
        drawn: Works,
        *,
        spikes_drop: bool = True,
        ideas_count: bool = False,
    ) -> None:
        self.drawn = drawn
        self.order = resolved.order
        self._all = everything(drawn.count)
        self._delivered = {
            name for name, terms in resolved.terms.items() if terms.status in DELIVERED
        }
        self._gates: dict[str, Gate] = {}
        for name, terms in resolved.terms.items():
            if terms.status in OPEN or (ideas_count and terms.status == "idea"):
                needs = tuple(need.ids for need in terms.needs)
                spikes = tuple(
                    each
                    for each in resolved.spikes.get(name, ())
                    if spikes_drop and each in drawn.no
                )
                self._gates[name] = Gate(needs, terms.instead_of or "", spikes)

    def outcomes(self, check: Check = go_on) -> dict[str, Outcome]:
        """What becomes of every item."""
        delivers: dict[str, Futures] = {}
        outcomes: dict[str, Outcome] = {}
        for name in paced(self.order, check):
            outcomes[name] = self._outcome(name, delivers)
            delivers[name] = outcomes[name].delivers
        return outcomes

    def _outcome(self, name: str, delivers: Mapping[str, Futures]) -> Outcome:
        gate = self._gates.get(name)
        if gate is None:
            return Outcome(0, self._all if name in self._delivered else 0, 0, 0, 0)
        met = self._met(gate, delivers)
        dropped = met & self._dropped(gate, delivers)
        replaced = met & ~dropped & delivers.get(gate.instead_of, 0)
        attempted = met & ~dropped & ~replaced
        return Outcome(
            attempted, attempted & self.drawn.works[name], self._all & ~met, dropped, replaced
        )

    def delivers(self, name: str, delivers: Mapping[str, Futures]) -> Futures:
        """The futures in which an open item delivers, given those in which each item it waits for does."""
        gate = self._gates[name]
        kept_out = self._dropped(gate, delivers) | delivers.get(gate.instead_of, 0)
        return self._met(gate, delivers) & ~kept_out & self.drawn.works[name]

    def is_open(self, name: str) -> bool:
        """Whether the item is one that may be attempted."""
        return name in self._gates

    def _met(self, gate: Gate, delivers: Mapping[str, Futures]) -> Futures:
        met = self._all
        for options in gate.needs:
            any_of = 0
            for each in options:
                any_of |= delivers.get(each, 0)
            met &= any_of
        return met

    def _dropped(self, gate: Gate, delivers: Mapping[str, Futures]) -> Futures:
        dropped = 0
        for spike in gate.spikes:
            dropped |= self.drawn.no[spike] & delivers.get(spike, 0)
        return dropped
