"""Intervals, chances and cases of counted shares against printed answers, sums over cases and root
finding.
"""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from roadmap_tui.plan.intervals import wilson_interval
from roadmap_tui.plan.readiness.quality_bars import CountedShare
from roadmap_tui.readiness.binomial import (
    beta_cdf,
    cases_for_power,
    chance_to_reach,
    clopper_pearson,
    clopper_pearson_cases,
)
from tests.money.reference import at_most, root, score

Z = 1.959963984540054
COUNTS = [(0, 1), (1, 1), (0, 40), (40, 40), (1, 2), (178, 220), (297, 300), (17, 219), (1, 3000)]


@pytest.mark.parametrize(("hits", "of"), COUNTS)
def test_wilson_ends_where_the_score_test_does(hits: int, of: int) -> None:
    low, high = wilson_interval(hits, of)
    if hits:
        assert low == pytest.approx(
            root(lambda rate: score(hits, of, rate) + Z, 1e-15, hits / of - 1e-15), abs=1e-9
        )
    else:
        assert low == pytest.approx(0, abs=1e-15)
    if hits < of:
        assert high == pytest.approx(
            root(lambda rate: score(hits, of, rate) - Z, hits / of + 1e-15, 1 - 1e-15), abs=1e-9
        )
    else:
        assert high == pytest.approx(1, abs=1e-15)


@pytest.mark.parametrize(("hits", "of"), COUNTS)
def test_exact_ends_where_so_many_or_more_and_so_many_or_fewer_are_just_plausible(
    hits: int, of: int
) -> None:
    low, high = clopper_pearson(hits, of)
    if hits:
        assert 1 - at_most(hits - 1, of, low) == pytest.approx(0.025, rel=1e-6)
    else:
        assert low == 0
    if hits < of:
        assert at_most(hits, of, high) == pytest.approx(0.025, rel=1e-6)
    else:
        assert high == 1


def test_exact_of_none_of_ten_is_the_closed_form() -> None:
    assert clopper_pearson(0, 10) == pytest.approx((0, 1 - 0.025 ** (1 / 10)))
    assert clopper_pearson(10, 10) == pytest.approx((0.025 ** (1 / 10), 1))
    assert clopper_pearson(0, 0) == (0, 1)


