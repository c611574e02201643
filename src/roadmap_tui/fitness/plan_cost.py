"""What a plan costs, from its forecast: by item, in all, and quarter by quarter."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from roadmap_tui.fitness.amounts import Bools, Floats, Spread, spread
from roadmap_tui.fitness.spending import Spending, by_period, item_cost
from roadmap_tui.forecast.draws import visits
from roadmap_tui.forecast.futures import unpack
from roadmap_tui.forecast.pace import Check, counted, go_on, paced
from roadmap_tui.forecast.quantiles import quarter_ends
from roadmap_tui.forecast.simulation import Simulation
from roadmap_tui.plan.resolve import OPEN, Resolved, Terms
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class QuarterCost:
    """What is spent in the part of a quarter that the forecast covers.

    Attributes:
        ends: its last day.
        tracks: the expected cost of each track.
    """

    ends: dt.date
    cost: Spread
    tracks: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Expected:
    """What a plan is expected to take from now on: person-weeks, and money for people and compute."""

    weeks: float
    cost: float


def expected(simulation: Simulation, plan: Plan) -> Expected:
    """What all that is open is expected to take."""
    spent = spendings(simulation, plan).values()
    return Expected(
        weeks=float(sum(np.mean(each.weeks) for each in spent)),
        cost=float(sum(np.mean(each.cost) for each in spent)),
    )


def spendings(simulation: Simulation, plan: Plan, check: Check = go_on) -> dict[str, Spending]:
    """What each open item still takes in each future: an active one goes on to its own finish, whatever it hears.

    People without a week's cost cost nothing; `unpriced` names whose they are.
    """
    listed = counted(simulation.list, len(simulation.list), check, "adding up costs")
    return {name: spending(simulation, plan, name) for name in listed}


def spending(simulation: Simulation, plan: Plan, name: str) -> Spending:
    """What one open item still takes in each future."""
    terms, worked_on = simulation.resolved.terms[name], simulation.worked_on(name)
    weeks = simulation.effort(name).astype(np.float64) * worked_on
    works = unpack(simulation.drawn.works[name], simulation.futures)
    compute = (each * worked_on for each in _compute(simulation, terms, works))
    cost = item_cost(weeks, _week_cost(plan, terms.team) or 0.0, compute)
    return Spending(terms.track, weeks, cost, simulation.delivers(name))


def _compute(simulation: Simulation, terms: Terms, works: Bools) -> Iterator[Floats]:
    """The compute of each stage that the item goes through if it is worked on; shape (futures,) each."""
    source = simulation.efforts.source
    for visit in visits(source, terms, works) if terms.stages else ():
        if visit.stage.compute is not None:
            name = f"compute {visit.stage.name} {visit.attempt}"
            yield source.quantity(terms.id, name, visit.stage.compute) * visit.there


def _week_cost(plan: Plan, team: str | None) -> float | None:
    return None if team is None else plan.teams[team].week_cost


def unpriced(resolved: Resolved, plan: Plan) -> tuple[str, ...]:
    """The open items whose people have no cost, in the order of the file."""
    openly = (terms for terms in resolved.terms.values() if terms.status in OPEN)
    return tuple(terms.id for terms in openly if _week_cost(plan, terms.team) is None)


def by_quarter(
    simulation: Simulation, items: Mapping[str, Spending], check: Check = go_on
) -> tuple[QuarterCost, ...]:
    """What is spent in each quarter until the horizon, each item's evenly from its start to its end.

    Args:
        simulation: of the plan.
        items: what each open item takes (see `spendings`).
        check: called now and then.
    """
    resolved = simulation.resolved
    ends = tuple(quarter_ends(resolved.as_of, resolved.day(resolved.horizon)))
    edges = np.array([0.0, *(min(resolved.weeks(end) + 1 / 7, resolved.horizon) for end in ends)])
    tracks = {item.track: np.zeros((len(ends), simulation.futures)) for item in items.values()}
    for name, item in paced(items.items(), check):
        start, stop = (
            times[name].astype(np.float64)
            for times in (simulation.times.start, simulation.times.ends)
        )
        tracks[item.track] += by_period(item.cost, start, stop, edges)
    whole = sum(tracks.values(), np.zeros((len(ends), simulation.futures)))
    return tuple(
        QuarterCost(
            end,
            spread(whole[at]),
            {track: float(cost[at].mean()) for track, cost in tracks.items()},
        )
        for at, end in enumerate(ends)
    )
