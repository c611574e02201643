"""Returns of whole plans: launches within a month, late builds and default builds."""

import pytest

from roadmap_tui.money.roi import RoiResult
from tests.money.case_files import money_of_case

DAYS = 365.25 / 12
"""Of a month."""


def return_of(case: str, name: str) -> RoiResult:
    found = money_of_case(case).items[name].roi_result
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "weeks", "build", "month"),
    [("a", 4.3, 4300, 2), ("b", 0.1, 4300, 1), ("c", 8.6, 8600, 3)],
)
def test_the_month_of_the_launch_counts_by_its_days(
    name: str, weeks: float, build: float, month: int
) -> None:
    found = return_of("launch-in-a-month", name)
    assert found.npv.mean == pytest.approx(40e3 * (12 - weeks * 7 / DAYS) - build, rel=1e-5)
    assert found.payback is not None
    assert found.payback.p50 == month
    assert found.peak_outlay.mean == -build


def test_a_build_that_ends_after_the_period_counts_in_full() -> None:
    """500 weeks are 115 months, of which 24 are looked at."""
    found = return_of("late-launches", "c")
    assert found.peak_outlay.mean == pytest.approx(-180e3)
    assert found.roi is not None
    assert found.roi.mean == -1
    assert (found.payback, found.p_profitable) == (None, 0.0)


def test_what_surely_fails_costs_its_build() -> None:
    found = return_of("late-launches", "b")
    assert found.peak_outlay.mean == pytest.approx(-180e3)
    assert (found.p_ships, found.p_payback, found.launch) == (0.0, 0.0, None)
