"""Dates and ranges of dates as text."""

import datetime as dt
from typing import Literal, Protocol, TypeAlias

from roadmap_tui.text.ranges import QuantileRange

MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DatePrecision: TypeAlias = Literal["week", "month", "quarter"]


class Calendar(Protocol):
    """What turns the weeks of a forecast into days."""

    @property
    def as_of(self) -> dt.date:
        """The first day."""

    @property
    def horizon(self) -> float:
        """The number of weeks looked at."""

    @property
    def horizon_end(self) -> dt.date:
        """The last day of those."""

    def day(self, weeks: float) -> dt.date:
        """The day that many weeks from the first."""


_QUARTER_SPREAD_WEEKS, _MONTH_SPREAD_WEEKS, _YEAR_WEEKS = 26, 6, 53


def date_precision(weeks: QuantileRange) -> DatePrecision:
    """The precision that suits dates of this spread."""
    spread = weeks.p90 - weeks.p10
    if spread > _QUARTER_SPREAD_WEEKS:
        return "quarter"
    if spread > _MONTH_SPREAD_WEEKS:
        return "month"
    return "week"


def format_date(day: dt.date) -> str:
    """A day: ``23 Nov 2026``."""
    return f"{day.day} {MONTH_NAMES[day.month - 1]} {day.year}"


def format_month(day: dt.date) -> str:
    """A month with its year: ``Nov 2027``."""
    return f"{MONTH_NAMES[day.month - 1]} {day.year}"


def format_day(day: dt.date, how: DatePrecision, until: dt.date) -> str:
    """A day at that precision, with its year if it is after `until`."""
    year = f" {day.year}" if day > until else ""
    if how == "quarter":
        return f"Q{(day.month + 2) // 3}{year}"
    if how == "month":
        return f"{MONTH_NAMES[day.month - 1]}{year}"
    return f"{day.day} {MONTH_NAMES[day.month - 1]}{year}"


def prefix_by(text: str) -> str:
    """Prefix a date or range with "by", unless it says ``after Nov 2027``."""
    return text if "after " in text else f"by {text}"


def format_date_range(calendar: Calendar, weeks: QuantileRange | None) -> str:
    """An 80% range as dates, ``Feb–May`` or ``Q3–after Nov 2027``; ``–`` if there is none.

    Years are left out within a horizon of up to a year and shown otherwise; a range of quarters
    past the end of a year shows the last one's year, as in ``Q4–Q3 2027``.
    """
    if weeks is None:
        return "–"
    if weeks.p10 > calendar.horizon:
        return f"after {format_month(calendar.horizon_end)}"
    how = date_precision(weeks)
    until = calendar.horizon_end if calendar.horizon <= _YEAR_WEEKS else calendar.as_of
    first, last = calendar.day(weeks.p10), calendar.day(weeks.p90)
    low = format_day(first, how, until)
    if weeks.p90 > calendar.horizon:
        return f"{low}–after {format_month(calendar.horizon_end)}"
    high = format_day(last, how, until)
    if first.year == last.year:
        return low if low == high else f"{low}–{high}"
    if low == high:
        return f"{low} {first.year}–{high} {last.year}"
    if how == "quarter" and not high.endswith(str(last.year)):
        high = f"{high} {last.year}"
    return f"{low}–{high}"
