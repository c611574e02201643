"""Effect of a scenario or a what-if on value and cost."""

from collections.abc import Iterator

from roadmap_tui.forecast.analysis.paired_difference import PairedDifference
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.plan_cost import ExpectedSpend
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.dates import Calendar, format_date
from roadmap_tui.text.numbers import format_effort, format_share_change


def value_effect(before: Forecast, after: Forecast) -> Iterator[str]:
    """The change in delivered value: ``value by Nov 2027 -12%``; nothing without a value."""
    if before.value:
        yield f"value by {format_date(before.horizon_end)} {after.value / before.value - 1:+.0%}"


def measured_value_effect(
    before: ExpectedSpend, after: ExpectedSpend, calendar: Calendar
) -> Iterator[str]:
    """The change in delivered value on the same runs: ``value by Nov 2027 -12% ± 1``.

    Nothing without a value.
    """
    whole = float(before.value.mean())
    if whole and before.value.shape == after.value.shape:
        share = PairedDifference.of(after.value, before.value).scaled(1 / whole)
        change = format_share_change(share.mean, share.se)
        yield f"value by {format_date(calendar.horizon_end)} {change}"


def cost_effect(before: ExpectedSpend, after: ExpectedSpend, currency: Currency) -> Iterator[str]:
    """The change in expected cost or, if people aren't priced, in person-weeks."""
    if before.cost or after.cost:
        costs = currency.format_rounded(before.cost), currency.format_rounded(after.cost)
        if costs[0] != costs[1]:
            yield f"work costs {costs[0]}→{costs[1]}"
        else:
            yield f"work costs {costs[1]} as before"
    if before.payroll != after.payroll:
        pay = map(currency.format_rounded, (before.payroll, after.payroll))
        yield f"payroll to the horizon {'→'.join(pay)}"
    if (before.weeks or after.weeks) and not (before.cost or after.cost):
        weeks = format_effort(before.weeks), format_effort(after.weeks)
        change = f"{weeks[0]}→{weeks[1]}" if weeks[0] != weeks[1] else f"{weeks[1]} as before"
        yield f"person-weeks {change}"
