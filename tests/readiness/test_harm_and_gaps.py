"""Intervals of harm, and the gap between segments that chance alone gives."""

import numpy as np
import pytest
from scipy.stats import binomtest

from roadmap_tui.plan.readiness.failure_modes import FailureMode
from roadmap_tui.plan.readiness.segments import DataSegment
from roadmap_tui.readiness.failure_modes import failure_harm_interval
from roadmap_tui.readiness.segments import gap_by_chance, segment_assessments
from tests.money.build import table


def test_harm_goes_from_one_end_of_the_rate_to_the_other() -> None:
    failure = table(FailureMode, "hits = 4\nof = 1000\ncost = 500\ncaught = 0.3")
    rate = binomtest(4, 1000).proportion_ci(0.95, method="wilson")
    expected = [1000 * end * 0.7 * 500 for end in (rate.low, rate.high)]
    assert failure_harm_interval(failure) == pytest.approx(expected)
    assert failure_harm_interval(table(FailureMode, "hits = 4\nof = 1000")) is None
    assert failure_harm_interval(table(FailureMode, "cost = 500")) is None


def test_gap_of_equal_segments_matches_the_normal() -> None:
    """|difference| stays within 1.96 standard errors in 95% of pairs."""
    segments = {name: DataSegment(hits=800, of=1000) for name in "ab"}
    fits = segment_assessments(segments)
    expected = 1.96 * (2 * 0.8 * 0.2 / 1000) ** 0.5
    assert gap_by_chance(fits) == pytest.approx(expected, rel=0.04)
    assert gap_by_chance(fits[:1]) == 0


def test_small_segments_and_many_of_them_differ_more() -> None:
    gaps = []
    for sizes in ((2000, 2000), (2000, 50), (2000, 50, 50, 50, 50)):
        segments = {
            str(at): DataSegment(hits=round(0.8 * of), of=of) for at, of in enumerate(sizes)
        }
        gaps.append(gap_by_chance(segment_assessments(segments)))
    assert np.all(np.diff(gaps) > 0)
