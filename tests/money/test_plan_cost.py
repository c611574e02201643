"""The plan's cost: sums by hand where all is sure, and the walked chain where it is not."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping

import numpy as np
import pytest

from roadmap_tui.forecast.simulation.simulator import Simulation, simulate, work_order
from roadmap_tui.money.cost import ItemCost, plan_cost
from roadmap_tui.money.plan_cost import remaining_costs, unpriced_items
from roadmap_tui.money.quarter_costs import cost_by_quarter
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from tests.forecast.chain import walks
from tests.plan.build import TODAY, plan_of

N = 4000
SURE = """
[teams.app]
people = 1
week_cost = 4000
[teams.ml]
people = 2
week_cost = 5000
[product.a]
team = "app"
effort = 4
pin = "now"
reach = 100
[product.b]
team = "app"
effort = 4
reach = 10
[model.m]
team = "ml"
chance = 1
[model.m.stages]
train = { effort = 6, compute = 3000 }
deploy = { effort = 2 }
"""


def costed(text: str) -> tuple[Plan, Simulation, Mapping[str, ItemCost]]:
    plan = plan_of(text)
    resolved = resolve_plan(plan, as_of=TODAY)
    simulation = simulate(resolved, work_order(resolved, N).build_order, N)
    return plan, simulation, remaining_costs(simulation, plan)


def test_where_all_is_sure_it_is_the_sum_by_hand() -> None:
    _, _, items = costed(SURE)
    found = plan_cost(items.values())
    assert found.weeks.p10 == found.weeks.p90 == 4 + 4 + 8
    assert found.cost.p50 == 16e3 + 16e3 + 40e3 + 3e3
    assert found.tracks == {"product": 32e3, "model": 43e3}
    assert found.unshipped_cost == 0


def test_each_quarter_has_what_is_spent_in_it() -> None:
    """38 days of the quarter are left; a ends after 28, b starts then, m ends after 56."""
    _, simulation, items = costed(SURE)
    first, second, *later = cost_by_quarter(simulation, items, {})
    assert (first.ends, second.ends) == (dt.date(2026, 12, 31), dt.date(2027, 3, 31))
    assert first.tracks["product"] == pytest.approx(16e3 + 16e3 * 10 / 28)
    assert first.tracks["model"] == pytest.approx(43e3 * 38 / 56, rel=1e-6)
    assert second.cost.p50 == pytest.approx(16e3 * 18 / 28 + 43e3 * 18 / 56, rel=1e-6)
    assert [each.cost.p90 for each in later] == [0] * len(later)


STAGES = {"data": 0.9, "train": 0.7, "evaluate": 0.6, "deploy": 0.8}
COSTS = {"data": 2.0, "train": 30.0, "evaluate": 500.0, "deploy": 0.0}
STAGED = """
[teams.ml]
people = 1
week_cost = 1000
[model.m]
attempts = 2
team = "ml"
[model.m.stages]
data = { effort = 1, chance = 0.9, compute = 2 }
train = { effort = 1, chance = 0.7, compute = 30 }
evaluate = { effort = 1, chance = 0.6, compute = 500 }
deploy = { effort = 1, chance = 0.8 }
"""


def price(seen: Counter[str]) -> float:
    return sum((1000 + COSTS[name]) * count for name, count in seen.items())


def test_compute_is_paid_for_each_stage_that_is_gone_through() -> None:
    """Each way through the stages has a cost of its own."""
    _, _, items = costed(STAGED)
    ways = list(walks(STAGES, "data", 2))
    assert set(np.asarray(items["m"].cost).tolist()) == {price(seen) for _, _, seen in ways}
    found = plan_cost(items.values())
    assert found.tracks["model"] == pytest.approx(
        sum(chance * price(seen) for chance, _, seen in ways), rel=0.02
    )
    lost = sum(chance * price(seen) for chance, works, seen in ways if not works)
    assert found.unshipped_cost == pytest.approx(lost, rel=0.05)


def test_what_is_not_attempted_costs_nothing() -> None:
    teams = "[teams.t]\npeople = 1\nweek_cost = 1\n"
    product = "[product.a]\nteam = 't'\neffort = 3\nneeds = ['m']\n"
    _, _, items = costed(teams + product + "[model.m]\nchance = 0.5\neffort = 1\n")
    cost = np.asarray(items["a"].cost)
    assert set(cost.tolist()) == {0.0, 3.0}
    assert cost.mean() == pytest.approx(1.5, rel=0.01)
    assert plan_cost(items.values()).unshipped_cost == 0


ACTIVE = """
[teams.t]
people = 1
week_cost = 10
[product.a]
team = 't'
effort = 3
chance = 1
status = 'active'
"""


@pytest.mark.parametrize(
    "why",
    [
        "needs = ['m']\n[model.m]\nchance = 0.5\neffort = 1\n",
        "chance = 0.5\n[spike.s]\ninforms = 'a'\ntimebox = 1\nyes_if_works = 1\nyes_if_not = 0\n",
        "fallback_for = 'm'\n[model.m]\nchance = 0.5\neffort = 1\n",
    ],
)
def test_active_work_costs_its_people_in_every_outcome(why: str) -> None:
    """It keeps its lane to its own finish: three weeks at 10, in every run; where it does not ship,
    for nothing.
    """
    text = (
        ACTIVE.replace("chance = 1\n", "") + why if "chance = 0.5\n[spike" in why else ACTIVE + why
    )
    _, simulation, items = costed(text)
    assert set(np.asarray(items["a"].cost).tolist()) == {30.0}
    attempted = simulation.attempted("a").mean()
    assert 0.4 < attempted < 0.6
    lost = plan_cost([items["a"]]).unshipped_cost
    assert lost == pytest.approx(30 * (1 - attempted), rel=0.01)
    first, *later = cost_by_quarter(simulation, {"a": items["a"]}, {})
    assert first.cost.p10 == first.cost.p90 == pytest.approx(30)
    assert all(each.cost.p90 == 0 for each in later)


def test_the_compute_of_what_is_under_way_is_paid_too() -> None:
    staged = ACTIVE.replace("effort = 3\nchance = 1\n", "needs = ['n']\n").replace(
        "product.a", "model.a"
    )
    staged += (
        "[model.a.stages]\ntrain = { effort = 3, compute = 7 }\n[model.n]\nchance = 0\neffort = 1\n"
    )
    _, _, items = costed(staged)
    assert set(np.asarray(items["a"].cost).tolist()) == {37.0}


def test_people_without_a_cost_are_named() -> None:
    plan, simulation, items = costed(
        "[teams.t]\npeople = 1\n[product.a]\nteam = 't'\n[product.b]\n[product.c]\nstatus ="
        " 'done'\n"
    )
    assert unpriced_items(simulation.resolved, plan) == ("a", "b")
    found = plan_cost(items.values())
    assert found.cost.p90 == 0
    assert found.weeks.p10 > 0


def test_an_uncertain_compute_makes_an_uncertain_cost() -> None:
    _, _, items = costed(
        "[model.m]\nchance = 1\n[model.m.stages]\ntrain = { effort = 1, compute = [1000, 2000,"
        " 6000] }\n"
    )
    found = plan_cost(items.values())
    assert (found.cost.p10, found.cost.p50, found.cost.p90) == pytest.approx(
        (1000, 2000, 6000), rel=0.01
    )


def test_a_plan_of_which_all_is_done_costs_nothing() -> None:
    _, simulation, items = costed("[product.a]\nstatus = 'done'\n")
    assert items == {}
    assert all(each.cost.p90 == 0 for each in cost_by_quarter(simulation, items, {}))
