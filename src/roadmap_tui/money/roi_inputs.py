"""Inputs of the return calculation, from an item's business case and its forecast."""

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountSampler,
    Bools,
    or_default,
    sample_share,
)
from roadmap_tui.money.cashflow import (
    CashflowCalendar,
    InvestmentAmounts,
    InvestmentReturn,
    investment_return,
)
from roadmap_tui.plan.money.economics import BusinessCase
from roadmap_tui.plan.policy import Policy


def investment_amounts(
    roi: BusinessCase, draw: AmountSampler, build: Amount
) -> InvestmentAmounts | None:
    """Return an item's cost and benefit; None if its benefit is missing.

    Args:
        roi: its business case; without a realisation and a ramp, all of the benefit is realised at
            once.
        draw: samples its quantities.
        build: its build cost in each run, 0 where it isn't built.
    """
    benefit = draw("roi.benefit_month", roi.benefit_month)
    if benefit is None:
        return None
    ramp = (sample_share(draw, f"roi.ramp.{at}", share) for at, share in enumerate(roi.ramp))
    return InvestmentAmounts(
        build=build,
        run_month=or_default(draw("roi.run_month", roi.run_month)),
        benefit_month=benefit,
        realisation=or_default(sample_share(draw, "roi.realisation", roi.realisation), 1.0),
        ramp=tuple(share for share in ramp if share is not None),
    )


def evaluation_months(roi: BusinessCase, policy: Policy) -> int:
    """Return the length of the evaluation period, of the table or else of the policy."""
    return policy.roi_months if roi.months is None else roi.months


def cashflow_calendar(
    roi: BusinessCase, policy: Policy, forecast: Amount, ships: Bools | bool = True
) -> CashflowCalendar:
    """Return the evaluation period and the launch month of an item.

    Args:
        roi: its business case.
        policy: default of the period.
        forecast: default of the launch, in months from the start.
        ships: whether it delivers.
    """
    months = evaluation_months(roi, policy)
    # a launch month is live from its first day
    launch = forecast if roi.launch_month is None else roi.launch_month - 1.0
    return CashflowCalendar(launch, months, ships)


def item_return(
    business: InvestmentAmounts, calendar: CashflowCalendar, roi: BusinessCase, policy: Policy
) -> InvestmentReturn:
    """Return an item's return, at its own discount rate or else the policy's."""
    return investment_return(
        business, calendar, policy.discount if roi.discount is None else roi.discount
    )
