"""Unlocked value: what the whole roadmap loses if an item is struck out of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from heapq import heapify, heappop, heappush

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.draws import Source, mean_demand
from roadmap_tui.forecast.futures import Bools, Futures, unpack
from roadmap_tui.forecast.logic import Rules, draw_works
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.plan.needs import ChoiceNeed
from roadmap_tui.plan.resolve import Resolved, Terms

Floats = NDArray[np.float64]
BLOCK = 64
"""Items that are looked at together."""


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost with an item that is struck out.

    Attributes:
        gone: valued items that then never deliver, as the bits of one integer by their place.
        moved: by place of any other valued item, the chance to deliver that it loses; negative where it gains.
    """

    gone: int
    moved: Mapping[int, float]

    @property
    def is_nothing(self) -> bool:
        """Whether no valued item is the worse or the better for it."""
        return not self.gone and not self.moved


@dataclass(frozen=True)
class Worth:
    """Delivery with open spikes struck out and ideas counted, and each ranked item's part in it.

    Attributes:
        delivers: chance to deliver, by item.
        demand: expected reach x impact x confidence of items that have a value of their own, in the order of needs.
        losses: by ranked item, in that order, what is lost with it.
        covered_by: by item, those that take over for it if it doesn't deliver.
    """

    delivers: dict[str, float]
    demand: dict[str, float]
    losses: dict[str, Loss]
    covered_by: dict[str, tuple[str, ...]]

    def unlocked(self, name: str) -> float:
        """The expected value that is lost if this item is struck out."""
        return self._unlocked[name]

    def lost(self, names: Sequence[str]) -> Floats:
        """The chance of each valued item to deliver that is lost with each of these items; shape (items, valued)."""
        lost = self._gone(names) * self._often
        for row, name in enumerate(names):
            moved = self.losses[name].moved
            if moved:
                lost[row, list(moved)] = list(moved.values())
        return lost

    def _gone(self, names: Sequence[str]) -> Bools:
        """Which valued items never deliver without each of these; shape (items, valued)."""
        count = len(self.demand)
        raw = b"".join(
            self.losses[name].gone.to_bytes((count + 7) // 8, "little") for name in names
        )
        bits = np.frombuffer(raw, np.uint8).reshape(len(names), -1)
        return np.unpackbits(bits, axis=1, count=count, bitorder="little").view(np.bool_)

    @cached_property
    def _often(self) -> Floats:
        return np.array([self.delivers[name] for name in self.demand])

    @cached_property
    def _unlocked(self) -> dict[str, float]:
        names, demand = list(self.losses), np.array(list(self.demand.values()))
        parts = (names[begin : begin + BLOCK] for begin in range(0, len(names), BLOCK))
        return {
            name: value
            for part in parts
            for name, value in zip(part, self._unlocked_with(part, demand), strict=True)
        }

    def _unlocked_with(self, names: Sequence[str], demand: Floats) -> list[float]:
        # one after the other, so that what is not lost can't change the sum's last digits
        rows, columns = self._gone(names).nonzero()
        values: list[float] = np.bincount(
            rows, self._often[columns] * demand[columns], len(names)
        ).tolist()
        for row, name in enumerate(names):
            values[row] += sum(
                share * demand.item(at) for at, share in self.losses[name].moved.items()
            )
        return values


def is_ranked(terms: Terms) -> bool:
    """Whether an item has a place in the ranking: open or an idea, and no spike."""
    return terms.kind != "spike" and terms.status in {"idea", "planned", "active"}


def worth(resolved: Resolved, source: Source, check: Check = go_on) -> Worth:
    """Every ranked item's part in the value of the whole."""
    rules = Rules(
        resolved, draw_works(resolved, source, check), spikes_drop=False, ideas_count=True
    )
    delivers = {name: outcome.delivers for name, outcome in rules.outcomes(check).items()}
    ranked = {
        name: resolved.terms[name] for name in resolved.order if is_ranked(resolved.terms[name])
    }
    demand = demands(resolved)
    strikes = Strikes.of(resolved, rules, delivers, demand)
    return Worth(
        delivers={name: each.bit_count() / source.futures for name, each in delivers.items()},
        demand=demand,
        losses={name: strikes.loss(name) for name in paced(ranked, check)},
        covered_by=_covering(resolved, ranked),
    )


def demands(resolved: Resolved) -> dict[str, float]:
    """Expected reach x impact x confidence of each ranked item with a value of its own, in the order of needs."""
    ranked = (
        terms for terms in map(resolved.terms.__getitem__, resolved.order) if is_ranked(terms)
    )
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
        for needed in terms.named:
            if needed in followers:
                followers[needed].add(name)
    return followers


def _gone(resolved: Resolved, rules: Rules, bit: Mapping[str, int]) -> dict[str, int]:
    """By item, what never delivers if it doesn't, itself among them, as these bits."""
    gone = dict(bit)
    for name in reversed(resolved.order):
        for need in resolved.terms[name].needs if rules.is_open(name) else ():
            first, *others = need.ids
            if first in gone and not others:
                gone[first] |= gone[name]
    return gone


def _covered(resolved: Resolved) -> set[str]:
    """The items that another may take over for."""
    needs = (need for terms in resolved.terms.values() for need in terms.needs)
    options = {each for need in needs if isinstance(need, ChoiceNeed) for each in need.ids}
    return options | {
        terms.instead_of for terms in resolved.terms.values() if terms.instead_of is not None
    }


@dataclass(frozen=True, slots=True)
class Strikes:
    """Strike-outs. Sets of items are the bits of one integer, those of the items that are told about the lowest.

    Attributes:
        delivers: the futures in which each item delivers if none is struck out.
        valued: the items that are told about, by bit.
        view: where each item delivers, changed while one item is struck out.
        followers: the items whose delivery depends directly on each item's.
        place: each item's in the order of needs.
        gone: the items that never deliver if an item doesn't, itself among them.
        covered: the items that another may take over for.
        hopeful: the items that are told about and deliver in some future.
    """

    rules: Rules
    delivers: dict[str, Futures]
    valued: tuple[str, ...]
    view: dict[str, Futures]
    followers: dict[str, set[str]]
    place: dict[str, int]
    gone: dict[str, int]
    covered: int
    hopeful: int

    @classmethod
    def of(
        cls, resolved: Resolved, rules: Rules, delivers: dict[str, Futures], valued: Iterable[str]
    ) -> "Strikes":
        """Strike-outs from a plan, given where each item delivers, and which of them are told about."""
        told = tuple(valued)
        bit = {name: 1 << at for at, name in enumerate(dict.fromkeys((*told, *resolved.order)))}
        return cls(
            rules=rules,
            delivers=delivers,
            valued=told,
            view=dict(delivers),
            followers=_followers(resolved),
            place={name: at for at, name in enumerate(resolved.order)},
            gone=_gone(resolved, rules, bit),
            covered=sum(bit[name] for name in _covered(resolved) if name in bit),
            hopeful=sum(bit[name] for name in told if delivers[name]),
        )

    def loss(self, name: str) -> Loss:
        """What is lost of the items that are told about, if this one is struck out."""
        if not self.gone[name] & self.covered:
            return Loss(self.gone[name] & self.hopeful, {})
        changed, count = self._recomputed(name), self.rules.drawn.count
        return Loss(
            0,
            {
                at: (self.delivers[each].bit_count() - changed[each].bit_count()) / count
                for at, each in enumerate(self.valued)
                if each in changed
            },
        )

    def lost(self, name: str) -> dict[str, float]:
        """The chance to deliver that each item told about loses if this one is struck out."""
        loss, count = self.loss(name), self.rules.drawn.count
        gone = unpack(loss.gone, len(self.valued)).nonzero()[0].tolist()
        lost = {self.valued[at]: self.delivers[self.valued[at]].bit_count() / count for at in gone}
        return lost | {self.valued[at]: share for at, share in loss.moved.items()}

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
            new = [
                each
                for each in self.followers[waiting.pop()]
                if self.place[each] <= end and each not in found
            ]
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
            now = (
                self.rules.delivers(each, view) if self.rules.is_open(each) else self.delivers[each]
            )
            if now == self.delivers[each]:
                continue
            view[each] = changed[each] = now
            for follower in self.followers[each]:
                if self.place[follower] not in seen:
                    seen.add(self.place[follower])
                    heappush(waiting, self.place[follower])
        view.update((each, self.delivers[each]) for each in changed)
        return changed
