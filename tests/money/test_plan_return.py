"""Return of a whole plan: its parts, its risk, and means far from their range."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.simulation.amounts import summarise
from roadmap_tui.money.plan_return import PlanReturn, expected_shortfall
from tests.money.case_files import money_of_case
from tests.money.reference import cash, present
from tests.money.reference import expected_shortfall as sorted_shortfall
from tests.money.test_plan_money import DAYS, PARTS, money_of


def return_of(text: str) -> PlanReturn:
    found = money_of(text).npv
    assert found is not None
    return found


CASE = """
[roadmap]
as_of = 2026-11-23
[teams.t]
people = 2
week_cost = 1000
[product.a]
team = "t"
effort = 10
chance = {chance}
[product.a.roi]
benefit_month = 9000
run_month = 500
months = 12
"""
ITEM = present(cash(10e3, 500, 9000, 10 * 7 / DAYS, 12, [], PARTS), 0.1)


def test_of_one_business_case_it_is_its_own() -> None:
    """What building costs is not stated: ten person-weeks at 1,000."""
    found = return_of(CASE.format(chance=1))
    assert found.npv.mean == pytest.approx(ITEM)
    assert found.p_loss == 0
    assert found.worst_tenth == pytest.approx(ITEM)
    assert (found.cases, found.months) == (("a",), 12)


def test_other_work_and_upkeep_are_taken_off() -> None:
    """A model of eight person-weeks, and half a person from then on until the twelve months end."""
    text = CASE.format(chance=1) + "[model.m]\nteam = 't'\neffort = 8\nchance = 1\nupkeep = 0.5\n"
    month = 0.5 * 1000 * DAYS / 7
    model = present(cash(8e3, month, 0, 8 * 7 / DAYS, 12, [], PARTS), 0.1)
    assert return_of(text).npv.mean == pytest.approx(ITEM + model)


def test_a_running_cost_in_a_business_case_is_counted_once() -> None:
    text = CASE.format(chance=1) + "[product.a.cost]\nper_prediction = 1\nvolume_month = 100\n"
    assert return_of(text).npv.mean == pytest.approx(ITEM)
    without = present(cash(10e3, 100, 9000, 10 * 7 / DAYS, 12, [], PARTS), 0.1)
    assert return_of(text.replace("run_month = 500\n", "")).npv.mean == pytest.approx(without)


def test_the_chance_of_a_loss_is_that_of_failing() -> None:
    lost = present(cash(10e3, 0, 0, 10 * 7 / DAYS, 12, [], PARTS), 0.1)
    found = return_of(CASE.format(chance=0.95))
    assert found.p_loss == pytest.approx(0.05, abs=1e-3)
    assert found.worst_tenth == pytest.approx((lost + ITEM) / 2, abs=20)


@given(st.lists(st.floats(-1e6, 1e6), min_size=10, max_size=200).filter(lambda v: len(v) % 10 == 0))
def test_the_worst_tenth_is_that_of_the_sorted_runs(values: list[float]) -> None:
    assert expected_shortfall(np.array(values)) == pytest.approx(sorted_shortfall(values), abs=1e-3)


def test_a_part_of_a_run_counts_by_its_part() -> None:
    assert expected_shortfall(np.arange(15.0)) == pytest.approx((0 + 0.5 * 1) / 1.5)
    assert expected_shortfall(7.0) == 7


def test_without_a_business_case_there_is_no_return() -> None:
    assert money_of("[product.a]\n").npv is None


def test_a_mean_that_rests_on_a_tenth_of_the_runs_is_marked() -> None:
    found = money_of_case("long-tails").items["a"].roi_result
    assert found is not None
    assert found.npv.is_heavy_tailed
    assert found.npv.mean > 5 * found.npv.range.p50


@pytest.mark.parametrize(
    ("values", "share"),
    [
        ([1.0] * 18 + [1.0, 100.0], 100 / 119),
        ([-1.0] * 19 + [-100.0], 100 / 119),
        ([1.0] * 20, 0.0),
        ([0.0] * 20, 0.0),
        ([-5.0] * 10 + [5.0] * 10, 0.0),
        ([0.0] * 80 + [5.0] * 20, 0.0),
    ],
)
def test_the_tail_of_a_mean(values: list[float], share: float) -> None:
    assert summarise(np.array(values)).tail_share == pytest.approx(share)
