"""J-QPD-S against its definition, closed forms of the lognormal, and numerical integration."""

import math
from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.forecast.simulation import jqpd
from roadmap_tui.plan.estimate import Estimate, Shift, estimate_from_range
from tests.forecast.build import case

NORMAL = NormalDist()
C = NORMAL.inv_cdf(0.9)
CAP = 1e12  # no quantity of a roadmap is greater
TAILS = np.array([-C, 0.0, C])
S_CASES = [
    tuple(each["x"])
    for each in case("jqpd_cases")["cases"]
    if each["kind"] == "S" and each["alpha"] == 0.1
]


def reference(z: float, low: float, mid: float, high: float) -> float:
    """The quantile function as printed by Hadlock and Bickel, lower bound 0, alpha 0.1; scalar,
    with asinh and sinh.
    """
    a, b, h = math.log(low), math.log(mid), math.log(high)
    n = math.copysign(1, a + h - 2 * b)
    near = min(b - a, h - b)
    theta = low if n > 0 else high
    delta = math.sinh(math.acosh((h - a) / (2 * near))) / C
    rate = near / (delta * C)
    return theta * math.exp(rate * math.sinh(math.asinh(delta * z) + math.asinh(n * C * delta)))


@st.composite
def estimates(draw: st.DrawFn) -> Estimate:
    low = math.exp(draw(st.floats(-7, 12)))
    ratio = draw(st.floats(0.02, 6))
    lean = draw(st.floats(0.0101, 0.9899))
    return Estimate(low, low * math.exp(ratio * lean), low * math.exp(ratio))


def integral(values: np.ndarray, at: np.ndarray) -> float:
    return float(np.trapezoid(values, at))


@pytest.mark.parametrize("triplet", S_CASES)
def test_published_triplets_are_met_exactly(triplet: tuple[float, float, float]) -> None:
    assert jqpd.johnson_distribution(Estimate(*triplet)).at(TAILS) == pytest.approx(
        triplet, rel=1e-12
    )


@given(estimates())
def test_quantiles_are_met_exactly(estimate: Estimate) -> None:
    met = jqpd.johnson_distribution(estimate).at(TAILS)
    assert met == pytest.approx((estimate.p10, estimate.p50, estimate.p90), rel=1e-9)


@given(estimates(), st.floats(-4, 4))
def test_it_is_the_published_quantile_function(estimate: Estimate, z: float) -> None:
    skew = math.log(estimate.p10 * estimate.p90 / estimate.p50**2)
    if abs(skew) > 1e-4:
        expected = min(CAP, reference(z, estimate.p10, estimate.p50, estimate.p90))
        assert jqpd.johnson_distribution(estimate).at(np.array([z]))[0] == pytest.approx(
            expected, rel=1e-8
        )


@given(estimates(), st.floats(-4, 4))
def test_the_inverse_gives_the_deviate_back(estimate: Estimate, z: float) -> None:
    shape = jqpd.johnson_distribution(estimate)
    value = float(shape.at(np.array([z]))[0])
    if value < CAP * (1 - 1e-9):
        assert shape.deviate(value) == pytest.approx(z, abs=1e-9)


@pytest.mark.parametrize("lean", [0.010001, 0.989999, 0.5 + 1e-11, 0.5 - 1e-9, 0.5 + 1e-6, 0.5])
def test_extreme_and_nearly_even_skew_survive_the_round_trip(lean: float) -> None:
    shape = jqpd.johnson_distribution(Estimate(2, 2 * math.exp(3 * lean), 2 * math.exp(3)))
    z = np.linspace(-4, 4, 81)
    back = [shape.deviate(float(each)) for each in shape.at(z)]
    assert back == pytest.approx(z.tolist(), abs=1e-9)


@given(estimates())
def test_more_luck_never_means_less(estimate: Estimate) -> None:
    values = jqpd.johnson_distribution(estimate).at(np.linspace(-5, 5, 400))
    capped = values[1:] > CAP * (1 - 1e-9)
    assert ((np.diff(values) > 0) | capped).all()


WIDEST = [(1e-12, 2e-12, 1e12), (1e-12, 1.8e-12, 1e12), (1e-12, 5e11, 1e12), (1e-12, 1.0, 1e12)]


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("shift", [Shift(), Shift(0.5, 3.0)])
@pytest.mark.parametrize("triplet", WIDEST)
def test_the_widest_range_that_reads_stays_within_all_measure(
    triplet: tuple[float, float, float], shift: Shift
) -> None:
    """As far as 30 deviations out, further than any draw; so do its mean and what is left of it."""
    widest, z = estimate_from_range(triplet), np.linspace(-30, 30, 601)
    values = jqpd.values_at(widest, z, shift)
    assert (values >= 0).all()
    assert values.max() == pytest.approx(CAP)
    assert (np.diff(values) >= 0).all()
    assert 0 < jqpd.estimate_mean(widest, shift) <= CAP * (1 + 1e-9)
    for spent in (1e-12, 1.0, CAP):
        left = jqpd.remaining_at(widest, spent, z, shift)
        assert ((left >= 0) & (left <= CAP * (1 + 1e-9))).all()


@pytest.mark.parametrize("triplet", WIDEST)
def test_the_cap_leaves_the_quantiles_as_they_are_stated(
    triplet: tuple[float, float, float],
) -> None:
    assert jqpd.values_at(estimate_from_range(triplet), TAILS) == pytest.approx(triplet, rel=1e-6)


def test_even_skew_is_lognormal() -> None:
    shape = jqpd.johnson_distribution(Estimate(2, 4, 8))
    z = np.linspace(-4, 4, 33)
    assert shape.at(z) == pytest.approx(4 * np.exp(z * math.log(4) / (2 * C)), rel=1e-12)


