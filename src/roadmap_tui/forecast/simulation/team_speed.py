"""Speed of a team's work in every run, as upkeep and the work in progress share its people."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.build_order import assigned_people
from roadmap_tui.forecast.simulation.capacity import Weeks
from roadmap_tui.forecast.simulation.run_sets import NEVER, Bools
from roadmap_tui.forecast.simulation.times import ScheduledItem
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan

_LEAST_SHARE = 0.1
_SETTLED_WEEKS = 1e-3
_MAX_PASSES = 40
_Steps = NDArray[np.float64]


@dataclass(frozen=True, eq=False, slots=True)
class TeamTime:
    """People of a team taken from one week to another; shape (runs,) each.

    Attributes:
        start, end: weeks from the start of the forecast; equal where no one is taken.
    """

    people: float
    start: Weeks
    end: Weeks


def available_people(people: float, upkeep: float) -> float:
    """Return how many people of a team upkeep leaves for the plan: at least a tenth."""
    return max(people - upkeep, people * _LEAST_SHARE)


@dataclass(frozen=True, eq=False, slots=True)
class TeamSpeed:
    """Speed of all work of a team: constant between the weeks at which its load changes.

    A team of k people with u on upkeep and b at work on the plan works at full speed while
    b <= k - u, else at (k - u) / b, where k - u is at least k / 10.

    Attributes:
        since: week from which each speed holds, ascending from 0; shape (changes, runs).
        speed: from then on, above 0 and at most 1; shape (changes, runs).
        worked: weeks of work at full speed that fit in before `since`; shape (changes, runs).
        upkeep: people on upkeep from then on; shape (changes, runs).
    """

    since: _Steps
    speed: _Steps
    worked: _Steps
    upkeep: _Steps

    @classmethod
    def of(
        cls, people: int, runs: int, work: Sequence[TeamTime], upkeep: Sequence[TeamTime]
    ) -> "TeamSpeed":
        """Return the speed of a team with this load.

        Args:
            people: size of the team.
            runs: number of runs.
            work: people at work on the plan.
            upkeep: people who maintain live models.
        """
        weeks: list[Weeks] = [np.zeros(runs, np.float32)]
        changes = [(0.0, 0.0)]
        for each in work:
            weeks += [each.start, each.end]
            changes += [(each.people, 0.0), (-each.people, 0.0)]
        for each in upkeep:
            weeks += [each.start, each.end]
            changes += [(0.0, each.people), (0.0, -each.people)]
        unsorted = np.array(weeks)
        order = np.argsort(unsorted, axis=0, kind="stable")
        since = np.take_along_axis(unsorted, order, axis=0).astype(np.float64)
        busy, kept = np.array(changes).T
        on_plan = np.cumsum(busy[order], axis=0)
        on_upkeep = np.minimum(np.cumsum(kept[order], axis=0), people * (1 - _LEAST_SHARE))
        speed = np.minimum(1.0, (people - on_upkeep) / np.maximum(on_plan, 1.0))
        worked = np.zeros_like(since)
        np.cumsum(np.diff(since, axis=0) * speed[:-1], axis=0, out=worked[1:])
        return cls(since, speed, worked, on_upkeep)

    def worked_by(self, weeks: NDArray[np.floating]) -> _Steps:
        """Return how many weeks of work at full speed fit in before `weeks`; shape (runs,)."""
        at = _latest(self.since, weeks)
        since = weeks - _pick(self.since, at)
        found: _Steps = _pick(self.worked, at) + since * _pick(self.speed, at)
        return found

    def end(self, start: Weeks, effort: NDArray[np.floating]) -> Weeks:
        """Return when work ends that takes `effort` weeks at full speed; shape (runs,)."""
        target = self.worked_by(start) + effort
        at = _latest(self.worked, target)
        rest = (target - _pick(self.worked, at)) / _pick(self.speed, at)
        ends: Weeks = (_pick(self.since, at) + rest).astype(np.float32)
        return ends

    def upkeep_by(self, weeks: NDArray[np.floating]) -> _Steps:
        """Return the person-weeks that went to upkeep before `weeks`; shape (runs,)."""
        until = np.vstack([self.since[1:], np.full_like(self.since[:1], np.inf)])
        spans = np.maximum(np.minimum(weeks, until) - self.since, 0.0)
        total: _Steps = (spans * self.upkeep).sum(axis=0)
        return total


def _latest(steps: _Steps, values: NDArray[np.floating]) -> NDArray[np.intp]:
    """Return the last step at or below each value; shape (runs,)."""
    at: NDArray[np.intp] = np.count_nonzero(steps <= values, axis=0) - 1
    return np.maximum(at, 0)


def _pick(steps: _Steps, at: NDArray[np.intp]) -> _Steps:
    picked: _Steps = steps[at, np.arange(at.size)]
    return picked


class TeamLoads:
    """The load of each team that carries upkeep, pass after pass through the build order.

    Args:
        resolved: the plan.
        worked_on: the runs in which an open item is worked on; shape (runs,).
        runs: number of runs.
    """

    def __init__(
        self, resolved: ResolvedPlan, worked_on: Callable[[str], Bools], runs: int
    ) -> None:
        self._resolved, self._worked_on, self._runs = resolved, worked_on, runs
        self.teams = _teams_with_upkeep(resolved)
        self._work: defaultdict[str, list[TeamTime]] = defaultdict(list)
        self._upkeep: defaultdict[str, list[TeamTime]] = defaultdict(list)
        self._ends: dict[str, Weeks] = {}
        self._passes = 0
        self._moved = float("inf")

    @property
    def is_settled(self) -> bool:
        """Whether the last pass left all ends as they were, to about ten minutes."""
        return self._moved <= _SETTLED_WEEKS or self._passes >= _MAX_PASSES

    def record(self, scheduled: Iterable[ScheduledItem]) -> None:
        """Replace the loads by those of another pass."""
        self._work, self._upkeep = defaultdict(list), defaultdict(list)
        for item in self._resolved.items.values():
            if item.status == "live":
                self._add_upkeep(item, np.zeros(self._runs, np.float32))
        self._moved = 0.0
        for each in scheduled:
            item = self._resolved.items[each.id]
            if item.team in self.teams:
                self._add_work(item, each)
                live = np.where(each.resolution.delivers, each.resolution.resolved_at, NEVER)
                self._add_upkeep(item, live.astype(np.float32))
        self._passes += 1

    def speeds(self) -> dict[str, TeamSpeed]:
        """Return the speed of each team with upkeep by the last pass; empty before the first."""
        if not self._passes:
            return {}
        sizes = self._resolved.team_sizes
        return {
            team: TeamSpeed.of(sizes[team], self._runs, self._work[team], self._upkeep[team])
            for team in self.teams
        }

    def _add_work(self, item: ResolvedItem, scheduled: ScheduledItem) -> None:
        start, end = scheduled.interval.start, scheduled.interval.end
        people = assigned_people(item, self._resolved.team_sizes)
        worked_on = self._worked_on(item.id)
        before = self._ends.get(item.id)
        moved = np.inf if before is None else float(np.abs(end - before).max(initial=0.0))
        self._moved, self._ends[item.id] = max(self._moved, moved), end
        self._work[item.team or ""].append(TeamTime(people, start * worked_on, end * worked_on))

    def _add_upkeep(self, item: ResolvedItem, start: Weeks) -> None:
        """Add what an item's upkeep takes from these weeks on; `NEVER` where none is needed."""
        if item.team not in self.teams or not item.upkeep.people:
            return
        until = np.minimum(np.float32(item.upkeep.until), NEVER)
        self._upkeep[item.team].append(
            TeamTime(item.upkeep.people, np.minimum(start, until), np.full_like(start, until))
        )


def _teams_with_upkeep(resolved: ResolvedPlan) -> frozenset[str]:
    """Return the teams whose live or open models need people."""
    statuses = OPEN_STATUSES | {"live"}
    return frozenset(
        item.team
        for item in resolved.items.values()
        if item.team is not None and item.status in statuses and item.upkeep.people
    )
