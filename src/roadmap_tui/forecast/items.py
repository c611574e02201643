"""Each item's forecast, from what becomes of it and when."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

import numpy as np

from roadmap_tui.forecast.draws import chance_of, mean_demand
from roadmap_tui.forecast.futures import Bools
from roadmap_tui.forecast.lanes import Weeks
from roadmap_tui.forecast.logic import Outcome
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.forecast.quantiles import quantiles, quarter_ends, sorted_where, steps
from roadmap_tui.forecast.recall import Recall
from roadmap_tui.forecast.schedule import Placed
from roadmap_tui.forecast.simulation import Simulation
from roadmap_tui.forecast.summary import Bucket, ItemForecast, Odds, Quantiles, QuarterChance
from roadmap_tui.plan.resolve import OPEN, Resolved, Terms


@dataclass(frozen=True, slots=True)
class Course:
    """When an open item is worked on and delivers, as far as it is told.

    Attributes:
        start, finish: where it delivers; None if it never does.
        by: chance to have delivered by each of the marks.
        deadline: chance to have delivered by its deadline; None without one.
        value: expected reach x impact x confidence over the periods that it is live within the horizon.
    """

    start: Quantiles | None
    finish: Quantiles | None
    by: tuple[float, ...]
    deadline: float | None
    value: float


class Courses:
    """What is told of the times of a plan's items.

    Attributes:
        quarters: the ends of the quarters that chances are told for.
    """

    def __init__(self, resolved: Resolved) -> None:
        self._resolved = resolved
        self.quarters = tuple(quarter_ends(resolved.as_of, resolved.day(resolved.horizon)))
        ends = [resolved.weeks(day) + 1 / 7 for day in self.quarters]
        self._marks = np.array([*ends, resolved.horizon, *steps(resolved.horizon)], np.float32)

    def of(self, placed: Placed, recall: Recall) -> Course:
        """An open item's, from when it is worked on and what becomes of it."""
        terms, work, fate = self._resolved.terms[placed.id], placed.work, placed.fate
        work_out = partial(self.of_times, terms, work.start, fate.known, fate.delivers)
        given = (work, fate, *self._rests_on(terms)) if recall.keeps else ()
        return recall.find("course", placed.id, given, work_out)

    def of_times(self, terms: Terms, start: Weeks, known: Weeks, delivers: Bools) -> Course:
        """The same from its times in every future; see `schedule.Times`."""
        starts, finish = sorted_where(delivers, start, known)
        done = finish.searchsorted(self._marks, side="right")
        value = (
            mean_demand(terms)
            / self._resolved.period
            * self._live(finish[: done[len(self.quarters)]])
        )
        return Course(
            start=quantiles(starts),
            finish=quantiles(finish),
            by=tuple((done / delivers.size).tolist()),
            deadline=(
                None
                if terms.deadline is None
                else _by(finish, terms.deadline + 1 / 7) / delivers.size
            ),
            value=value / delivers.size,
        )

    def _rests_on(self, terms: Terms) -> tuple[object, ...]:
        """All that a course follows from, the times left aside."""
        resolved = self._resolved
        return resolved.as_of, resolved.horizon, resolved.period, terms.demand, terms.deadline

    def of_closed(self, terms: Terms, ever: float) -> Course:
        """That of an item that has delivered already, or never will."""
        deadline = None if terms.deadline is None else ever
        return Course(None, None, (ever,) * len(self._marks), deadline, 0.0)

    def _live(self, finish: Weeks) -> float:
        """The weeks that an item which is finished by the horizon is live until then, all futures together."""
        return float(self._resolved.horizon * finish.size - finish.sum(dtype=np.float64))


def _by(finish: Weeks, week: float) -> int:
    """In how many futures it is finished by a week."""
    return int(finish.searchsorted(np.float32(week), side="right"))


def item_forecasts(
    resolved: Resolved,
    futures: int,
    outcomes: Mapping[str, Outcome],
    courses: Mapping[str, Course],
    check: Check = go_on,
) -> dict[str, ItemForecast]:
    """Every item's forecast, in the order of the file.

    Args:
        resolved: the plan.
        futures: how many there are.
        outcomes: what becomes of each item.
        courses: of the open items.
        check: called now and then.
    """
    reported = _Reporter(resolved, futures, outcomes, courses)
    return {name: reported.item(terms) for name, terms in paced(resolved.terms.items(), check)}


