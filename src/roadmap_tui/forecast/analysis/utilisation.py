"""Utilisation of each team, week by week."""

from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.build_order import assigned_people
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_checkpoints
from roadmap_tui.forecast.simulation.capacity import Weeks
from roadmap_tui.forecast.simulation.results import Quantiles
from roadmap_tui.forecast.simulation.simulator import Simulation

_MAX_RUNS = 2_000
_MAX_WEEKS = 520


@dataclass(frozen=True, slots=True)
class TeamUtilisation:
    """One team's utilisation.

    Attributes:
        people: size of the team.
        busy: people working on the plan, by week from the start to the horizon.
        upkeep: people expected to maintain live models, by week.
    """

    team: str
    people: int
    busy: tuple[Quantiles, ...]
    upkeep: tuple[float, ...]

    @property
    def idle(self) -> tuple[Quantiles, ...]:
        """Idle people by week: those who neither work on the plan nor maintain live models."""
        weeks = []
        for upkeep, busy in zip(self.upkeep, self.busy, strict=True):
            free = self.people - upkeep
            # few are idle where many are busy, so the quantiles change places
            idle = (max(0.0, free - each) for each in (busy.p90, busy.p50, busy.p10))
            weeks.append(Quantiles(*idle))
        return tuple(weeks)


def team_utilisation(
    simulation: Simulation, checkpoint: Checkpoint = no_checkpoint
) -> tuple[TeamUtilisation, ...]:
    """Return each team's utilisation until the horizon, from at most 2,000 runs."""
    resolved = simulation.resolved
    weeks = np.arange(min(_MAX_WEEKS, int(np.ceil(resolved.horizon))) + 1, dtype=np.float32)
    return tuple(
        TeamUtilisation(
            team,
            people,
            _busy_people(simulation, team, weeks, checkpoint),
            _upkeep_people(simulation, team, weeks[:-1]),
        )
        for team, people in resolved.team_sizes.items()
    )


def _busy_people(
    simulation: Simulation, team: str, weeks: Weeks, checkpoint: Checkpoint
) -> tuple[Quantiles, ...]:
    count = min(_MAX_RUNS, simulation.runs)
    times, items = simulation.times, simulation.resolved.items
    done = np.zeros((len(weeks), count), np.float32)
    for name in with_checkpoints(simulation.build_order, checkpoint):
        if items[name].team != team:
            continue
        start, end = times.start[name][:count], times.end[name][:count]
        at_work = np.clip(weeks[:, None] - start, 0, end - start)
        at_work = at_work * simulation.worked_on(name)[:count]
        people = assigned_people(items[name], simulation.resolved.team_sizes)
        done += at_work * np.float32(people)
    low, mid, high = np.quantile(np.diff(done, axis=0), [0.1, 0.5, 0.9], axis=1)
    return tuple(map(Quantiles, low.tolist(), mid.tolist(), high.tolist()))


def _upkeep_people(simulation: Simulation, team: str, weeks: Weeks) -> tuple[float, ...]:
    total = np.zeros(len(weeks))
    for name, item in simulation.resolved.items.items():
        if item.team != team or not item.upkeep.people:
            continue
        if item.status == "live":
            live = np.ones(len(weeks))
        elif name in simulation.times.resolved_at:
            finish = np.sort(simulation.times.resolved_at[name][simulation.delivers(name)])
            live = np.searchsorted(finish, weeks, side="right") / simulation.runs
        else:
            continue
        total += item.upkeep.people * live * (weeks < item.upkeep.until)
    return tuple(float(each) for each in total)
