"""Payroll: what a plan's people cost until the horizon, whether they work on it or not."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.money.cost import ItemCost, cost_by_period
from roadmap_tui.plan.roadmap import Plan

_YEAR_WEEKS = 52


@dataclass(frozen=True, slots=True)
class Payroll:
    """Pay of all people with a weekly cost, from the first week to the horizon.

    Attributes:
        total: people x weekly cost x weeks.
        work: the expected part that open items take by the horizon.
    """

    total: float
    work: float

    @property
    def rest(self) -> float:
        """Upkeep of what is live, and people without work on the plan."""
        return max(0.0, self.total - self.work)


def plan_payroll(
    simulation: Simulation, plan: Plan, items: Mapping[str, ItemCost]
) -> Payroll | None:
    """Return the payroll of a plan; None if no team has a weekly cost.

    Args:
        simulation: of the plan.
        plan: the plan, for its prices.
        items: remaining cost of each open item.
    """
    costs = {name: team.week_cost for name, team in plan.teams.items() if team.week_cost}
    if not costs:
        return None
    edges = np.array([0.0, simulation.resolved.horizon])
    times, work = simulation.times, 0.0
    for name, item in items.items():
        week_cost = costs.get(simulation.resolved.items[name].team or "", 0.0)
        if week_cost:
            start = times.start[name].astype(np.float64)
            end = times.end[name].astype(np.float64)
            work += float(cost_by_period(item.weeks, start, end, edges).mean()) * week_cost
    return Payroll(total_pay(plan, simulation.resolved.horizon), work)


def yearly_pay(week_cost: float | None) -> float | None:
    """Return a person's pay for 52 weeks; None without a weekly cost."""
    return None if week_cost is None else week_cost * _YEAR_WEEKS


def total_pay(plan: Plan, weeks: float) -> float:
    """Return people x weekly cost x weeks; people without a weekly cost count as 0."""
    return sum(team.people * (team.week_cost or 0.0) for team in plan.teams.values()) * weeks
