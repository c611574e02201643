"""Formulas of unit economics: cost per task, margin per user, and cost shares."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.amounts import Amount, maximum, ratio, total

MILLION = 1e6


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One model call paid by tokens.

    Attributes:
        price_in, price_out: per million tokens.
        cached: saved share of the input price: cache hit rate x saving per hit.
        retry: repeated calls, per call.
    """

    tokens_in: Amount
    tokens_out: Amount
    price_in: Amount
    price_out: Amount
    cached: Amount = 0.0
    retry: Amount = 0.0


def call_cost(call: ModelCall) -> Amount:
    """Return the model cost of one task."""
    inside = call.tokens_in * call.price_in * (1 - call.cached)
    return (inside + call.tokens_out * call.price_out) / MILLION * (1 + call.retry)


def fixed_cost_per_task(fixed_month: Amount, volume_month: Amount | None) -> Amount | None:
    """Return a task's share of the monthly fixed cost; None if there is a cost and no tasks."""
    if not np.any(fixed_month):
        return 0.0
    if volume_month is None:
        return None
    return ratio(fixed_month, volume_month)


def review_cost(share: Amount, minutes: Amount, wage: Amount) -> Amount:
    """Return the cost per task of reviewing a share of the answers; the wage is per hour."""
    return share * minutes / 60 * wage


def cost_per_success(full: Amount, success: Amount) -> Amount | None:
    """Return the cost of one successful task; None if none succeeds."""
    return ratio(full, success)


def gross_margin(price: Amount, cost: Amount) -> Amount | None:
    """Return the share of the price left after cost, negative if it exceeds it.

    None without a price.
    """
    left = ratio(cost, price)
    return None if left is None else 1 - left


def user_cost(full: Amount, tasks: Amount, other: Amount = 0.0) -> Amount:
    """Return the cost of a user per month."""
    return full * tasks + other


@dataclass(frozen=True, slots=True)
class UserPrice:
    """What a user pays per month, and other costs of a user."""

    price: Amount
    other: Amount = 0.0


def max_tasks(paid: UserPrice, full: Amount, target: float = 0.0) -> Amount | None:
    """Return how many tasks a month leave the target margin.

    0 if even none do; None if a task costs nothing, so that any number does.
    """
    left = ratio(paid.price * (1 - target) - paid.other, full)
    return None if left is None else maximum(left, 0.0)


def lifetime_value(price: Amount, margin: Amount, churn_month: Amount) -> Amount | None:
    """Return the margin earned on a user until they leave; None if no user ever leaves.

    Args:
        price: per month.
        margin: share of the price that is left.
        churn_month: share of users that leave per month.
    """
    return ratio(price * margin, churn_month)


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A share of the users, and how many tasks each has per month."""

    share: float
    tasks: Amount


def blended_margin(users: Sequence[UserGroup], paid: UserPrice, full: Amount) -> Amount | None:
    """Return the margin over all users, weighted by their shares; None without users or price."""
    everyone = sum(each.share for each in users)
    if not everyone:
        return None
    cost = total(each.share / everyone * user_cost(full, each.tasks, paid.other) for each in users)
    return gross_margin(paid.price, cost)


def cost_shares(users: Iterable[UserGroup]) -> tuple[Amount | None, ...]:
    """Return each group's share of the cost of all tasks; None for each if there are no tasks."""
    tasks = [each.share * each.tasks for each in users]
    whole = total(tasks)
    return tuple(ratio(each, whole) for each in tasks)
