"""What makes up an amount, as bars in characters that hang where the one before ends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap_tui.fitness.feature_cost import FeatureCost
from roadmap_tui.report.currency import Currency, share

_PARTS = {"prediction": "a prediction", "model": "model calls", "fixed": "its part of fixed costs"}
_WHOLE, _PART = "█", "▒"


@dataclass(frozen=True, slots=True)
class Bar:
    """One step.

    Attributes:
        start, end: the amounts that it reaches from and to.
        text: how much it is, in words.
        is_whole: whether it is what the steps before come to.
    """

    label: str
    start: float
    end: float
    text: str
    is_whole: bool = False


def task_bars(cost: FeatureCost, currency: Currency) -> Iterator[Bar]:
    """What a task costs: its parts, review, and what it takes until one succeeds. Parts are means, and add up."""
    if cost.task is None:
        return
    at = 0.0
    if len(cost.parts) > 1:
        for name, part in cost.parts:
            yield Bar(_PARTS.get(name, name), at, at + part.mean, currency.money(part.mean))
            at += part.mean
    yield Bar("a task", 0.0, cost.task.mean, currency.figure(cost.task), is_whole=True)
    if cost.full is not None and cost.review is not None:
        yield Bar("review", cost.task.mean, cost.full.mean, currency.money(cost.review.mean))
        yield Bar(
            "a task, reviewed", 0.0, cost.full.mean, currency.figure(cost.full), is_whole=True
        )
    if cost.success is not None:
        yield Bar("a success", 0.0, cost.success.mean, currency.figure(cost.success), is_whole=True)


def user_bars(cost: FeatureCost, currency: Currency) -> Iterator[Bar]:
    """What is left of the price of a user's month, on average over the groups; the steps are means, and add up."""
    if cost.price is None or cost.used is None:
        return
    price, used = cost.price.mean, cost.used.mean
    other = cost.other.mean if cost.other else 0.0
    yield Bar("price of a month", 0.0, price, currency.figure(cost.price), is_whole=True)
    if cost.other is not None:
        yield Bar("other costs", price, price - other, currency.money(-other))
    yield Bar("tasks", price - other, price - other - used, currency.money(-used))
    left = price - other - used
    margin = f" = {share(cost.margins[0])}" if cost.margins[0] else ""
    yield Bar("left over", 0.0, left, f"{currency.money(left)}{margin}", is_whole=True)


def drawn(bars: Iterable[Bar], cells: int) -> list[str]:
    """Each bar in that many cells, all on one scale that has 0 in it; what is above 0 is at least a cell wide."""
    every = tuple(bars)
    ends = [end for bar in every for end in (bar.start, bar.end)]
    low, high = min([0.0, *ends]), max([0.0, *ends])
    return [_bar(bar, low, high, cells) for bar in every]


def _bar(bar: Bar, low: float, high: float, cells: int) -> str:
    if high <= low or bar.start == bar.end or cells < 1:
        return " " * max(cells, 0)
    first, last = sorted((edge - low) / (high - low) * cells for edge in (bar.start, bar.end))
    begin = min(int(first), cells - 1)
    length = min(max(1, round(last) - begin), cells - begin)
    return (
        " " * begin + (_WHOLE if bar.is_whole else _PART) * length + " " * (cells - begin - length)
    )
