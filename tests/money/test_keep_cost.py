"""Cost to keep live items: by hand, from delivery to retirement, by quarter and team."""

import pytest

from roadmap_tui.money.keep_cost import keep_costs
from roadmap_tui.money.plan_money import PlanMoney, plan_money
from tests.money.test_plan_money import money_of, simulated

WEEKS_PER_MONTH = 365.25 / 7 / 12
HEAD = """
[roadmap]
as_of = 2026-11-23
horizon = 52
[teams.ml]
people = 2
week_cost = 4000
"""
LIVE = (
    HEAD
    + """
[model.m]
team = "ml"
status = "live"
upkeep = 0.5
retrain = { every_weeks = 10, effort = 2 }
"""
)


def keep_of(money: PlanMoney) -> list[float]:
    return [quarter.keep for quarter in money.quarters]


def test_a_live_model_costs_its_people_in_every_quarter() -> None:
    """Half a person of upkeep, and two person-weeks every ten weeks: 0.7 people."""
    money = money_of(LIVE)
    days = [38, 90, 91, 92, 53]  # what the forecast covers of each quarter
    assert keep_of(money) == pytest.approx([0.7 * 4000 * each / 7 for each in days])
    assert money.cost.keep.mean == pytest.approx(0.7 * 4000 * 52)
    assert money.cost.cost.p50 == pytest.approx(0.7 * 4000 * 52)
    for quarter in money.quarters:
        assert quarter.headcount == pytest.approx({"ml": 0.7})
        assert (quarter.people, quarter.compute, quarter.running) == pytest.approx(
            (quarter.keep, 0, 0)
        )


def test_keeping_begins_with_the_delivery() -> None:
    """Two person-weeks by one of two people: live from week 2, in the 0.8 of runs that work."""
    text = LIVE.replace('status = "live"\n', "effort = 2\nchance = 0.8\n")
    money = money_of(text)
    assert money.cost.keep.mean == pytest.approx(0.8 * 0.7 * 4000 * 50, rel=1e-3)
    assert money.quarters[0].headcount["ml"] == pytest.approx(
        (2 + 0.8 * 0.7 * (38 / 7 - 2)) / (38 / 7), rel=1e-3
    )


def test_keeping_ends_with_the_retirement() -> None:
    money = money_of(LIVE + "retired = 2027-01-04\n")
    assert money.cost.keep.mean == pytest.approx(0.7 * 4000 * 6)
    assert keep_of(money)[2:] == [0, 0, 0]


FEATURE = (
    HEAD
    + """
[product.f]
status = "live"
"""
)
ANSWERS = """
[product.f.cost]
per_prediction = 0.02
volume_month = 1000
review = { share = 0.5, minutes = 3, wage = 40 }
"""


@pytest.mark.parametrize(
    ("tables", "people", "compute", "running"),
    [
        (ANSWERS, 1000 * 0.5 * 3 / 60 * 40, 20, 0),
        (ANSWERS + "[product.f.roi]\nrun_month = 700\n", 0, 0, 700),
        ("[product.f.roi]\nrun_month = 700\n", 0, 0, 700),
        (
            "[product.f.oversight]\nreview = { minutes = 6, wage = 20, per_day = 10 }\n",
            10 * 5 * WEEKS_PER_MONTH * 6 / 60 * 20,
            0,
            0,
        ),
        ("[product.f.cost]\nper_prediction = 0.02\n", 0, 0, 0),
    ],
)
def test_a_live_feature_costs_its_answers_and_their_review_or_what_its_business_case_states(
    tables: str, people: float, compute: float, running: float
) -> None:
    first = money_of(FEATURE + tables).quarters[1]
    months = 90 / 7 / WEEKS_PER_MONTH
    assert (first.people, first.compute, first.running) == pytest.approx(
        (people * months, compute * months, running * months)
    )


CHOSEN = (
    LIVE
    + """
volume_month = 100000
chosen = "api"
[model.m.options.api]
month = 300
unit = 0.01
[model.m.options.own]
month = 9000
"""
)


def test_the_chosen_option_costs_its_months_and_units() -> None:
    kept = keep_costs(*simulated(CHOSEN))["m"]
    assert kept.running == pytest.approx(300 / WEEKS_PER_MONTH)
    assert kept.compute == pytest.approx(1000 / WEEKS_PER_MONTH)


def test_answers_are_counted_once() -> None:
    """A feature that prices its own answers takes the units off the model that it needs."""
    kept = keep_costs(*simulated(CHOSEN + FEATURE.removeprefix(HEAD) + 'needs = ["m"]\n' + ANSWERS))
    assert (kept["m"].compute, kept["m"].running) == pytest.approx((0, 300 / WEEKS_PER_MONTH))
    assert kept["f"].compute == pytest.approx(20 / WEEKS_PER_MONTH)


def test_people_without_a_price_are_named() -> None:
    money = plan_money(*simulated(LIVE.replace("week_cost = 4000\n", "")))
    assert money.unpriced == ("m",)
    assert money.cost.keep.mean == 0
    assert money.quarters[0].headcount == pytest.approx({"ml": 0.7})
