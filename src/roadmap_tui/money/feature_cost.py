"""A feature's unit economics in figures: parts of a task's cost, and margins under heavier use."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountSampler,
    AmountSummary,
    or_default,
    summarise,
    summarise_optional,
    total,
)
from roadmap_tui.money.unit_economics import UnitEconomics, task_parts, unit_economics
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.money.economics import TaskCost

USAGE_MULTIPLES = (1, 3, 10)
"""How many times the tasks of the table are tried."""


@dataclass(frozen=True, slots=True)
class UsageSummary:
    """Users with similar usage.

    Attributes:
        tasks: per month.
        cost_share: their share of the cost of all tasks.
        margins: at each of `USAGE_MULTIPLES`; None without a price.
    """

    name: str
    share: float
    tasks: AmountSummary
    cost_share: AmountSummary | None
    margins: tuple[AmountSummary | None, ...]


@dataclass(frozen=True, slots=True)
class FeatureCost:
    """Unit economics; fields are None where inputs are missing.

    Attributes:
        parts: of a task, without review.
        review: of a task.
        task, full, success, max_tasks, ltv, ltv_to_cac: see `unit_economics.UnitEconomics`.
        price, other: per user and month, as set in the table.
        usage_cost: of a user's tasks per month, averaged over the groups.
        margins: over all groups at each of `USAGE_MULTIPLES`; the first is that of the table.
        target: target margin.
        priced: date of the prices.
        missing_inputs: fields without which a figure is missing, each with that figure.
    """

    parts: tuple[tuple[str, AmountSummary], ...]
    review: AmountSummary | None
    task: AmountSummary | None
    full: AmountSummary | None
    success: AmountSummary | None
    max_tasks: AmountSummary | None
    ltv: AmountSummary | None
    ltv_to_cac: AmountSummary | None
    price: AmountSummary | None
    other: AmountSummary | None
    usage_cost: AmountSummary | None
    margins: tuple[AmountSummary | None, ...]
    usage: tuple[UsageSummary, ...]
    target: float | None
    priced: dt.date | None
    missing_inputs: tuple[tuple[str, str], ...]


def feature_cost(cost: TaskCost, draw: AmountSampler) -> FeatureCost:
    """Return a feature's unit economics in figures."""
    found = [unit_economics(with_usage(cost, times), draw) for times in USAGE_MULTIPLES]
    unit = found[0]
    parts = task_parts(cost, draw) or {}
    price = draw("cost.price_user_month", cost.price_user_month)
    other = draw("cost.other_cogs", cost.other_cogs)
    return FeatureCost(
        parts=tuple((name, summarise(part)) for name, part in parts.items()),
        review=_review(cost, unit),
        task=summarise_optional(unit.task),
        full=summarise_optional(unit.full),
        success=summarise_optional(unit.success),
        max_tasks=summarise_optional(unit.max_tasks),
        ltv=summarise_optional(unit.ltv),
        ltv_to_cac=summarise_optional(unit.ltv_to_cac),
        price=summarise_optional(price),
        other=summarise_optional(other),
        usage_cost=_usage_cost(cost, unit, draw),
        margins=tuple(summarise_optional(each.margin) for each in found),
        usage=tuple(_usage_summary(cost, found, at, draw) for at in range(len(cost.segments))),
        target=cost.margin_target,
        priced=cost.priced,
        missing_inputs=tuple(_missing_inputs(cost, unit)),
    )


def with_usage(cost: TaskCost, times: float) -> TaskCost:
    """Return the table with every group's tasks multiplied; the cost of a task stays the same."""
    if times == 1:
        return cost
    groups = [
        group.model_copy(update={"tasks_month": _scaled_estimate(group.tasks_month, times)})
        for group in cost.segments
    ]
    return cost.model_copy(update={"segments": tuple(groups)})


def _scaled_estimate(estimate: Estimate, times: float) -> Estimate:
    return Estimate(estimate.p10 * times, estimate.p50 * times, estimate.p90 * times)


def _review(cost: TaskCost, unit: UnitEconomics) -> AmountSummary | None:
    if cost.review is None or unit.full is None or unit.task is None:
        return None
    return summarise(unit.full - unit.task)


def _usage_cost(cost: TaskCost, unit: UnitEconomics, draw: AmountSampler) -> AmountSummary | None:
    everyone = sum(group.share for group in cost.segments)
    if unit.full is None or not everyone:
        return None
    tasks = total(
        group.share / everyone * _tasks(cost, at, draw) for at, group in enumerate(cost.segments)
    )
    return summarise(tasks * unit.full)


def _tasks(cost: TaskCost, at: int, draw: AmountSampler) -> Amount:
    group = cost.segments[at]
    return or_default(draw(f"cost.segments.{group.name}", group.tasks_month))


def _usage_summary(
    cost: TaskCost, found: list[UnitEconomics], at: int, draw: AmountSampler
) -> UsageSummary:
    group = cost.segments[at]
    margins = tuple(summarise_optional(each.usage[at].margin) for each in found)
    caused = summarise_optional(found[0].usage[at].cost_share)
    return UsageSummary(group.name, group.share, summarise(_tasks(cost, at, draw)), caused, margins)


def _missing_inputs(cost: TaskCost, unit: UnitEconomics) -> Iterator[tuple[str, str]]:
    if unit.task is None:
        yield _missing_task_input(cost), "what a task costs"
    elif unit.full is None:
        yield "review = { minutes, wage }", "what a task costs with review"
    if cost.price_user_month is None:
        yield "price_user_month", "the margin"
    elif not cost.segments:
        yield "segments = [{ name, share, tasks_month }]", "the margin, and who causes the cost"
    if cost.success is None:
        yield "success", "what a success costs"
    if cost.churn_month is None and cost.price_user_month is not None:
        yield "churn_month", "what a user leaves over in all"
    if cost.priced is None:
        yield "priced", "the day of the prices"


def _missing_task_input(cost: TaskCost) -> str:
    if cost.tokens_in is not None and cost.price_in is None:
        return "price_in"
    if cost.tokens_out is not None and cost.price_out is None:
        return "price_out"
    if cost.fixed_month is not None:
        return "volume_month, above 0"
    return "tokens_in, tokens_out, price_in and price_out, or per_prediction"
