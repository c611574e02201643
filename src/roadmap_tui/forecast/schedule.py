"""When things happen: every future works through the same list.

For a given list and given outcomes, and where no team carries upkeep, less effort, more lanes or earlier readiness
never delays anything.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial, reduce
from operator import or_
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.futures import BEYOND, Bools, beyond, everything, unpack
from roadmap_tui.forecast.lanes import Lanes, Weeks
from roadmap_tui.forecast.listing import lanes_taken
from roadmap_tui.forecast.logic import Outcome, Works
from roadmap_tui.forecast.pace import Check, counted, go_on
from roadmap_tui.forecast.recall import NONE, Recall, Same
from roadmap_tui.plan.needs import Need
from roadmap_tui.plan.resolve import OPEN, Resolved, Terms, Upkeep


@dataclass(frozen=True, slots=True)
class Times:
    """When each open item starts, when its work ends, and when it is known what becomes of it; shape (futures,) each.

    Weeks from the start of the forecast. Where an item delivers, `known` is its finish. Where it isn't attempted,
    `start` and `ends` are when it would be worked on.
    """

    start: dict[str, Weeks]
    ends: dict[str, Weeks]
    known: dict[str, Weeks]


@dataclass(frozen=True, eq=False, slots=True)
class Work:
    """When an open item starts and when its work ends, as in `Times`."""

    start: Weeks
    ends: Weeks


@dataclass(frozen=True, eq=False, slots=True)
class Fate:
    """When it is known what becomes of an open item, and whether it delivers; shape (futures,) each."""

    known: Weeks
    delivers: Bools

    @property
    def refused(self) -> Weeks:
        """When it is known that it doesn't deliver; never, where it does."""
        return _where_not(self.delivers, self.known)


class Placed(NamedTuple):
    """What became of an open item."""

    id: str
    work: Work
    fate: Fate


def _where_not(those: Bools, weeks: Weeks) -> Weeks:
    """These weeks in the futures that are not among those, and never in those."""
    return np.maximum(weeks, beyond(those))


def arrays(resolved: Resolved) -> int:
    """How many arrays a schedule finds, about: for each open item its lanes from then on, its times and its fate."""
    people = (
        resolved.lanes.get(terms.team or "", 0)
        for terms in resolved.terms.values()
        if terms.status in OPEN
    )
    return sum(5 + each for each in people)


