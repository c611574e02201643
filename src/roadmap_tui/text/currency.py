"""Amounts of money: ``$1.38M``, ``€244k–€376k``, ``CHF 12.40``."""

import math
from dataclasses import dataclass

from roadmap_tui.text.numbers import format_effort
from roadmap_tui.text.ranges import QuantileRange, Quantity
from roadmap_tui.text.terminal_text import escape_control

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}
_SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
_MAX_CODE_LENGTH, _WHOLE, _EXACT, _MILLION = 8, 100, 1000, 1e6
_TINY, _DIGITS = 1e-9, 4


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: a sign before the number, or a code with a space."""

    sign: str

    @classmethod
    def from_code(cls, code: str) -> "Currency":
        """The currency with this code; unknown codes are shown as they are written."""
        written = escape_control(code.strip())
        if written.upper() in _SIGNS:
            return cls(_SIGNS[written.upper()])
        return cls(f"{written[:_MAX_CODE_LENGTH]} " if written else "")

    def format_amount(self, amount: float) -> str:
        """An amount: three digits from 100 on, two decimals below, four digits below 1."""
        return f"{'-' if amount < 0 else ''}{self.sign}{''.join(_scale(abs(amount)))}"

    def format_rounded(self, amount: float) -> str:
        """An amount in a sentence: two significant digits."""
        return self.format_amount(float(f"{amount:.2g}"))

    def format_spread(self, spread: QuantileRange) -> str:
        """The 80% range: ``$244k–$376k``, or ``-$80k to $20k`` where part of it is negative."""
        return _join_ends(self.format_amount(spread.p10), self.format_amount(spread.p90))

    def format_rounded_spread(self, spread: QuantileRange) -> str:
        """The 80% range in a sentence: two significant digits on either end."""
        return _join_ends(self.format_rounded(spread.p10), self.format_rounded(spread.p90))

    def format_figure(self, figure: Quantity | None) -> str:
        """The range, or the number if it is certain; ``–`` for None."""
        if figure is None:
            return "–"
        return (
            self.format_amount(figure.mean) if figure.is_sure else self.format_spread(figure.range)
        )


def _join_ends(low: str, high: str) -> str:
    if low == high:
        return low
    if low.startswith("-") or high.startswith("-"):
        return f"{low} to {high}"
    return f"{low}–{high}"


def format_effort_range(weeks: QuantileRange) -> str:
    """The 80% range of person-weeks: ``49–120``, halves below 4."""
    return _join_ends(format_effort(weeks.p10), format_effort(weeks.p90))


def format_count_range(spread: QuantileRange) -> str:
    """The 80% range of a count: ``61–94``."""
    low, high = format_quantity(spread.p10), format_quantity(spread.p90)
    return low if low == high else f"{low}–{high}"


def format_month_range(months: QuantileRange) -> str:
    """The 80% range of a month number: ``month 14–32``."""
    low, high = (f"{round(month):,}" for month in (months.p10, months.p90))
    return f"month {low}" if low == high else f"month {low}–{high}"


def format_count_figure(figure: Quantity | None) -> str:
    """The range of a count, or the number if it is certain; ``–`` for None."""
    if figure is None:
        return "–"
    return format_quantity(figure.mean) if figure.is_sure else format_count_range(figure.range)


def format_quantity(number: float) -> str:
    """A count: three digits from a million on and below 100, else whole."""
    if abs(number) >= _MILLION:
        return f"{'-' if number < 0 else ''}{''.join(_scale(abs(number)))}"
    return f"{number:,.0f}" if number == 0 or abs(number) >= 100 else f"{number:.3g}"


def format_rounded_count(number: float) -> str:
    """A count in a sentence: two significant digits, ``190k``."""
    return "".join(_scale(float(f"{number:.2g}")))


def format_share(figure: Quantity | None) -> str:
    """A share that may be negative or above 1: ``79%``, ``32–41%``; ``–`` for None."""
    if figure is None:
        return "–"
    if figure.is_sure:
        return _format_percent(figure.mean)
    low, high = _format_percent(figure.range.p10), _format_percent(figure.range.p90)
    if low == high:
        return low
    return f"{low} to {high}" if low.startswith("-") else f"{low[:-1]}–{high}"


def _format_percent(part: float) -> str:
    percent = float(round(part * 100))
    return f"{format_quantity(percent)}%" if percent else "0%"


def _scale(amount: float) -> tuple[str, str]:
    """The number in three digits and the unit it is scaled to: k, M, B, T."""
    rounded = float(f"{amount:.3g}")
    for scale, unit in _SCALES:
        if rounded >= scale:
            number = rounded / scale
            return (f"{number:.3g}", unit) if number < _EXACT else (f"{rounded:.3g}", "")
    if amount == 0 or amount >= 1:
        return (
            f"{amount:.0f}" if amount == round(amount) or rounded >= _WHOLE else f"{amount:.2f}"
        ), ""
    if amount < _TINY:
        return f"{amount:.3g}", ""
    places = _DIGITS - 1 - math.floor(math.log10(amount))
    text = f"{amount:.{places}f}".rstrip("0")
    return (text if len(text) > len("0.5") else f"{amount:.2f}"), ""
