"""Failure modes: what being wrong looks like, and what it costs."""

from roadmap_tui.fitness.amounts import Amount, Draw, known, limited, ratio
from roadmap_tui.plan.bars import Failure


def rate(failure: Failure) -> float | None:
    """The share of cases that fail so; None if none were counted."""
    return failure.hits / failure.of if failure.hits is not None and failure.of else None


def harm(often: Amount, caught: Amount, cost: Amount) -> Amount:
    """What it costs in 1,000 cases.

    Args:
        often: the share of cases that fail so.
        caught: the share of those that is noticed before it does harm.
        cost: of one that is not.
    """
    return 1000 * often * (1 - caught) * cost


def harm_of(name: str, failure: Failure, draw: Draw) -> Amount | None:
    """What the failure mode of that name costs in 1,000 cases, nothing being caught unless it says so.

    None if no cases were counted, or if it does not tell what one costs.
    """
    often, cost = rate(failure), draw(f"failures.{name}.cost", failure.cost)
    caught = limited(draw, f"failures.{name}.caught", failure.caught)
    return None if often is None or cost is None else harm(often, known(caught), cost)


def wrong_a_day(right: Amount, volume: Amount) -> Amount:
    """How many of a day's cases are wrong if this share is right."""
    return (1 - right) * volume


def share_of_harm(own: Amount, whole: Amount) -> Amount | None:
    """The part that one failure mode has in all harm; None if there is no harm."""
    return ratio(own, whole)
