"""Unit economics, markets, build or buy, jobs and the plan's cost, against the worked answers."""

import math

import numpy as np
import pytest

from roadmap_tui.forecast.simulation.amounts import Amount
from roadmap_tui.money import cost, market, option_costs, unit_formulas
from roadmap_tui.money.cost import ItemCost
from roadmap_tui.money.option_costs import CostLine, OptionCosts
from roadmap_tui.money.unit_formulas import ModelCall, UserGroup, UserPrice
from roadmap_tui.plan.items import JobToBeDone
from roadmap_tui.plan.money.economics import OptionScores, ScoreWeights
from roadmap_tui.readiness.job_opportunity import job_opportunity, opportunity_score
from tests.money.build import table

CALL = ModelCall(2000.0, 400.0, 3.0, 15.0, cached=0.3 * 0.9)
TASK = 0.01238


def sure(amount: Amount | None) -> float:
    assert isinstance(amount, float)
    return amount


def test_worked_task() -> None:
    task = sure(unit_formulas.call_cost(CALL)) + 0.002
    assert task == pytest.approx(TASK, abs=1e-12)
    user = sure(unit_formulas.user_cost(task, 550.0))
    assert round(user, 2) == 6.81
    assert round(user / 50, 3) == 0.136
    assert round(task + sure(unit_formulas.review_cost(0.1, 2.0, 30.0)), 4) == 0.1124


def test_retries_are_calls_made_again() -> None:
    again = ModelCall(2000.0, 400.0, 3.0, 15.0, cached=0.27, retry=0.5)
    assert unit_formulas.call_cost(again) == pytest.approx(
        1.5 * sure(unit_formulas.call_cost(CALL))
    )


def test_worked_most_tasks() -> None:
    assert unit_formulas.max_tasks(UserPrice(10.0), 0.5) == pytest.approx(20)
    assert unit_formulas.max_tasks(UserPrice(10.0), 0.5, 0.7) == pytest.approx(6)


def test_so_many_tasks_leave_just_the_target_margin() -> None:
    paid = UserPrice(50.0, 4.0)
    tasks = sure(unit_formulas.max_tasks(paid, TASK, 0.7))
    assert unit_formulas.gross_margin(
        50.0, unit_formulas.user_cost(TASK, tasks, 4.0)
    ) == pytest.approx(0.7)


USERS = (UserGroup(0.6, 176.0), UserGroup(0.3, 550.0), UserGroup(0.1, 2420.0))


def test_worked_usage() -> None:
    paid = UserPrice(50.0, 4.0)
    margins = [
        sure(unit_formulas.gross_margin(50.0, unit_formulas.user_cost(TASK, each.tasks, 4.0)))
        for each in USERS
    ]
    assert [round(100 * each, 1) for each in margins] == [87.6, 78.4, 32.1]
    assert round(100 * sure(unit_formulas.blended_margin(USERS, paid, TASK)), 1) == 79.3
    shares = unit_formulas.cost_shares(USERS)
    assert round(sure(shares[2]), 2) == 0.47
    assert sum(map(sure, shares)) == pytest.approx(1)


def test_shares_that_leave_users_out_are_weighed_among_themselves() -> None:
    half = [UserGroup(each.share / 2, each.tasks) for each in USERS]
    paid = UserPrice(50.0, 4.0)
    assert unit_formulas.blended_margin(half, paid, TASK) == pytest.approx(
        unit_formulas.blended_margin(USERS, paid, TASK)
    )


def test_economics_at_their_ends() -> None:
    assert unit_formulas.call_cost(ModelCall(0.0, 0.0, 3.0, 15.0)) == 0
    assert unit_formulas.fixed_cost_per_task(400.0, 36000.0) == pytest.approx(1 / 90)
    assert unit_formulas.fixed_cost_per_task(400.0, 0.0) is None
    assert unit_formulas.fixed_cost_per_task(400.0, None) is None
    assert (
        unit_formulas.fixed_cost_per_task(0.0, 0.0)
        == unit_formulas.fixed_cost_per_task(0.0, None)
        == 0
    )
    assert unit_formulas.cost_per_success(0.5, 0.8) == pytest.approx(0.625)
    assert unit_formulas.cost_per_success(0.5, 0.0) is None
    assert unit_formulas.gross_margin(0.0, 3.0) is None
    assert unit_formulas.gross_margin(2.0, 3.0) == -0.5
    assert unit_formulas.max_tasks(UserPrice(10.0), 0.0) is None
    assert unit_formulas.max_tasks(UserPrice(10.0, 12.0), 0.5) == 0
    assert unit_formulas.lifetime_value(50.0, 0.8, 0.02) == pytest.approx(2000)
    assert unit_formulas.lifetime_value(50.0, 0.8, 0.0) is None
    assert unit_formulas.lifetime_value(50.0, -0.2, 0.02) == pytest.approx(-500)
    assert unit_formulas.blended_margin((), UserPrice(50.0), TASK) is None
    assert unit_formulas.blended_margin((UserGroup(0.0, 5.0),), UserPrice(50.0), TASK) is None
    assert unit_formulas.blended_margin(USERS, UserPrice(0.0), TASK) is None
    assert unit_formulas.cost_shares((UserGroup(1.0, 0.0),)) == (None,)


