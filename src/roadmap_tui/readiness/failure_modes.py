"""Failure modes: how the model is wrong, and what that costs."""

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountSampler,
    or_default,
    ratio,
    sample_share,
)
from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.readiness.failure_modes import FailureMode


def failure_rate(failure: FailureMode) -> float | None:
    """Return the share of cases that fail this way; None if none were counted."""
    if failure.hits is not None and failure.of:
        return failure.hits / failure.of
    return None


def harm_per_1000(often: Amount, caught: Amount, cost: Amount) -> Amount:
    """Return the cost of a failure mode in 1,000 cases.

    Args:
        often: share of cases that fail this way.
        caught: share of those that is noticed before it does harm.
        cost: of one that is not.
    """
    return 1000 * often * (1 - caught) * cost


def failure_harm(name: str, failure: FailureMode, draw: AmountSampler) -> Amount | None:
    """Return the cost of the named failure mode in 1,000 cases; by default no failure is caught.

    None if no cases were counted or the cost of one is missing.
    """
    often, cost = failure_rate(failure), draw(f"failures.{name}.cost", failure.cost)
    caught = sample_share(draw, f"failures.{name}.caught", failure.caught)
    if often is None or cost is None:
        return None
    return harm_per_1000(often, or_default(caught), cost)


def failure_harm_interval(failure: FailureMode) -> tuple[float, float] | None:
    """Return the cost in 1,000 cases at both ends of the rate's 95% interval.

    With the likely cost and the likely share that is caught; None where `failure_harm` is.
    """
    if failure.hits is None or not failure.of or failure.cost is None:
        return None
    caught = 0.0 if failure.caught is None else failure.caught.p50
    low, high = (
        1000 * end * (1 - caught) * failure.cost.p50
        for end in wilson_interval(failure.hits, failure.of)
    )
    return low, high


def wrong_per_day(right: Amount, volume: Amount) -> Amount:
    """Return how many of a day's cases are wrong at this accuracy."""
    return (1 - right) * volume


def share_of_harm(own: Amount, whole: Amount) -> Amount | None:
    """Return one failure mode's share of all harm; None if there is no harm."""
    return ratio(own, whole)
