"""Money from tables: the worked answers, missing fields, and ranges from runs."""

import datetime as dt
import itertools
from collections.abc import Iterable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.simulation.amounts import (
    Amount,
    AmountSampler,
    amount_range,
    amount_sampler,
    median_of,
    sample_share,
)
from roadmap_tui.forecast.simulation.sampling import RandomSource
from roadmap_tui.money.market import market_estimates
from roadmap_tui.money.option_assessment import (
    ItemSampler,
    assess_options,
    best_by_cost,
    best_by_score,
)
from roadmap_tui.money.roi_inputs import cashflow_calendar, investment_amounts, item_return
from roadmap_tui.money.unit_economics import UnitEconomics, task_cost, unit_economics
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.items import Model
from roadmap_tui.plan.money.economics import BusinessCase, TaskCost
from roadmap_tui.plan.money.market import Market
from roadmap_tui.plan.policy import Policy
from roadmap_tui.plan.readiness.failure_modes import FailureMode
from roadmap_tui.plan.readiness.latency import LatencyBudget
from roadmap_tui.plan.readiness.oversight import HumanReview
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.readiness.failure_modes import failure_harm
from roadmap_tui.readiness.latency import latency_headroom
from roadmap_tui.readiness.oversight import feature_review_load, reviewers_needed
from tests.money.build import table

RUNS = 2000
TOKENS = """
tokens_in = 2000
tokens_out = 400
price_in = 3
price_out = 15
cache_hit = 0.3
cache_saving = 0.9
retrieval = 0.002
"""
USAGE = """
price_user_month = 50
other_cogs = 4
segments = [
    { name = "light", share = 0.6, tasks_month = 176 },
    { name = "usual", share = 0.3, tasks_month = 550 },
    { name = "heavy", share = 0.1, tasks_month = 2420 },
]
"""


def run_draws() -> AmountSampler:
    return amount_sampler(RandomSource(1, RUNS), "item")


def sure(amount: Amount | None) -> float:
    assert isinstance(amount, float)
    return amount


def worked(text: str) -> UnitEconomics:
    return unit_economics(table(TaskCost, text), median_of)


def test_worked_unit_economics() -> None:
    found = worked(TOKENS + USAGE)
    assert sure(found.task) == sure(found.full) == pytest.approx(0.01238)
    assert [round(100 * sure(each.margin), 1) for each in found.usage] == [87.6, 78.4, 32.1]
    assert round(100 * sure(found.margin), 1) == 79.3
    assert round(sure(found.usage[2].cost_share), 2) == 0.47


def test_worked_review() -> None:
    found = worked(TOKENS + "review = { share = 0.1, minutes = 2, wage = 30 }\nsuccess = 0.8\n")
    assert round(sure(found.full), 4) == 0.1124
    assert found.success == pytest.approx(0.11238 / 0.8)


def test_worked_most_tasks() -> None:
    paid = "per_prediction = 0.5\nprice_user_month = 10\n"
    assert worked(paid).max_tasks == pytest.approx(20)
    assert worked(paid + "margin_target = 0.7\n").max_tasks == pytest.approx(6)


def test_what_a_user_is_worth() -> None:
    found = worked(TOKENS + USAGE + "churn_month = 0.02\ncac = 200\n")
    assert found.margin is not None
    assert found.ltv == pytest.approx(50 * sure(found.margin) / 0.02)
    assert found.ltv_to_cac == pytest.approx(sure(found.ltv) / 200)


@pytest.mark.parametrize(
    ("text", "task"),
    [
        ("", None),
        ("tokens_in = 2000\n", None),
        ("tokens_in = 2000\nprice_in = 3\n", 0.006),
        ("tokens_in = 2000\nprice_in = 3\ntokens_out = 10\n", None),
        ("tokens_in = 2000\nprice_in = 3\ncache_hit = 0.5\n", 0.006),
        ("retrieval = 0.002\n", 0.002),
        ("fixed_month = 400\n", None),
        ("fixed_month = 400\nvolume_month = 0\n", None),
        ("fixed_month = 400\nvolume_month = 1000\n", 0.4),
        ("fixed_month = 0\n", 0.0),
        ("per_prediction = 0.02\n", 0.02),
        ("tokens_in = 2000\nprice_in = 3\nretry = 0.5\nsafety = 0.001\n", 0.01),
    ],
)
def test_cost_of_a_task_follows_its_table(text: str, task: float | None) -> None:
    found = task_cost(table(TaskCost, text), median_of)
    assert found is None if task is None else found == pytest.approx(task)


def test_missing_figures_are_none() -> None:
    assert worked("") == UnitEconomics(None, None, None, None, None, None, None, ())
    unknown = worked(TOKENS + "review = { share = 0.1, minutes = 2 }\n" + USAGE)
    assert (unknown.full, unknown.margin, unknown.usage[0].margin) == (None, None, None)
    free = worked(TOKENS + USAGE.replace("= 50", "= 0", 1))
    assert (free.margin, free.usage[0].margin) == (None, None)


