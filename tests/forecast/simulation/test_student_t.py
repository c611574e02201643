"""Student's t against a published table, and where it ends."""

from statistics import NormalDist

import pytest

from roadmap_tui.forecast.simulation.student_t import t90

# NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, "Critical Values of the Student's t
# Distribution", 0.90
TABLE = {
    1: 3.078, 2: 1.886, 3: 1.638, 4: 1.533, 5: 1.476, 6: 1.440, 7: 1.415, 8: 1.397, 9: 1.383,
    10: 1.372,
    11: 1.363, 12: 1.356, 15: 1.341, 20: 1.325, 25: 1.316, 30: 1.310, 40: 1.303, 60: 1.296,
    100: 1.290,
}  # fmt: skip


@pytest.mark.parametrize("freedom", TABLE)
def test_it_is_the_published_table(freedom: int) -> None:
    assert t90(freedom) == pytest.approx(TABLE[freedom], abs=5e-4)


def test_one_and_two_degrees_have_closed_forms() -> None:
    """Cauchy: tan(0.4 pi). Two: (2p - 1) / sqrt(2 p (1 - p))."""
    assert t90(1) == pytest.approx(3.0776835371752527, rel=1e-12)
    assert t90(2) == pytest.approx(0.8 / 0.18**0.5, rel=1e-12)


def test_many_degrees_are_the_normal() -> None:
    assert t90(100_000) == pytest.approx(NormalDist().inv_cdf(0.9), abs=2e-5)