def test_economics_in_many_runs_are_those_of_each() -> None:
    tokens, prices = np.array([1000.0, 2000.0, 9000.0]), np.array([20.0, 50.0, 80.0])
    task = unit_formulas.call_cost(ModelCall(tokens, 400.0, 3.0, 15.0))
    assert isinstance(task, np.ndarray)
    kept = unit_formulas.blended_margin(USERS, UserPrice(prices, 4.0), task)
    assert isinstance(kept, np.ndarray)
    for at in range(3):
        alone = unit_formulas.call_cost(ModelCall(float(tokens[at]), 400.0, 3.0, 15.0))
        assert task[at] == pytest.approx(alone)
        assert kept[at] == pytest.approx(
            unit_formulas.blended_margin(USERS, UserPrice(float(prices[at]), 4.0), alone)
        )


def test_worked_market() -> None:
    """The corners: all low, all likely, all high."""
    price, filters = np.array([4800.0, 6000.0, 7200.0]), np.array([0.45, 0.60, 0.70])
    sizes = market.bottom_up_market(11_500.0, price, [filters], np.array([0.03, 0.05, 0.08]))
    assert np.round(np.asarray(sizes.tam) / 1e6, 1).tolist() == [55.2, 69.0, 82.8]
    assert np.round(np.asarray(sizes.som) / 1e6, 2).tolist() == [0.75, 2.07, 4.64]


def test_markets() -> None:
    sizes = market.bottom_up_market(1000.0, 100.0, [0.5, 0.5], 0.1)
    assert (sizes.tam, sizes.sam, sizes.som) == (100_000, 25_000, 2_500)
    assert market.bottom_up_market(1000.0, 100.0, [], 1.0).som == 100_000
    assert market.value_based_market(1000.0, 500.0, 0.2) == 100_000
    assert market.top_down_market(3e9, 0.01) == 3e7
    assert market.disagreement([1e6, 3e7, 2e6]) == pytest.approx(30)
    assert market.disagreement([1e6]) is None
    assert market.disagreement([0.0, 1e6]) is None
    assert market.disagreement([0.0, 0.0]) is None
    assert market.price_share_of_value(600.0, 1000.0) == 0.6
    assert market.price_share_of_value(600.0, 0.0) is None


def test_worked_crossing() -> None:
    api, own = CostLine(0.0, 0.0096), CostLine(6000.0, 0.00064)
    assert round(sure(option_costs.break_even_volume(api, own))) == 669_643
    assert (
        round(sure(option_costs.break_even_volume(api, CostLine(6000.0 + 7500.0, 0.00064))))
        == 1_506_696
    )


def test_where_lines_cross_both_cost_the_same() -> None:
    one = option_costs.ownership_cost(OptionCosts(setup=12e3, month=600.0, unit=0.04, exit=9e3), 24)
    other = option_costs.ownership_cost(
        OptionCosts(setup=46e3, month=900.0, unit=0.0011, exit=4e3), 24
    )
    volume = sure(option_costs.break_even_volume(one, other))
    assert volume > 0
    assert one.at(volume) == pytest.approx(other.at(volume))
    assert option_costs.break_even_volume(other, one) == 0


