"""Segments: whether each is counted, reaches its floor, and lags behind by more than chance."""

from collections.abc import Iterator

from roadmap_tui.plan.items import Model
from roadmap_tui.plan.readiness.oversight import Stakes
from roadmap_tui.readiness.judgement import Judgement, JudgementLevel, level_if
from roadmap_tui.readiness.segments import (
    SegmentAssessment,
    gap_by_chance,
    segment_assessments,
    widest_gap,
)
from roadmap_tui.text.numbers import (
    format_beside_level,
    format_count,
    format_interval,
    format_set_level,
)

SEGMENT_KINDS: dict[str, frozenset[str]] = {
    "a minority": frozenset({"language", "demographic", "device", "minority", "new-user"}),
    "rare inputs": frozenset({"rare-input"}),
    "adversarial inputs": frozenset({"adversarial"}),
}
"""What must be looked at by itself, and the kinds of segments that are it."""


def judge_segments(model: Model, stakes: Stakes | None) -> Iterator[Judgement]:
    """Judge the segments of a model.

    Args:
        model: with or without segments.
        stakes: the highest ones of the features that use it; None if no feature states them.
    """
    if not model.segments:
        if any(bar.launch is not None for bar in model.bars.values()):
            reason = "a launch level, and no segment is measured on its own"
            yield Judgement("segments", "no segments", ("segments",), "unknown", reason)
        return
    yield from _judge_kinds(model, stakes)
    fits = segment_assessments(model.segments)
    counted = {fit.name: fit for fit in fits}
    for name in model.segments:
        if name in counted:
            yield _judge_floor(model, counted[name])
        else:
            path = ("segments", name)
            reason = f"{name}: no case of this segment is counted"
            yield Judgement("segments", "uncounted segment", path, "unknown", reason, is_key=True)
    yield from _judge_gap(fits)


def _judge_kinds(model: Model, stakes: Stakes | None) -> Iterator[Judgement]:
    if stakes == "low":
        return
    kinds = {segment.kind for segment in model.segments.values()}
    missing = [what for what, of in SEGMENT_KINDS.items() if not of & kinds]
    if missing:
        reason = f"no segment of {' or of '.join(missing)}"
        numbers = (("missing", len(missing)),)
        yield Judgement(
            "segments", "segment kinds", ("segments",), "unknown", reason, numbers=numbers
        )


def _judge_floor(model: Model, fit: SegmentAssessment) -> Judgement:
    segment, path = model.segments[fit.name], ("segments", fit.name)
    interval = format_interval(fit.low, fit.high)
    evidence = f"{interval} of {format_count(segment.of or 0, 'case')}"
    if segment.floor is None:
        reason = f"{fit.name} has no floor to judge it by"
        issue = "segment without floor"
        return Judgement("segments", issue, path, "ok", reason, evidence, is_key=True)
    value, floor = format_beside_level(fit.value, segment.floor), format_set_level(segment.floor)
    numbers = (("value", fit.value), ("low", fit.low), ("floor", segment.floor))
    if not fit.is_below_floor:
        reason = f"{fit.name} {value} {interval} clears its floor {floor}"
        return Judgement(
            "segments", "segment floor", path, "ok", reason, evidence, numbers, is_key=True
        )
    level: JudgementLevel = "bad" if fit.value < segment.floor else "watch"
    reason = f"{fit.name} {value} {interval}: its low end is below its floor {floor}"
    return Judgement(
        "segments", "segment floor", path, level, reason, evidence, numbers, is_key=True
    )


def _judge_gap(fits: tuple[SegmentAssessment, ...]) -> Iterator[Judgement]:
    gap = widest_gap(fits)
    if gap is None or len(fits) < 2:
        return
    chance, worst = gap_by_chance(fits), max(fits, key=lambda fit: fit.gap)
    numbers = (("gap", gap), ("by_chance", chance))
    beside = f"chance alone gives {100 * chance:.1f} for segments of these sizes"
    reason = f"{worst.name} lies {100 * gap:.1f} points behind the best; {beside}"
    path, level = ("segments", worst.name), level_if(gap > chance, "watch")
    evidence = f"{len(fits)} segments counted"
    yield Judgement("segments", "segment gap", path, level, reason, evidence, numbers, is_key=True)