AMOUNTS = st.sampled_from(
    ["0", "1e-12", "0.001", "1", "70", "1e12", "[1e-12, 2e-12, 1e12]", "[1, 2, 90]"]
)
SHARES = st.sampled_from(["0", "1e-12", "0.3", "1", "[0.2, 0.9]", "[0.9, 0.95, 1]"])
FIELDS: dict[str, st.SearchStrategy[str]] = {
    **dict.fromkeys(
        ("tokens_in", "tokens_out", "price_in", "price_out", "retry", "retrieval", "safety"),
        AMOUNTS,
    ),
    **dict.fromkeys(
        ("fixed_month", "volume_month", "price_user_month", "other_cogs", "cac"), AMOUNTS
    ),
    **dict.fromkeys(("cache_hit", "cache_saving", "success", "churn_month"), SHARES),
    "review": (
        st.tuples(SHARES, AMOUNTS, AMOUNTS).map(
            "{{ share = {0[0]}, minutes = {0[1]}, wage = {0[2]} }}".format
        )
    ),
    "segments": AMOUNTS.map('[{{ name = "a", share = 0.4, tasks_month = {} }}]'.format),
}


def amounts_of(found: UnitEconomics) -> Iterable[Amount | None]:
    yield from (
        found.task,
        found.full,
        found.success,
        found.margin,
        found.max_tasks,
        found.ltv,
        found.ltv_to_cac,
    )
    yield from itertools.chain.from_iterable((each.margin, each.cost_share) for each in found.usage)


@given(st.fixed_dictionaries({}, optional=FIELDS))
def test_figures_of_any_cost_table_are_finite_or_none(fields: dict[str, str]) -> None:
    cost = table(TaskCost, "".join(f"{name} = {value}\n" for name, value in fields.items()))
    for draw in (median_of, amount_sampler(RandomSource(1, 50), "item")):
        for amount in amounts_of(unit_economics(cost, draw)):
            assert amount is None or np.isfinite(amount).all()


def test_a_range_in_the_table_is_a_range_in_the_figure() -> None:
    """What rises evenly with a quantity has its quantiles where the quantity has them."""
    found = task_cost(
        table(TaskCost, "tokens_in = [1000, 2000, 8000]\nprice_in = 3\n"), run_draws()
    )
    assert found is not None
    found_range = amount_range(found)
    assert (found_range.p10, found_range.p50, found_range.p90) == pytest.approx(
        (0.003, 0.006, 0.024), rel=0.01
    )


def test_the_same_quantity_is_drawn_alike_wherever_it_is_asked_for() -> None:
    draw, other = run_draws(), amount_sampler(RandomSource(1, RUNS), "other")
    estimate = Estimate(1, 2, 5)
    assert np.array_equal(np.asarray(draw("a", estimate)), np.asarray(draw("a", estimate)))
    for unlike in (draw("b", estimate), other("a", estimate)):
        both = np.corrcoef(np.asarray(draw("a", estimate)), np.asarray(unlike))
        assert abs(both[0, 1]) < 0.1


def test_a_share_is_never_more_than_all() -> None:
    share = sample_share(run_draws(), "share", Estimate(0.5, 0.8, 1.0))
    assert np.max(np.asarray(share)) == 1
    assert amount_range(np.asarray(share)).p50 == pytest.approx(0.8, rel=0.01)


def test_worked_headroom() -> None:
    """One step through its p95 leaves what is left; of unknown percentiles nothing is said."""
    step = '{ name = "s", p50 = 300, p95 = 820 }'
    found = latency_headroom(table(LatencyBudget, f"p95_ms = 1000\nsteps = [{step}]\n"))
    assert found == pytest.approx(0.18, abs=0.01)
    assert latency_headroom(table(LatencyBudget, f'kind = "flow"\nsteps = [{step}]\n')) == found
    assert latency_headroom(table(LatencyBudget, f"steps = [{step}]\n")) is None
    assert latency_headroom(table(LatencyBudget, "p95_ms = 1000\n")) is None
    unknown = 'kind = "flow"\nsteps = [{ name = "s", ms = 40 }]\n'
    assert latency_headroom(table(LatencyBudget, unknown)) is None


def test_worked_reviewers() -> None:
    busy = feature_review_load(
        table(HumanReview, "per_day = 800\nminutes = 1.5\nhours = 6\n"), median_of
    )
    assert busy == pytest.approx(800 * 1.5 / 60 / 6)
    assert busy is not None
    assert reviewers_needed(busy) == 4
    assert (
        feature_review_load(table(HumanReview, "per_day = 800\nminutes = 1.5\n"), median_of) is None
    )


