"""Money of whole plans: worked answers, sums by hand, loops over months and options, and empty
tables.
"""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.simulation.simulator import Simulation, simulate, work_order
from roadmap_tui.money.build_or_buy import lower_envelope
from roadmap_tui.money.option_scenarios import OptionScenario, PlanOutlook, option_scenarios
from roadmap_tui.money.plan_money import ItemMoney, PlanMoney, plan_money
from roadmap_tui.plan.model_options import overridden_fields, with_option
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from tests.money.reference import cash, paid_back, present
from tests.plan.build import TODAY, plan_of

N = 4000
PARTS = 487
DAYS = 365.25 / 12
"""Of a month; each of its parts is a sixteenth of a day."""


def simulated(text: str) -> tuple[Simulation, Plan]:
    plan = plan_of(text)
    resolved = resolve_plan(plan, as_of=TODAY)
    return simulate(resolved, work_order(resolved, N).build_order, N), plan


def money_of(text: str) -> PlanMoney:
    return plan_money(*simulated(text))


def item_of(text: str, name: str = "a") -> ItemMoney:
    return money_of(text).items[name]


WORKED = """
[product.a.cost]
tokens_in = 2000
tokens_out = 400
price_in = 3
price_out = 15
priced = 2026-10-30
cache_hit = 0.3
cache_saving = 0.9
retrieval = 0.002
price_user_month = 50
other_cogs = 4
segments = [
    { name = "light", share = 0.6, tasks_month = 176 },
    { name = "usual", share = 0.3, tasks_month = 550 },
    { name = "heavy", share = 0.1, tasks_month = 2420 },
]
"""


def test_worked_unit_economics() -> None:
    cost = item_of(WORKED).cost
    assert cost is not None
    assert cost.full is not None
    assert round(cost.full.mean, 5) == 0.01238
    assert sum(part.mean for _, part in cost.parts) == pytest.approx(0.01238)
    assert [round(each.margins[0].mean * 100, 1) for each in cost.usage if each.margins[0]] == [
        87.6,
        78.4,
        32.1,
    ]
    assert cost.margins[0] is not None
    assert round(cost.margins[0].mean * 100, 1) == 79.3
    assert cost.usage[2].cost_share is not None
    assert round(cost.usage[2].cost_share.mean * 100) == 47
    assert cost.priced == dt.date(2026, 10, 30)


def test_heavier_use_costs_as_many_times_as_much() -> None:
    """At k times the tasks, (50 - 4 - k x .01238 x tasks) / 50 is left over."""
    cost = item_of(WORKED).cost
    assert cost is not None
    for group, tasks in zip(cost.usage, (176, 550, 2420), strict=True):
        left = [(50 - 4 - times * 0.01238 * tasks) / 50 for times in (1, 3, 10)]
        assert [each.mean for each in group.margins if each] == pytest.approx(left)
    mean = 0.6 * 176 + 0.3 * 550 + 0.1 * 2420
    whole = [each.mean for each in cost.margins if each is not None]
    assert whole == pytest.approx([(46 - times * 0.01238 * mean) / 50 for times in (1, 3, 10)])
    assert whole[-1] < 0


@pytest.mark.parametrize(
    ("table", "lacks"),
    [
        ("", "tokens_in"),
        ("tokens_in = 5", "price_in"),
        ("tokens_in = 5\nprice_in = 1\ntokens_out = 5", "price_out"),
        ("fixed_month = 5", "volume_month"),
        ("fixed_month = 5\nvolume_month = 0", "volume_month"),
        ("per_prediction = 0.1\nreview = { minutes = 2 }", "review"),
    ],
)
def test_missing_inputs_of_a_task_are_named(table: str, lacks: str) -> None:
    cost = item_of(f"[product.a.cost]\n{table}\n").cost
    assert cost is not None
    assert cost.full is None
    assert cost.missing_inputs[0][0].startswith(lacks)


def test_prices_and_volumes_of_nothing_are_no_fault() -> None:
    cost = item_of(
        "[product.a.cost]\nper_prediction = 0\nprice_user_month = 0\nsuccess = 0\nchurn_month = 0\n"
        "segments = [{ name = 'all', share = 0, tasks_month = 0 }]\n"
    ).cost
    assert cost is not None
    assert cost.full is not None
    assert (cost.full.mean, cost.success, cost.ltv) == (0.0, None, None)
    assert cost.margins == (None, None, None)


def test_a_user_that_costs_more_than_it_pays() -> None:
    cost = item_of(
        "[product.a.cost]\nper_prediction = 1\nprice_user_month = 10\nchurn_month = 0.1\n"
        "segments = [{ name = 'all', share = 1, tasks_month = 30 }]\n"
    ).cost
    assert cost is not None
    assert cost.margins[0] is not None
    assert cost.margins[0].mean == pytest.approx(-2)
    assert cost.ltv is not None
    assert cost.ltv.mean == pytest.approx(-200)


