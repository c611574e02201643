"""Networks whose finish has a closed form: five exponential arcs, and joins of n parallel tasks."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from roadmap_tui.forecast.engine import forecast
from tests.forecast.build import Floats, case, resolved_of, standard_error, timed

SAN = case("san5_exponential_exact")
MERGE = case("merge_bias_exact")
RUNS = 200_000
JOIN = "[product.join]\neffort = 0\nneeds = [{}]\n"


def activities() -> str:
    """Each arc as an item that needs the arcs that end where it begins; the last node as an item
    without effort.
    """
    arcs = SAN["arcs_aoa"]
    last = max(arc["to"] for arc in arcs)
    text = ""
    for arc in [*arcs, {"id": "end", "from_": last, "to": last + 1}]:
        needs = [other["id"].lower() for other in arcs if other["to"] == arc["from_"]]
        text += f"[product.{arc['id'].lower()}]\neffort = 1\nneeds = {needs}\n"
    return text


@pytest.fixture(scope="module")
def finish() -> Floats:
    generator = np.random.default_rng(20)
    effort: dict[str, Floats | float] = {
        f"x{at}": generator.exponential(1.0, RUNS) for at in range(1, 6)
    }
    times, _ = timed(
        resolved_of(activities()), ("x1", "x2", "x3", "x4", "x5", "end"), {**effort, "end": 0.0}
    )
    return times.resolved_at["end"]


def test_mean_of_five_exponential_arcs(finish: Floats) -> None:
    assert SAN["derived_here"]["mean"] == pytest.approx(83 / 24)
    error = SAN["derived_here"]["sd"] / math.sqrt(RUNS)
    assert float(finish.mean()) == pytest.approx(83 / 24, abs=4 * error)
    assert float(finish.std()) == pytest.approx(SAN["derived_here"]["sd"], rel=0.01)


@pytest.mark.parametrize("week", [1, 2, 3, 4, 5, 6, 8, 10])
def test_chance_of_five_exponential_arcs_by_a_week(finish: Floats, week: int) -> None:
    exact = SAN["derived_here"]["cdf_points"][str(week)]
    assert float((finish <= week).mean()) == pytest.approx(
        exact, abs=4 * standard_error(exact, RUNS)
    )


def test_published_tail_of_five_exponential_arcs(finish: Floats) -> None:
    exact = SAN["published"]["P_Y_gt_5"]
    assert float((finish > 5).mean()) == pytest.approx(exact, abs=4 * standard_error(exact, RUNS))


@pytest.mark.parametrize("share", [0.1, 0.5, 0.8, 0.9])
def test_quantiles_of_five_exponential_arcs(finish: Floats, share: float) -> None:
    exact = SAN["derived_here"]["quantiles"][str(share)]
    assert float((finish <= exact).mean()) == pytest.approx(
        share, abs=4 * standard_error(share, RUNS)
    )


def parallel(tasks: int, chance: float = 1.0) -> str:
    names = [f"t{at}" for at in range(tasks)]
    text = "[roadmap]\ncorrelation = 0\nhorizon = 2\n"
    for name in names:
        text += f"[model.{name}]\neffort = [1, 2, 4]\nchance = {chance}\n"
    return text + JOIN.format(", ".join(f'"{name}"' for name in names))


@pytest.mark.parametrize("tasks", [2, 4, 5, 6, 7])
def test_chance_that_all_parallel_medians_hold(tasks: int) -> None:
    """The horizon is each task's median: all are on time in 1 of 2^n runs."""
    exact = MERGE["prob_all_on_time_n_medians"][str(tasks)]
    assert exact == 0.5**tasks
    runs = 20_000
    item = forecast(resolved_of(parallel(tasks)), runs).items["join"]
    assert item.ships == pytest.approx(exact, abs=4 * standard_error(exact, runs))
    assert item.p_delivered == 1.0


def test_chance_that_all_parallel_medians_hold_falls_with_their_chances() -> None:
    runs = 20_000
    item = forecast(resolved_of(parallel(3, 0.8)), runs).items["join"]
    assert item.p_delivered == pytest.approx(0.8**3, abs=4 * standard_error(0.8**3, runs))
    assert item.ships == pytest.approx(0.4**3, abs=4 * standard_error(0.4**3, runs))


@pytest.mark.parametrize("tasks", [2, 3, 4, 5, 7, 10, 20])
def test_expected_finish_of_a_join_is_the_expected_greatest_of_n(tasks: int) -> None:
    """Equal lognormal tasks: the join's deviate is the greatest of n standard normals."""
    runs = 100_000
    sigma = math.log(4) / (2 * NormalDist().inv_cdf(0.9))
    generator = np.random.default_rng(tasks)
    effort: dict[str, Floats | float] = {
        f"t{at}": 2 * np.exp(sigma * generator.standard_normal(runs)) for at in range(tasks)
    }
    times, _ = timed(resolved_of(parallel(tasks)), (*effort, "join"), {**effort, "join": 0.0})
    deviates = np.log(times.resolved_at["join"] / 2) / sigma
    exact = MERGE["expected_max_of_n_std_normals"][str(tasks)]
    assert float(deviates.mean()) == pytest.approx(
        exact, abs=4 * float(deviates.std()) / math.sqrt(runs)
    )


@pytest.mark.parametrize("tasks", [3, 10])
def test_median_of_a_join_is_the_median_of_the_greatest(tasks: int) -> None:
    """From the drawn estimates: the greatest of n is below its median where each is below share
    0.5^(1/n).
    """
    runs = 20_000
    sigma = math.log(4) / (2 * NormalDist().inv_cdf(0.9))
    exact = 2 * math.exp(sigma * NormalDist().inv_cdf(0.5 ** (1 / tasks)))
    found = forecast(resolved_of(parallel(tasks)), runs).items["join"].finish
    assert found is not None
    assert found.p50 == pytest.approx(exact, rel=0.02)
