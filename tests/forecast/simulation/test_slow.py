"""Random roadmaps against the slow simulator, given the same list."""

import pytest

from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.results import ItemForecast
from tests.forecast.build import resolved_of, standard_error
from tests.forecast.random_plans import fuller_plan
from tests.forecast.slow import simulate

RUNS = 10_000
ERRORS = 4.5


def agrees(item: ItemForecast, finishes: list[float | None], horizon: float) -> list[str]:
    """What does not agree within sampling error."""
    wrong = []
    done = [finish for finish in finishes if finish is not None]
    count = len(finishes)
    shares = {"ever": (item.p_delivered, len(done) / count)}
    shares["ships"] = (item.ships, sum(finish <= horizon for finish in done) / count)
    for name, (fast, slow) in shares.items():
        if abs(fast - slow) > ERRORS * standard_error((fast + slow) / 2, count, RUNS) + 2 / count:
            wrong.append(f"{item.id} {name}: {fast} against {slow}")
    if item.finish is not None and len(done) > 100:
        tolerance = ERRORS * standard_error(0.5, len(done), max(1, round(item.p_delivered * RUNS)))
        below = sum(finish < item.finish.p50 - 1e-4 for finish in done) / len(done)
        upto = sum(finish <= item.finish.p50 + 1e-4 for finish in done) / len(done)
        if not below - tolerance <= 0.5 <= upto + tolerance:
            wrong.append(
                f"{item.id} P50 finish {item.finish.p50}: {below} to {upto} of the slow ones lie"
                " below"
            )
    return wrong


def compare(seed: int, runs: int) -> None:
    data = fuller_plan(seed)
    fast = forecast(resolved_of(data), RUNS)
    slow = simulate(data, fast.build_order, runs, seed)
    wrong: list[str] = []
    for name, found in slow.items():
        wrong += agrees(fast.items[name], found, fast.horizon)
    assert not wrong, f"seed {seed}: {wrong}"


@pytest.mark.parametrize("seed", range(16))
def test_a_random_roadmap_agrees_with_the_slow_simulator(seed: int) -> None:
    compare(seed, 2_000)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
def test_many_random_roadmaps_agree_with_the_slow_simulator(seed: int) -> None:
    compare(seed, 20_000)
