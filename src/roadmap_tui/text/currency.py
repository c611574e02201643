"""Amounts of money as people read them: ``$1.38M``, ``€244–376k``, ``CHF 12.40``."""

import math
from dataclasses import dataclass

from roadmap_tui.text.ranges import QuantileRange, Quantity
from roadmap_tui.text.terminal_text import escape_control

_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "INR": "₹", "KRW": "₩"}
_SCALES = ((1e12, "T"), (1e9, "B"), (1e6, "M"), (1e3, "k"))
_LONGEST, _WHOLE, _EXACT, _MILLION = 8, 100, 1000, 1e6
_TINY, _DIGITS = 1e-9, 4


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency: a sign that stands before the number, or a code with a space."""

    sign: str

    @classmethod
    def from_code(cls, code: str) -> "Currency":
        """The currency of a plan, whatever was written there."""
        written = escape_control(code.strip())
        if written.upper() in _SIGNS:
            return cls(_SIGNS[written.upper()])
        return cls(f"{written[:_LONGEST]} " if written else "")

    def format_amount(self, amount: float) -> str:
        """An amount: three digits from 100 on, hundredths below, and of less than 1 four digits."""
        return f"{'-' if amount < 0 else ''}{self.sign}{''.join(_scaled(abs(amount)))}"

    def format_spread(self, spread: QuantileRange) -> str:
        """Where it lies 8 times in 10: ``$244–376k``, or ``-$80k to $20k`` where some of it is below 0."""
        low, high = self.format_amount(spread.p10), self.format_amount(spread.p90)
        if low == high:
            return low
        if low.startswith("-") or high.startswith("-"):
            return f"{low} to {high}"
        (first, one), (last, other) = _scaled(spread.p10), _scaled(spread.p90)
        return f"{self.sign}{first}{'' if one == other else one}–{last}{other}"

    def format_figure(self, figure: Quantity | None) -> str:
        """The range, or the number where it is sure; ``–`` where there is none."""
        if figure is None:
            return "–"
        return (
            self.format_amount(figure.mean) if figure.is_sure else self.format_spread(figure.range)
        )


def format_count_range(spread: QuantileRange) -> str:
    """Where a count lies 8 times in 10: ``61–94``."""
    low, high = format_quantity(spread.p10), format_quantity(spread.p90)
    return low if low == high else f"{low}–{high}"


def format_month_range(months: QuantileRange) -> str:
    """Where a month lies 8 times in 10, by its number: ``month 14–32``."""
    low, high = (f"{round(month):,}" for month in (months.p10, months.p90))
    return f"month {low}" if low == high else f"month {low}–{high}"


def format_count_figure(figure: Quantity | None) -> str:
    """The range of a count, or the number where it is sure; ``–`` where there is none."""
    if figure is None:
        return "–"
    return format_quantity(figure.mean) if figure.is_sure else format_count_range(figure.range)


def format_quantity(number: float) -> str:
    """A count: three digits from a million on and below 100, whole between."""
    if abs(number) >= _MILLION:
        return f"{'-' if number < 0 else ''}{''.join(_scaled(abs(number)))}"
    return f"{number:,.0f}" if number == 0 or abs(number) >= 100 else f"{number:.3g}"


def format_share(figure: Quantity | None) -> str:
    """A share that may be below 0 or above 1: ``79%``, ``32–41%``; ``–`` where there is none."""
    if figure is None:
        return "–"
    if figure.is_sure:
        return _percent(figure.mean)
    low, high = _percent(figure.range.p10), _percent(figure.range.p90)
    if low == high:
        return low
    return f"{low} to {high}" if low.startswith("-") else f"{low[:-1]}–{high}"


def _percent(part: float) -> str:
    percent = float(round(part * 100))
    return f"{format_quantity(percent)}%" if percent else "0%"


def _scaled(amount: float) -> tuple[str, str]:
    """The number and its unit: the thousands, millions, ... that its three digits reach."""
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
