"""What an item pays, from its table and its forecast."""

import numpy as np

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
from roadmap_tui.plan.money import BusinessCase
from roadmap_tui.plan.policy import Policy


def investment_amounts(
    roi: BusinessCase, draw: AmountSampler, built: Bools | bool = True
) -> InvestmentAmounts | None:
    """What an item costs and brings; None if its table tells neither what building it takes nor what it brings.

    Args:
        roi: its table; without a realisation and a ramp, all of the benefit comes true, and at once.
        draw: gives its quantities.
        built: where it is built at all.
    """
    build, benefit = draw("roi.build", roi.build), draw("roi.benefit_month", roi.benefit_month)
    if build is None or benefit is None:
        return None
    ramp = (sample_share(draw, f"roi.ramp.{at}", share) for at, share in enumerate(roi.ramp))
    return InvestmentAmounts(
        build=build if built is True else np.where(built, build, 0.0),
        run_month=or_default(draw("roi.run_month", roi.run_month)),
        benefit_month=benefit,
        realisation=or_default(sample_share(draw, "roi.realisation", roi.realisation), 1.0),
        ramp=tuple(share for share in ramp if share is not None),
    )


def cashflow_calendar(
    roi: BusinessCase, policy: Policy, forecast: Amount, ships: Bools | bool = True
) -> CashflowCalendar:
    """Over which months an item is looked at, and from which it is live.

    Args:
        roi: its table.
        policy: says over how many months, where the table does not.
        forecast: the month from which it is live where the table does not say (see `roi.month_of`).
        ships: whether it delivers.
    """
    months = policy.roi_months if roi.months is None else roi.months
    return CashflowCalendar(
        forecast if roi.launch_month is None else float(roi.launch_month), months, ships
    )


def item_return(
    business: InvestmentAmounts, calendar: CashflowCalendar, roi: BusinessCase, policy: Policy
) -> InvestmentReturn:
    """What an item pays, at the discount of its table or else the policy's."""
    return investment_return(
        business, calendar, policy.discount if roi.discount is None else roi.discount
    )
