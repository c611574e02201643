"""Unlocked value: what the whole roadmap loses if an item is struck out of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from roadmap_tui.forecast.draws import Source, mean_demand
from roadmap_tui.forecast.futures import Futures
from roadmap_tui.forecast.logic import Rules, draw_works
from roadmap_tui.plan.needs import ChoiceNeed, all_need_ids
from roadmap_tui.plan.resolve import Resolved, Terms


@dataclass(frozen=True, slots=True)
class Worth:
    """Delivery with open spikes struck out and ideas counted, and each ranked item's part in it.

    Attributes:
        delivers: chance to deliver, by item.
        lost: by item struck out, the chance of each valued item to deliver that is lost with it; negative where it
            gains.
        demand: expected reach x impact x confidence, by item that has a value of its own.
        covered_by: by item, those that take over for it if it doesn't deliver.
    """

    delivers: dict[str, float]
    lost: dict[str, dict[str, float]]
    demand: dict[str, float]
    covered_by: dict[str, tuple[str, ...]]

    def unlocked(self, name: str) -> float:
        """The expected value that is lost if this item is struck out."""
        return sum(share * self.demand[each] for each, share in self.lost[name].items())


def is_ranked(terms: Terms) -> bool:
    """Whether an item has a place in the ranking: open or an idea, and no spike."""
    return terms.kind != "spike" and terms.status in {"idea", "planned", "active"}


def worth(resolved: Resolved, source: Source) -> Worth:
    """Every ranked item's part in the value of the whole."""
    rules = Rules(resolved, draw_works(resolved, source), spikes_drop=False, ideas_count=True)
    delivers = {name: outcome.delivers for name, outcome in rules.outcomes().items()}
    ranked = {name: terms for name, terms in resolved.terms.items() if is_ranked(terms)}
    demand = {name: mean_demand(terms) for name, terms in ranked.items() if terms.demand is not None}
    strikes = Strikes.of(resolved, rules, delivers)
    return Worth(
        delivers={name: each.bit_count() / source.futures for name, each in delivers.items()},
        lost={name: strikes.lost(name, demand) for name in ranked},
        demand=demand,
        covered_by=_covering(resolved, ranked),
    )


def _covering(resolved: Resolved, ranked: dict[str, Terms]) -> dict[str, tuple[str, ...]]:
    """By item, those that take over for it: its plan B, and the others of a choice that can still deliver."""
    covering: dict[str, set[str]] = {name: set() for name in ranked}
    for terms in ranked.values():
        if terms.instead_of in covering:
            covering[terms.instead_of].add(terms.id)
        for need in terms.needs:
            if isinstance(need, ChoiceNeed):
                able = {each for each in need.ids if each in ranked or resolved.has_delivered(each)}
                for name in covering.keys() & able:
                    covering[name].update(able - {name})
    return {name: tuple(sorted(others)) for name, others in covering.items()}


def _followers(resolved: Resolved) -> dict[str, set[str]]:
    """The items whose delivery depends directly on each item's."""
    followers: dict[str, set[str]] = {name: set() for name in resolved.terms}
    for name, terms in resolved.terms.items():
        for needed in (*all_need_ids(terms.needs), terms.instead_of or ""):
            if needed in followers:
                followers[needed].add(name)
    return followers


@dataclass(frozen=True, slots=True)
class Strikes:
    """Strike-outs. `view` is what delivers, changed while one item is struck out."""

    rules: Rules
    delivers: dict[str, Futures]
    view: dict[str, Futures]
    followers: dict[str, set[str]]
    place: dict[str, int]

    @classmethod
    def of(cls, resolved: Resolved, rules: Rules, delivers: dict[str, Futures]) -> "Strikes":
        """Strike-outs from a plan, given where each item delivers."""
        place = {name: at for at, name in enumerate(resolved.order)}
        return cls(rules, delivers, dict(delivers), _followers(resolved), place)

    def lost(self, name: str, valued: Iterable[str]) -> dict[str, float]:
        """The chance to deliver that each valued item loses if this one is struck out."""
        changed = self._without(name)
        before, count = self.delivers, self.rules.drawn.count
        return {
            each: (before[each].bit_count() - changed[each].bit_count()) / count for each in valued if each in changed
        }

    def between(self, first: str, last: str) -> set[str]:
        """What depends on the first and is depended on by the last, and the last itself."""
        end = self.place[last]
        leads = {last}
        within = sorted(self._behind(first, end), key=self.place.__getitem__, reverse=True)
        for name in within:
            if not leads.isdisjoint(self.followers[name]):
                leads.add(name)
        return leads

    def _behind(self, first: str, end: int) -> set[str]:
        """What depends on an item, however far, up to a place in the order."""
        found, waiting = set[str](), [first]
        while waiting:
            new = [each for each in self.followers[waiting.pop()] if self.place[each] <= end and each not in found]
            found.update(new)
            waiting += new
        return found

    def _without(self, name: str) -> dict[str, Futures]:
        """Where the items that it changes deliver if one never does."""
        view, changed = self.view, {name: 0}
        view[name] = 0
        waiting = [self.place[each] for each in self.followers[name]]
        heapify(waiting)
        seen = set(waiting)
        while waiting:
            each = self.rules.order[heappop(waiting)]
            now = self.rules.delivers(each, view) if self.rules.is_open(each) else self.delivers[each]
            if now == self.delivers[each]:
                continue
            view[each] = changed[each] = now
            for follower in self.followers[each]:
                if self.place[follower] not in seen:
                    seen.add(self.place[follower])
                    heappush(waiting, self.place[follower])
        view.update((each, self.delivers[each]) for each in changed)
        return changed
