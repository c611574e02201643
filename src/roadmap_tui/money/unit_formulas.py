"""Unit economics: what a task costs, what a user leaves over, and who causes the cost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from roadmap_tui.forecast.simulation.amounts import Amount, maximum, ratio, total

MILLION = 1e6


@dataclass(frozen=True, slots=True)
class ModelCall:
    """One call of a model that is paid by tokens.

    Attributes:
        price_in, price_out: per million tokens.
        cached: how much of the price of what goes in is saved: the share that hits the cache x what a hit saves.
        retry: calls made again, per call.
    """

    tokens_in: Amount
    tokens_out: Amount
    price_in: Amount
    price_out: Amount
    cached: Amount = 0.0
    retry: Amount = 0.0


def call_cost(call: ModelCall) -> Amount:
    """What the model costs for one task."""
    inside = call.tokens_in * call.price_in * (1 - call.cached)
    return (inside + call.tokens_out * call.price_out) / MILLION * (1 + call.retry)


def fixed_cost_per_task(fixed_month: Amount, volume_month: Amount | None) -> Amount | None:
    """A task's part of what is paid every month; None if that is something and there are no tasks."""
    if not np.any(fixed_month):
        return 0.0
    return None if volume_month is None else ratio(fixed_month, volume_month)


def review_cost(share: Amount, minutes: Amount, wage: Amount) -> Amount:
    """What looking at a share of the answers costs per task; the wage is per hour."""
    return share * minutes / 60 * wage


def cost_per_success(full: Amount, success: Amount) -> Amount | None:
    """What it costs until one task succeeds; None if none does."""
    return ratio(full, success)


def gross_margin(price: Amount, cost: Amount) -> Amount | None:
    """The share of the price that its cost leaves over, negative if it leaves nothing; None if nothing is paid."""
    left = ratio(cost, price)
    return None if left is None else 1 - left


def user_cost(full: Amount, tasks: Amount, other: Amount = 0.0) -> Amount:
    """What a user costs in a month."""
    return full * tasks + other


@dataclass(frozen=True, slots=True)
class UserPrice:
    """What a user pays in a month, and what else a user costs in it."""

    price: Amount
    other: Amount = 0.0


def max_tasks(paid: UserPrice, full: Amount, target: float = 0.0) -> Amount | None:
    """How many tasks a month leave the target margin.

    0 if even none do; None if a task costs nothing, and so any number does.
    """
    left = ratio(paid.price * (1 - target) - paid.other, full)
    return None if left is None else maximum(left, 0.0)


def lifetime_value(price: Amount, margin: Amount, churn_month: Amount) -> Amount | None:
    """What a user leaves over until they go, negative with the margin; None if nobody ever goes.

    Args:
        price: a month.
        margin: the margin.
        churn_month: the share of users that go in a month.
    """
    return ratio(price * margin, churn_month)


@dataclass(frozen=True, slots=True)
class UserGroup:
    """A share of the users, and how many tasks each has in a month."""

    share: float
    tasks: Amount


def blended_margin(users: Sequence[UserGroup], paid: UserPrice, full: Amount) -> Amount | None:
    """The margin over all users, weighted by their shares; None without users, or if nothing is paid."""
    everyone = sum(each.share for each in users)
    if not everyone:
        return None
    cost = total(each.share / everyone * user_cost(full, each.tasks, paid.other) for each in users)
    return gross_margin(paid.price, cost)


def cost_shares(users: Iterable[UserGroup]) -> tuple[Amount | None, ...]:
    """The part of the cost of all tasks that each group causes; None of each if there are no tasks."""
    tasks = [each.share * each.tasks for each in users]
    whole = total(tasks)
    return tuple(ratio(each, whole) for each in tasks)
