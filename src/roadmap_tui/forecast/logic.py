"""What delivers, without time: chances, needs, choices, plan B and spikes over all futures at once."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from roadmap_tui.forecast.draws import Source
from roadmap_tui.forecast.futures import Futures, everything
from roadmap_tui.plan.needs import BarNeed, ChoiceNeed, ItemNeed, Need
from roadmap_tui.plan.resolve import DELIVERED, OPEN, Resolved, Terms


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


def draw_works(resolved: Resolved, source: Source) -> Works:
    """Draw whether each item works and what each open spike says."""
    works = {name: source.works_set(terms) for name, terms in resolved.terms.items()}
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
class Rules:
    """How outcomes follow from what works.

    Attributes:
        resolved: the plan.
        drawn: what works and what spikes say.
        spikes_drop: whether a spike that says no drops its bet.
        ideas_count: whether ideas are attempted like planned items.
    """

    resolved: Resolved
    drawn: Works
    spikes_drop: bool = True
    ideas_count: bool = False

    @property
    def all(self) -> Futures:
        """The set of all futures."""
        return everything(self.drawn.count)

    def outcomes(self) -> dict[str, Outcome]:
        """What becomes of every item."""
        delivers: dict[str, Futures] = {}
        outcomes: dict[str, Outcome] = {}
        for name in self.resolved.order:
            outcomes[name] = self.outcome(name, delivers)
            delivers[name] = outcomes[name].delivers
        return outcomes

    def outcome(self, name: str, delivers: Mapping[str, Futures]) -> Outcome:
        """What becomes of one item, given the futures in which each item it waits for delivers."""
        terms = self.resolved.terms[name]
        if terms.status in DELIVERED:
            return Outcome(0, self.all, 0, 0, 0)
        if not self.takes_part(terms):
            return Outcome(0, 0, 0, 0, 0)
        met = self.all
        for need in terms.needs:
            met &= self.met(need, delivers)
        dropped = met & self._dropped(name, delivers)
        attempted = met & ~dropped
        replaced = attempted & delivers.get(terms.instead_of or "", 0)
        attempted &= ~replaced
        return Outcome(attempted, attempted & self.drawn.works[name], self.all & ~met, dropped, replaced)

    def takes_part(self, terms: Terms) -> bool:
        """Whether the item is one that may be attempted."""
        return terms.status in OPEN or (self.ideas_count and terms.status == "idea")

    def met(self, need: Need, delivers: Mapping[str, Futures]) -> Futures:
        """The futures in which a need is met."""
        match need:
            case ItemNeed():
                return delivers.get(need.id, 0)
            case ChoiceNeed():
                return _union(delivers.get(each, 0) for each in need.ids)
            case BarNeed():
                proven = (need.model, need.bar) in self.resolved.proven
                return self.all if proven else delivers.get(need.model, 0)

    def _dropped(self, name: str, delivers: Mapping[str, Futures]) -> Futures:
        if not self.spikes_drop:
            return 0
        spikes = self.resolved.spikes.get(name, ())
        return _union(self.drawn.no.get(spike, 0) & delivers.get(spike, 0) for spike in spikes)


def _union(sets: Iterable[Futures]) -> Futures:
    total = 0
    for each in sets:
        total |= each
    return total
