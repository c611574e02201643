"""Unlocked value: what the whole roadmap loses if an item is struck out of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush
from operator import mul

from roadmap_tui.forecast.draws import Source, mean_demand
from roadmap_tui.forecast.futures import Futures, unpack
from roadmap_tui.forecast.logic import Rules, draw_works
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.plan.needs import ChoiceNeed, all_need_ids, need_ids
from roadmap_tui.plan.resolve import Resolved, Terms


@dataclass(frozen=True)
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
        return self._unlocked[name]

    @cached_property
    def _unlocked(self) -> dict[str, float]:
        return {
            name: sum(map(mul, lost.values(), map(self.demand.__getitem__, lost))) for name, lost in self.lost.items()
        }


def is_ranked(terms: Terms) -> bool:
    """Whether an item has a place in the ranking: open or an idea, and no spike."""
    return terms.kind != "spike" and terms.status in {"idea", "planned", "active"}


def worth(resolved: Resolved, source: Source, check: Check = go_on) -> Worth:
    """Every ranked item's part in the value of the whole."""
    rules = Rules(resolved, draw_works(resolved, source, check), spikes_drop=False, ideas_count=True)
    delivers = {name: outcome.delivers for name, outcome in rules.outcomes(check).items()}
    ranked = {name: terms for name, terms in resolved.terms.items() if is_ranked(terms)}
    demand = demands(resolved)
    strikes = Strikes.of(resolved, rules, delivers, demand)
    return Worth(
        delivers={name: each.bit_count() / source.futures for name, each in delivers.items()},
        lost={name: strikes.lost(name) for name in paced(ranked, check)},
        demand=demand,
        covered_by=_covering(resolved, ranked),
    )


def demands(resolved: Resolved) -> dict[str, float]:
    """Expected reach x impact x confidence of each ranked item that has a value of its own."""
    ranked = (terms for terms in resolved.terms.values() if is_ranked(terms))
    return {terms.id: mean_demand(terms) for terms in ranked if terms.demand is not None}


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


def _gone(resolved: Resolved, rules: Rules) -> dict[str, int]:
    """By item, what never delivers if it doesn't, itself among them, as bits by the order of needs."""
    gone = {name: 1 << at for at, name in enumerate(resolved.order)}
    for name in reversed(resolved.order):
        for need in resolved.terms[name].needs if rules.is_open(name) else ():
            first, *others = need_ids(need)
            if first in gone and not others:
                gone[first] |= gone[name]
    return gone


def _covered(resolved: Resolved) -> set[str]:
    """The items that another may take over for."""
    needs = (need for terms in resolved.terms.values() for need in terms.needs)
    options = {each for need in needs if isinstance(need, ChoiceNeed) for each in need.ids}
    return options | {terms.instead_of for terms in resolved.terms.values() if terms.instead_of is not None}


@dataclass(frozen=True, slots=True)
class Strikes:
    """Strike-outs.

    Attributes:
        delivers: the futures in which each item delivers if none is struck out.
        often: the chance of that, by place.
        valued: the items that are told about.
        view: where each item delivers, changed while one item is struck out.
        followers: the items whose delivery depends directly on each item's.
        place: each item's in the order of needs. Sets of items are the bits of one integer, by that place.
        gone: the items that never deliver if an item doesn't, itself among them.
        covered: the items that another may take over for.
        hopeful: the items that deliver in some future.
    """

    rules: Rules
    delivers: dict[str, Futures]
    often: list[float]
    valued: int
    view: dict[str, Futures]
    followers: dict[str, set[str]]
    place: dict[str, int]
    gone: dict[str, int]
    covered: int
    hopeful: int

    @classmethod
    def of(cls, resolved: Resolved, rules: Rules, delivers: dict[str, Futures], valued: Iterable[str]) -> "Strikes":
        """Strike-outs from a plan, given where each item delivers, and which of them are told about."""
        place = {name: at for at, name in enumerate(resolved.order)}
        gone, covered = _gone(resolved, rules), _covered(resolved)
        return cls(
            rules=rules,
            delivers=delivers,
            often=[delivers[name].bit_count() / rules.drawn.count for name in resolved.order],
            valued=sum(1 << place[name] for name in valued),
            view=dict(delivers),
            followers=_followers(resolved),
            place=place,
            gone=gone,
            covered=sum(1 << place[name] for name in covered if name in place),
            hopeful=sum(1 << place[name] for name, each in delivers.items() if each),
        )

    def lost(self, name: str) -> dict[str, float]:
        """The chance to deliver that each valued item loses if this one is struck out."""
        order, often = self.rules.order, self.often
        gone = self.gone[name] & self.hopeful | 1 << self.place[name]
        if not gone & self.covered:
            places = unpack(gone & self.valued, len(order)).nonzero()[0].tolist()
            return {order[at]: often[at] for at in places}
        changed = ((self.place[each], now) for each, now in self._recomputed(name).items())
        count = self.rules.drawn.count
        return {order[at]: often[at] - now.bit_count() / count for at, now in changed if self.valued >> at & 1}

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

    def _recomputed(self, name: str) -> dict[str, Futures]:
        """Where the items that it changes deliver if one never does, one item after the other."""
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
