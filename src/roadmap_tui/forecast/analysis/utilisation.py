"""Utilisation of each team, week by week and in blocks of four weeks."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.build_order import assigned_people
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.forecast.simulation.team_speed import TeamLoads, TeamSpeed
from roadmap_tui.forecast.simulation.times import Resolution, ScheduledItem, WorkInterval

BLOCK_WEEKS = 4
_MAX_RUNS = 2_000
_MAX_WEEKS = 520
_PersonWeeks = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class PeopleCount:
    """Mean and quantiles, over the runs, of the people busy in a week or on average in a block."""

    mean: float
    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True)
class LoadBlock:
    """A team's load in some consecutive weeks, people on average.

    Attributes:
        first, last: its weeks, from 1.
    """

    first: int
    last: int
    busy: PeopleCount
    idle: PeopleCount
    upkeep: float


@dataclass(frozen=True, slots=True)
class TeamUtilisation:
    """One team's utilisation.

    Attributes:
        people: size of the team.
        busy: people at work on the plan, by week from the start to the horizon.
        idle: those who neither work on the plan nor maintain live models, by week.
        upkeep: people expected to maintain live models, by week.
        blocks: the same in blocks of four weeks; their quantiles are those of each run's own mean.
    """

    team: str
    people: int
    busy: tuple[PeopleCount, ...]
    idle: tuple[PeopleCount, ...]
    upkeep: tuple[float, ...]
    blocks: tuple[LoadBlock, ...]

    @property
    def utilisation(self) -> float:
        """The share of the team at work on the plan: the mean over all runs and weeks."""
        if not self.busy:
            return 0.0
        return sum(week.mean for week in self.busy) / len(self.busy) / self.people


def team_utilisation(
    simulation: Simulation, checkpoint: Checkpoint = no_checkpoint
) -> tuple[TeamUtilisation, ...]:
    """Return each team's utilisation until the horizon, from at most 2,000 runs."""
    count = min(_MAX_RUNS, simulation.runs)
    last = min(_MAX_WEEKS, int(np.ceil(simulation.resolved.horizon)))
    counter = _LoadCounter(simulation, np.arange(last + 1.0), count, checkpoint)
    speeds = _team_speeds(simulation, count)
    found = []
    for team, people in simulation.resolved.team_sizes.items():
        speed = speeds.get(team)
        busy, upkeep = counter.worked_by(team, speed), counter.upkeep_by(speed)
        found.append(_summary(team, people, np.diff(busy, axis=0), np.diff(upkeep, axis=0)))
    return tuple(found)


def _summary(team: str, people: int, busy: _PersonWeeks, upkeep: _PersonWeeks) -> TeamUtilisation:
    """Return a team's utilisation from its person-weeks; shape (weeks, runs)."""
    idle = np.maximum(people - busy - upkeep, 0.0)
    blocks = []
    for first in range(0, len(busy), BLOCK_WEEKS):
        block = slice(first, first + BLOCK_WEEKS)
        (at_work,), (free,) = (
            _counts(each[block].mean(axis=0, keepdims=True)) for each in (busy, idle)
        )
        last = min(first + BLOCK_WEEKS, len(busy))
        blocks.append(LoadBlock(first + 1, last, at_work, free, float(upkeep[block].mean())))
    by_week = tuple(upkeep.mean(axis=1).tolist())
    return TeamUtilisation(team, people, _counts(busy), _counts(idle), by_week, tuple(blocks))


def _counts(person_weeks: _PersonWeeks) -> tuple[PeopleCount, ...]:
    """Return the mean and the quantiles over the runs, by row; shape (rows, runs)."""
    quantiles = np.quantile(person_weeks, [0.1, 0.5, 0.9], axis=1)
    rows = np.vstack([person_weeks.mean(axis=1), quantiles]).T
    return tuple(PeopleCount(*row) for row in rows.tolist())


def _team_speeds(simulation: Simulation, count: int) -> dict[str, TeamSpeed]:
    """Return the speed of each team that carries upkeep, in the first runs."""
    times = simulation.times
    loads = TeamLoads(simulation.resolved, lambda name: simulation.worked_on(name)[:count], count)
    loads.record(
        ScheduledItem(
            name,
            WorkInterval(times.start[name][:count], times.end[name][:count]),
            Resolution(times.resolved_at[name][:count], simulation.delivers(name)[:count]),
        )
        for name in simulation.build_order
    )
    return loads.speeds()


@dataclass(frozen=True, eq=False, slots=True)
class _LoadCounter:
    """Counts person-weeks up to each of `weeks`, in the first runs; shape (weeks, runs)."""

    simulation: Simulation
    weeks: _PersonWeeks
    count: int
    checkpoint: Checkpoint

    def worked_by(self, team: str, speed: TeamSpeed | None) -> _PersonWeeks:
        """Return the person-weeks of work on the plan that a team has done by each week."""
        simulation, count = self.simulation, self.count
        times, items = simulation.times, simulation.resolved.items
        # people who share their time with upkeep are at work for the part that the speed leaves
        at_full_speed = np.repeat(self.weeks[:, None], count, axis=1)
        if speed is not None:
            at_full_speed = self._by_week(speed.worked_by)
        done = np.zeros((len(self.weeks), count))
        for name in with_checkpoints(simulation.build_order, self.checkpoint):
            if items[name].team != team:
                continue
            span = np.array([times.start[name][:count], times.end[name][:count]], np.float64)
            start, end = span if speed is None else map(speed.worked_by, span)
            at_work = np.clip(at_full_speed - start, 0, end - start)
            people = assigned_people(items[name], simulation.resolved.team_sizes)
            done += at_work * simulation.worked_on(name)[:count] * people
        return done

    def upkeep_by(self, speed: TeamSpeed | None) -> _PersonWeeks:
        """Return the person-weeks of upkeep done by each week."""
        if speed is None:
            return np.zeros((len(self.weeks), self.count))
        return self._by_week(speed.upkeep_by)

    def _by_week(self, counted: Callable[[_PersonWeeks], _PersonWeeks]) -> _PersonWeeks:
        return np.array([counted(np.full(self.count, week)) for week in self.weeks])
