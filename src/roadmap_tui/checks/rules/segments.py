"""Segments: the whole may be fine while a part is not."""

from collections.abc import Iterator

from roadmap_tui.checks.context import OPEN_OR_IDEA, CheckContext
from roadmap_tui.checks.rule import RuleInfo, Violation
from roadmap_tui.document.edits import SetValue
from roadmap_tui.readiness.segments import segment_assessments
from roadmap_tui.text.numbers import (
    format_measured,
    format_set_level,
)

_HARD_KINDS = {"rare-input", "adversarial"}


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
    for name, model in context.models(*OPEN_OR_IDEA, "live"):
        if not model.segments and any(bar.launch is not None for bar in model.bars.values()):
            path = context.item_path(name, "segments")
            edits = (SetValue((*path, "rare"), {"kind": "rare-input"}),)
            yield Violation(
                path, "a launch bar, and no segment is looked at by itself", edits=edits
            )


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
    for name, model in context.models(*OPEN_OR_IDEA, "live"):
        for fit in segment_assessments(model.segments):
            floor = model.segments[fit.name].floor
            if fit.is_below_floor and floor is not None:
                measured = format_measured(fit.value, fit.low, fit.high, floor)
                least = format_set_level(floor)
                text = f"{fit.name} {measured}: its low end is below its floor {least}"
                numbers = (("value", fit.value), ("low", fit.low), ("floor", floor))
                yield Violation(
                    context.item_path(name, "segments", fit.name), text, numbers=numbers, at="key"
                )


@RuleInfo(
    "SG03",
    "W",
    "evaluate",
    reason="What is rare, or meant to break it, is what the mean never shows.",
    fix="add a segment of rare inputs, and one of adversarial ones",
)
def sg03(context: CheckContext) -> Iterator[Violation]:
    """No segment is of rare or adversarial inputs."""
    for name, model in context.models(*OPEN_OR_IDEA, "live"):
        if model.segments and not any(each.kind in _HARD_KINDS for each in model.segments.values()):
            path = context.item_path(name, "segments")
            edits = (
                (SetValue((*path, "rare"), {"kind": "rare-input"}),)
                if "rare" not in model.segments
                else ()
            )
            yield Violation(path, "no segment of rare or adversarial inputs", edits=edits)
