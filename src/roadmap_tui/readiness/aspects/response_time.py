"""Latency: whether there is a budget, and whether it is kept."""

from collections.abc import Iterator

from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.latency import LatencyBudget
from roadmap_tui.readiness.judgement import Judgement, level_if
from roadmap_tui.readiness.latency import (
    LIMITS,
    exceeds_kind_limit,
    is_error_budget_exhausted,
    latency_budget,
    latency_slo,
    least_time,
    newest_timing,
    simulated_p95,
)
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_milliseconds, format_number, format_whole_percent


def judge_latency(latency: LatencyBudget | None, policy: Policy) -> Iterator[Judgement]:
    """Judge whether a feature answers in time."""
    budget = None if latency is None else latency_budget(latency)
    if latency is None or (budget is None and latency.kind != "background"):
        yield Judgement("latency", "no budget", ("latency",), "unknown", "no latency budget")
        return
    yield from _judge_kind(latency)
    if budget is not None:
        yield from _judge_steps(latency, budget)
        yield _judge_p95(latency, budget)
    yield from _judge_error_budget(latency, policy)


def _judge_kind(latency: LatencyBudget) -> Iterator[Judgement]:
    if not exceeds_kind_limit(latency) or latency.kind is None or latency.p95_ms is None:
        return
    limit = LIMITS[latency.kind]
    reason = (
        f"a budget of {format_number(latency.p95_ms)} ms is not {latency.kind}, which ends at"
        f" {format_number(limit)} ms"
    )
    numbers = (("budget", latency.p95_ms), ("limit", limit))
    path = ("latency", "p95_ms")
    yield Judgement("latency", "budget of its kind", path, "bad", reason, "", numbers)


def _judge_steps(latency: LatencyBudget, budget: float) -> Iterator[Judgement]:
    if not latency.steps:
        return
    path, limit = ("latency", "steps"), f"a budget of {format_number(budget)} ms"
    least, p95 = least_time(latency.steps), simulated_p95(latency.steps)
    if least > budget:
        reason = f"the medians of the steps alone take {format_number(least)} ms of {limit}"
        numbers = (("steps", least), ("budget", budget))
        yield Judgement("latency", "steps", path, "bad", reason, f"{least:g} ms", numbers)
    elif p95 is None:
        reason = "the steps don't add up to a p95: each needs its p50 and p95"
        yield Judgement("latency", "percentiles of steps", path, "unknown", reason)
    else:
        reason = f"the steps take {format_milliseconds(p95)} at p95, simulated, of {limit}"
        numbers = (("steps", p95), ("budget", budget))
        level = level_if(p95 > budget, "bad")
        yield Judgement("latency", "steps", path, level, reason, "p50 and p95 of steps", numbers)


def _judge_p95(latency: LatencyBudget, budget: float) -> Judgement:
    timing, path = newest_timing(latency), ("latency", "measured")
    if timing is None or (timing.p95 is None and not timing.of):
        reason = "how long answers take is not measured"
        return Judgement("latency", "unmeasured latency", ("latency",), "unknown", reason)
    evidence = f"measured on {format_date(timing.on)}"
    if timing.p95 is None:
        reason = "the p95 is not measured, only how many answers came in time"
        return Judgement("latency", "p95", path, "not applicable", reason, evidence)
    numbers = (("p95", timing.p95), ("budget", budget))
    taken, limit = format_milliseconds(timing.p95), format_milliseconds(budget)
    if timing.p95 > budget:
        reason = f"p95 {taken} is over the budget of {limit}"
        return Judgement("latency", "p95", path, "bad", reason, evidence, numbers)
    return Judgement("latency", "p95", path, "ok", f"p95 {taken} of {limit}", evidence, numbers)


def _judge_error_budget(latency: LatencyBudget, policy: Policy) -> Iterator[Judgement]:
    timing = newest_timing(latency)
    if timing is None or not timing.of or timing.within is None:
        return
    late, slo = 1 - timing.within / timing.of, latency_slo(latency, policy)
    reason = f"{format_whole_percent(late)} came too late, and {format_whole_percent(1 - slo)} may"
    level = level_if(is_error_budget_exhausted(latency, policy), "watch")
    evidence = f"{timing.within:,} of {timing.of:,} on {format_date(timing.on)}"
    numbers = (("late", late), ("allowed", 1 - slo))
    path = ("latency", "measured")
    yield Judgement("latency", "error budget", path, level, reason, evidence, numbers)
