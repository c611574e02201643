"""When things happen: every future works through the same list.

For a given list and given outcomes, and where no team carries upkeep, less effort, more lanes or earlier readiness
never delays anything.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.futures import Bools, unpack
from roadmap_tui.forecast.listing import lanes_taken, names
from roadmap_tui.forecast.logic import Outcome, Works
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.plan.needs import Need, need_ids
from roadmap_tui.plan.resolve import Resolved, Terms, Upkeep

Weeks = NDArray[np.float32]
_NEVER = np.float32(np.inf)


class Lanes:
    """One team's lanes in every future: sorted weeks from which each is free; shape (people, futures)."""

    def __init__(self, people: int, futures: int) -> None:
        self.free: Weeks = np.zeros((people, futures), np.float32)

    def available(self, count: int) -> Weeks:
        """When that many lanes are free; shape (futures,)."""
        available: Weeks = self.free[count - 1]
        return available

    def hold(self, count: int, until: Weeks, where: Bools | None) -> None:
        """Take the first lanes until then, in the futures where that happens; None is all of them."""
        if count == 1:
            self._hold_one(until if where is None else np.where(where, until, self.free[0]))
            return
        rest = self.free[count:]
        after = np.full_like(self.free, np.inf)
        after[: len(rest)] = rest
        np.minimum(after, until, out=after)
        np.maximum(after[count:], rest, out=after[count:])
        self.free = after if where is None else np.where(where, after, self.free)

    def _hold_one(self, until: Weeks) -> None:
        """Put one time into its place among the sorted others, in place of the first lane's."""
        moving = until.copy()
        for lane in range(len(self.free) - 1):
            np.minimum(self.free[lane + 1], moving, out=self.free[lane])
            np.maximum(self.free[lane + 1], moving, out=moving)
        self.free[-1] = moving


@dataclass(frozen=True, slots=True)
class Times:
    """When each open item starts, when its work ends, and when it is known what becomes of it; shape (futures,) each.

    Weeks from the start of the forecast. Where an item delivers, `known` is its finish. Where it isn't attempted,
    `start` and `ends` are when it would be worked on.
    """

    start: dict[str, Weeks]
    ends: dict[str, Weeks]
    known: dict[str, Weeks]


class Placed(NamedTuple):
    """When an open item starts and when its work ends; shape (futures,) each, as in `Times`."""

    id: str
    start: Weeks
    ends: Weeks


