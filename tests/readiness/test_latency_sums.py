"""The p95 of several steps, against closed forms and another way of drawing."""

import numpy as np
import pytest
from scipy.stats import lognorm

from roadmap_tui.plan.readiness.latency import LatencyBudget
from roadmap_tui.readiness.latency import least_time, simulated_p95
from tests.money.build import table


def steps_of(*times: str) -> LatencyBudget:
    rows = ", ".join(f'{{ name = "s", {each} }}' for each in times)
    return table(LatencyBudget, f"steps = [{rows}]")


def test_one_step_keeps_its_p95() -> None:
    assert simulated_p95(steps_of("p50 = 200, p95 = 900").steps) == pytest.approx(900, rel=0.02)
    assert simulated_p95(steps_of("p50 = 200, p95 = 200").steps) == pytest.approx(200)


def test_p95s_are_not_added() -> None:
    """Beside the convolution of both densities on a grid."""
    found = simulated_p95(steps_of("p50 = 200, p95 = 900", "p50 = 300, p95 = 2500").steps)
    assert found is not None
    z = 1.6448536269514722
    grid = np.arange(0.5, 40_000)
    one, two = (
        lognorm(np.log(p95 / p50) / z, scale=p50).pdf(grid)
        for p50, p95 in ((200, 900), (300, 2500))
    )
    whole = np.convolve(one, two).cumsum()
    assert found == pytest.approx(float(np.searchsorted(whole, 0.95)), rel=0.03)
    assert found < 900 + 2500


@pytest.mark.parametrize("times", [("p50 = 200",), ("ms = 200",), ("p50 = 1, p95 = 2", "p95 = 3")])
def test_unknown_percentiles_give_none(times: tuple[str, ...]) -> None:
    assert simulated_p95(steps_of(*times).steps) is None


def test_the_least_is_the_sum_of_medians() -> None:
    assert least_time(steps_of("ms = [100, 200, 900]", "p50 = 30, p95 = 90").steps) == 230
