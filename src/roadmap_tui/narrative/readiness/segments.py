"""The segments of a model's cases as sentences."""

from collections.abc import Iterator, Mapping

from roadmap_tui.narrative.readiness.verdict import (
    TopicAssessment,
    TopicVerdict,
    worst_verdict,
)
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.segments import DataSegment
from roadmap_tui.readiness.segments import (
    SegmentAssessment,
    measured_coverage,
    segment_assessments,
    widest_gap,
)
from roadmap_tui.text.numbers import (
    format_chance,
    format_count,
    format_measured,
    format_set_level,
)
from roadmap_tui.text.terminal_text import escape_control


def segment_verdict(fit: SegmentAssessment, floor: float | None) -> TopicVerdict:
    """The verdict of a segment against its floor."""
    if floor is None or not fit.is_below_floor:
        return TopicVerdict("good", "no floor" if floor is None else "clears")
    return TopicVerdict("bad", "below") if fit.value < floor else TopicVerdict("watch", "unsure")


def segments_topic(segments: Mapping[str, DataSegment], policy: Policy) -> TopicAssessment | None:
    """Assess segments; None without segments."""
    if not segments:
        return None
    fits = segment_assessments(segments)
    order = sorted(fits, key=lambda fit: -segment_verdict(fit, segments[fit.name].floor).severity)
    missed = [fit for fit in order if fit.is_below_floor]
    verdict = worst_verdict(segment_verdict(fit, segments[fit.name].floor) for fit in order)
    if verdict is None:
        return TopicAssessment(
            "segments",
            TopicVerdict("unknown", "untested"),
            lambda: ("no case of any segment was counted",),
        )
    word = f"{len(missed)} of {len(segments)}" if missed else "clear"

    def write_sentences() -> Iterator[str]:
        yield from (segment_sentence(fit, segments[fit.name]) for fit in order)
        there = {fit.name for fit in fits}
        yield from (
            f"{escape_control(name)}: no case counted" for name in segments if name not in there
        )
        yield f"the worst lies {(widest_gap(fits) or 0) * 100:.1f} points behind the best"
        covered = measured_coverage(segments, policy.segment_cases)
        yield (
            f"{format_chance(covered)} of all use lies in segments of {policy.segment_cases:,}"
            " cases or more"
        )

    return TopicAssessment("segments", TopicVerdict(verdict.level, word), write_sentences)


def segment_sentence(fit: SegmentAssessment, segment: DataSegment) -> str:
    """A segment with its gap and its floor."""
    of = f", {format_chance(segment.share)} of use" if segment.share is not None else ""
    gap = f"; {fit.gap * 100:.1f} points behind the best" if fit.gap else ""
    floor = "no floor set"
    if segment.floor is not None:
        verdict = segment_verdict(fit, segment.floor)
        words = {"good": "clears", "bad": "is below", "watch": "may be below"}
        floor = f"{words[verdict.level]} its floor {format_set_level(segment.floor)}"
    kind = f" ({segment.kind})" if segment.kind else ""
    value = (
        f"{format_measured(fit.value, fit.low, fit.high)} of"
        f" {format_count(segment.of or 0, 'case')}"
    )
    return f"{escape_control(fit.name)}{kind} {value}{of}: {floor}{gap}"
