"""Segments: subsets of the cases that are assessed separately."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.readiness.segments import DataSegment

_SEED = 2018
_DRAWS = 10_000


@dataclass(frozen=True, slots=True)
class SegmentAssessment:
    """One segment.

    Attributes:
        low, high: the 95% interval of `value`.
        gap: distance from the best segment.
        is_below_floor: whether `low` lies below the segment's floor.
        of: the number of cases counted.
    """

    name: str
    value: float
    low: float
    high: float
    gap: float
    is_below_floor: bool
    of: int


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
        name=name,
        value=counts[0] / counts[1],
        low=low,
        high=high,
        gap=gap,
        is_below_floor=floor is not None and low < floor,
        of=counts[1],
    )


def widest_gap(fits: tuple[SegmentAssessment, ...]) -> float | None:
    """Return the distance of the worst segment from the best; None if none was counted."""
    return max((fit.gap for fit in fits), default=None)


def gap_by_chance(fits: tuple[SegmentAssessment, ...]) -> float:
    """Return the gap between best and worst that 95% of equal segments of these sizes keep.

    By simulation of segments that all have the pooled rate; 0 for fewer than two.
    """
    if len(fits) < 2:
        return 0.0
    cases = np.array([fit.of for fit in fits])
    pooled = float(sum(fit.value * fit.of for fit in fits) / cases.sum())
    hits = np.random.default_rng(_SEED).binomial(cases, pooled, (_DRAWS, len(fits)))
    shares = hits / cases
    return float(np.quantile(shares.max(axis=1) - shares.min(axis=1), 0.95))


def measured_coverage(segments: Mapping[str, DataSegment], cases: int) -> float:
    """Return the share of all use in segments with at least this many counted cases.

    At most 1: segments may overlap.
    """
    return min(1.0, sum(each.share or 0.0 for each in segments.values() if (each.of or 0) >= cases))
