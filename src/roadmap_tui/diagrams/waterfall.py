"""The parts of an amount as a waterfall chart in characters."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap_tui.money.feature_cost import FeatureCost
from roadmap_tui.text.currency import Currency, format_share

_PARTS = {"prediction": "a prediction", "model": "model calls", "fixed": "its part of fixed costs"}
_TOTAL, _PART = "█", "▒"


@dataclass(frozen=True, slots=True)
class WaterfallBar:
    """One step.

    Attributes:
        start, end: the amounts it spans.
        text: the amount as text.
        is_total: whether it is the sum of the steps before.
    """

    label: str
    start: float
    end: float
    text: str
    is_total: bool = False


def task_bars(cost: FeatureCost, currency: Currency) -> Iterator[WaterfallBar]:
    """The cost of a task: parts, review, and cost per success. Parts are means, and add up."""
    if cost.task is None:
        return
    at = 0.0
    if len(cost.parts) > 1:
        for name, part in cost.parts:
            yield WaterfallBar(
                _PARTS.get(name, name), at, at + part.mean, currency.format_amount(part.mean)
            )
            at += part.mean
    yield WaterfallBar(
        "a task", 0.0, cost.task.mean, currency.format_figure(cost.task), is_total=True
    )
    if cost.full is not None and cost.review is not None:
        yield WaterfallBar(
            "review", cost.task.mean, cost.full.mean, currency.format_amount(cost.review.mean)
        )
        yield WaterfallBar(
            "a task, reviewed",
            0.0,
            cost.full.mean,
            currency.format_figure(cost.full),
            is_total=True,
        )
    if cost.success is not None:
        yield WaterfallBar(
            "a success", 0.0, cost.success.mean, currency.format_figure(cost.success), is_total=True
        )


def user_bars(cost: FeatureCost, currency: Currency) -> Iterator[WaterfallBar]:
    """The margin of a user's month, on average over the groups; steps are means, and add up."""
    if cost.price is None or cost.usage_cost is None:
        return
    price, used = cost.price.mean, cost.usage_cost.mean
    other = cost.other.mean if cost.other else 0.0
    yield WaterfallBar(
        "price of a month", 0.0, price, currency.format_figure(cost.price), is_total=True
    )
    if cost.other is not None:
        yield WaterfallBar("other costs", price, price - other, currency.format_amount(-other))
    yield WaterfallBar("tasks", price - other, price - other - used, currency.format_amount(-used))
    left = price - other - used
    margin = f" = {format_share(cost.margins[0])}" if cost.margins[0] else ""
    yield WaterfallBar(
        "left over", 0.0, left, f"{currency.format_amount(left)}{margin}", is_total=True
    )


def draw_waterfall(bars: Iterable[WaterfallBar], cells: int) -> list[str]:
    """Draw the bars in this many cells on a scale with 0; positive ones take at least a cell."""
    every = tuple(bars)
    ends = [0.0, *(bar.start for bar in every), *(bar.end for bar in every)]
    low, high = min(ends), max(ends)
    return [_bar(bar, low, high, cells) for bar in every]


def _bar(bar: WaterfallBar, low: float, high: float, cells: int) -> str:
    if high <= low or bar.start == bar.end or cells < 1:
        return " " * max(cells, 0)
    first, last = sorted((edge - low) / (high - low) * cells for edge in (bar.start, bar.end))
    begin = min(int(first), cells - 1)
    length = min(max(1, round(last) - begin), cells - begin)
    return (
        " " * begin + (_TOTAL if bar.is_total else _PART) * length + " " * (cells - begin - length)
    )
