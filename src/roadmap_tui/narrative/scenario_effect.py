"""Effect of a scenario or a what-if on value and cost."""

from collections.abc import Iterator

from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.plan_cost import ExpectedSpend
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_tenths


def value_effect(before: Forecast, after: Forecast) -> Iterator[str]:
    """The change in delivered value: ``value by Nov 2027 -12%``; nothing without a value."""
    if before.value:
        yield f"value by {format_date(before.horizon_end)} {after.value / before.value - 1:+.0%}"


def cost_effect(before: ExpectedSpend, after: ExpectedSpend, currency: Currency) -> Iterator[str]:
    """The change in expected cost or, if people aren't priced, in person-weeks."""
    if before.cost or after.cost:
        costs = currency.format_amount(before.cost), currency.format_amount(after.cost)
        if costs[0] != costs[1]:
            yield f"costs {costs[0]}→{costs[1]}"
        else:
            yield f"costs {costs[1]} as before"
    elif before.weeks or after.weeks:
        weeks = format_tenths(before.weeks), format_tenths(after.weeks)
        change = f"{weeks[0]}→{weeks[1]}" if weeks[0] != weeks[1] else f"{weeks[1]} as before"
        yield f"person-weeks {change}"
