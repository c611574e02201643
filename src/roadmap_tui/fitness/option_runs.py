"""The ways to have a model side by side in the forecast: each one with its fields in place of the item's."""

from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.fitness.amounts import Bools, Figure, chance, figure, figure_of
from roadmap_tui.fitness.paying import npv
from roadmap_tui.fitness.plan_cost import spendings
from roadmap_tui.fitness.spending import PlanCost, plan_cost
from roadmap_tui.forecast.calibration import calibrated
from roadmap_tui.forecast.delivered import value_by_horizon
from roadmap_tui.forecast.items import item_forecast
from roadmap_tui.forecast.pace import Check, go_on
from roadmap_tui.forecast.simulation import Simulation, kept_list, simulate
from roadmap_tui.forecast.summary import ItemForecast
from roadmap_tui.plan.options import hindrance, overrides, with_option
from roadmap_tui.plan.resolve import OPEN, resolve
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is forecast of a plan, as far as it is compared.

    Attributes:
        item: the model item.
        takes: what it costs; None if it is not open.
        cost: of the whole plan.
        npv: of all items that tell of their return; None if none does.
        pays: the chance that it is more than 0.
        value: what the plan delivers by its horizon.
    """

    item: ItemForecast
    takes: Figure | None
    cost: PlanCost
    npv: Figure | None
    pays: float | None
    value: float


@dataclass(frozen=True, slots=True)
class Side:
    """A plan as it is, or with an option.

    Attributes:
        option: its name; None of the plan as it is.
        differs: the fields that it changes.
        outlook: what is forecast, or why nothing can be.
    """

    option: str | None
    differs: tuple[str, ...]
    outlook: Outlook | str


def sides(simulation: Simulation, plan: Plan, name: str, check: Check = go_on) -> tuple[Side, ...]:
    """The plan as it is, and with each option of a model item, on the same futures and the same list of work.

    Args:
        simulation: of the plan as it is.
        plan: that plan.
        name: the model item's id.
        check: called now and then.

    Raises:
        StoppedError: from `check`.
    """
    return tuple(_sides(simulation, plan, name, check))


def _sides(simulation: Simulation, plan: Plan, name: str, check: Check) -> Iterator[Side]:
    yield Side(None, (), _outlook(simulation, plan, name))
    base = simulation.resolved
    for option, fields in plan.model[name].options.items():
        check()
        other = with_option(plan, name, option)
        why = hindrance(other, base)
        if why:
            yield Side(option, overrides(fields), why)
            continue
        resolved = calibrated(resolve(other, as_of=base.as_of, seed=base.seed))
        order = kept_list(
            resolved, simulation.list, (name,) if resolved.terms[name].status in OPEN else ()
        )
        yield Side(
            option,
            overrides(fields),
            _outlook(simulate(resolved, order, simulation.futures, check), other, name),
        )


def _outlook(simulation: Simulation, plan: Plan, name: str) -> Outlook:
    spent, whole = spendings(simulation, plan), npv(simulation, plan)
    positive: Bools | bool | None = None if whole is None else whole > 0
    return Outlook(
        item=item_forecast(simulation, name),
        takes=figure(spent[name].cost) if name in spent else None,
        cost=plan_cost(spent.values()),
        npv=figure_of(whole),
        pays=None if positive is None else chance(positive),
        value=sum(value_by_horizon(simulation).values()),
    )
