"""Segments: parts of the cases that are looked at by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_tui.plan.readiness.quality_bars import DataSegment, wilson_interval


@dataclass(frozen=True, slots=True)
class SegmentAssessment:
    """One segment.

    Attributes:
        low, high: the 95 % interval of `value`.
        gap: how far it lies behind the best segment.
        is_below_floor: whether `low` lies below the segment's floor.
    """

    name: str
    value: float
    low: float
    high: float
    gap: float
    is_below_floor: bool


def segment_assessments(segments: Mapping[str, DataSegment]) -> tuple[SegmentAssessment, ...]:
    """The segments of which cases were counted, in their order."""
    counted = {
        name: (each.hits, each.of)
        for name, each in segments.items()
        if each.hits is not None and each.of
    }
    values = {name: hits / of for name, (hits, of) in counted.items()}
    best = max(values.values(), default=0.0)
    return tuple(
        _assess(name, counts, best - values[name], segments[name].floor)
        for name, counts in counted.items()
    )


def _assess(
    name: str, counts: tuple[int, int], gap: float, floor: float | None
) -> SegmentAssessment:
    low, high = wilson_interval(*counts)
    return SegmentAssessment(
        name, counts[0] / counts[1], low, high, gap, floor is not None and low < floor
    )


def widest_gap(fits: tuple[SegmentAssessment, ...]) -> float | None:
    """How far the worst segment lies behind the best; None if none was counted."""
    return max((fit.gap for fit in fits), default=None)


def measured_coverage(segments: Mapping[str, DataSegment], cases: int) -> float:
    """The share of all use that lies in segments of which at least so many cases were counted.

    At most 1: segments may overlap.
    """
    return min(1.0, sum(each.share or 0.0 for each in segments.values() if (each.of or 0) >= cases))
