"""What doing a spike changes: against the file without it, simulated again, by hand, and over all
choices of spikes.

With no idea of what the code does in between: a spike is left out by deleting it.
"""

import re
from pathlib import Path

import pytest

from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.calibration import calibrate
from roadmap_tui.forecast.simulation.simulator import work_order
from roadmap_tui.money.spike_study import SpikeStudy, study_spikes
from roadmap_tui.plan.resolver import resolve_plan
from tests.money.spike_advice import (
    RUNS,
    WEEK_COST,
    candidates,
    outcome,
    study,
    totals,
    with_spikes,
)

ROOT = Path(__file__).parents[2]


def study_text(text: str) -> SpikeStudy:
    plan = read_document(text.encode(), "plan.toml").plan
    assert plan is not None
    resolved = calibrate(resolve_plan(plan))
    return study_spikes(resolved, plan, work_order(resolved, RUNS).queue)


@pytest.mark.parametrize("seed", range(20))
def test_an_effect_is_the_plan_with_the_spike_against_the_plan_without_it(seed: int) -> None:
    """Beside the others, except those that the study left out."""
    data = candidates(seed)
    effects = study(data).effects
    kept = [name for name in data["spike"] if effects[name].advice != "skip"]
    whole = outcome(with_spikes(data, kept))
    for name in kept:
        without = outcome(with_spikes(data, [each for each in kept if each != name]))
        effect = effects[name]
        assert effect.value.mean == pytest.approx(whole.value - without.value, abs=1e-3)
        saved = without.cost - whole.cost
        assert effect.saved_money.mean == pytest.approx(saved, rel=1e-4, abs=1e-2)
        assert effect.saved_weeks.mean == pytest.approx(saved / WEEK_COST, rel=1e-4, abs=1e-4)


@pytest.mark.parametrize("seed", range(20))
def test_advice_follows_from_the_three_differences(seed: int) -> None:
    for effect in study(candidates(seed)).effects.values():
        differences = (effect.value, effect.saved_weeks, effect.saved_money)
        better = any(each.mean > 2 * each.se for each in differences)
        worse = any(each.mean < -2 * each.se for each in differences)
        expected = "choose"
        if better != worse:
            expected = "do" if better else "skip"
        assert effect.advice == expected


SURE = """
[roadmap]
as_of = 2026-11-23
horizon = 20
[teams.t]
people = 1
week_cost = 1000
[model.m]
team = "t"
effort = 10
chance = 0.5
[spike.s]
team = "t"
informs = "m"
timebox = 2
yes_if_works = 1
yes_if_not = 0
on_refuted = "{}"
"""


def test_a_sure_answer_saves_the_bet_where_it_would_fail() -> None:
    """In half of the runs 10 weeks at 1,000 are saved; the spike costs 2."""
    effect = study_text(SURE.format("drop")).effects["s"]
    assert effect.saved_weeks.mean == pytest.approx(0.5 * 10 - 2, abs=0.01)
    assert effect.saved_money.mean == pytest.approx(3000, abs=10)
    assert effect.saved_weeks.se == pytest.approx(10 * 0.5 / RUNS**0.5, rel=0.02)
    assert effect.value.mean == effect.value.se == 0
    assert effect.advice == "do"


def test_an_answer_that_changes_nothing_only_costs() -> None:
    effect = study_text(SURE.format("continue")).effects["s"]
    assert (effect.saved_weeks.mean, effect.saved_money.mean) == (-2, -2000)
    assert effect.advice == "skip"


JUNK = "\n[product.junk]\nreach = 5\neffort = 1\nconfidence = 0.5\n"


def test_an_unrelated_small_item_changes_no_worth_and_no_advice() -> None:
    """An item without a team takes no one's time, so it sets no price."""
    text = (ROOT / "roadmaps/helpdesk.toml").read_text(encoding="utf-8")
    before, after = study_text(text), study_text(text + JUNK)
    for one, other in zip(before.information.spikes, after.information.spikes, strict=True):
        assert (one.evpi, one.evsi, one.cost) == pytest.approx((other.evpi, other.evsi, other.cost))
    assert before.effects.keys() == after.effects.keys()
    for name, effect in before.effects.items():
        assert after.effects[name].advice == effect.advice
        assert after.effects[name].value.mean == pytest.approx(effect.value.mean)


