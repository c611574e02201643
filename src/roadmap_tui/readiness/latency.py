"""Latency: whether answers are fast enough for what users are doing."""

from collections.abc import Iterable

from roadmap_tui.forecast.simulation.amounts import Amount, AmountSampler, ratio, total
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.latency import LatencyBudget, LatencyClass

LIMITS: dict[LatencyClass, float] = {"instant": 100.0, "flow": 1_000.0, "attention": 10_000.0}
"""Milliseconds after which an answer no longer feels instant, breaks the flow, loses attention.

Source: R. B. Miller, AFIPS 33 (1968); J. Nielsen, Usability Engineering (1993), ch. 5.
"""

_ROUNDING = 1e-6


def latency_budget(latency: LatencyBudget) -> float | None:
    """Return the p95 limit in milliseconds: the table's own, or else its kind's.

    None without one.
    """
    if latency.p95_ms is not None:
        return latency.p95_ms
    if latency.kind is None:
        return None
    return LIMITS.get(latency.kind)


def exceeds_kind_limit(latency: LatencyBudget) -> bool:
    """Return whether the budget is more than its kind allows."""
    limit = None if latency.kind is None else LIMITS.get(latency.kind)
    return limit is not None and latency.p95_ms is not None and latency.p95_ms > limit


def headroom(steps: Iterable[Amount], milliseconds: float) -> Amount | None:
    """Return the share of the budget that the steps leave, negative if they exceed it.

    None for a budget of 0.
    """
    taken = ratio(total(steps), milliseconds)
    return None if taken is None else 1 - taken


def latency_headroom(latency: LatencyBudget, draw: AmountSampler) -> Amount | None:
    """Return the share of the budget that a feature's steps leave.

    None without a budget or without steps.
    """
    milliseconds = latency_budget(latency)
    if milliseconds is None or not latency.steps:
        return None
    taken = (draw(f"latency.steps.{at}", step.ms) for at, step in enumerate(latency.steps))
    return headroom((each for each in taken if each is not None), milliseconds)


def error_budget_used(within: int, of: int, slo: float) -> float | None:
    """Return the used share of the error budget: share of late answers / share that may be late.

    None if nothing was measured, or if some were late where none may be.

    Source: B. Beyer et al., Site Reliability Engineering (2016), ch. 3.
    """
    if not of:
        return None
    if within == of:
        return 0.0
    used = ratio(1 - within / of, 1 - slo)
    return None if used is None else float(used)


def latency_error_budget_used(latency: LatencyBudget, policy: Policy) -> float | None:
    """Return the used share of a feature's error budget.

    None if answers in time weren't counted.
    """
    timing = latency.measured
    if timing is None or timing.within is None or timing.of is None:
        return None
    return error_budget_used(timing.within, timing.of, latency_slo(latency, policy))


def latency_slo(latency: LatencyBudget, policy: Policy) -> float:
    """Return the share of answers that should be in time: the table's own, or else the policy's."""
    if latency.slo is None:
        return policy.slo
    return latency.slo


def is_error_budget_exhausted(latency: LatencyBudget, policy: Policy) -> bool:
    """Return whether more answers were late than allowed."""
    timing = latency.measured
    if timing is None or timing.within is None or not timing.of:
        return False
    # rounding in slo x total must not exhaust a budget that is used up exactly
    return timing.within < latency_slo(latency, policy) * timing.of - _ROUNDING
