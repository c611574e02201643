"""The queue: in what order the teams take up the work."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import or_

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.draws import Source, mean_demand, mean_effort
from roadmap_tui.forecast.futures import everything, unpack
from roadmap_tui.forecast.logic import Rules, draw_works
from roadmap_tui.forecast.pace import Check, counted, go_on
from roadmap_tui.plan.resolve import OPEN, Resolved, Terms

LOGIC_FUTURES = 16_384
LOGIC_SEED = 0
_EVEN = 1e-12
_ALIKE = 1e-9


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the queue.

    Attributes:
        id: the item.
        bundle: the item for whose sake it stands here; itself, if for its own.
        density: expected value per expected person-week of that bundle; None if it isn't placed by value, or takes
            no effort.
    """

    id: str
    bundle: str
    density: float | None = None


@dataclass(frozen=True, slots=True)
class Prospects:
    """Expected own value and expected effort of each open item, with its chance to be attempted in both."""

    value: dict[str, float]
    effort: dict[str, float]


def prospects(resolved: Resolved, check: Check = go_on) -> Prospects:
    """Each open item's prospects, from logic-only futures of a fixed seed, so that no noise moves the queue."""
    drawn = draw_works(resolved, Source(LOGIC_SEED, LOGIC_FUTURES), check)
    outcomes = Rules(resolved, drawn).outcomes(check)
    terms = _open(resolved)
    return Prospects(
        value={
            name: mean_demand(t) * outcomes[name].delivers.bit_count() / LOGIC_FUTURES
            for name, t in terms.items()
        },
        effort={
            name: mean_effort(t) * outcomes[name].attempted.bit_count() / LOGIC_FUTURES
            for name, t in terms.items()
        },
    )


def queue(
    resolved: Resolved, expected: Prospects, unlocked: dict[str, float], check: Check = go_on
) -> tuple[Place, ...]:
    """Every open item, in the order in which it is taken up.

    Args:
        resolved: the plan.
        expected: each open item's expected value and effort.
        unlocked: unlocked value per person-week, by item; it decides where bundles are worth the same.
        check: called now and then.
    """
    terms = _open(resolved)
    last = sorted(
        (t for t in terms.values() if t.pin == "later" and t.status != "active"),
        key=lambda t: t.order,
    )
    first = [t for t in terms.values() if t.status == "active"]
    first += sorted(
        (t for t in terms.values() if t.pin == "now" and t.status != "active"),
        key=lambda t: t.order,
    )
    check()
    bundles = _Bundles(resolved, list(terms), expected, unlocked)
    for each in (*first, *last):
        bundles.take(each.id)
    between = tuple(
        counted(bundles.taken(), len(terms) - len(first) - len(last), check, "ordering the queue")
    )
    return (*(Place(t.id, t.id) for t in first), *between, *(Place(t.id, t.id) for t in last))


def week_price(
    resolved: Resolved, places: Iterable[Place], effort: Mapping[str, float]
) -> float | None:
    """The value of a person-week: what the last bundle that fits in brings for one.

    The running minimum of the bundles' densities in queue order, read where people x horizon is used up; if all
    fits, the last one.

    Args:
        resolved: the plan.
        places: the queue.
        effort: expected person-weeks, by open item.

    Returns:
        None without teams or without value.
    """
    left = sum(resolved.lanes.values()) * resolved.horizon
    if not left:
        return None
    price: float | None = None
    for place in places:
        if place.density is not None and place.density > 0:
            price = place.density if price is None else min(price, place.density)
        if resolved.terms[place.id].team is not None:
            left -= effort[place.id]
        if left <= 0 and price is not None:
            break
    return price


def _open(resolved: Resolved) -> dict[str, Terms]:
    return {name: terms for name, terms in resolved.terms.items() if terms.status in OPEN}


def _companions(resolved: Resolved, name: str) -> Iterator[str]:
    """What belongs into an item's bundle directly: its needs, of a choice the preferred one, and its spikes."""
    yield from (resolved.preferred(need) for need in resolved.terms[name].needs)
    yield from resolved.spikes.get(name, ())


