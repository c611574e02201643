"""Cost of a plan by quarter: work on open items, and what live ones cost to keep."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.amounts import Amount, AmountRange, Floats, amount_range
from roadmap_tui.forecast.simulation.cancellation import (
    Checkpoint,
    no_checkpoint,
    with_checkpoints,
)
from roadmap_tui.forecast.simulation.quantiles import quarter_ends
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.money.cost import ItemCost, cost_by_period
from roadmap_tui.money.keep_cost import KeepCost
from roadmap_tui.plan.resolver import ResolvedPlan

_SHORTEST = 1 / 7
"""Weeks of the shortest quarter: a day."""


@dataclass(frozen=True, slots=True)
class QuarterCost:
    """Cost in the part of a quarter that the forecast covers.

    Attributes:
        ends: its last day.
        cost: work and keeping together.
        tracks: expected cost of work on each track.
        keep: expected cost of keeping what is live.
        people, compute, running: expected cost of both by what is paid for.
        headcount: by team, the people that both take on average over these weeks.
    """

    ends: dt.date
    cost: AmountRange
    tracks: Mapping[str, float]
    keep: float
    people: float
    compute: float
    running: float
    headcount: Mapping[str, float]


class _PeriodSums:
    """Sums over items: `total` of shape (periods, runs), the others means of shape (periods,)."""

    def __init__(self, periods: int, runs: int) -> None:
        self.total = np.zeros((periods, runs))
        self.tracks: defaultdict[str, Floats] = defaultdict(lambda: np.zeros(periods))
        self.keep, self.people = np.zeros(periods), np.zeros(periods)
        self.compute, self.running = np.zeros(periods), np.zeros(periods)
        self.team_weeks: defaultdict[str, Floats] = defaultdict(lambda: np.zeros(periods))

    def add_work(self, item: ItemCost, share: Floats) -> None:
        """Add an item's work; `share` is what falls into each period, of shape (periods, runs)."""
        spent = share * item.cost
        self.total += spent
        self.tracks[item.track] += spent.mean(axis=1)
        self.people += _mean_by_period(share, item.people)
        self.compute += _mean_by_period(share, item.compute)
        if item.team is not None:
            self.team_weeks[item.team] += _mean_by_period(share, item.weeks)

    def add_keeping(self, item: KeepCost, weeks: Floats) -> None:
        """Add what an item costs to keep; `weeks` are those that it is live in each period."""
        self.total += weeks * item.week
        self.keep += _mean_by_period(weeks, item.week)
        self.people += _mean_by_period(weeks, item.people)
        self.compute += _mean_by_period(weeks, item.compute)
        self.running += _mean_by_period(weeks, item.running)
        if item.team is not None:
            self.team_weeks[item.team] += _mean_by_period(weeks, item.headcount)

    def quarter_cost(self, at: int, ends: dt.date, weeks: float) -> QuarterCost:
        """Return the sums of one period, which ends with that day and has that many weeks."""
        headcount = {
            team: float(each[at]) / max(weeks, _SHORTEST) for team, each in self.team_weeks.items()
        }
        return QuarterCost(
            ends=ends,
            cost=amount_range(self.total[at]),
            tracks={track: float(cost[at]) for track, cost in self.tracks.items()},
            keep=float(self.keep[at]),
            people=float(self.people[at]),
            compute=float(self.compute[at]),
            running=float(self.running[at]),
            headcount=headcount,
        )


def _mean_by_period(share: Floats, amount: Amount) -> Floats:
    """Return the mean of share x amount in each period; shape (periods,)."""
    means: Floats = (share * amount).mean(axis=1)
    return means


def cost_by_quarter(
    simulation: Simulation,
    spent: Mapping[str, ItemCost],
    kept: Mapping[str, KeepCost],
    checkpoint: Checkpoint = no_checkpoint,
) -> tuple[QuarterCost, ...]:
    """Return the cost of each quarter until the horizon, each item's spread evenly over its work.

    Args:
        simulation: of the plan.
        spent: remaining cost of each open item (see `plan_cost.remaining_costs`).
        kept: cost to keep each item (see `keep_cost.keep_costs`).
        checkpoint: called regularly.
    """
    times = simulation.times
    ends = tuple(_quarter_days(simulation.resolved))
    edges = _quarter_edges(simulation.resolved, ends)
    sums = _PeriodSums(len(ends), simulation.runs)
    for name, item in with_checkpoints(spent.items(), checkpoint):
        start = times.start[name].astype(np.float64)
        end = times.end[name].astype(np.float64)
        sums.add_work(item, cost_by_period(1.0, start, end, edges))
    for live in kept.values():
        sums.add_keeping(live, live.weeks_live(edges))
    lengths = np.diff(edges)
    return tuple(
        sums.quarter_cost(at, day, float(length))
        for at, (day, length) in enumerate(zip(ends, lengths, strict=True))
    )


def _quarter_days(resolved: ResolvedPlan) -> list[dt.date]:
    return list(quarter_ends(resolved.as_of, resolved.day_after(resolved.horizon)))


def _quarter_edges(resolved: ResolvedPlan, ends: tuple[dt.date, ...]) -> Floats:
    """Return where each quarter begins and the last ends, in weeks; shape (quarters + 1,)."""
    # the last quarter ends with the horizon
    weeks = map(resolved.weeks_until, ends)
    return np.array([0.0, *(min(week, resolved.horizon) for week in weeks)])
