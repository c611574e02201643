"""The plan's remaining work from its forecast, in money."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.analysis.horizon_value import simulated_values
from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    Bools,
    Floats,
    amount_sampler,
    or_default,
    total,
)
from roadmap_tui.forecast.simulation.cancellation import (
    Checkpoint,
    no_checkpoint,
    with_progress,
)
from roadmap_tui.forecast.simulation.jqpd import estimate_mean
from roadmap_tui.forecast.simulation.run_sets import to_mask
from roadmap_tui.forecast.simulation.sampling import (
    mean_effort,
    stage_route,
    stage_visits,
    success_chance,
)
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.money.cost import ItemCost
from roadmap_tui.money.keep_cost import keep_costs, kept_until_horizon
from roadmap_tui.money.payroll import total_pay
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class ExpectedSpend:
    """Expected cost of a plan.

    Attributes:
        weeks: person-weeks of work.
        cost: money for that work and compute, and for keeping what is live to the horizon.
        payroll: pay of everyone to the horizon, at work on the plan or not.
        value: value by the horizon in each run; shape (runs,).
    """

    weeks: float
    cost: float
    payroll: float
    value: Floats


def expected_spend(simulation: Simulation, plan: Plan) -> ExpectedSpend:
    """Return the expected work on open items, and its cost with that of keeping what is live."""
    spent = remaining_costs(simulation, plan).values()
    kept = kept_until_horizon(simulation, keep_costs(simulation, plan)).values()
    return ExpectedSpend(
        weeks=float(sum(np.mean(each.weeks) for each in spent)),
        cost=float(sum(np.mean(each.cost) for each in spent) + sum(map(np.mean, kept))),
        payroll=total_pay(plan, simulation.resolved.horizon),
        value=simulated_values(simulation),
    )


def remaining_costs(
    simulation: Simulation, plan: Plan, checkpoint: Checkpoint = no_checkpoint
) -> dict[str, ItemCost]:
    """Return the remaining cost of each open item in each run.

    Active ones continue to their own finish.

    People without a weekly cost count as 0; `unpriced_items` lists their items.
    """
    names = with_progress(
        simulation.build_order, len(simulation.build_order), checkpoint, "adding up costs"
    )
    return {name: remaining_cost(simulation, plan, name) for name in names}


def remaining_cost(simulation: Simulation, plan: Plan, name: str) -> ItemCost:
    """Return the remaining cost of one open item in each run."""
    item, worked_on = simulation.resolved.items[name], simulation.worked_on(name)
    # money needs double precision: single precision rounds millions to whole units
    weeks = simulation.effort(name).astype(np.float64) * worked_on
    works = to_mask(simulation.draws.works[name], simulation.runs)
    compute: list[Amount] = [
        *_compute(simulation, item, works),
        _setup_cost(simulation, plan, name),
    ]
    return ItemCost(
        track=item.track,
        team=item.team,
        weeks=weeks,
        people=weeks * (_week_cost(plan, item.team) or 0.0),
        compute=total(np.where(worked_on, each, 0.0) for each in compute if np.any(each)),
        ships=simulation.delivers(name),
    )


def _compute(simulation: Simulation, item: ResolvedItem, works: Bools) -> Iterator[Floats]:
    """Yield the compute cost of each stage that the item enters if it is worked on.

    Shape (runs,) each.
    """
    source = simulation.efforts.source
    for visit in stage_visits(source, item, works) if item.stages else ():
        if visit.stage.compute is not None:
            name = f"compute {visit.stage.name} {visit.attempt}"
            yield source.quantity(item.id, name, visit.stage.compute) * visit.mask


def _setup_cost(simulation: Simulation, plan: Plan, name: str) -> Amount:
    """Return what the chosen option of a model costs before its first use."""
    model = plan.model.get(name)
    option = model.options.get(model.chosen or "") if model is not None else None
    if model is None or option is None:
        return 0.0
    draw = amount_sampler(simulation.efforts.source, name)
    return or_default(draw(f"options.{model.chosen}.setup", option.setup))


def _week_cost(plan: Plan, team: str | None) -> float | None:
    if team is None:
        return None
    return plan.teams[team].week_cost


def is_priced(resolved: ResolvedPlan, plan: Plan, name: str) -> bool:
    """Return whether an item's people or computing have a price."""
    item = resolved.items[name]
    has_compute = any(stage.compute is not None for stage in item.stages)
    return has_compute or _week_cost(plan, item.team) is not None


def expected_build_cost(resolved: ResolvedPlan, plan: Plan, name: str) -> float | None:
    """Return the mean cost of all work on an open item if it is attempted, what is spent included.

    None if it has no price.
    """
    if not is_priced(resolved, plan, name):
        return None
    item = resolved.items[name]
    weeks = mean_effort(item) + item.spent
    visits = stage_route(item).expected_visits(success_chance(item)) if item.stages else {}
    computed = (
        estimate_mean(stage.compute) * visits.get(stage.name, 0.0)
        for stage in item.stages
        if stage.compute is not None
    )
    return weeks * (_week_cost(plan, item.team) or 0.0) + sum(computed)


def unpriced_items(resolved: ResolvedPlan, plan: Plan) -> tuple[str, ...]:
    """Return the open items whose people have no cost, in the order of the file."""
    openly = (item for item in resolved.items.values() if item.status in OPEN_STATUSES)
    return tuple(item.id for item in openly if _week_cost(plan, item.team) is None)