ROI = (
    "[product.a]\neffort = {effort}\nchance = {chance}\n[product.a.roi]\nbuild = 180000\nrun_month"
    " = 6000\n"
)
ROI += "benefit_month = 40000\nramp = [0.25, 0.5, 0.75, 1]\n"


def test_worked_return_at_its_launch_month() -> None:
    paying = item_of(ROI.format(effort=1, chance=1) + "launch_month = 6\n").roi_result
    assert paying is not None
    assert paying.roi is not None
    assert paying.payback is not None
    assert (round(paying.roi.mean, 2), round(paying.npv.mean, -2), paying.payback.p50) == (
        1.38,
        341.3e3,
        13,
    )
    assert (paying.p_profitable, paying.p_payback, paying.spike_comparison) == (1.0, 1.0, None)
    left = cash(180e3, 6e3, 40e3, 5, 24, [0.25, 0.5, 0.75, 1])
    assert paying.peak_outlay.mean == pytest.approx(
        min(sum(left[: month + 1]) for month in range(24))
    )


def test_the_launch_is_the_forecasts() -> None:
    """20 person-weeks by one: done in week 20, which is in the fifth month."""
    paying = item_of(ROI.format(effort=20, chance=1)).roi_result
    left = cash(180e3, 6e3, 40e3, 20 * 7 / DAYS, 24, [0.25, 0.5, 0.75, 1], PARTS)
    assert paying is not None
    assert paying.launch is not None
    assert paying.launch.p50 == 5
    assert paying.npv.mean == pytest.approx(present(left, 0.1))
    assert paying.payback is not None
    assert paying.payback.p50 == paid_back(left)


def test_worked_finding_out_first() -> None:
    """A 40k spike first: 164.8k; built at once, losing the build on failure: 132.8k, and less
    because it is spread out.
    """
    text = ROI.format(effort=1, chance=0.6) + "launch_month = 6\n"
    text += (
        "[teams.t]\npeople = 1\nweek_cost = 20000\n[spike.s]\nteam = 't'\ntimebox = 2\ninforms ="
        " 'a'\n"
    )
    found = item_of(text).roi_result
    assert found is not None
    assert found.spike_comparison is not None
    staged = found.spike_comparison
    assert (staged.works, staged.spike_cost) == (0.6, 40e3)
    assert round(staged.spike_first, -2) == 164.8e3
    lost = -present([-36e3] * 5, 0.1)
    assert staged.loss == pytest.approx(lost)
    assert staged.build_at_once == pytest.approx(0.6 * staged.gain - 0.4 * lost)
    assert staged.max_spike_cost == pytest.approx(0.4 * lost)


def test_the_chance_to_ship_is_in_the_chance_to_pay() -> None:
    paying = item_of(ROI.format(effort=1, chance=0.6) + "launch_month = 6\n").roi_result
    assert paying is not None
    assert paying.p_profitable == paying.p_ships == pytest.approx(0.6, abs=0.001)
    assert paying.p_payback == paying.p_ships


def test_what_is_live_has_its_build_behind_it() -> None:
    text = (
        "[product.a]\nstatus = 'live'\n[product.a.roi]\nbuild = 5e6\nbenefit_month ="
        " 100\nlaunch_month = 9\n"
    )
    paying = item_of(text).roi_result
    assert paying is not None
    assert paying.is_live
    assert paying.npv.mean == pytest.approx(present([100.0] * 24, 0.1))


@pytest.mark.parametrize("status", ["idea", "failed", "dropped"])
def test_of_what_is_not_planned_nothing_is_forecast(status: str) -> None:
    item = item_of(
        f"[product.a]\nstatus = '{status}'\n[product.a.roi]\nbuild = 5\nbenefit_month = 100\n"
    )
    assert item.roi_result is None
    assert item.remaining_cost is None


@pytest.mark.parametrize("table", ["", "build = 5\n", "benefit_month = 5\n"])
def test_half_a_return_is_none(table: str) -> None:
    assert item_of(f"[product.a]\n[product.a.roi]\n{table}").roi_result is None


def test_a_market_of_three_counts() -> None:
    market = money_of(
        "[market]\naccounts = 11500\nprice_year = 6000\nsom_share = 0.05\nvalue_per_account ="
        " 20000\ncapture = 0.1\nfilters = [{ name = 'data', share = 0.6 }]\ntop_down = { industry ="
        " 4.6e9, share = 0.01, source = 'X', year = 2025 }\n[product.a]\n"
    ).markets[""]
    counts = [
        each.mean
        for each in (market.tam, market.sam, market.som, market.value, market.industry_share)
        if each
    ]
    assert counts == pytest.approx([69e6, 41.4e6, 2.07e6, 23e6, 46e6])
    assert market.disagreement == pytest.approx(3)
    assert market.price_share is not None
    assert market.price_share.mean == pytest.approx(0.3)


