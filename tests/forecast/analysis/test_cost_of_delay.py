"""Cost of delay, and how many items ship: by hand for exact plans."""

import pytest

from roadmap_tui.forecast.analysis.cost_of_delay import MONTH, costs_of_delay
from roadmap_tui.forecast.analysis.delivery_count import delivery_count
from roadmap_tui.forecast.simulation.simulator import Simulation, simulate, work_order
from tests.forecast.build import resolved_of

QUARTER = 365.25 / 7 / 4
SURE = """
[roadmap]
horizon = 40
[model.m]
effort = 4
chance = 1
[product.p]
effort = 2
reach = 100
confidence = 1
needs = ["m"]
[product.slack]
effort = 2
reach = 10
confidence = 1
needs = ["m"]
not_before = 2026-12-28
[product.late]
effort = 39
reach = 1000
confidence = 1
"""


def simulated(text: str, runs: int = 200) -> Simulation:
    resolved = resolved_of(text)
    return simulate(resolved, work_order(resolved, runs).build_order, runs)


def test_a_delay_passes_on_to_what_waits_less_its_slack() -> None:
    """p is live a month less; slack starts in week 5 at the earliest, a week after m ends in
    week 4, so it loses a week less; late is live for a week only and can lose no more.
    """
    found = costs_of_delay(simulated(SURE))
    assert found["p"] == pytest.approx(100 * MONTH / QUARTER, rel=1e-4)
    both = (100 * MONTH + 10 * (MONTH - 1)) / QUARTER
    assert found["m"] == pytest.approx(both, rel=1e-3)
    assert found["late"] == pytest.approx(1000 * (1 + 1 / 14) / QUARTER, rel=0.1)


def test_a_bet_counts_where_it_delivers() -> None:
    text = SURE.replace("chance = 1", "chance = 0.5")
    found = costs_of_delay(simulated(text, 20_000))
    assert found["p"] == pytest.approx(0.5 * 100 * MONTH / QUARTER, rel=0.02)


COINS = """
[roadmap]
horizon = 40
[product.a]
effort = 2
chance = 0.5
reach = 1
deadline = { by = 2027-03-01 }
[product.b]
effort = 2
chance = 0.5
reach = 1
deadline = { by = 2027-03-01 }
[product.c]
effort = 2
chance = 1
reach = 1
"""


def test_how_many_ship_and_whether_all_promises_are_kept() -> None:
    """Two coins and a sure one: 1 + Binomial(2, 1/2); both promises in a quarter of the runs."""
    found = delivery_count(simulated(COINS, 20_000))
    assert (found.open, found.promises) == (3, 2)
    assert found.mean == pytest.approx(2, abs=0.03)
    assert (found.p10, found.p50, found.p90) == (1, 2, 3)
    assert found.all_kept == pytest.approx(0.25, abs=0.02)


def test_without_promises_there_is_no_chance_to_keep_them() -> None:
    assert delivery_count(simulated(SURE)).all_kept is None