class _Bundles:
    """Each item with its open needs not yet taken and their spikes; what is taken leaves every bundle.

    Sets of items are the bits of one integer: of members by their turn, what is needed first; of bundles by their
    place in the file.
    """

    def __init__(
        self, resolved: Resolved, names: list[str], own: Prospects, unlocked: dict[str, float]
    ) -> None:
        self._names = names
        self._at = {name: at for at, name in enumerate(names)}
        self._unlocked = np.array([unlocked.get(name, 0.0) for name in names])
        self._own_value = np.array([own.value[name] for name in names])
        self._own_effort = np.array([own.effort[name] for name in names])
        self._by_turn = [self._at[name] for name in resolved.order if name in self._at]
        self._turn = {at: 1 << turn for turn, at in enumerate(self._by_turn)}
        self._members, self._inside = self._closed(resolved)
        self._value, self._effort = self._totals()
        self._untaken = everything(len(names))
        self._least = _EVEN * float(self._own_value.sum())
        self._density = np.empty(len(names))
        self._weigh(np.arange(len(names)))

    def _closed(self, resolved: Resolved) -> tuple[list[int], list[int]]:
        """The members of each bundle, and the bundles that each item is in."""
        companions = [
            [self._at[other] for other in _companions(resolved, name) if other in self._at]
            for name in self._names
        ]
        members = [0] * len(self._names)
        for at in self._by_turn:
            members[at] = reduce(or_, (members[other] for other in companions[at]), self._turn[at])
        inside = [1 << at for at in range(len(self._names))]
        for at in reversed(self._by_turn):
            for other in companions[at]:
                inside[other] |= inside[at]
        return members, inside

    def _totals(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Value and effort of each bundle."""
        count = len(self._names)
        value, effort = self._own_value[self._by_turn], self._own_effort[self._by_turn]
        inside = [unpack(each, count) for each in self._members]
        return np.array([value[each].sum() for each in inside]), np.array(
            [effort[each].sum() for each in inside]
        )

    def _weigh(self, bundles: NDArray[np.intp]) -> None:
        """Work out again the value per effort of some bundles; none for what has no value."""
        value = self._value[bundles]
        density = value / np.maximum(self._effort[bundles], _EVEN)
        density[value <= self._least] = -np.inf
        self._density[bundles] = density

    def take(self, name: str) -> None:
        """Take an item out of every bundle, and its own out of the choice."""
        at = self._at[name]
        inside = unpack(self._inside[at], len(self._names)).nonzero()[0]
        self._value[inside] -= self._own_value[at]
        self._effort[inside] -= self._own_effort[at]
        self._value[at] = -np.inf
        self._untaken &= ~self._turn[at]
        self._weigh(inside)

    def _take_first(self, bundle: int, density: float | None) -> Place:
        members = self._members[bundle] & self._untaken
        first = (members & -members).bit_length() - 1
        name = self._names[self._by_turn[first]]
        self.take(name)
        return Place(name, self._names[bundle], density)

    def taken(self) -> Iterator[Place]:
        """What is not placed by hand, the best first."""
        yield from self.by_value()
        yield from self.without_value()

    def by_value(self) -> Iterator[Place]:
        """Again and again the first member of the best bundle, while one has value."""
        while (most := self._density.max(initial=-np.inf)) > -np.inf:
            best = (self._density >= most * (1 - _ALIKE)).nonzero()[0]
            bundle = int(best[np.argmax(self._unlocked[best])])
            yield self._take_first(bundle, float(most) if self._effort[bundle] > _EVEN else None)

    def without_value(self) -> Iterator[Place]:
        """What is left: first what unlocks value for others, each after what it waits for."""
        for bundle in sorted(range(len(self._names)), key=lambda at: -self._unlocked[at]):
            while self._turn[bundle] & self._untaken:
                yield self._take_first(bundle, None)
