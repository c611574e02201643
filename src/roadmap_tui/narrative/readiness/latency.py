"""Whether an AI feature answers in time, as sentences."""

from collections.abc import Iterator
from functools import partial

from roadmap_tui.narrative.readiness.verdict import ReadinessLevel, TopicAssessment, TopicVerdict
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.latency import LatencyBudget, LatencyMeasurement
from roadmap_tui.readiness.latency import (
    exceeds_kind_limit,
    latency_budget,
    latency_error_budget_used,
    latency_headroom,
    least_time,
    newest_timing,
)
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import (
    format_count,
    format_counted_share,
    format_milliseconds,
    format_whole_percent,
)


def latency_topic(latency: LatencyBudget, policy: Policy, level: ReadinessLevel) -> TopicAssessment:
    """Whether answers are fast enough, at a level that was judged."""
    verdict = TopicVerdict(level, _latency_word(latency, policy))
    return TopicAssessment("latency", verdict, partial(_latency_sentences, latency, policy))


def _latency_word(latency: LatencyBudget, policy: Policy) -> str:
    """The figure that the level rests on."""
    allowed, timing = latency_budget(latency), newest_timing(latency)
    burnt, left = latency_error_budget_used(latency, policy), latency_headroom(latency)
    if burnt is not None and burnt > 1:
        return f"{format_whole_percent(burnt)} burnt" if burnt < 10 else "burnt"
    if timing is not None and timing.p95 is not None:
        return f"p95 {format_milliseconds(timing.p95)}"
    if burnt is not None:
        return f"{format_whole_percent(burnt)} burnt"
    return _planned_word(latency, allowed, left)


def _planned_word(latency: LatencyBudget, allowed: float | None, left: float | None) -> str:
    """The word for what isn't measured."""
    if allowed is None:
        return "background" if latency.kind == "background" else "no budget"
    if least_time(latency.steps) > allowed or (left is not None and left < 0):
        return "over budget"
    if exceeds_kind_limit(latency):
        return f"no {latency.kind}"
    return "untested" if left is None else f"{format_whole_percent(left)} left"


def _exceeds(ms: float, allowed: float | None) -> bool:
    return allowed is not None and ms > allowed


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
    """Measured latency and its trend; each sentence with whether it is too slow."""
    timings = latency.newest_measurements()
    if not timings:
        return
    timing = timings[0]
    yield from _error_budget_sentences(latency, timing, policy, allowed)
    given = (("p50", timing.p50), ("p95", timing.p95), ("p99", timing.p99))
    known = ", ".join(f"{name} {format_milliseconds(ms)}" for name, ms in given if ms is not None)
    is_late = timing.p95 is not None and _exceeds(timing.p95, allowed)
    if known:
        yield is_late, f"{known} on {format_date(timing.on)}, budget {_format_budget(allowed)}"
    earlier = next((each for each in timings[1:] if each.p95 is not None), None)
    if timing.p95 is not None and earlier is not None and earlier.p95 is not None:
        change = f"{format_milliseconds(earlier.p95)} → {format_milliseconds(timing.p95)}"
        yield False, f"p95 {change} since {format_date(earlier.on)}"


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
    left, least = latency_headroom(latency), least_time(latency.steps)
    if allowed is not None and least > allowed:
        taken, limit = format_milliseconds(least), format_milliseconds(allowed)
        yield True, f"the steps' medians alone take {taken} of {limit}"
    elif left is not None and allowed is not None:
        room = f"{format_whole_percent(left)} of the budget left"
        if left < 0:
            room = f"{format_whole_percent(-left)} more than the budget"
        taken = format_milliseconds(allowed * (1 - left))
        yield (
            left < 0,
            f"{format_count(len(latency.steps), 'step')}, simulated: p95 {taken} of"
            f" {format_milliseconds(allowed)}, {room}",
        )
    elif latency.steps and allowed is not None:
        yield False, "the steps don't add up to a p95: each needs its p50 and p95"
    elif allowed is not None and not latency.measured:
        yield (
            False,
            f"budget {format_milliseconds(allowed)}; no step and no measurement shows whether it"
            " is kept",
        )
    if exceeds_kind_limit(latency):
        yield True, f"a budget of {_format_budget(allowed)} is too long for {latency.kind}"


def _format_budget(allowed: float | None) -> str:
    return "its budget" if allowed is None else format_milliseconds(allowed)
