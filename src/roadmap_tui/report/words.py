"""Numbers, dates and titles as people read them."""

import datetime as dt
from typing import Literal, TypeAlias

from roadmap_tui.forecast.summary import Forecast, Quantiles
from roadmap_tui.plan.words import (
    MONTHS,
    date,
    in_ten,
    month,
    number,
    ordinal,
    percent,
    rounded,
    tenths,
)

__all__ = [
    "Precision",
    "at",
    "by",
    "date",
    "in_ten",
    "month",
    "number",
    "ordinal",
    "percent",
    "precision",
    "rounded",
    "span",
    "tenths",
]

Precision: TypeAlias = Literal["week", "month", "quarter"]
_TO_QUARTERS, _TO_MONTHS, _A_YEAR = 26, 6, 53


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
        return f"{MONTHS[day.month - 1]}{year}"
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def by(text: str) -> str:
    """A date or a range with "by" before it, unless it says already that it lies after a day: ``after Nov 2027``."""
    return text if "after " in text else f"by {text}"


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
