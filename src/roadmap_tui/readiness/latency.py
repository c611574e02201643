"""Latency: whether answers are fast enough for what users are doing."""

from collections.abc import Iterable

import numpy as np

from roadmap_tui.forecast.simulation.amounts import ratio
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.latency import (
    LatencyBudget,
    LatencyClass,
    LatencyMeasurement,
    LatencyStep,
)

LIMITS: dict[LatencyClass, float] = {"instant": 100.0, "flow": 1_000.0, "attention": 10_000.0}
"""Milliseconds after which an answer no longer feels instant, breaks the flow, loses attention.

Source: R. B. Miller, AFIPS 33 (1968); J. Nielsen, Usability Engineering (1993), ch. 5.
"""

Z95_ONE_SIDED = 1.6448536269514722
"""The normal deviate below which 95% lie."""
_ROUNDING = 1e-6
_SEED = 1968
_ANSWERS = 50_000


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


def simulated_p95(steps: Iterable[LatencyStep]) -> float | None:
    """Return the time within which 95% of answers pass all steps, in milliseconds.

    The p95s of steps don't add up to it: answers that are late at one step are rarely late at the
    others. So the sum is simulated, of independent steps, each lognormal through its p50 and p95.
    None if there are no steps, or if one lacks either.
    """
    quantiles = [(step.p50, step.p95) for step in steps]
    known = [(p50, p95) for p50, p95 in quantiles if p50 is not None and p95 is not None]
    if not known or len(known) < len(quantiles):
        return None
    deviates = np.random.default_rng(_SEED).standard_normal((_ANSWERS, len(known)))
    middles = np.log([p50 for p50, _ in known])
    spreads = np.log([p95 / p50 for p50, p95 in known]) / Z95_ONE_SIDED
    return float(np.quantile(np.exp(middles + spreads * deviates).sum(axis=1), 0.95))


def least_time(steps: Iterable[LatencyStep]) -> float:
    """Return the sum of the steps' medians, in milliseconds: at least half of answers take more.

    A step that gives only its p95, or a time without a percentile, counts by that.
    """
    return sum(median_of_step(step) for step in steps)


def median_of_step(step: LatencyStep) -> float:
    """Return the time of a step in half of the answers, in milliseconds; 0 if it is unknown."""
    if step.p50 is not None:
        return step.p50
    if step.ms is not None:
        return step.ms.p50
    return 0.0


def headroom(milliseconds: float, budget: float) -> float | None:
    """Return the share of the budget that is left, negative if it is exceeded.

    None for a budget of 0.
    """
    taken = ratio(milliseconds, budget)
    return None if taken is None else 1 - float(taken)


def latency_headroom(latency: LatencyBudget) -> float | None:
    """Return the share of the budget that the simulated p95 of a feature's steps leaves.

    None without a budget, or where the steps' percentiles are unknown.
    """
    budget, taken = latency_budget(latency), simulated_p95(latency.steps)
    if budget is None or taken is None:
        return None
    return headroom(taken, budget)


def newest_timing(latency: LatencyBudget) -> LatencyMeasurement | None:
    """Return the newest measurement; None without one."""
    return next(iter(latency.newest_measurements()), None)


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
    timing = newest_timing(latency)
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
    timing = newest_timing(latency)
    if timing is None or timing.within is None or not timing.of:
        return False
    # rounding in slo x total must not exhaust a budget that is used up exactly
    return timing.within < latency_slo(latency, policy) * timing.of - _ROUNDING