def test_the_plans_cost_is_what_is_spent_by_quarter_and_later() -> None:
    text = "[roadmap]\nas_of = 2026-11-23\nhorizon = 20\n[teams.t]\npeople = 1\nweek_cost = 100\n"
    text += (
        "[product.a]\nteam = 't'\neffort = 15\n[model.b]\nteam = 't'\neffort = [5, 10, 30]\nchance"
        " = 0.5\n"
    )
    money = money_of(text)
    for track, whole in money.cost.tracks.items():
        parts = sum(each.tracks[track] for each in money.quarters) + money.beyond_horizon[track]
        assert parts == pytest.approx(whole)
    assert sum(money.beyond_horizon.values()) > 0


def test_without_tables_there_is_no_readiness() -> None:
    assert money_of("[product.a]\n").is_empty
    assert not money_of("[product.a.roi]\n").is_empty
    assert not money_of("[teams.t]\npeople = 1\nweek_cost = 1\n[product.a]\nteam = 't'\n").is_empty


LINES = st.dictionaries(
    st.sampled_from("abcdef"),
    st.tuples(st.integers(0, 50), st.integers(0, 9)),
    min_size=1,
    max_size=6,
)


@given(LINES, st.floats(0, 200))
def test_the_envelope_is_the_least_of_all_lines(
    lines: dict[str, tuple[float, float]], volume: float
) -> None:
    found = lower_envelope(lines)
    name = [name for start, name in found if start <= volume][-1]
    least = min(fixed + unit * volume for fixed, unit in lines.values())
    assert lines[name][0] + lines[name][1] * volume == pytest.approx(least)
    assert [start for start, _ in found] == sorted(start for start, _ in found)


OPTIONS = """
[model.a]
effort = 2
chance = 0.5
volume_month = 1e6
chosen = "rented"
[model.a.options.api]
kind = "api"
month = 0
unit = 0.0096
scores = { cost = 5, data = 2 }
[model.a.options.rented]
kind = "openweight"
month = 6000
unit = 0.00064
scores = { cost = 3, data = 5 }
[model.a.options.magic]
unit = 0
scores = { data = 1, cost = 5 }
"""


def test_worked_crossing_of_two_options() -> None:
    buying = item_of(OPTIONS).build_or_buy
    assert buying is not None
    assert [each.name for each in buying.cheapest] == ["api", "rented"]
    assert round(buying.cheapest[1].start.mean) == 669_643
    assert [each.knockout_factors for each in buying.options] == [(), (), ("data",)]
    assert (buying.by_cost, buying.by_score, buying.winners_differ) == ("rented", "rented", False)
    cost = {each.name: each.cost.mean for each in buying.options if each.cost}
    assert cost == pytest.approx({"api": 24 * 9600, "rented": 24 * (6000 + 640), "magic": 0})


def test_options_that_cost_nothing_at_no_volume() -> None:
    buying = item_of(
        "[model.a]\nvolume_month = 0\n[model.a.options.x]\n[model.a.options.y]\n"
    ).build_or_buy
    assert buying is not None
    assert len(buying.cheapest) == 1
    assert buying.by_score is None


RUNS = """
[teams.t]
people = 1
week_cost = 1000
[product.f]
needs = ["m"]
reach = 100
team = "t"
effort = 1
[product.f.roi]
build = 1000
benefit_month = 500
[model.m]
team = "t"
chance = 0.4
effort = 10
[model.m.options.vendor]
effort = 2
chance = 0.8
[model.m.options.same]
unit = 5
[model.m.options.loop]
needs = ["f"]
[model.m.options.staged.stages]
train = { effort = 4 }
"""


def option(found: tuple[OptionScenario, ...], name: str | None) -> PlanOutlook:
    outlook = next(each for each in found if each.option == name).outlook
    assert isinstance(outlook, PlanOutlook)
    return outlook


def test_an_option_is_forecast_with_its_fields_in_place_of_the_items() -> None:
    simulation, plan = simulated(RUNS)
    found = option_scenarios(simulation, plan, "m")
    base, vendor = option(found, None), option(found, "vendor")
    assert (base.item.p_delivered, vendor.item.p_delivered) == pytest.approx((0.4, 0.8), abs=0.001)
    assert base.item.finish is not None
    assert vendor.item.finish is not None
    assert (base.item.finish.p50, vendor.item.finish.p50) == (10, 2)
    assert base.remaining_cost is not None
    assert vendor.remaining_cost is not None
    assert (base.remaining_cost.mean, vendor.remaining_cost.mean) == (10e3, 2e3)
    assert vendor.cost.tracks["product"] == pytest.approx(800, abs=2)
    assert vendor.npv is not None
    assert base.npv is not None
    assert vendor.npv.mean > base.npv.mean
    assert option(found, "same") == base