WORKED = """
[roadmap]
as_of = 2026-11-23
horizon = 10
[teams.t]
people = 1
[product.p]
effort = 2
reach = 1000
confidence = 1
team = "t"
needs = ["m"]
[product.f]
effort = 20
reach = 2000
confidence = 1
team = "t"
[model.m]
effort = 4
chance = 0.4
team = "t"
[spike.s]
informs = "m"
timebox = 0.5
yes_if_works = 0.9
yes_if_not = 0.2
team = "t"
"""


def test_worth_and_effect_worked_by_hand() -> None:
    """At 100 a person-week (f: 2000 ÷ 20) going on gains 0.4 · (800 - 400) - 0.6 · 400 < 0, so
    certainty is worth 0.4 · 400 = 160. After a yes, 0.48 of the time, the bet works with 0.75,
    which is worth 0.75 · 400 - 0.25 · 400 = 200.

    The spike saves 4 weeks after a no (0.52), and p's 2 weeks where m works and it says no (0.04).
    """
    found = study_text(WORKED)
    (worth,) = found.information.spikes
    assert (worth.price, worth.evpi, worth.evsi) == pytest.approx((100, 1.6, 0.96), rel=1e-3)
    assert not found.capacity["t"].binds
    effect = found.effects["s"]
    exact = 4 * 0.52 + 2 * 0.04 - 0.5
    assert effect.saved_weeks.mean == pytest.approx(exact, abs=3 * effect.saved_weeks.se)


def test_the_advice_beats_no_spikes_and_all_spikes() -> None:
    """Summed over 20 roadmaps, in other runs than those that the advice saw."""
    found = totals(range(20))
    assert max(found.all_value, 0) < found.value <= found.most_value
    assert max(found.all_money, 0) < found.money <= found.most_money


@pytest.mark.soak
def test_the_advice_brings_the_published_share_of_what_the_best_choice_brings() -> None:
    """Over 200 roadmaps, against all choices of spikes."""
    summed = totals(range(200))
    method = (ROOT / "docs/method.md").read_text(encoding="utf-8")
    published = re.search(r"brings (\d+)% of the value and (\d+)% of the money", method)
    assert published is not None
    value, money = summed.value / summed.most_value, summed.money / summed.most_money
    assert (f"{value:.0%}", f"{money:.0%}") == (f"{published[1]}%", f"{published[2]}%")


HANGING = (
    SURE
    + """
[product.p]
team = "t"
effort = 6
reach = 100
confidence = 1
needs = ["m"]
"""
)


def test_a_no_saves_what_its_bet_and_all_that_hangs_on_it_would_cost_then() -> None:
    """A no is always right here: m would take its 10 weeks for nothing, and p would never start."""
    point = study_text(HANGING.format("drop")).kill_points["s"]
    assert (point.saved.mean, point.saved.se) == pytest.approx((10_000, 0), abs=1e-6)
    assert point.lost_value.mean == 0


def test_a_wrong_no_gives_up_what_hangs_on_its_bet() -> None:
    """With answers that say nothing, m works in half of the runs with a no: 10 + 0.5 x 6 weeks are
    saved; p would be live from week 18 on, 2 of the weeks of its quarter.
    """
    text = (
        HANGING.format("drop").replace("works = 1", "works = 0.5").replace("not = 0", "not = 0.5")
    )
    point = study_text(text).kill_points["s"]
    assert point.saved.mean == pytest.approx(13_000, abs=3 * point.saved.se)
    quarter = 365.25 / 7 / 4
    exact = 0.5 * 2 * 100 / quarter
    assert point.lost_value.mean == pytest.approx(exact, abs=3 * point.lost_value.se)


def test_a_spike_that_stops_nothing_is_no_kill_point() -> None:
    assert study_text(HANGING.format("continue")).kill_points == {}
