"""Segments: subsets of the cases that are assessed separately."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.readiness.segments import DataSegment


@dataclass(frozen=True, slots=True)
class SegmentAssessment:
    """One segment.

    Attributes:
        low, high: the 95% interval of `value`.
        gap: distance from the best segment.
        is_below_floor: whether `low` lies below the segment's floor.
    """

    name: str
    value: float
    low: float
    high: float
    gap: float
    is_below_floor: bool


def segment_assessments(segments: Mapping[str, DataSegment]) -> tuple[SegmentAssessment, ...]:
    """Assess the segments with counted cases, in their order."""
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
    """Return the distance of the worst segment from the best; None if none was counted."""
    return max((fit.gap for fit in fits), default=None)


def measured_coverage(segments: Mapping[str, DataSegment], cases: int) -> float:
    """Return the share of all use in segments with at least this many counted cases.

    At most 1: segments may overlap.
    """
    return min(1.0, sum(each.share or 0.0 for each in segments.values() if (each.of or 0) >= cases))