def test_worked_harm() -> None:
    assert failure_harm(
        "f", table(FailureMode, "hits = 4\nof = 1000\ncost = 500\ncaught = 0.3\n"), median_of
    ) == pytest.approx(1400)
    assert failure_harm(
        "f", table(FailureMode, "hits = 4\nof = 1000\ncost = 500\n"), median_of
    ) == pytest.approx(2000)
    assert failure_harm("f", table(FailureMode, "hits = 4\nof = 1000\n"), median_of) is None
    assert failure_harm("f", table(FailureMode, "cost = 500\n"), median_of) is None


def test_worked_market() -> None:
    text = "accounts = 11500\nprice_year = [4800, 6000, 7200]\nsom_share = [0.03, 0.05, 0.08]\n"
    text += 'filters = [{ name = "usable data", share = [0.45, 0.6, 0.7] }]\n'
    found = market_estimates(table(Market, text), median_of)
    assert found.bottom_up is not None
    assert sure(found.bottom_up.tam) == 69e6
    assert sure(found.bottom_up.som) == pytest.approx(2.07e6)
    drawn_market = market_estimates(table(Market, text), run_draws())
    assert drawn_market.bottom_up is not None
    found_range = amount_range(drawn_market.bottom_up.som)
    assert (
        0.75e6 < found_range.p10 < found_range.p50 < found_range.p90 < 4.64e6
    )  # corners are further apart than 8 runs of 10


def test_markets_of_which_little_is_known() -> None:
    nothing = market_estimates(Market(), median_of)
    assert (nothing.bottom_up, nothing.value, nothing.top_down) == (None, None, None)
    plain = market_estimates(table(Market, "accounts = 10\nprice_year = 5\n"), median_of)
    assert plain.bottom_up is not None
    assert (plain.bottom_up.tam, plain.bottom_up.sam, plain.bottom_up.som) == (50, 50, 50)
    assert (
        market_estimates(
            table(Market, "accounts = 10\nvalue_per_account = 5\ncapture = 0.2\n"), median_of
        ).value
        == 10
    )
    assert (
        market_estimates(
            table(Market, "top_down = { industry = 50, share = 0.2 }\n"), median_of
        ).top_down
        == 10
    )


def test_worked_return() -> None:
    roi = table(
        BusinessCase,
        "build = 180e3\nrun_month = 6e3\nbenefit_month = 40e3\nramp = [0.25, 0.5, 0.75,"
        " 1]\nlaunch_month = 6\n",
    )
    business = investment_amounts(roi, median_of, 180e3)
    assert business is not None
    found = item_return(business, cashflow_calendar(roi, Policy(), 9.0), roi, Policy())
    assert round(sure(found.roi), 2) == 1.38
    assert round(sure(found.npv), -2) == 341.3e3
    assert int(found.payback) == 13


def test_return_uses_the_forecast_unless_the_table_overrides() -> None:
    roi = table(BusinessCase, "benefit_month = 50\nmonths = 6\ndiscount = 0\n")
    build, ships = np.array([100.0, 100.0, 0.0]), np.array([True, False, False])
    business = investment_amounts(roi, median_of, build)
    assert business is not None
    found = item_return(
        business, cashflow_calendar(roi, Policy(), np.array([2.0, 2.0, 2.0]), ships), roi, Policy()
    )
    assert np.asarray(found.npv).tolist() == pytest.approx([100, -100, 0])
    assert np.asarray(found.roi).tolist() == pytest.approx([1, -1, 0])
    assert found.p_profitable == pytest.approx(1 / 3)
    assert investment_amounts(BusinessCase(), median_of, 100.0) is None


def options_of(text: str) -> tuple[Plan, str, ItemSampler, dt.date]:
    """A plan of one model, at its likely amounts."""
    return Plan(model={"m": table(Model, text)}), "m", lambda _: median_of, dt.date(2026, 11, 23)


CHOICE = """
volume_month = {}
weights = {{ cost = 3 }}
[options.api]
unit = 0.0096
scores = {{ differentiation = 2, cost = 3 }}
[options.own]
month = 6000
unit = 0.00064
weeks = 0
scores = {{ differentiation = 5, cost = 3 }}
[options.partner]
scores = {{ expertise = 1, cost = 5 }}
"""


@pytest.mark.parametrize(("volume", "cheapest"), [(669_000, "api"), (670_000, "own")])
def test_worked_options_change_places_where_their_costs_cross(volume: int, cheapest: str) -> None:
    fits = assess_options(*options_of(CHOICE.format(volume)))
    assert best_by_cost(fits) == cheapest
    assert best_by_score(fits) == "own"
    assert fits["own"].score == pytest.approx((5 + 3 * 3) / 4)
    assert fits["partner"].knockout_factors == ("expertise",)
    assert sure(fits["api"].cost) == pytest.approx(24 * volume * 0.0096)


def test_options_that_are_not_rated() -> None:
    fits = assess_options(*options_of("[options.a]\nsetup = 5\nweeks = 26\n"))
    assert (best_by_cost(fits), best_by_score(fits)) == (None, None)
    assert fits["a"].cost_line.fixed == 5
    assert sure(fits["a"].cost_line.at(0.0)) == 5
    assert assess_options(*options_of("")) == {}