def test_lines_that_do_not_cross() -> None:
    assert option_costs.break_even_volume(CostLine(1.0, 2.0), CostLine(3.0, 2.0)) == math.inf
    assert option_costs.break_even_volume(CostLine(1.0, 2.0), CostLine(3.0, 5.0)) == math.inf
    assert option_costs.break_even_volume(CostLine(3.0, 2.0), CostLine(1.0, 2.0)) == 0
    found = option_costs.break_even_volume(
        CostLine(np.array([0.0, 9.0, 0.0]), np.array([2.0, 2.0, 0.5])), CostLine(3.0, 1.0)
    )
    assert isinstance(found, np.ndarray)
    assert found.tolist() == [3.0, 0.0, math.inf]


def test_owning_is_its_sum_month_by_month() -> None:
    """Setup and own people, then each month of use, then exit."""
    terms = OptionCosts(setup=100.0, people=30.0, month=10.0, unit=0.5, exit=7.0)
    assert (
        option_costs.ownership_cost(terms, 12).at(4.0)
        == 130 + sum(10 + 0.5 * 4 for _ in range(12)) + 7
    )


def test_scores() -> None:
    scores = table(OptionScores, "differentiation = 5\ndata = 2\ntime = 1\n")
    assert option_costs.weighted_score(scores, ScoreWeights()) == pytest.approx(8 / 3)
    weights = table(ScoreWeights, "differentiation = 2\ntime = 0\n")
    assert option_costs.weighted_score(scores, weights) == pytest.approx(12 / 3)
    assert option_costs.weighted_score(table(OptionScores, "time = 3\n"), weights) is None
    assert option_costs.weighted_score(OptionScores(), ScoreWeights()) is None
    assert option_costs.knockout_factors(scores) == ("time",)
    assert option_costs.knockout_factors(OptionScores()) == ()


def test_rules_are_not_ruled_out_for_being_common() -> None:
    scores = table(OptionScores, "differentiation = 1\ndata = 1\n")
    assert option_costs.knockout_factors(scores, "rules") == ("data",)
    assert option_costs.knockout_factors(scores, "api") == ("differentiation", "data")


WANTED = 'when = "w"\nwant = "x"\nso_that = "y"\n'


@pytest.mark.parametrize(
    ("importance", "satisfaction", "room"), [(9, 3, 15), (8, 8, 8), (6, 9, 6), (0, 0, 0)]
)
def test_worked_opportunities(importance: float, satisfaction: float, room: float) -> None:
    assert opportunity_score(importance, satisfaction) == room
    asked = f"importance = {importance}\nsatisfaction = {satisfaction}\n"
    assert job_opportunity(table(JobToBeDone, WANTED + asked)) == room


def test_a_job_without_survey_results() -> None:
    assert job_opportunity(table(JobToBeDone, WANTED)) is None
    assert job_opportunity(table(JobToBeDone, WANTED + "importance = 9\n")) is None


def test_the_plans_cost_is_the_sum_of_its_items() -> None:
    ships = np.array([True, False, True, False])
    weeks = np.array([2.0, 3.0, 4.0, 5.0])
    compute = 3000.0 + np.array([0.0, 500.0, 0.0, 500.0])
    model = ItemCost("model", "ml", weeks, weeks * 4000.0, compute, ships)
    assert np.asarray(model.cost).tolist() == [11_000, 15_500, 19_000, 23_500]
    found = cost.plan_cost(
        [
            model,
            ItemCost("product", "app", 1.0, 4000.0, 0.0, True),
            ItemCost("product", None, 1.0, 0.0, 2e3, False),
        ]
    )
    assert found.tracks == {"model": 17_250, "product": 6_000}
    assert found.unshipped_cost == (15_500 + 23_500) / 4 + 2000
    assert found.weeks.p50 == 5.5
    assert found.cost.p50 == 17_250 + 6_000
    assert found.cost.p10 < found.cost.p50 < found.cost.p90


def test_a_plan_of_nothing_costs_nothing() -> None:
    found = cost.plan_cost([])
    assert (found.cost.p10, found.cost.p90, found.unshipped_cost, found.tracks) == (0, 0, 0, {})


def test_spending_is_even_from_start_to_end() -> None:
    start = np.array([0.0, 10.0, 20.0, 13.0, 30.0, np.inf])
    end = np.array([26.0, 16.0, 60.0, 13.0, 40.0, np.inf])
    spent = cost.cost_by_period(100.0, start, end, np.array([0.0, 13.0, 26.0]))
    expected = [[50, 50, 0, 0, 0, 0], [50, 50, 15, 100, 0, 0]]
    assert spent.tolist() == [pytest.approx(each) for each in expected]
