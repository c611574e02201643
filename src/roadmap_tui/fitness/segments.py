"""Segments: parts of the cases that are looked at by themselves."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_tui.plan.bars import Segment, wilson


@dataclass(frozen=True, slots=True)
class SegmentFit:
    """One segment.

    Attributes:
        low, high: the 95 % interval of `value`.
        gap: how far it lies behind the best segment.
        misses: whether `low` lies below the segment's floor.
    """

    name: str
    value: float
    low: float
    high: float
    gap: float
    misses: bool


def segment_fits(segments: Mapping[str, Segment]) -> tuple[SegmentFit, ...]:
    """The segments of which cases were counted, in their order."""
    counted = {
        name: (each.hits, each.of)
        for name, each in segments.items()
        if each.hits is not None and each.of
    }
    values = {name: hits / of for name, (hits, of) in counted.items()}
    best = max(values.values(), default=0.0)
    return tuple(
        _fit(name, counts, best - values[name], segments[name].floor)
        for name, counts in counted.items()
    )


def _fit(name: str, counts: tuple[int, int], gap: float, floor: float | None) -> SegmentFit:
    low, high = wilson(*counts)
    return SegmentFit(
        name, counts[0] / counts[1], low, high, gap, floor is not None and low < floor
    )


def widest_gap(fits: tuple[SegmentFit, ...]) -> float | None:
    """How far the worst segment lies behind the best; None if none was counted."""
    return max((fit.gap for fit in fits), default=None)


def coverage(segments: Mapping[str, Segment], cases: int) -> float:
    """The share of all use that lies in segments of which at least so many cases were counted.

    At most 1: segments may overlap.
    """
    return min(1.0, sum(each.share or 0.0 for each in segments.values() if (each.of or 0) >= cases))