def courses_of(
    simulation: Simulation, names: Iterable[str], check: Check = go_on
) -> dict[str, Course]:
    """What is told of the times of some open items of a simulation."""
    courses, terms, times = (
        Courses(simulation.resolved),
        simulation.resolved.terms,
        simulation.times,
    )
    return {
        name: courses.of_times(
            terms[name], times.start[name], times.known[name], simulation.delivers(name)
        )
        for name in paced(names, check)
    }


def item_forecast(simulation: Simulation, name: str) -> ItemForecast:
    """One item's forecast."""
    resolved = simulation.resolved
    courses = courses_of(simulation, (name,) if name in simulation.times.known else ())
    return _Reporter(resolved, simulation.futures, simulation.outcomes, courses).item(
        resolved.terms[name]
    )


class _Reporter:
    def __init__(
        self,
        resolved: Resolved,
        futures: int,
        outcomes: Mapping[str, Outcome],
        courses: Mapping[str, Course],
    ) -> None:
        self._resolved = resolved
        self._futures = futures
        self._outcomes = outcomes
        self._courses = courses
        self._all = Courses(resolved)
        self._guesses = _all_guesses(resolved)
        self._holds: dict[str, list[str]] = {name: [] for name in resolved.terms}
        for name, waited in resolved.deciders.items():
            for each in waited:
                self._holds[each].append(name)

    def item(self, terms: Terms) -> ItemForecast:
        """One item's forecast."""
        futures, outcome = self._futures, self._outcomes[terms.id]
        ever = outcome.delivers.bit_count() / futures
        course = self._courses.get(terms.id) or self._all.of_closed(terms, ever)
        ends = self._all.quarters
        return ItemForecast(
            id=terms.id,
            track=terms.track,
            kind=terms.kind,
            title=terms.title,
            status=terms.status,
            bucket=self._bucket(terms, course.start),
            ships=course.by[len(ends)],
            ever=ever,
            start=course.start,
            finish=course.finish,
            by_quarter=tuple(map(QuarterChance, ends, course.by)),
            by_step=course.by[len(ends) + 1 :],
            deadline=course.deadline,
            failed=(
                1.0
                if terms.status == "failed"
                else (outcome.attempted & ~outcome.delivers).bit_count() / futures
            ),
            blocked=outcome.blocked.bit_count() / futures,
            dropped=1.0 if terms.status == "dropped" else outcome.dropped.bit_count() / futures,
            replaced=outcome.replaced.bit_count() / futures,
            odds=self._odds(terms),
            guesses=self._guesses[terms.id],
            waits_for=self._resolved.deciders[terms.id],
            holds_up=tuple(self._holds[terms.id]),
        )

    def _bucket(self, terms: Terms, start: Quantiles | None) -> Bucket | None:
        if terms.status not in OPEN and terms.status != "idea":
            return None
        if terms.pin is not None:
            return terms.pin
        if terms.status == "active":
            return "now"
        policy = self._resolved.policy
        if start is None or start.p50 > policy.next_weeks:
            return "later"
        return "now" if start.p50 <= policy.now_weeks else "next"

    def _odds(self, terms: Terms) -> Odds | None:
        """What an open spike may say of its bet, taken by itself."""
        if terms.spike is None or terms.id not in self._resolved.spikes.get(
            terms.spike.bet or "", ()
        ):
            return None
        before = chance_of(self._resolved.terms[terms.spike.bet or ""])
        if_works, if_not = terms.spike.yes_if_works, terms.spike.yes_if_not
        yes = before * if_works + (1 - before) * if_not
        return Odds(
            yes=yes,
            before=before,
            after_yes=before * if_works / yes if yes else 0.0,
            after_no=before * (1 - if_works) / (1 - yes) if yes < 1 else 0.0,
        )


def _all_guesses(resolved: Resolved) -> dict[str, tuple[str, ...]]:
    """The defaults that each item's chance and range rest on: its own, and those of what it waits for."""
    rests: dict[str, dict[str, None]] = {}
    for name in resolved.order:
        terms = resolved.terms[name]
        inherited: dict[str, None] = {}
        for waited in resolved.deciders[name]:
            inherited |= {
                f"{waited}.{guess}": None
                for guess in sorted(resolved.terms[waited].guesses & _TIMING)
            }
            inherited |= {guess: None for guess in rests[waited] if "." in guess}
        rests[name] = {**dict.fromkeys(sorted(terms.guesses)), **inherited}
    return {name: tuple(guesses) for name, guesses in rests.items()}


_TIMING = {"effort", "chance", "timebox", "yes_if_works", "yes_if_not"}
