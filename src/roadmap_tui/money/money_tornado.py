"""Money tornado: how far an item's cost or return moves with the low and high of each input."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.forecast.analysis.tornado import TIMING_FIELDS, measure_swings
from roadmap_tui.forecast.analysis.what_if import WhatIfPlan
from roadmap_tui.forecast.simulation.amounts import mean
from roadmap_tui.forecast.simulation.simulator import Simulation
from roadmap_tui.money.plan_cost import remaining_cost
from roadmap_tui.money.roi import business_case, item_npv
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.roadmap import Plan, item_kind

MoneyFigure: TypeAlias = Literal["takes", "npv"]
_RANGES = ("build", "run_month", "benefit_month", "realisation")


@dataclass(frozen=True, slots=True)
class MoneySwing:
    """Effect of one number on an amount of money.

    Attributes:
        ends: the number, low and high.
        figures: the mean amount at each end.
    """

    item: str
    field: str
    is_assumed: bool
    ends: tuple[float, float]
    figures: tuple[float, float]

    @property
    def size(self) -> float:
        """How far the amount moves."""
        return abs(self.figures[1] - self.figures[0])


def money_swings(
    trials: WhatIfPlan, plan: Plan, name: str, money: MoneyFigure
) -> tuple[MoneySwing, ...]:
    """Return what moves an item's money, largest first: inputs of the forecast and of its table.

    Args:
        trials: of the plan.
        plan: the plan.
        name: an open item.
        money: its cost or net present value, averaged over the runs.
    """

    def measure(tried: WhatIfPlan) -> float | None:
        return _mean_amount(tried.simulation, plan, name, money)

    found = [
        MoneySwing(
            each.input.item,
            each.input.field,
            each.input.is_assumed,
            (each.input.low, each.input.high),
            figures,
        )
        for each in measure_swings(trials, name, measure, TIMING_FIELDS)
        if (figures := _complete_pair(each.low, each.high)) is not None
    ]
    if money == "npv":
        found += _table_swings(trials, plan, name)
    return tuple(sorted((each for each in found if each.size > 0), key=lambda each: -each.size))


def _complete_pair(low: float | None, high: float | None) -> tuple[float, float] | None:
    if low is None or high is None:
        return None
    return (low, high)


def _mean_amount(simulation: Simulation, plan: Plan, name: str, money: MoneyFigure) -> float | None:
    if money == "takes":
        return mean(remaining_cost(simulation, plan, name).cost)
    amount = item_npv(simulation, plan, name)
    return None if amount is None else mean(amount)


def _table_swings(trials: WhatIfPlan, plan: Plan, name: str) -> Iterator[MoneySwing]:
    """Yield the effect of the ranges in the item's own table."""
    roi = business_case(plan, name)
    for field in _RANGES:
        estimate = getattr(roi, field)
        if not isinstance(estimate, Estimate) or estimate.is_exact:
            continue
        ends = estimate.p10, estimate.p90
        figures = [
            _mean_amount(trials.simulation, _with_table_value(plan, name, field, end), name, "npv")
            for end in ends
        ]
        if (both := _complete_pair(*figures)) is not None:
            yield MoneySwing(name, field, is_assumed=False, ends=ends, figures=both)


def _with_table_value(plan: Plan, name: str, field: str, value: float) -> Plan:
    """Return the plan with one number of an item's table known."""
    item = plan.items[name]
    roi = business_case(plan, name)
    if roi is None:
        return plan
    changed = item.model_copy(update={"roi": roi.model_copy(update={field: Estimate.exact(value)})})
    kind = item_kind(item)
    return plan.model_copy(update={kind: {**getattr(plan, kind), name: changed}})
