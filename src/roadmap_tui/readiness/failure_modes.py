"""Failure modes: what being wrong looks like, and what it costs."""

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountSampler,
    or_default,
    ratio,
    sample_share,
)
from roadmap_tui.plan.readiness.quality_bars import FailureMode


def failure_rate(failure: FailureMode) -> float | None:
    """The share of cases that fail so; None if none were counted."""
    return failure.hits / failure.of if failure.hits is not None and failure.of else None


def harm_per_1000(often: Amount, caught: Amount, cost: Amount) -> Amount:
    """What it costs in 1,000 cases.

    Args:
        often: the share of cases that fail so.
        caught: the share of those that is noticed before it does harm.
        cost: of one that is not.
    """
    return 1000 * often * (1 - caught) * cost


def failure_harm(name: str, failure: FailureMode, draw: AmountSampler) -> Amount | None:
    """What the failure mode of that name costs in 1,000 cases, nothing being caught unless it says so.

    None if no cases were counted, or if it does not tell what one costs.
    """
    often, cost = failure_rate(failure), draw(f"failures.{name}.cost", failure.cost)
    caught = sample_share(draw, f"failures.{name}.caught", failure.caught)
    return None if often is None or cost is None else harm_per_1000(often, or_default(caught), cost)


def wrong_per_day(right: Amount, volume: Amount) -> Amount:
    """How many of a day's cases are wrong if this share is right."""
    return (1 - right) * volume


def share_of_harm(own: Amount, whole: Amount) -> Amount | None:
    """The part that one failure mode has in all harm; None if there is no harm."""
    return ratio(own, whole)
