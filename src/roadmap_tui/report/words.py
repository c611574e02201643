"""Numbers, dates and titles as people read them."""

import datetime as dt
from typing import Literal, TypeAlias

from roadmap_tui.forecast.summary import Forecast, Quantiles

Precision: TypeAlias = Literal["week", "month", "quarter"]
_TO_QUARTERS, _TO_MONTHS, _A_YEAR = 26, 6, 53
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def percent(chance: float) -> str:
    """A chance: ``57%``, and never 0% or 100% unless it is."""
    if 0 < chance <= 0.005:
        return "<1%"
    if 0.995 <= chance < 1:
        return ">99%"
    return f"{chance * 100:.0f}%"


def in_ten(chance: float) -> str:
    """A chance as people say it: ``6 in 10``."""
    return f"{min(9, max(1, round(chance * 10)))} in 10" if 0 < chance < 1 else ("always" if chance >= 1 else "never")


def number(value: float) -> str:
    """A quantity: 1,536 or 12.4 or 0.85."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}".removesuffix(".0")


def tenths(weeks: float) -> str:
    """Person-weeks, to a tenth: ``3.8``."""
    return f"{weeks:.1f}".removesuffix(".0")


def ordinal(place: int) -> str:
    """A place in an order: ``2nd``."""
    ending = "th" if place % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{ending}"


def rounded(value: float) -> float:
    """A number at four significant digits, as scripts get it."""
    return float(f"{value:.4g}")


def date(day: dt.date) -> str:
    """A day: ``23 Nov 2026``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def month(day: dt.date) -> str:
    """A month with its year: ``Nov 2027``."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def precision(weeks: Quantiles) -> Precision:
    """How precisely dates of this spread may be told."""
    spread = weeks.p90 - weeks.p10
    return "quarter" if spread > _TO_QUARTERS else "month" if spread > _TO_MONTHS else "week"


def at(day: dt.date, how: Precision, until: dt.date) -> str:
    """A day at that precision, with its year where it lies beyond the end of the horizon."""
    year = f" {day.year}" if day > until else ""
    if how == "quarter":
        return f"Q{(day.month + 2) // 3}{year}"
    if how == "month":
        return f"{_MONTHS[day.month - 1]}{year}"
    return f"{day.day} {_MONTHS[day.month - 1]}{year}"


def span(forecast: Forecast, weeks: Quantiles | None) -> str:
    """The 80 % range of a time as dates, ``Feb–May`` or ``Q3–after Nov 2027``; ``–`` if there is none.

    Years are left out within the horizon while it is at most a year long, and told otherwise; where quarters go past
    the end of a year, the last one has its year, as in ``Q4–Q3 2027``.
    """
    if weeks is None:
        return "–"
    if weeks.p10 > forecast.horizon:
        return f"after {month(forecast.until)}"
    how = precision(weeks)
    until = forecast.until if forecast.horizon <= _A_YEAR else forecast.as_of
    first, last = forecast.day(weeks.p10), forecast.day(weeks.p90)
    low = at(first, how, until)
    if weeks.p90 > forecast.horizon:
        return f"{low}–after {month(forecast.until)}"
    high = at(last, how, until)
    if low == high and first.year != last.year:
        return f"{low} {first.year}–{high} {last.year}"
    if how == "quarter" and first.year != last.year and not high.endswith(str(last.year)):
        high = f"{high} {last.year}"
    return low if low == high else f"{low}–{high}"
