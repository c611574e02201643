"""What an item pays, from its table and its forecast."""

import numpy as np

from roadmap_tui.fitness.amounts import Amount, Bools, Draw, known, limited
from roadmap_tui.fitness.roi import Business, Calendar, Return, returns
from roadmap_tui.plan.money import Roi
from roadmap_tui.plan.policy import Policy


def business_of(roi: Roi, draw: Draw, built: Bools | bool = True) -> Business | None:
    """What an item costs and brings; None if its table tells neither what building it takes nor what it brings.

    Args:
        roi: its table; without a realisation and a ramp, all of the benefit comes true, and at once.
        draw: gives its quantities.
        built: where it is built at all.
    """
    build, benefit = draw("roi.build", roi.build), draw("roi.benefit_month", roi.benefit_month)
    if build is None or benefit is None:
        return None
    ramp = (limited(draw, f"roi.ramp.{at}", share) for at, share in enumerate(roi.ramp))
    return Business(
        build=build if built is True else np.where(built, build, 0.0),
        run_month=known(draw("roi.run_month", roi.run_month)),
        benefit_month=benefit,
        realisation=known(limited(draw, "roi.realisation", roi.realisation), 1.0),
        ramp=tuple(share for share in ramp if share is not None),
    )


def calendar_of(roi: Roi, policy: Policy, forecast: Amount, ships: Bools | bool = True) -> Calendar:
    """Over which months an item is looked at, and from which it is live.

    Args:
        roi: its table.
        policy: says over how many months, where the table does not.
        forecast: the month from which it is live where the table does not say (see `roi.month_of`).
        ships: whether it delivers.
    """
    months = policy.roi_months if roi.months is None else roi.months
    return Calendar(
        forecast if roi.launch_month is None else float(roi.launch_month), months, ships
    )


def return_of(business: Business, calendar: Calendar, roi: Roi, policy: Policy) -> Return:
    """What an item pays, at the discount of its table or else the policy's."""
    return returns(business, calendar, policy.discount if roi.discount is None else roi.discount)