class Schedule:
    """The list being worked through in all futures at once.

    Attributes:
        known: when it is known what becomes of each item that was placed; shape (futures,) each.
    """

    def __init__(
        self,
        resolved: Resolved,
        drawn: Works,
        outcomes: Mapping[str, Outcome],
        effort: Mapping[str, NDArray[np.floating]],
    ) -> None:
        self._resolved = resolved
        self._count = drawn.count
        self._outcomes = outcomes
        self._no = {name: unpack(futures, drawn.count) for name, futures in drawn.no.items()}
        # what is closed delivers everywhere or nowhere, and shares that
        distinct = {each.delivers for each in outcomes.values()}
        unpacked = {futures: unpack(futures, drawn.count) for futures in distinct}
        self._delivers = {name: unpacked[each.delivers] for name, each in outcomes.items()}
        self._effort = effort
        self._lanes = {name: Lanes(people, drawn.count) for name, people in resolved.lanes.items()}
        self._upkeep: dict[str, list[Terms]] = {name: [] for name in resolved.lanes}
        self._live: dict[str, list[Upkeep]] = {name: [] for name in resolved.lanes}
        for terms in resolved.terms.values():
            if terms.status == "live" and terms.upkeep.people and terms.team is not None:
                self._live[terms.team].append(terms.upkeep)
        self._nowhere: Bools = np.zeros(drawn.count, np.bool_)
        self._never: Weeks = np.zeros(drawn.count, np.float32)
        self._ends: dict[str, Weeks] = {}
        self.known: dict[str, Weeks] = {}
        self._active = [name for name in resolved.order if resolved.terms[name].status == "active"]

    def run(self, order: tuple[str, ...], check: Check = go_on) -> Times:
        """Work through the list, and keep all times; see `placed`."""
        start, ends = dict[str, Weeks](), dict[str, Weeks]()
        for each in self.placed(order, check):
            start[each.id], ends[each.id] = each.start, each.ends
        return Times(start, ends, self.known)

    def placed(self, order: tuple[str, ...], check: Check = go_on) -> Iterator[Placed]:
        """Work through the list, of which only `known` is kept; that is complete at the end.

        Args:
            order: every open item, active ones first, each other after all that decide about it.
            check: called before each item.
        """
        for name in paced(order, check):
            yield self._place(self._resolved.terms[name])
        self._settle_active()

    def _settle_active(self) -> None:
        """Find out when the fate of active items is known, of which all that decide about it are settled."""
        for name in tuple(self._active):
            terms = self._resolved.terms[name]
            if name in self._ends and all(each in self.known for each in names(self._resolved, terms)):
                self.known[name] = self._settle(terms, self._ends[name])
                self._active.remove(name)

    def _place(self, terms: Terms) -> Placed:
        active = terms.status == "active"
        if not active and any(name not in self.known for name in names(self._resolved, terms)):
            self._settle_active()
        attempted = None if active else unpack(self._outcomes[terms.id].attempted, self._count)
        lanes = self._lanes.get(terms.team or "")
        taken = lanes_taken(terms, self._resolved.lanes)
        start = np.zeros(self._count, np.float32) if active else self._ready(terms)
        if lanes is not None:
            start = np.maximum(start, lanes.available(taken))
        weeks = (self._effort[terms.id] / taken).astype(np.float32, copy=False)
        ends = start + weeks * self._slowed(terms, start)
        if lanes is not None:
            lanes.hold(taken, ends, attempted)
        if active:
            self._ends[terms.id] = ends
        else:
            self.known[terms.id] = self._settle(terms, ends)
        if terms.upkeep.people and terms.team is not None:
            self._upkeep[terms.team].append(terms)
        return Placed(terms.id, start, ends)

    def _ready(self, terms: Terms) -> Weeks:
        """When an item that is attempted may begin."""
        ready = np.full(self._count, max(0.0, terms.ready), np.float32)
        for need in terms.needs:
            np.maximum(ready, self._met_at(need), out=ready)
        for spike in self._resolved.spikes.get(terms.id, ()):
            np.maximum(ready, self.known[spike], out=ready)
        if terms.instead_of is not None:
            np.maximum(ready, self._known_of(terms.instead_of), out=ready)
        return ready

    def _known_of(self, name: str) -> Weeks:
        """When an item's fate is known; what is closed or missing is known from the start."""
        return self.known.get(name, self._never)

    def _met_at(self, need: Need) -> Weeks:
        """When it is known whether a need is met: at the first that delivers, those preferred to it known by then."""
        known, ids = self._never, need_ids(need)
        if len(ids) == 1:
            return self._known_of(ids[0])
        open_still = np.ones(self._count, np.bool_)
        for name in ids:
            known = np.where(open_still, np.maximum(known, self._known_of(name)), known)
            open_still = open_still & ~self._delivered(name)
        return known

    def _delivered(self, name: str) -> Bools:
        return self._delivers.get(name, self._nowhere)

    def _is_met(self, need: Need) -> Bools:
        met = np.zeros(self._count, np.bool_)
        for name in need_ids(need):
            met |= self._delivered(name)
        return met

    def _slowed(self, terms: Terms, start: Weeks) -> Weeks | float:
        """By how much upkeep stretches the work; a spike's timebox it doesn't."""
        if terms.team is None or terms.kind == "spike":
            return 1.0
        busy = [*self._live_upkeep(terms.team, start), *self._later_upkeep(terms.team, start)]
        if not busy:
            return 1.0
        upkeep: Weeks = sum(busy, self._never)
        people = np.float32(self._resolved.lanes[terms.team])
        slowed: Weeks = people / np.maximum(people - upkeep, people / np.float32(10))
        return slowed

    def _live_upkeep(self, team: str, start: Weeks) -> Iterator[Weeks]:
        """People that each live model of a team keeps busy at these starts."""
        for upkeep in self._live[team]:
            yield np.where(start < upkeep.until, np.float32(upkeep.people), np.float32(0))

    def _later_upkeep(self, team: str, start: Weeks) -> Iterator[Weeks]:
        """People that each model keeps busy which has delivered by these starts."""
        for model in self._upkeep[team]:
            finish = self.known[model.id] if model.id in self.known else self._ends[model.id]
            is_live = self._delivers[model.id] & (finish <= start) & (start < model.upkeep.until)
            yield np.where(is_live, np.float32(model.upkeep.people), np.float32(0))

    def _settle(self, terms: Terms, ends: Weeks) -> Weeks:
        """When the item's fate is known, given when its work would end."""
        outcome = self._outcomes[terms.id]
        known = ends
        if terms.status == "active":
            for need in terms.needs:
                known = np.where(self._delivers[terms.id], np.maximum(known, self._met_at(need)), known)
        if not (outcome.blocked or outcome.dropped or outcome.replaced):
            return known
        elsewhere = np.full(self._count, np.inf, np.float32)
        for when, where in self._reasons(terms, ends):
            np.minimum(elsewhere, np.where(where, when, _NEVER), out=elsewhere)
        missed = unpack(outcome.blocked | outcome.dropped | outcome.replaced, self._count)
        return np.where(missed & np.isfinite(elsewhere), elsewhere, known)

    def _reasons(self, terms: Terms, ends: Weeks) -> Iterator[tuple[Weeks, Bools]]:
        """Why an item isn't attempted: since when that is known, and in which futures.

        What is under way goes on in spite of a spike's no, until its work ends.
        """
        for need in terms.needs:
            yield self._met_at(need), ~self._is_met(need)
        for spike in self._resolved.spikes.get(terms.id, ()):
            if spike in self._no:
                told = ends if terms.status == "active" else self.known[spike]
                yield told, self._no[spike] & self._delivered(spike)
        if terms.instead_of is not None:
            yield self._known_of(terms.instead_of), self._delivered(terms.instead_of)
