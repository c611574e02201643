"""How a model fails, as sentences."""

from collections.abc import Iterator, Mapping

from roadmap_tui.forecast.simulation.amounts import mean, median_of, total
from roadmap_tui.narrative.readiness.quality import REFERENCE_VOLUME
from roadmap_tui.narrative.readiness.verdict import (
    TopicAssessment,
    TopicVerdict,
)
from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.readiness.failure_modes import FailureMode
from roadmap_tui.readiness.failure_modes import (
    failure_harm,
    failure_harm_interval,
    failure_rate,
    share_of_harm,
)
from roadmap_tui.text.numbers import (
    format_count,
    format_counted_share,
    format_number,
    format_whole_percent,
)
from roadmap_tui.text.terminal_text import escape_control

ENOUGH_FAILURE_MODES = 3
"""From this many failure modes on, errors count as described."""
_SEVERITY = ("high", "medium", "low", None)


def failure_modes_topic(
    failures: Mapping[str, FailureMode], per_day: float | None
) -> TopicAssessment:
    """Assess failure modes, most severe first; also if none is recorded."""
    order = sorted(failures, key=lambda name: _SEVERITY.index(failures[name].severity))
    bare = [
        name
        for name in order
        if failures[name].severity == "high" and not failures[name].mitigation
    ]

    def write_sentences() -> Iterator[str]:
        if not failures:
            yield (
                "no failure mode is written down: what do the errors look like, and whom do they"
                " hurt?"
            )
        elif bare:
            yield f"severe and without mitigation: {', '.join(map(escape_control, bare))}"
        elif len(failures) < ENOUGH_FAILURE_MODES:
            yield (
                f"{format_count(len(failures), 'failure mode')} listed; it takes"
                f" {ENOUGH_FAILURE_MODES} to see what being wrong means"
            )
        harms = {name: failure_harm(name, failures[name], median_of) for name in order}
        whole = mean(total(harm for harm in harms.values() if harm is not None))
        several = sum(harm is not None for harm in harms.values()) > 1
        for name in order:
            yield from failure_mode_sentences(
                name, failures[name], per_day, whole if several else None
            )

    return TopicAssessment("failures", _failure_modes_verdict(failures, bare), write_sentences)


def _failure_modes_verdict(failures: Mapping[str, FailureMode], bare: list[str]) -> TopicVerdict:
    if not failures:
        return TopicVerdict("unknown", "none listed")
    if bare:
        return TopicVerdict("watch", f"{len(bare)} open")
    few = len(failures) < ENOUGH_FAILURE_MODES
    if few:
        return TopicVerdict("watch", f"{len(failures)} of {ENOUGH_FAILURE_MODES}")
    return TopicVerdict("good", f"{len(failures)} listed")


def failure_mode_sentences(
    name: str, failure: FailureMode, per_day: float | None, whole: float | None = None
) -> Iterator[str]:
    """Sentences about one failure mode: rate, harm, mitigation.

    Args:
        name: its name.
        failure: the failure mode.
        per_day: answers a day; None if unknown.
        whole: harm of all failure modes in 1,000 cases; None to leave its share out.
    """
    parts = [f"{failure.severity} severity"] if failure.severity else []
    parts += _frequency(failure, per_day)
    harm = failure_harm(name, failure, median_of)
    if harm is not None:
        part = None if whole is None else share_of_harm(harm, whole)
        of_all = "" if part is None else f", {format_whole_percent(mean(part))} of all harm"
        ends = failure_harm_interval(failure)
        between = "" if ends is None else f" ({'–'.join(map(format_number, ends))})"
        parts.append(f"harm {format_number(mean(harm))}{between} per 1,000{of_all}")
    yield f"{escape_control(name)}: {', '.join(parts)}"
    if failure.example:
        hurts = f"; hurts {escape_control(failure.hurts)}" if failure.hurts else ""
        yield f"  {escape_control(failure.example)}{hurts}"
    measures = "; ".join(_countermeasures(failure))
    if measures:
        yield f"  {measures}"


def _frequency(failure: FailureMode, per_day: float | None) -> list[str]:
    often = failure_rate(failure)
    if often is None or failure.hits is None or failure.of is None:
        return ["never counted"]
    ends = wilson_interval(failure.hits, failure.of)
    return [format_counted_share(failure.hits, failure.of), _daily_rate(often, ends, per_day)]


def _countermeasures(failure: FailureMode) -> Iterator[str]:
    if failure.caught is not None:
        yield f"{format_whole_percent(failure.caught.p50)} caught"
    if failure.mitigation:
        yield f"mitigation: {escape_control(failure.mitigation)}"
    if failure.fallback:
        yield f"fallback: {escape_control(failure.fallback)}"


def _daily_rate(often: float, ends: tuple[float, float], per_day: float | None) -> str:
    volume = REFERENCE_VOLUME if per_day is None else per_day
    between = "–".join(format_number(end * volume) for end in ends)
    return (
        f"{format_number(often * volume)} ({between}) a"
        f" day{f' of {REFERENCE_VOLUME:,.0f}' if per_day is None else ''}"
    )
