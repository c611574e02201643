"""Pay of everyone to the horizon: people x weekly cost x weeks, by hand."""

import pytest

from roadmap_tui.forecast.simulation.simulator import simulate, work_order
from roadmap_tui.money.payroll import Payroll, plan_payroll, total_pay, yearly_pay
from roadmap_tui.money.plan_cost import expected_spend, remaining_costs
from roadmap_tui.narrative.scenario_effect import cost_effect
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.text.currency import Currency
from tests.plan.build import TODAY, plan_of

SURE = """
[roadmap]
horizon = 10
[teams.app]
people = 2
week_cost = 4000
[teams.ml]
people = 1
week_cost = 5000
[teams.free]
people = 9
[product.a]
team = "app"
effort = 4
reach = 100
[product.b]
team = "ml"
effort = 20
reach = 10
[product.c]
team = "free"
effort = 3
reach = 10
"""


def payroll_of(text: str) -> Payroll | None:
    plan = plan_of(text)
    resolved = resolve_plan(plan, as_of=TODAY)
    simulation = simulate(resolved, work_order(resolved, 100).build_order, 100)
    return plan_payroll(simulation, plan, remaining_costs(simulation, plan))


def test_all_are_paid_and_work_counts_to_the_horizon() -> None:
    """2 x 4,000 + 5,000 a week for 10 weeks; 4 weeks of a, and the first 10 of b's 20."""
    found = payroll_of(SURE)
    assert found is not None
    assert found.total == 10 * (2 * 4000 + 5000)
    assert found.work == pytest.approx(4 * 4000 + 10 * 5000)
    assert found.rest == pytest.approx(found.total - found.work)


def test_without_a_weekly_cost_there_is_no_payroll() -> None:
    assert payroll_of("[teams.t]\npeople = 3\n[product.a]\nteam = 't'\neffort = 2\n") is None
    assert (yearly_pay(None), yearly_pay(4000)) == (None, 208_000)


def test_hiring_is_never_free() -> None:
    """18 more people at 4,000 for 52 weeks, whatever the work costs."""
    few = SURE.replace("horizon = 10", "horizon = 52")
    many = few.replace("people = 2", "people = 20")
    assert total_pay(plan_of(many), 52) - total_pay(plan_of(few), 52) == 18 * 4000 * 52
    spends = []
    for text in (few, many):
        plan = plan_of(text)
        resolved = resolve_plan(plan, as_of=TODAY)
        simulation = simulate(resolved, work_order(resolved, 100).build_order, 100)
        spends.append(expected_spend(simulation, plan))
    texts = list(cost_effect(spends[0], spends[1], Currency.from_code("USD")))
    assert texts == ["work costs $120k as before", "payroll to the horizon $680k→$4.4M"]
