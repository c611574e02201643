"""Segments: the whole may be fine while a part is not."""

from collections.abc import Iterator

from roadmap_tui.checks.subject import WANTED, Subject
from roadmap_tui.checks.values import Hit, Mistake
from roadmap_tui.files.edits import SetValue
from roadmap_tui.fitness.segments import segment_fits
from roadmap_tui.plan.words import beside, interval, plain_level

_HARD = {"rare-input", "adversarial"}


@Mistake(
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
def sg01(seen: Subject) -> Iterator[Hit]:
    """A model has a launch bar and no segments."""
    for name, model in seen.models(*WANTED, "live"):
        if not model.segments and any(bar.launch is not None for bar in model.bars.values()):
            path = seen.path(name, "segments")
            edits = (SetValue((*path, "rare"), {"kind": "rare-input"}),)
            yield Hit(path, "a launch bar, and no segment is looked at by itself", edits=edits)


@Mistake(
    "SG02",
    "W",
    "evaluate",
    live="E",
    reason=(
        "The floor was set for those in this segment; that the others are served better is no help"
        " to them."
    ),
    fix="exclude it, mend it, or review it",
)
def sg02(seen: Subject) -> Iterator[Hit]:
    """The low end of a segment lies below its floor."""
    for name, model in seen.models(*WANTED, "live"):
        for fit in segment_fits(model.segments):
            floor = model.segments[fit.name].floor
            if fit.misses and floor is not None:
                told = f"{beside(fit.value, floor)} {interval(fit.low, fit.high)}"
                text = f"{fit.name} {told}: its low end is below its floor {plain_level(floor)}"
                numbers = (("value", fit.value), ("low", fit.low), ("floor", floor))
                yield Hit(seen.path(name, "segments", fit.name), text, numbers=numbers, at="key")


@Mistake(
    "SG03",
    "W",
    "evaluate",
    reason="What is rare, or meant to break it, is what the mean never shows.",
    fix="add a segment of rare inputs, and one of adversarial ones",
)
def sg03(seen: Subject) -> Iterator[Hit]:
    """No segment is of rare or adversarial inputs."""
    for name, model in seen.models(*WANTED, "live"):
        if model.segments and not any(each.kind in _HARD for each in model.segments.values()):
            path = seen.path(name, "segments")
            edits = (
                (SetValue((*path, "rare"), {"kind": "rare-input"}),)
                if "rare" not in model.segments
                else ()
            )
            yield Hit(path, "no segment of rare or adversarial inputs", edits=edits)
