"""Whether an AI feature answers in time, as sentences."""

from collections.abc import Iterator
from functools import partial

from roadmap_tui.forecast.simulation.amounts import mean, median_of
from roadmap_tui.narrative.readiness.verdict import TopicAssessment, TopicVerdict
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.latency import LatencyBudget, LatencyMeasurement
from roadmap_tui.readiness.latency import (
    exceeds_kind_limit,
    latency_budget,
    latency_error_budget_used,
    latency_headroom,
)
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import (
    format_count,
    format_counted_share,
    format_milliseconds,
    format_whole_percent,
)


def latency_topic(latency: LatencyBudget, policy: Policy) -> TopicAssessment:
    """Assess whether answers are fast enough."""
    return TopicAssessment(
        "latency", _latency_verdict(latency, policy), partial(_latency_sentences, latency, policy)
    )


def _latency_verdict(latency: LatencyBudget, policy: Policy) -> TopicVerdict:
    return _late_verdict(latency, policy) or _on_time_verdict(latency, policy)


def _late_verdict(latency: LatencyBudget, policy: Policy) -> TopicVerdict | None:
    """The reason why answers are too slow; None if they are not known to be."""
    allowed, left, burnt = (
        latency_budget(latency),
        latency_headroom(latency, median_of),
        latency_error_budget_used(latency, policy),
    )
    p95 = latency.measured.p95 if latency.measured else None
    if burnt is not None and burnt > 1:
        return TopicVerdict(
            "bad", f"{format_whole_percent(burnt)} burnt" if burnt < 10 else "burnt"
        )
    if p95 is not None and _exceeds(p95, allowed):
        return TopicVerdict("bad", f"p95 {format_milliseconds(p95)}")
    if left is not None and mean(left) < 0:
        return TopicVerdict("bad", "over budget")
    return TopicVerdict("bad", f"no {latency.kind}") if exceeds_kind_limit(latency) else None


def _exceeds(ms: float, allowed: float | None) -> bool:
    return allowed is not None and ms > allowed


def _on_time_verdict(latency: LatencyBudget, policy: Policy) -> TopicVerdict:
    """The verdict if answers are not known to be too slow."""
    allowed, left, burnt = (
        latency_budget(latency),
        latency_headroom(latency, median_of),
        latency_error_budget_used(latency, policy),
    )
    p95 = latency.measured.p95 if latency.measured else None
    if allowed is None and burnt is None:
        if latency.kind == "background":
            return TopicVerdict("good", "background")
        return TopicVerdict("unknown", "no budget")
    if p95 is not None:
        return TopicVerdict("good", f"p95 {format_milliseconds(p95)}")
    if left is not None:
        return TopicVerdict("good", f"{format_whole_percent(mean(left))} left")
    if burnt is None:
        return TopicVerdict("unknown", "untested")
    return TopicVerdict("good", f"{format_whole_percent(burnt)} burnt")


def _latency_sentences(latency: LatencyBudget, policy: Policy) -> Iterator[str]:
    allowed = latency_budget(latency)
    sentences = [
        *_measured_sentences(latency, policy, allowed),
        *_budget_sentences(latency, allowed),
    ]
    yield from (sentence for _, sentence in sorted(sentences, key=lambda each: not each[0]))
    if allowed is None:
        if latency.kind == "background":
            yield "in the background: no user waits"
        else:
            yield "no budget: p95_ms, or a kind"


def _measured_sentences(
    latency: LatencyBudget, policy: Policy, allowed: float | None
) -> Iterator[tuple[bool, str]]:
    """Measured latency; each sentence with whether it is too slow."""
    timing = latency.measured
    if timing is None:
        return
    yield from _error_budget_sentences(latency, timing, policy, allowed)
    given = (("p50", timing.p50), ("p95", timing.p95), ("p99", timing.p99))
    known = ", ".join(f"{name} {format_milliseconds(ms)}" for name, ms in given if ms is not None)
    is_late = timing.p95 is not None and _exceeds(timing.p95, allowed)
    if known:
        yield is_late, f"{known} on {format_date(timing.on)}, budget {_format_budget(allowed)}"


def _error_budget_sentences(
    latency: LatencyBudget, timing: LatencyMeasurement, policy: Policy, allowed: float | None
) -> Iterator[tuple[bool, str]]:
    """The share of answers in time; with whether it burns more than the error budget."""
    burnt = latency_error_budget_used(latency, policy)
    if burnt is None or timing.within is None or not timing.of:
        return
    slo = policy.slo if latency.slo is None else latency.slo
    late = ", more than there is" if burnt > 1 else ""
    share = (
        f"{format_counted_share(timing.within, timing.of)} within {_format_budget(allowed)},"
        f" {format_whole_percent(slo)} must be"
    )
    yield burnt > 1, f"{share}: {format_whole_percent(burnt)} of the error budget burnt{late}"


def _budget_sentences(latency: LatencyBudget, allowed: float | None) -> Iterator[tuple[bool, str]]:
    """Latency from steps and budget; each sentence with whether it is too slow."""
    left = latency_headroom(latency, median_of)
    if isinstance(left, float) and allowed is not None:
        taken = sum(step.ms.p50 for step in latency.steps)
        if left >= 0:
            room = f"{format_whole_percent(left)} of the budget left"
        else:
            room = f"{format_whole_percent(-left)} more than the budget"
        steps = (
            f"{format_count(len(latency.steps), 'step')}"
            f" take{'s' if len(latency.steps) == 1 else ''}"
        )
        yield (
            left < 0,
            f"{steps} {format_milliseconds(taken)} of {format_milliseconds(allowed)}: {room}",
        )
    elif allowed is not None and latency.measured is None:
        yield (
            False,
            f"budget {format_milliseconds(allowed)}; no step and no measurement shows whether it"
            " is kept",
        )
    if exceeds_kind_limit(latency):
        yield True, f"a budget of {_format_budget(allowed)} is too long for {latency.kind}"


def _format_budget(allowed: float | None) -> str:
    return "its budget" if allowed is None else format_milliseconds(allowed)