def test_what_an_option_makes_impossible_is_reported() -> None:
    simulation, plan = simulated(RUNS)
    loop = next(each for each in option_scenarios(simulation, plan, "m") if each.option == "loop")
    assert isinstance(loop.outlook, str)
    assert "cycle" in loop.outlook


def test_an_option_is_as_if_it_had_been_written_into_the_item() -> None:
    simulation, plan = simulated(RUNS)
    found = option(option_scenarios(simulation, plan, "m"), "staged")
    written = RUNS.replace("effort = 10\n", "stages = { train = { effort = 4 } }\n")
    assert found.item == option(option_scenarios(*simulated(written), "m"), None).item


def test_efforts_and_stages_take_each_others_place() -> None:
    plan = plan_of(
        "[model.m.stages]\ntrain = { effort = 4 }\n[model.m.options.o]\neffort = 3\nsetup = 4\n"
    )
    assert overridden_fields(plan.model["m"].options["o"]) == ("effort",)
    model = with_option(plan, "m", "o").model["m"]
    assert model.stages is None
    assert model.effort is not None


@pytest.mark.parametrize(
    ("finished", "days"), [("2026-10-20", 34), ("2026-03-01", 267), ("2026-11-20", 3)]
)
def test_what_is_live_is_as_far_up_its_ramp_as_it_has_been_live(finished: str, days: int) -> None:
    """One month back the second step is due, eight months back the last one."""
    ramp = "benefit_month = 100\nramp = [0.25, 0.5, 0.75, 1]\n"
    text = (
        f"[product.a]\nstatus = 'live'\nfinished = {finished}\n[product.a.roi]\nbuild = 5e6\n{ramp}"
    )
    paying = item_of(text).roi_result
    assert paying is not None
    expected = cash(0, 0, 100, -days / DAYS, 24, [0.25, 0.5, 0.75, 1], PARTS)
    assert paying.npv.mean == pytest.approx(present(expected, 0.1))


def test_where_building_at_once_loses_finding_out_is_worth_no_more_than_what_it_gains() -> None:
    """Building is optional: at works 0.1 the alternative to an answer is to leave it."""
    found = item_of(ROI.format(effort=1, chance=0.1) + "launch_month = 6\n").roi_result
    assert found is not None
    assert found.spike_comparison is not None
    assert found.spike_comparison.build_at_once < 0
    assert found.spike_comparison.max_spike_cost == pytest.approx(0.1 * found.spike_comparison.gain)


def test_what_loses_even_where_it_works_is_worth_no_question() -> None:
    found = item_of(
        ROI.format(effort=1, chance=0.6).replace("40000", "400") + "launch_month = 6\n"
    ).roi_result
    assert found is not None
    assert found.spike_comparison is not None
    assert found.spike_comparison.gain < 0
    assert found.spike_comparison.max_spike_cost == 0


def test_a_crossing_that_some_runs_never_reach() -> None:
    """Rented, a request costs less in most runs; in the others it is cheaper at no volume."""
    text = OPTIONS.replace("unit = 0.00064", "unit = [0.003, 0.007, 0.015]")
    buying = item_of(text).build_or_buy
    assert buying is not None
    first, other = buying.cheapest
    assert (first.mean_start, first.chance, first.start.mean) == (0, 1, 0)
    assert 0.6 < other.chance < 0.9
    assert other.mean_start > 0
    assert other.start.range.p10 >= 6000 / 0.0096


def test_each_market_is_counted_by_itself_with_what_serves_it() -> None:
    money = money_of(
        "[market.smb]\naccounts = 1000\nprice_year = 50\n[market.large]\naccounts = [10, 20, 40]\n"
        "price_year = 9000\n[product.a]\nmarket = 'smb'\n"
        "[model.b]\nmarket = 'smb'\nstatus = 'live'\n"
        "[product.c]\nmarket = 'large'\nstatus = 'dropped'\n"
    )
    sizes = {name: each.tam.mean for name, each in money.markets.items() if each.tam}
    assert sizes["smb"] == 50_000
    assert sizes["large"] == pytest.approx(9000 * 23, rel=0.05)
    assert {name: each.served_by for name, each in money.markets.items()} == {
        "smb": ("a", "b"),
        "large": (),
    }