class Schedule:
    """The list being worked through in all futures at once.

    Args:
        resolved: the plan.
        drawn: what works, and what spikes say.
        outcomes: what becomes of each item.
        effort: person-weeks of an open item if attempted; shape (futures,).
        recall: what schedules before found.
    """

    def __init__(
        self,
        resolved: Resolved,
        drawn: Works,
        outcomes: Mapping[str, Outcome],
        effort: Callable[[str], NDArray[np.floating]],
        recall: Recall = NONE,
    ) -> None:
        self._resolved = resolved
        self._count = drawn.count
        self._everywhere = everything(drawn.count)
        self._outcomes = outcomes
        self._no = drawn.no
        self._effort = effort
        self._recall = recall
        self._lanes: dict[str, Lanes] = {}
        self._upkeep: dict[str, list[Terms]] = {name: [] for name in resolved.lanes}
        self._live: dict[str, list[Upkeep]] = {name: [] for name in resolved.lanes}
        for terms in resolved.terms.values():
            if terms.status == "live" and terms.upkeep.people and terms.team is not None:
                self._live[terms.team].append(terms.upkeep)
        self._never: Weeks = np.zeros(drawn.count, np.float32)
        self._under_way: dict[str, Work] = {}
        self._fates: dict[str, Fate] = {}
        self._wanted: Counter[str] = Counter()

    def run(self, order: tuple[str, ...], check: Check = go_on) -> Times:
        """Work through the list, and keep all times; see `placed`."""
        times = Times({}, {}, {})
        for each in self.placed(order, check):
            times.start[each.id], times.ends[each.id] = each.work.start, each.work.ends
            times.known[each.id] = each.fate.known
        return times

    def placed(self, order: tuple[str, ...], check: Check = go_on) -> Iterator[Placed]:
        """Work through the list: each item once it is known what becomes of it, in every future.

        Only what others still wait for is kept.

        Args:
            order: every open item, active ones first, each other after all that decide about it.
            check: called before each item.
        """
        self._wanted = Counter(each for name in order for each in self._resolved.deciders[name])
        last = {self._resolved.terms[name].team: name for name in order}
        for name in counted(order, len(order), check, "scheduling items"):
            terms = self._resolved.terms[name]
            yield from self._place(terms)
            if terms.team is not None and last[terms.team] == name:
                del self._lanes[terms.team]
        yield from self._settle_active()

    def _settle_active(self) -> Iterator[Placed]:
        """Find out when the fate of active items is known, of which all that decide about it are settled."""
        for name in [name for name in self._resolved.order if name in self._under_way]:
            if all(each in self._fates for each in self._resolved.deciders[name]):
                yield self._settled(self._resolved.terms[name], self._under_way.pop(name))

    def _place(self, terms: Terms) -> Iterator[Placed]:
        active = terms.status == "active"
        if not active and any(
            name not in self._fates for name in self._resolved.deciders[terms.id]
        ):
            yield from self._settle_active()
        effort = self._effort(terms.id)
        given = self._work_rests_on(terms, effort) if self._recall.keeps else ()
        work, lanes = self._recall.find("work", terms.id, given, partial(self._work, terms, effort))
        if terms.team is not None and lanes is not None:
            self._lanes[terms.team] = lanes
        if terms.upkeep.people and terms.team is not None:
            self._upkeep[terms.team].append(terms)
        if active:
            self._under_way[terms.id] = work
        else:
            yield self._settled(terms, work)

    def _work(self, terms: Terms, effort: NDArray[np.floating]) -> tuple[Work, Lanes | None]:
        """When an item is worked on, and its team's lanes from then on."""
        active, lanes = terms.status == "active", self._lanes_of(terms.team)
        taken = lanes_taken(terms, self._resolved.lanes)
        start = np.zeros(self._count, np.float32) if active else self._ready(terms)
        if lanes is not None:
            start = np.maximum(start, lanes.free[taken - 1])
        weeks, slowed = (effort / taken).astype(np.float32, copy=False), self._slowed(terms, start)
        ends = start + (weeks if slowed is None else weeks * slowed)
        if lanes is not None:
            attempted = self._outcomes[terms.id].attempted
            is_sure = active or attempted == self._everywhere
            lanes = lanes.held(taken, ends, None if is_sure else unpack(attempted, self._count))
        return Work(start, ends), lanes

    def _lanes_of(self, team: str | None) -> Lanes | None:
        if team is not None and team not in self._lanes:
            size = self._resolved.lanes[team], self._count
            self._lanes[team] = self._recall.find("lanes", team, size, partial(Lanes.of, *size))
        return None if team is None else self._lanes[team]

    def _settled(self, terms: Terms, work: Work) -> Placed:
        """What became of an item, given when it is worked on."""
        given = (work, *self._rests_on(terms)) if self._recall.keeps else ()
        fate = self._recall.find("fate", terms.id, given, partial(self._fate, terms, work.ends))
        self._fates[terms.id] = fate
        deciders = self._resolved.deciders[terms.id]
        self._wanted.subtract(deciders)
        for each in (terms.id, *deciders):
            if not self._wanted[each] and not self._resolved.terms[each].upkeep.people:
                self._fates.pop(each, None)
        return Placed(terms.id, work, fate)

    def _rests_on(self, terms: Terms) -> tuple[object, ...]:
        """All that what becomes of an item follows from, its work left aside."""
        spikes = self._resolved.spikes.get(terms.id, ())
        return (
            (terms.status, terms.kind, terms.ready, terms.needs, terms.instead_of, spikes),
            self._outcomes[terms.id],
            *(self._outcomes[each].delivers for each in terms.named if each in self._outcomes),
            *(self._no.get(each) for each in spikes),
            *(self._fates.get(each) for each in self._resolved.deciders[terms.id]),
        )

    def _work_rests_on(self, terms: Terms, effort: NDArray[np.floating]) -> tuple[object, ...]:
        """All that an item's work follows from."""
        team = terms.team or ""
        later = self._upkeep.get(team, ())
        return (
            *self._rests_on(terms),
            (self._lanes_of(terms.team), lanes_taken(terms, self._resolved.lanes)),
            *self._live.get(team, ()),
            *(
                (each.upkeep, self._fates.get(each.id, self._under_way.get(each.id)))
                for each in later
            ),
            Same(effort),
        )

    def _ready(self, terms: Terms) -> Weeks:
        """When an item that is attempted may begin."""
        ready = np.full(self._count, max(0.0, terms.ready), np.float32)
        for need in terms.needs:
            np.maximum(ready, self._met_at(need), out=ready)
        for spike in self._resolved.spikes.get(terms.id, ()):
            np.maximum(ready, self._fates[spike].known, out=ready)
        if terms.instead_of is not None:
            np.maximum(ready, self._known_of(terms.instead_of), out=ready)
        return ready

    def _known_of(self, name: str) -> Weeks:
        """When an item's fate is known; what is closed or missing is known from the start."""
        return self._fates[name].known if name in self._fates else self._never

    def _delivered(self, name: str) -> Bools:
        if name in self._fates:
            return self._fates[name].delivers
        return unpack(self._outcomes[name].delivers if name in self._outcomes else 0, self._count)

    def _met_at(self, need: Need) -> Weeks:
        """When it is known whether a need is met: at the first that delivers, those preferred to it known by then."""
        known, ids = self._never, need.ids
        if len(ids) == 1:
            return self._known_of(ids[0])
        open_still = np.ones(self._count, np.bool_)
        for name in ids:
            known = np.maximum(known, self._known_of(name) * open_still)
            open_still &= ~self._delivered(name)
        return known

    def _unmet_at(self, need: Need) -> Weeks:
        """When it is known that a need is not met; never, where it is."""
        ids = need.ids
        if len(ids) > 1:
            met = reduce(
                or_, (self._outcomes[name].delivers for name in ids if name in self._outcomes), 0
            )
            return _where_not(unpack(met, self._count), self._met_at(need))
        if ids[0] in self._fates:
            return self._fates[ids[0]].refused
        return _where_not(self._delivered(ids[0]), self._never)

    def _slowed(self, terms: Terms, start: Weeks) -> Weeks | None:
        """By how much upkeep stretches the work, if it does; a spike's timebox it doesn't."""
        if terms.team is None or terms.kind == "spike":
            return None
        busy = [*self._live_upkeep(terms.team, start), *self._later_upkeep(terms.team, start)]
        if not busy:
            return None
        upkeep: Weeks = sum(busy, self._never)
        people = np.float32(self._resolved.lanes[terms.team])
        slowed: Weeks = people / np.maximum(people - upkeep, people / np.float32(10))
        return slowed

    def _live_upkeep(self, team: str, start: Weeks) -> Iterator[Weeks]:
        """People that each live model of a team keeps busy at these starts."""
        for upkeep in self._live[team]:
            yield np.float32(upkeep.people) * (start < upkeep.until)

    def _later_upkeep(self, team: str, start: Weeks) -> Iterator[Weeks]:
        """People that each model keeps busy which has delivered by these starts."""
        for model in self._upkeep[team]:
            finish = (
                self._fates[model.id].known
                if model.id in self._fates
                else self._under_way[model.id].ends
            )
            is_live = self._delivered(model.id) & (finish <= start) & (start < model.upkeep.until)
            yield np.float32(model.upkeep.people) * is_live

    def _fate(self, terms: Terms, ends: Weeks) -> Fate:
        """The item's fate, given when its work would end."""
        delivers = unpack(self._outcomes[terms.id].delivers, self._count)
        return Fate(self._known(terms, ends, delivers), delivers)

    def _known(self, terms: Terms, ends: Weeks, delivers: Bools) -> Weeks:
        """When the item's fate is known."""
        active, outcome = terms.status == "active", self._outcomes[terms.id]
        known = ends
        if active:
            for need in terms.needs:
                known = np.maximum(known, self._met_at(need) * delivers)
        if not (outcome.blocked or outcome.dropped or outcome.replaced):
            return known
        elsewhere = reduce(np.minimum, self._reasons(terms, ends))
        # what isn't attempted is known before it could begin; what is under way may end first
        return (
            np.where(elsewhere < BEYOND, elsewhere, known)
            if active
            else np.minimum(known, elsewhere)
        )

    def _reasons(self, terms: Terms, ends: Weeks) -> Iterator[Weeks]:
        """Since when each reason is known for which an item isn't attempted; never, where it doesn't hold.

        What is under way goes on in spite of a spike's no, until its work ends.
        """
        yield from map(self._unmet_at, terms.needs)
        for spike in self._resolved.spikes.get(terms.id, ()):
            if spike in self._no:
                told = ends if terms.status == "active" else self._fates[spike].known
                said = self._no[spike] & self._outcomes[spike].delivers
                yield _where_not(unpack(self._everywhere & ~said, self._count), told)
        if terms.instead_of is not None:
            yield _where_not(~self._delivered(terms.instead_of), self._known_of(terms.instead_of))
