"""Unit economics of a feature, from its table."""

from dataclasses import dataclass

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountSampler,
    or_default,
    ratio,
    sample_share,
    total,
)
from roadmap_tui.money.unit_formulas import (
    ModelCall,
    UserGroup,
    UserPrice,
    blended_margin,
    call_cost,
    cost_per_success,
    cost_shares,
    fixed_cost_per_task,
    gross_margin,
    lifetime_value,
    max_tasks,
    review_cost,
    user_cost,
)
from roadmap_tui.plan.money.economics import TaskCost
from roadmap_tui.plan.readiness.oversight import HumanReview


@dataclass(frozen=True, slots=True)
class GroupEconomics:
    """Users with similar usage.

    Attributes:
        margin: share of the price that is left; None without a price.
        cost_share: their share of the cost of all tasks; None if there are none.
    """

    name: str
    share: float
    margin: Amount | None
    cost_share: Amount | None


@dataclass(frozen=True, slots=True)
class UnitEconomics:
    """Cost per task and margin per user; fields are None where inputs are missing.

    Attributes:
        task: without review.
        full: with review.
        success: per successful task.
        margin: over all user groups.
        max_tasks: per month, at the target margin, or else at 0.
        ltv: lifetime value of a user.
        ltv_to_cac: lifetime value / acquisition cost.
    """

    task: Amount | None
    full: Amount | None
    success: Amount | None
    margin: Amount | None
    max_tasks: Amount | None
    ltv: Amount | None
    ltv_to_cac: Amount | None
    usage: tuple[GroupEconomics, ...]


def unit_economics(
    cost: TaskCost, draw: AmountSampler, people: Amount | None = None
) -> UnitEconomics:
    """Return a feature's unit economics.

    Args:
        cost: its table.
        draw: samples its quantities.
        people: who share its monthly volume, where no groups of users are stated.
    """
    task = task_cost(cost, draw)
    full = None if task is None else _with_review(task, cost.review, draw)
    paid = _user_price(cost, draw)
    users = [
        UserGroup(each.share, or_default(draw(f"cost.segments.{each.name}", each.tasks_month)))
        for each in cost.segments
    ]
    everyone = users or _average_user(cost, draw, people)
    margin = None if paid is None or full is None else blended_margin(everyone, paid, full)
    ltv = _lifetime_value(cost, paid, margin, draw)
    groups = zip(cost.segments, users, cost_shares(users), strict=True)
    return UnitEconomics(
        task=task,
        full=full,
        success=_success_cost(cost, full, draw),
        margin=margin,
        max_tasks=_max_tasks(cost, paid, full),
        ltv=ltv,
        ltv_to_cac=_ltv_to_cac(cost, ltv, draw),
        usage=tuple(
            GroupEconomics(group.name, group.share, _group_margin(user, paid, full), share)
            for group, user, share in groups
        ),
    )


def _average_user(cost: TaskCost, draw: AmountSampler, people: Amount | None) -> list[UserGroup]:
    """Return one group of all users, with their share of the volume; none if that is unknown."""
    volume = draw("cost.volume_month", cost.volume_month)
    tasks = None if volume is None or people is None else ratio(volume, people)
    return [] if tasks is None else [UserGroup(1.0, tasks)]


def _user_price(cost: TaskCost, draw: AmountSampler) -> UserPrice | None:
    price = draw("cost.price_user_month", cost.price_user_month)
    if price is None:
        return None
    return UserPrice(price, or_default(draw("cost.other_cogs", cost.other_cogs)))


def _success_cost(cost: TaskCost, full: Amount | None, draw: AmountSampler) -> Amount | None:
    success = sample_share(draw, "cost.success", cost.success)
    if full is None or success is None:
        return None
    return cost_per_success(full, success)


def _max_tasks(cost: TaskCost, paid: UserPrice | None, full: Amount | None) -> Amount | None:
    if paid is None or full is None:
        return None
    return max_tasks(paid, full, cost.margin_target or 0.0)


def _ltv_to_cac(cost: TaskCost, ltv: Amount | None, draw: AmountSampler) -> Amount | None:
    cac = draw("cost.cac", cost.cac)
    if ltv is None or cac is None:
        return None
    return ratio(ltv, cac)


def task_cost(cost: TaskCost, draw: AmountSampler) -> Amount | None:
    """Return a task's cost without review: as stated, or else the sum of its parts.

    None if there are none, if tokens have no price, or if a monthly cost has no volume.
    """
    parts = task_parts(cost, draw)
    return total(parts.values()) if parts else None


def task_parts(cost: TaskCost, draw: AmountSampler) -> dict[str, Amount] | None:
    """Return the parts of a task's cost by name.

    None where `task_cost` is None, but empty if nothing is set.
    """
    if cost.per_prediction is not None:
        return {"prediction": or_default(draw("cost.per_prediction", cost.per_prediction))}
    parts: dict[str, Amount | None] = {}
    if cost.tokens_in is not None or cost.tokens_out is not None:
        parts["model"] = _token_cost(cost, draw)
    for name in ("retrieval", "safety"):
        if getattr(cost, name) is not None:
            parts[name] = draw(f"cost.{name}", getattr(cost, name))
    month = draw("cost.fixed_month", cost.fixed_month)
    if month is not None:
        parts["fixed"] = fixed_cost_per_task(month, draw("cost.volume_month", cost.volume_month))
    known = {name: part for name, part in parts.items() if part is not None}
    return known if len(known) == len(parts) else None


def _token_cost(cost: TaskCost, draw: AmountSampler) -> Amount | None:
    inside, out = draw("cost.tokens_in", cost.tokens_in), draw("cost.tokens_out", cost.tokens_out)
    price_in = draw("cost.price_in", cost.price_in)
    price_out = draw("cost.price_out", cost.price_out)
    if (inside is not None and price_in is None) or (out is not None and price_out is None):
        return None
    hit = sample_share(draw, "cost.cache_hit", cost.cache_hit)
    saving = sample_share(draw, "cost.cache_saving", cost.cache_saving)
    retry = or_default(draw("cost.retry", cost.retry))
    cached = or_default(hit) * or_default(saving)
    return call_cost(
        ModelCall(
            or_default(inside),
            or_default(out),
            or_default(price_in),
            or_default(price_out),
            cached,
            retry,
        )
    )


def _with_review(task: Amount, review: HumanReview | None, draw: AmountSampler) -> Amount | None:
    """Return a task's cost with review; None if minutes or wage are missing."""
    if review is None:
        return task
    minutes = draw("cost.review.minutes", review.minutes)
    wage = draw("cost.review.wage", review.wage)
    if minutes is None or wage is None:
        return None
    share = or_default(sample_share(draw, "cost.review.share", review.share), 1.0)
    return task + review_cost(share, minutes, wage)


def _group_margin(users: UserGroup, paid: UserPrice | None, full: Amount | None) -> Amount | None:
    if paid is None or full is None:
        return None
    return gross_margin(paid.price, user_cost(full, users.tasks, paid.other))


def _lifetime_value(
    cost: TaskCost, paid: UserPrice | None, kept: Amount | None, draw: AmountSampler
) -> Amount | None:
    churn = sample_share(draw, "cost.churn_month", cost.churn_month)
    if paid is None or kept is None or churn is None:
        return None
    return lifetime_value(paid.price, kept, churn)
