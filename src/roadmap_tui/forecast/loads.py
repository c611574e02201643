"""How busy each team is, week by week."""

from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.lanes import Weeks
from roadmap_tui.forecast.listing import lanes_taken
from roadmap_tui.forecast.pace import Check, go_on, paced
from roadmap_tui.forecast.simulation import Simulation
from roadmap_tui.forecast.summary import Quantiles

_FUTURES = 2_000
_LONGEST = 520


@dataclass(frozen=True, slots=True)
class Load:
    """One team's load.

    Attributes:
        people: in the team.
        busy: people at work on the plan, by week from the start to the horizon.
        upkeep: people expected to look after live models, by week.
    """

    team: str
    people: int
    busy: tuple[Quantiles, ...]
    upkeep: tuple[float, ...]

    @property
    def idle(self) -> tuple[Quantiles, ...]:
        """People with nothing to do, by week: those who neither are at work nor look after live models."""
        free = (self.people - upkeep for upkeep in self.upkeep)
        return tuple(
            Quantiles(
                max(0.0, left - week.p90), max(0.0, left - week.p50), max(0.0, left - week.p10)
            )
            for left, week in zip(free, self.busy, strict=True)
        )


def loads(simulation: Simulation, check: Check = go_on) -> tuple[Load, ...]:
    """Each team's load until the horizon. Of many futures, the first 2,000 will do."""
    resolved = simulation.resolved
    weeks = np.arange(min(_LONGEST, int(np.ceil(resolved.horizon))) + 1, dtype=np.float32)
    return tuple(
        Load(
            team,
            people,
            _busy(simulation, team, weeks, check),
            _upkeep(simulation, team, weeks[:-1]),
        )
        for team, people in resolved.lanes.items()
    )


def _busy(simulation: Simulation, team: str, weeks: Weeks, check: Check) -> tuple[Quantiles, ...]:
    count = min(_FUTURES, simulation.futures)
    done = np.zeros((len(weeks), count), np.float32)
    for name in paced(simulation.list, check):
        terms = simulation.resolved.terms[name]
        if terms.team != team:
            continue
        start, ends = (
            times[name][:count] for times in (simulation.times.start, simulation.times.ends)
        )
        at_work = (
            np.clip(weeks[:, None] - start, 0, ends - start) * simulation.worked_on(name)[:count]
        )
        done += at_work * np.float32(lanes_taken(terms, simulation.resolved.lanes))
    low, mid, high = np.quantile(np.diff(done, axis=0), [0.1, 0.5, 0.9], axis=1)
    return tuple(
        Quantiles(float(a), float(b), float(c)) for a, b, c in zip(low, mid, high, strict=True)
    )


def _upkeep(simulation: Simulation, team: str, weeks: Weeks) -> tuple[float, ...]:
    total = np.zeros(len(weeks))
    for name, terms in simulation.resolved.terms.items():
        if terms.team != team or not terms.upkeep.people:
            continue
        if terms.status == "live":
            live = np.ones(len(weeks))
        elif name in simulation.times.known:
            finish = np.sort(simulation.times.known[name][simulation.delivers(name)])
            live = np.searchsorted(finish, weeks, side="right") / simulation.futures
        else:
            continue
        total += terms.upkeep.people * live * (weeks < terms.upkeep.until)
    return tuple(float(each) for each in total)