def test_skew_close_to_even_is_close_to_lognormal() -> None:
    z = np.linspace(-3, 3, 33)
    near = jqpd.johnson_distribution(Estimate(2, 4 * (1 + 1e-7), 8)).at(z)
    assert near == pytest.approx(jqpd.johnson_distribution(Estimate(2, 4, 8)).at(z), rel=1e-5)


def test_lognormal_mean_has_its_closed_form() -> None:
    sigma = math.log(9) / (2 * C)
    assert jqpd.estimate_mean(Estimate(1, 3, 9)) == pytest.approx(
        3 * math.exp(sigma**2 / 2), rel=1e-9
    )


@pytest.mark.parametrize(
    "triplet", [*S_CASES, (2, 4, 9), (0.5, 1, 2.2), (5, 10, 24), (1, 6, 9), (1, 2, 20)]
)
def test_mean_is_the_integral_of_the_quantile_function(triplet: tuple[float, float, float]) -> None:
    z = np.linspace(-12, 12, 200_001)
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    values = np.array([reference(float(each), *triplet) for each in z[::10]])
    assert jqpd.estimate_mean(Estimate(*triplet)) == pytest.approx(
        integral(values * density[::10], z[::10]), rel=1e-4
    )


@pytest.mark.parametrize("lean", [0.0101, 0.9899])
def test_mean_is_within_a_hundredth_at_extreme_skew(lean: float) -> None:
    triplet = (1.0, math.exp(2 * lean), math.exp(2))
    z = np.linspace(-12, 12, 24_001)
    values = np.array([reference(float(each), *triplet) for each in z])
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    assert jqpd.estimate_mean(Estimate(*triplet)) == pytest.approx(
        integral(values * density, z), rel=0.01
    )


def test_a_sure_estimate_is_its_number() -> None:
    z = np.linspace(-3, 3, 7)
    assert jqpd.values_at(Estimate.exact(3), z).tolist() == [3.0] * 7
    assert jqpd.estimate_mean(Estimate.exact(3)) == 3.0


@given(st.floats(0.05, 40), st.floats(-3, 3))
@settings(max_examples=200)
def test_remaining_of_a_lognormal_is_its_conditional_quantile(spent: float, z: float) -> None:
    sigma = math.log(9) / (2 * C)
    beyond = NORMAL.cdf(-math.log(spent / 3) / sigma)
    level = 1 - beyond * NORMAL.cdf(-z)
    if level < 1 - 1e-7:
        expected = 3 * math.exp(sigma * NORMAL.inv_cdf(level)) - spent
        left = jqpd.remaining_at(Estimate(1, 3, 9), spent, np.array([z]))[0]
        assert left == pytest.approx(expected, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize(
    ("triplet", "spent"), [((2, 4, 9), 3.0), ((2, 4, 9), 8.0), ((1, 6, 9), 6.0), ((1, 2, 20), 30.0)]
)
def test_remaining_has_the_law_of_the_draws_beyond_what_is_spent(
    triplet: tuple[float, float, float], spent: float
) -> None:
    z = np.array([NORMAL.inv_cdf((at + 0.5) / 400_000) for at in range(400_000)])
    everything = jqpd.values_at(Estimate(*triplet), z)
    conditioned = everything[everything > spent] - spent
    shares = np.array([0.1, 0.25, 0.5, 0.75, 0.9])
    left = jqpd.remaining_at(
        Estimate(*triplet), spent, np.array([NORMAL.inv_cdf(share) for share in shares])
    )
    assert left == pytest.approx(np.quantile(conditioned, shares), rel=5e-3)


def test_nothing_spent_leaves_the_draw_itself() -> None:
    z = np.linspace(-3, 3, 13)
    assert (
        jqpd.remaining_at(Estimate(2, 4, 9), 0.0, z) == jqpd.values_at(Estimate(2, 4, 9), z)
    ).all()


def test_a_little_spent_changes_little() -> None:
    z = np.linspace(-3.5, 3.5, 15)
    left = jqpd.remaining_at(Estimate(2, 4, 9), 1e-9, z)
    assert left == pytest.approx(jqpd.values_at(Estimate(2, 4, 9), z), rel=1e-4)


def test_a_sure_effort_leaves_what_is_not_spent_and_never_less_than_nothing() -> None:
    z = np.zeros(3)
    assert jqpd.remaining_at(Estimate.exact(5), 2.0, z).tolist() == [3.0] * 3
    assert jqpd.remaining_at(Estimate.exact(5), 7.0, z).tolist() == [0.0] * 3


@given(estimates(), st.floats(0, 1e6))
def test_what_remains_is_finite_and_never_negative(estimate: Estimate, spent: float) -> None:
    left = jqpd.remaining_at(estimate, spent, np.linspace(-4, 4, 41))
    assert np.isfinite(left).all()
    assert (left >= 0).all()


@pytest.mark.parametrize(
    "ends", [(1.0, 2.0, 20.0), (1.0, 2.0, 8.0), (200.0, 400.0, 1800.0), (5.0, 9.0, 10.0)]
)
def test_the_part_of_a_mean_above_its_range_is_that_of_the_integral(
    ends: tuple[float, float, float],
) -> None:
    """Trapezoids over the deviates, from the formula as printed."""

    def part(low: float, high: float) -> float:
        z = np.linspace(low, high, 4001)
        values = np.array([reference(each, *ends) * NORMAL.pdf(each) for each in z])
        return float(((values[1:] + values[:-1]) / 2).sum() * (z[1] - z[0]))

    above = part(C, 9)
    assert jqpd.tail_share(Estimate(*ends)) == pytest.approx(
        above / (part(-9, C) + above), abs=2e-3
    )
