"""Options of a model item in the forecast: the plan with each option's fields."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from roadmap_tui.forecast.analysis.horizon_value import horizon_values
from roadmap_tui.forecast.simulation.amounts import (
    AmountSummary,
    Bools,
    share_of_runs,
    summarise,
    summarise_optional,
    total,
)
from roadmap_tui.forecast.simulation.calibration import calibrate
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.forecast.simulation.item_results import item_forecast
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.forecast.simulation.sampling import success_chance
from roadmap_tui.forecast.simulation.simulator import Simulation, merge_build_order, simulate
from roadmap_tui.money.cost import PlanCost, plan_cost
from roadmap_tui.money.keep_cost import keep_costs, kept_until_horizon
from roadmap_tui.money.plan_cost import remaining_costs
from roadmap_tui.money.plan_return import plan_npv
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.model_options import (
    forecast_obstacle,
    is_bought,
    lead_time,
    overridden_fields,
    with_option,
)
from roadmap_tui.plan.resolver import ResolvedPlan, resolve_plan
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class PlanOutlook:
    """The compared figures of a plan's forecast.

    Attributes:
        item: the model item.
        remaining_cost: of the item; None if it is not open.
        cost: of the whole plan.
        npv: of the whole plan; None without a business case.
        p_profitable: chance that it is more than 0.
        value: delivered by the horizon.
    """

    item: ItemForecast
    remaining_cost: AmountSummary | None
    cost: PlanCost
    npv: AmountSummary | None
    p_profitable: float | None
    value: float


@dataclass(frozen=True, slots=True)
class OptionScenario:
    """The plan as written, or with an option.

    Attributes:
        option: its name; None for the plan as written.
        changed_fields: the fields that it changes.
        outlook: the forecast, or why there is none.
    """

    option: str | None
    changed_fields: tuple[str, ...]
    outlook: PlanOutlook | str


def option_scenarios(
    simulation: Simulation, plan: Plan, name: str, checkpoint: Checkpoint = no_checkpoint
) -> tuple[OptionScenario, ...]:
    """Return the plan as written and with each option of a model item, on the same runs and order.

    Args:
        simulation: of the plan as written.
        plan: that plan.
        name: the model item's id.
        checkpoint: called regularly.

    Raises:
        CalculationCancelledError: from `checkpoint`.
    """
    return tuple(_iter_scenarios(simulation, plan, name, checkpoint))


def _iter_scenarios(
    simulation: Simulation, plan: Plan, name: str, checkpoint: Checkpoint
) -> Iterator[OptionScenario]:
    yield OptionScenario(None, (), _outlook(simulation, plan, name))
    base = simulation.resolved
    for option, fields in plan.model[name].options.items():
        checkpoint()
        other = with_option(plan, name, option, success_chance(base.items[name]))
        why = forecast_obstacle(other, base)
        if why:
            yield OptionScenario(option, overridden_fields(fields), why)
            continue
        resolved = calibrate(resolve_plan(other, as_of=base.as_of, seed=base.seed))
        if is_bought(fields) and lead_time(fields) is not None:
            resolved = _without_own_people(resolved, name)
        order = merge_build_order(
            resolved,
            simulation.build_order,
            (name,) if resolved.items[name].status in OPEN_STATUSES else (),
        )
        yield OptionScenario(
            option,
            overridden_fields(fields),
            _outlook(simulate(resolved, order, simulation.runs, checkpoint), other, name),
        )


def _without_own_people(resolved: ResolvedPlan, name: str) -> ResolvedPlan:
    """Return the plan in which others work on an item."""
    item = replace(resolved.items[name], team=None)
    return replace(resolved, items={**resolved.items, name: item})


def _outlook(simulation: Simulation, plan: Plan, name: str) -> PlanOutlook:
    spent, kept = remaining_costs(simulation, plan), keep_costs(simulation, plan)
    whole = plan_npv(simulation, plan, spent, kept)
    positive: Bools | bool | None = None if whole is None else whole > 0
    return PlanOutlook(
        item=item_forecast(simulation, name),
        remaining_cost=summarise(spent[name].cost) if name in spent else None,
        cost=plan_cost(spent.values(), total(kept_until_horizon(simulation, kept).values())),
        npv=summarise_optional(whole),
        p_profitable=None if positive is None else share_of_runs(positive),
        value=sum(horizon_values(simulation).values()),
    )
