"""Intervals of shares and the chance of a true rate, beside scipy's own."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta, binomtest

from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.readiness.binomial import beta_cdf, clopper_pearson


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    """So many hits of so many, the ends included."""
    of = draw(st.integers(1, 5_000))
    return draw(st.integers(0, of) | st.sampled_from([0, of])), of


@given(counts())
def test_wilson_is_that_of_scipy(count: tuple[int, int]) -> None:
    low, high = binomtest(*count).proportion_ci(0.95, method="wilson")
    assert wilson_interval(*count) == pytest.approx((low, high), abs=1e-6)


@given(counts())
def test_exact_is_that_of_scipy(count: tuple[int, int]) -> None:
    low, high = binomtest(*count).proportion_ci(0.95, method="exact")
    assert clopper_pearson(*count) == pytest.approx((low, high), abs=1e-6)


@given(counts(), st.floats(0, 1))
def test_the_chance_of_a_rate_is_that_of_scipy(count: tuple[int, int], level: float) -> None:
    hits, of = count
    there = float(beta(hits + 1, of - hits + 1).cdf(level))
    assert beta_cdf(level, hits + 1, of - hits + 1) == pytest.approx(there, abs=1e-8)
