"""Segments: the whole may be fine while a part is not."""

from collections.abc import Iterator

from roadmap_tui.checks.context import CheckContext
from roadmap_tui.checks.judgement_violations import judged_violation, judged_violations
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import SetValue


@RuleInfo(
    "SG01",
    "W",
    "evaluate",
    reason=(
        "One figure for all hides whom it fails: a group of a tenth can fail by half and move it by"
        " five points."
    ),
    fix="list the segments that matter",
    source="J. Buolamwini, T. Gebru, Gender Shades, FAT* (2018)",
)
def sg01(context: CheckContext) -> Iterator[Violation]:
    """A model has a launch bar and no segments."""
    for name, each in context.judged("no segments"):
        place = context.item_path(name, "segments", "rare")
        yield judged_violation(context, name, each, (SetValue(place, {"kind": "rare-input"}),))


@RuleInfo(
    "SG02",
    "W",
    "evaluate",
    live_severity="E",
    reason=(
        "The floor was set for those in this segment; that the others are served better is no help"
        " to them."
    ),
    fix="exclude it, fix it, or review it",
)
def sg02(context: CheckContext) -> Iterator[Violation]:
    """The low end of a segment lies below its floor."""
    yield from judged_violations(context, "segment floor")


@RuleInfo(
    "SG03",
    "W",
    "evaluate",
    reason=(
        "Minorities, rare inputs and what is meant to break it are what the mean never shows; only"
        " where stakes are low may they wait."
    ),
    fix="add a segment of each kind, or set oversight.stakes to low",
)
def sg03(context: CheckContext) -> Iterator[Violation]:
    """No segment is of a minority, of rare or of adversarial inputs, where stakes aren't low."""
    for name, each in context.judged("segment kinds"):
        segments = context.plan.model[name].segments
        place = context.item_path(name, "segments", "rare")
        has_rare = any(segment.kind == "rare-input" for segment in segments.values())
        is_offered = not has_rare and "rare" not in segments
        edits = (SetValue(place, {"kind": "rare-input"}),) if is_offered else ()
        yield judged_violation(context, name, each, edits)


@RuleInfo(
    "SG04",
    "W",
    "evaluate",
    reason="A segment that is named and not counted only looks as if it were tested.",
    fix="measure it: hits and of",
)
def sg04(context: CheckContext) -> Iterator[Violation]:
    """No case of a segment is counted."""
    yield from judged_violations(context, "uncounted segment")


@RuleInfo(
    "SG05",
    "W",
    "evaluate",
    reason="A gap that equal segments of these sizes hardly ever show is one that users feel.",
    fix="find out what the worst segment lacks: data, labels, or a model of its own",
)
def sg05(context: CheckContext) -> Iterator[Violation]:
    """The worst segment lies further behind the best than chance explains."""
    yield from judged_violations(context, "segment gap")
