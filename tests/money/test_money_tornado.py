"""Tornado of an item's money: the ends equal those of the file with that number."""

import pytest

from roadmap_tui.forecast.analysis.what_if import WHAT_IF_RUNS, WhatIfPlan
from roadmap_tui.forecast.simulation.amounts import mean
from roadmap_tui.forecast.simulation.simulator import simulate, work_order
from roadmap_tui.money.money_tornado import MoneyFigure, MoneySwing, money_swings
from roadmap_tui.money.plan_cost import remaining_costs
from roadmap_tui.money.roi import item_npv
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from tests.plan.build import TODAY, plan_of

TEXT = """
[teams.ml]
people = 1
week_cost = 4000
[product.a]
team = "ml"
effort = [2, 4, 9]
chance = 0.8
reach = 100
needs = ["m"]
[product.a.roi]
build = [80_000, 100_000, 150_000]
run_month = 5000
benefit_month = [10_000, 20_000, 45_000]
realisation = 0.5
[model.m]
team = "ml"
effort = 6
chance = 0.6
"""
WRITTEN = {
    ("a", "effort"): "effort = [2, 4, 9]",
    ("a", "chance"): "chance = 0.8",
    ("m", "chance"): "chance = 0.6",
    ("a", "build"): "build = [80_000, 100_000, 150_000]",
    ("a", "benefit_month"): "benefit_month = [10_000, 20_000, 45_000]",
}


def figure(plan: Plan, listed: tuple[str, ...], money: MoneyFigure) -> float:
    simulation = simulate(resolve_plan(plan, as_of=TODAY), listed, WHAT_IF_RUNS)
    if money == "takes":
        return mean(remaining_costs(simulation, plan)["a"].cost)
    amount = item_npv(simulation, plan, "a")
    assert amount is not None
    return mean(amount)


@pytest.mark.parametrize(
    ("money", "moving"),
    [
        ("takes", {("a", "effort"), ("m", "chance")}),
        (
            "npv",
            {
                ("a", "effort"),
                ("a", "chance"),
                ("m", "chance"),
                ("a", "build"),
                ("a", "benefit_month"),
            },
        ),
    ],
)
def test_the_ends_are_those_of_the_changed_file(
    money: MoneyFigure, moving: set[tuple[str, str]]
) -> None:
    plan = plan_of(TEXT)
    listed = work_order(resolve_plan(plan, as_of=TODAY)).build_order
    found: tuple[MoneySwing, ...] = money_swings(
        WhatIfPlan(resolve_plan(plan, as_of=TODAY), listed), plan, "a", money
    )
    assert {(each.item, each.field) for each in found} == moving
    assert [each.size for each in found] == sorted((each.size for each in found), reverse=True)
    for each in found:
        line = WRITTEN[each.item, each.field]
        for end, amount in zip(each.ends, each.figures, strict=True):
            changed = plan_of(TEXT.replace(line, f"{each.field} = {end!r}"))
            assert amount == pytest.approx(figure(changed, listed, money), rel=1e-6)


def test_a_benefit_held_low_pays_what_is_worked_out_by_hand() -> None:
    """Sure and live at once: each of 12 months brings 1,000 x 0.5 less 100, the first of them pays
    for the build.
    """
    text = (
        "[product.a]\neffort = 0\nchance = 1\nreach = 1\nroi = { build = 900, run_month = 100,"
        " benefit_month = [500, 1000, 3000], realisation = 0.5, launch_month = 1,"
        " months = 12, discount = 0 }\n"
    )
    plan = plan_of(text)
    [only] = money_swings(WhatIfPlan(resolve_plan(plan, as_of=TODAY), ("a",)), plan, "a", "npv")
    assert (only.item, only.field, only.ends) == ("a", "benefit_month", (500, 3000))
    assert list(only.figures) == pytest.approx([12 * 150 - 900, 12 * 1400 - 900])
