"""What one more person of each team adds, and the payroll, as sentences."""

from collections.abc import Iterator, Mapping

from roadmap_tui.forecast.analysis.capacity_value import CapacityValue
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.payroll import Payroll, yearly_pay
from roadmap_tui.narrative.money import plan_currency
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_share_change
from roadmap_tui.text.terminal_text import escape_control


def capacity_lines(
    capacity: Mapping[str, CapacityValue], plan: Plan, forecast: Forecast
) -> Iterator[str]:
    """One line by team: ``One more person on ML: +6.1% ± 0.2 of value by …, costs $240k a year``.

    Nothing for a plan without value.
    """
    until = format_date(forecast.horizon_end)
    for each in capacity.values():
        if not each.total:
            continue
        team = plan.teams[each.team]
        who = f"One more person on {escape_control(display_title(each.team, team.title))}"
        share = each.share
        gain = f"{format_share_change(share.mean, share.se)} of value by {until}"
        if not each.binds:
            gain = f"no gain by {until}, so people of this team aren't what limits the plan"
        yearly = yearly_pay(team.week_cost)
        pay = "what it costs is not set"
        if yearly is not None:
            pay = f"costs {plan_currency(plan).format_rounded(yearly)} a year"
        yield f"{who}: {gain}; {pay}"


def payroll_sentence(payroll: Payroll | None, forecast: Forecast, currency: Currency) -> str:
    """The pay of everyone to the horizon, and how much of it is work on the plan; or nothing."""
    if payroll is None:
        return ""
    total, work, rest = map(currency.format_rounded, (payroll.total, payroll.work, payroll.rest))
    return (
        f"Payroll to {format_date(forecast.horizon_end)}: {total}, of which {work} is expected to"
        f" be work on the plan and {rest} upkeep and time without work on it."
    )
