"""What is told of a feature's unit economics: what a task's cost is made of, and what heavier use leaves over."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.fitness.amounts import Amount, Draw, Figure, figure, figure_of, known, total
from roadmap_tui.fitness.unit import UnitCost, task_parts, unit_cost
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.money import Cost

TIMES = (1, 3, 10)
"""How many times the tasks of the table are tried."""


@dataclass(frozen=True, slots=True)
class UsageCost:
    """Users who use it about equally often.

    Attributes:
        tasks: a month.
        caused: their part of the cost of all tasks.
        margins: what one leaves over at each of `TIMES`; None without a price.
    """

    name: str
    share: float
    tasks: Figure
    caused: Figure | None
    margins: tuple[Figure | None, ...]


@dataclass(frozen=True, slots=True)
class FeatureCost:
    """Unit economics; None of what the table does not tell.

    Attributes:
        parts: of a task, without review.
        review: of a task.
        task, full, success, most_tasks, ltv, earns_cac: see `unit.UnitCost`.
        price, other: a user's month, as the table has them.
        used: what the tasks of a user's month cost, on average over the groups.
        margins: over all groups at each of `TIMES`; the first is that of the table.
        target: the margin that is wanted.
        priced: the day of the prices.
        lacks: fields without which something is not told, each with what that is.
    """

    parts: tuple[tuple[str, Figure], ...]
    review: Figure | None
    task: Figure | None
    full: Figure | None
    success: Figure | None
    most_tasks: Figure | None
    ltv: Figure | None
    earns_cac: Figure | None
    price: Figure | None
    other: Figure | None
    used: Figure | None
    margins: tuple[Figure | None, ...]
    usage: tuple[UsageCost, ...]
    target: float | None
    priced: dt.date | None
    lacks: tuple[tuple[str, str], ...]


def feature_cost(cost: Cost, draw: Draw) -> FeatureCost:
    """Work out all that is told of a feature's unit economics."""
    found = [unit_cost(used(cost, times), draw) for times in TIMES]
    unit = found[0]
    parts = task_parts(cost, draw) or {}
    price, other = (
        draw("cost.price_user_month", cost.price_user_month),
        draw("cost.other_cogs", cost.other_cogs),
    )
    return FeatureCost(
        parts=tuple((name, figure(part)) for name, part in parts.items()),
        review=_review(cost, unit),
        task=figure_of(unit.task),
        full=figure_of(unit.full),
        success=figure_of(unit.success),
        most_tasks=figure_of(unit.most_tasks),
        ltv=figure_of(unit.ltv),
        earns_cac=figure_of(unit.earns_cac),
        price=figure_of(price),
        other=figure_of(other),
        used=_used(cost, unit, draw),
        margins=tuple(figure_of(each.margin) for each in found),
        usage=tuple(_usage(cost, found, at, draw) for at in range(len(cost.segments))),
        target=cost.margin_target,
        priced=cost.priced,
        lacks=tuple(_lacks(cost, unit)),
    )


def used(cost: Cost, times: float) -> Cost:
    """The table with that many times the tasks of every group; what a task costs stays as it is."""
    groups = (
        (
            group.model_copy(update={"tasks_month": _times(group.tasks_month, times)})
            if times != 1
            else group
        )
        for group in cost.segments
    )
    return cost.model_copy(update={"segments": tuple(groups)})


def _times(estimate: Estimate, times: float) -> Estimate:
    return Estimate(estimate.p10 * times, estimate.p50 * times, estimate.p90 * times)


def _review(cost: Cost, unit: UnitCost) -> Figure | None:
    known_both = cost.review is not None and unit.full is not None and unit.task is not None
    return figure(known(unit.full) - known(unit.task)) if known_both else None


def _used(cost: Cost, unit: UnitCost, draw: Draw) -> Figure | None:
    everyone = sum(group.share for group in cost.segments)
    if unit.full is None or not everyone:
        return None
    tasks = total(
        group.share / everyone * _tasks(cost, at, draw) for at, group in enumerate(cost.segments)
    )
    return figure(tasks * unit.full)


def _tasks(cost: Cost, at: int, draw: Draw) -> Amount:
    group = cost.segments[at]
    return known(draw(f"cost.segments.{group.name}", group.tasks_month))


def _usage(cost: Cost, found: list[UnitCost], at: int, draw: Draw) -> UsageCost:
    group = cost.segments[at]
    margins = tuple(figure_of(each.usage[at].margin) for each in found)
    caused = figure_of(found[0].usage[at].caused)
    return UsageCost(group.name, group.share, figure(_tasks(cost, at, draw)), caused, margins)


def _lacks(cost: Cost, unit: UnitCost) -> Iterator[tuple[str, str]]:
    if unit.task is None:
        yield _without_task(cost), "what a task costs"
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


def _without_task(cost: Cost) -> str:
    if cost.tokens_in is not None and cost.price_in is None:
        return "price_in"
    if cost.tokens_out is not None and cost.price_out is None:
        return "price_out"
    if cost.fixed_month is not None:
        return "volume_month, above 0"
    return "tokens_in, tokens_out, price_in and price_out, or per_prediction"