@given(st.integers(1, 60), st.integers(1, 60), st.floats(0.001, 0.999))
def test_beta_is_the_sum_over_binomial_cases(a: int, b: int, level: float) -> None:
    """I_x(a, b) = P(at least a hits of a + b - 1 at rate x), summed exactly in fractions."""
    rate, of = Fraction(level), a + b - 1
    above = sum(math.comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(a, of + 1))
    assert beta_cdf(level, a, b) == pytest.approx(float(above), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("of", [10**4, 10**6, 10**9, 10**12])
@pytest.mark.parametrize("deviations", [-3.0, -1.0, 0.0, 0.5, 2.0])
def test_beta_of_many_cases_is_normal(of: int, deviations: float) -> None:
    level = 0.5 + deviations * 0.5 / math.sqrt(of)
    expected = 0.5 * math.erfc(-deviations / math.sqrt(2))
    assert beta_cdf(level, of / 2, of / 2) == pytest.approx(expected, abs=3 / of + 1e-8)


@pytest.mark.parametrize("of", [1, 10, 1000, 10**6, 10**12])
def test_beta_at_its_ends_is_the_closed_form(of: int) -> None:
    """Beta(n, 1) lies below x in x^n of cases, Beta(1, n) above it in (1 - x)^n."""
    level, near = 1 - 1 / of if of > 1 else 0.3, 1e-4 if of > 10**9 else 1e-9
    assert beta_cdf(level, of, 1) == pytest.approx(math.exp(of * math.log(level)), rel=near)
    level = 1 / (2 * of)
    assert beta_cdf(level, 1, of) == pytest.approx(-math.expm1(of * math.log1p(-level)), rel=near)


@pytest.mark.parametrize(("level", "below"), [(-1.0, 0.0), (0.0, 0.0), (1.0, 1.0), (2.0, 1.0)])
def test_beta_has_all_its_mass_from_0_to_1(level: float, below: float) -> None:
    assert beta_cdf(level, 3, 4) == below


@given(st.integers(0, 10**12), st.integers(0, 10**12), st.floats(0, 1))
def test_posterior_is_a_chance_for_any_counts(hits: int, misses: int, level: float) -> None:
    assert 0 <= chance_to_reach(level, hits, hits + misses) <= 1


def test_the_chance_to_reach_a_level_is_that_of_the_uniform_prior() -> None:
    """Laplace: after n of n, the chance of a rate of at least x is 1 - x^(n + 1); after nothing, 1
    - x.
    """
    assert chance_to_reach(0.8, 0, 0) == pytest.approx(0.2)
    assert chance_to_reach(0.9, 10, 10) == pytest.approx(1 - 0.9**11)
    assert chance_to_reach(0.9, 0, 10) == pytest.approx(0.1**11, abs=1e-15)
    assert chance_to_reach(0, 0, 5) == 1
    assert chance_to_reach(1, 5, 5) == 0


@given(st.integers(0, 50), st.integers(0, 50), st.floats(0.01, 0.99))
def test_the_chance_to_reach_mirrors(hits: int, misses: int, level: float) -> None:
    of = hits + misses
    assert chance_to_reach(level, hits, of) == pytest.approx(
        1 - chance_to_reach(1 - level, misses, of), abs=1e-9
    )


def test_worked_cases_that_prove_99_percent() -> None:
    assert [clopper_pearson_cases(0.99, misses, 0.05) for misses in (0, 1, 2)] == [299, 473, 628]


@pytest.mark.parametrize("launch", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("misses", [0, 1, 4])
def test_one_case_fewer_would_not_prove_it(launch: float, misses: int) -> None:
    cases = clopper_pearson_cases(launch, misses, 0.05)
    assert cases is not None
    assert at_most(misses, cases, 1 - launch) <= 0.05
    assert at_most(misses, cases - 1, 1 - launch) > 0.05


def test_nothing_proves_certainty_and_one_hit_proves_nothing_at_all() -> None:
    assert clopper_pearson_cases(1, 0, 0.05) is None
    assert clopper_pearson_cases(0, 0, 0.05) == 1
    assert clopper_pearson_cases(0, 3, 0.05) == 4


def power(hits: int, of: int, level: float, tail: float, rate: float, more: int) -> float:
    """By summing all outcomes of the new cases: scipy says which of them are proof."""
    new = np.arange(more + 1)
    is_proof = binom.sf(hits + new - 1, of + more, level) <= tail
    return float(np.sum(binom.pmf(new, more, rate) * is_proof))


@pytest.mark.parametrize(
    ("hits", "of", "level", "tail", "rate"),
    [
        (178, 220, 0.8, 0.0125, 0.85),
        (178, 220, 0.8, 0.025 / 30, 0.84),
        (0, 0, 0.9, 0.0125, 0.97),
        (9, 10, 0.5, 0.001, 0.7),
    ],
)
def test_so_many_cases_have_the_power_and_clearly_fewer_do_not(
    hits: int, of: int, level: float, tail: float, rate: float
) -> None:
    more = cases_for_power(CountedShare(hits, of, level), tail, rate)
    assert more is not None
    assert power(hits, of, level, tail, rate, more) >= 0.8
    assert power(hits, of, level, tail, rate, int(more * 0.9) - 2) < 0.8


@pytest.mark.parametrize(("rate", "level"), [(0.8, 0.8), (0.7, 0.8), (1.0, 1.0), (0.0, 0.0)])
def test_what_is_not_above_the_level_is_never_proven(rate: float, level: float) -> None:
    assert cases_for_power(CountedShare(0, 0, level), 0.0125, rate) is None


def test_all_right_is_proven_once_so_many_would_be_luck() -> None:
    """Nothing but hits: the fewest n with level ** n of at most the tail."""
    assert cases_for_power(CountedShare(0, 0, 0.8), 0.0125, 1) == math.ceil(
        math.log(0.0125) / math.log(0.8)
    )
