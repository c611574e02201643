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
        free = (self.people - upkeep for upkeep in self.upkeep)
        return tuple(
            Quantiles(
                max(0.0, left - week.p90), max(0.0, left - week.p50), max(0.0, left - week.p10)
            )
            for left, week in zip(free, self.busy, strict=True)
        )


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
    done = np.zeros((len(weeks), count), np.float32)
    for name in with_checkpoints(simulation.build_order, checkpoint):
        terms = simulation.resolved.items[name]
        if terms.team != team:
            continue
        start, ends = (
            times[name][:count] for times in (simulation.times.start, simulation.times.end)
        )
        at_work = (
            np.clip(weeks[:, None] - start, 0, ends - start) * simulation.worked_on(name)[:count]
        )
        done += at_work * np.float32(assigned_people(terms, simulation.resolved.team_sizes))
    low, mid, high = np.quantile(np.diff(done, axis=0), [0.1, 0.5, 0.9], axis=1)
    return tuple(
        Quantiles(float(a), float(b), float(c)) for a, b, c in zip(low, mid, high, strict=True)
    )


def _upkeep_people(simulation: Simulation, team: str, weeks: Weeks) -> tuple[float, ...]:
    total = np.zeros(len(weeks))
    for name, terms in simulation.resolved.items.items():
        if terms.team != team or not terms.upkeep.people:
            continue
        if terms.status == "live":
            live = np.ones(len(weeks))
        elif name in simulation.times.resolved_at:
            finish = np.sort(simulation.times.resolved_at[name][simulation.delivers(name)])
            live = np.searchsorted(finish, weeks, side="right") / simulation.runs
        else:
            continue
        total += terms.upkeep.people * live * (weeks < terms.upkeep.until)
    return tuple(float(each) for each in total)
