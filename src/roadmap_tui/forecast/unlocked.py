"""Unlocked value: what the whole roadmap loses if an item is struck out of it."""

from collections import ChainMap
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
    strikes = _Strikes(rules, delivers, _followers(resolved), {name: at for at, name in enumerate(resolved.order)})
    return Worth(
        delivers={name: each.bit_count() / source.futures for name, each in delivers.items()},
        lost={name: strikes.lost(name, demand) for name in ranked},
        demand=demand,
        covered_by={name: tuple(_covering(ranked.values(), name)) for name in ranked},
    )


def _covering(ranked: Iterable[Terms], name: str) -> Iterable[str]:
    """The items that take over for one: its plan B, and those after it in a choice."""
    seen = set[str]()
    for terms in ranked:
        if terms.instead_of == name:
            seen.add(terms.id)
        for need in terms.needs:
            if isinstance(need, ChoiceNeed) and name in need.ids:
                seen.update(each for each in need.ids if each != name)
    return sorted(seen)


def _followers(resolved: Resolved) -> dict[str, set[str]]:
    """The items whose delivery depends directly on each item's."""
    followers: dict[str, set[str]] = {name: set() for name in resolved.terms}
    for name, terms in resolved.terms.items():
        for needed in (*all_need_ids(terms.needs), terms.instead_of or ""):
            if needed in followers:
                followers[needed].add(name)
    return followers


@dataclass(frozen=True, slots=True)
class _Strikes:
    rules: Rules
    delivers: dict[str, Futures]
    followers: dict[str, set[str]]
    place: dict[str, int]

    def lost(self, name: str, valued: Iterable[str]) -> dict[str, float]:
        """The chance to deliver that each valued item loses if this one is struck out."""
        changed = self._without(name)
        before, count = self.delivers, self.rules.drawn.count
        return {
            each: (before[each].bit_count() - changed[each].bit_count()) / count for each in valued if each in changed
        }

    def _without(self, name: str) -> dict[str, Futures]:
        """Where the items that it changes deliver if one never does."""
        changed = {name: 0}
        view = ChainMap(changed, self.delivers)
        waiting = [self.place[each] for each in self.followers[name]]
        heapify(waiting)
        order, seen = self.rules.resolved.order, set(waiting)
        while waiting:
            each = order[heappop(waiting)]
            now = self.rules.outcome(each, view).delivers
            if now == self.delivers[each]:
                continue
            changed[each] = now
            for follower in self.followers[each]:
                if self.place[follower] not in seen:
                    seen.add(self.place[follower])
                    heappush(waiting, self.place[follower])
        return changed
