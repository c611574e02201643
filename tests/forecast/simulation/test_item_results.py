"""What is reported of an item, for efforts without spread: every figure by hand. The forecast
starts on 2026-11-23.
"""

import datetime as dt

import pytest

from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.results import ItemForecast, Quantiles
from tests.forecast.build import resolved_of

BET = "[model.m]\nchance = 0.75\neffort = {}\n{}\n"


def item(text: str, name: str = "m", runs: int = 400) -> ItemForecast:
    return forecast(resolved_of(text), runs).items[name]


def test_ships_is_within_the_horizon_and_ever_at_all() -> None:
    found = item("[roadmap]\nhorizon = 10\n" + BET.format(10, ""))
    assert (found.ships, found.p_delivered, found.failed) == (0.75, 0.75, 0.25)
    late = item("[roadmap]\nhorizon = 9.85\n" + BET.format(10, ""))
    assert (late.ships, late.p_delivered) == (0, 0.75)  # day 69 of 70


def test_start_and_finish_are_given_that_it_delivers_and_not_cut_at_the_horizon() -> None:
    text = (
        "[roadmap]\nhorizon = 3\n"
        + BET.format(4, "needs = ['n']")
        + "[model.n]\nchance = 0.5\neffort = 2\n"
    )
    found = item(text)
    assert found.start == Quantiles(2, 2, 2)
    assert found.finish == Quantiles(6, 6, 6)


def test_quantiles_are_those_of_the_estimate() -> None:
    found = item(BET.format("[2, 5, 9]", "").replace("0.75", "1"), runs=20_000).finish
    assert found is not None
    assert (found.p10, found.p50, found.p90) == pytest.approx((2, 5, 9), rel=0.03)


def test_the_deadline_is_met_on_its_last_day() -> None:
    """28 days of work after 2026-11-23 end on 2026-12-21; 27.3 days do so too."""
    for by, chance in (("2026-12-22", 0.75), ("2026-12-21", 0.75), ("2026-12-20", 0)):
        assert item(BET.format(3.9, f"deadline = {{ by = {by} }}")).deadline == chance
        assert item(BET.format(4, f"deadline = {{ by = {by} }}")).deadline == chance
    assert item(BET.format(4, "deadline = { by = '2026-Q4' }")).deadline == 0.75
    assert item(BET.format(6, "deadline = { by = '2026-Q4' }")).deadline == 0
    assert item(BET.format(4, "")).deadline is None


@pytest.mark.parametrize(
    ("status", "chance"), [("live", 1), ("done", 1), ("failed", 0), ("dropped", 0), ("idea", 0)]
)
def test_the_deadline_of_what_is_not_open(status: str, chance: float) -> None:
    assert (
        item(BET.format(4, f"deadline = {{ by = 2027-01-01 }}\nstatus = '{status}'")).deadline
        == chance
    )


def test_chances_by_quarter_are_cumulative_over_all_runs() -> None:
    """Quarters end 38, 128 and 219 days after the start; the horizon lies in the third."""
    found = item("[roadmap]\nhorizon = 20\n" + BET.format(10, ""))
    assert [each.ends for each in found.by_quarter] == [
        dt.date(2026, 12, 31),
        dt.date(2027, 3, 31),
        dt.date(2027, 6, 30),
    ]
    assert [each.chance for each in found.by_quarter] == [0, 0.75, 0.75]


def test_chances_by_step_begin_where_the_work_ends() -> None:
    found = item("[roadmap]\nhorizon = 4\n" + BET.format(3, ""))
    assert found.by_step[:5] == (0, 0, 0, 0, 0)
    assert set(found.by_step[5:]) == {0.75}
    assert len(found.by_step) * 0.5 >= 6


@pytest.mark.parametrize(
    ("start", "bucket"),
    [(0, "now"), (5.5, "now"), (6, "now"), (6.5, "next"), (18, "next"), (18.5, "later")],
)
def test_now_next_later_by_the_median_start(start: float, bucket: str) -> None:
    text = BET.format(1, "needs = ['n']") + f"[model.n]\nchance = 1\neffort = {start}\n"
    assert item(text).bucket == bucket


def test_a_pin_or_being_active_decides_the_bucket() -> None:
    waits = "needs = ['n']"
    late = "[model.n]\nchance = 1\neffort = 40\n"
    assert item(BET.format(1, waits) + late).bucket == "later"
    assert item(BET.format(1, waits + "\nstatus = 'active'") + late).bucket == "now"
    assert item(BET.format(1, waits + "\nstatus = 'active'\npin = 'next'") + late).bucket == "next"
    assert item(BET.format(1, waits + "\npin = 'now'") + late).bucket == "now"
    assert item(BET.format(1, "pin = 'later'")).bucket == "later"


def test_the_thresholds_of_the_buckets_are_the_policys() -> None:
    text = BET.format(1, "needs = ['n']") + "[model.n]\nchance = 1\neffort = 3\n"
    assert item("[policy]\nnow_weeks = 2\n" + text).bucket == "next"
    assert item("[policy]\nnow_weeks = 1\nnext_weeks = 2\n" + text).bucket == "later"


def test_what_an_item_waits_for_and_holds_up() -> None:
    text = (
        BET.format(1, "needs = [['n', 'o'], 'd', 'gone']\nfallback_for = 'b'")
        + "[model.n]\n[model.o]\n[model.b]\n"
    )
    text += "[model.d]\nstatus = 'done'\n[spike.s]\ninforms = 'm'\n"
    found = forecast(resolved_of(text), 20).items
    assert set(found["m"].predecessors) == {"n", "o", "s", "b"}
    for name in ("n", "o", "s", "b"):
        assert found[name].dependents == ("m",)
    assert found["d"].dependents == ()


def test_guesses_are_its_own_and_of_all_it_waits_for() -> None:
    text = "[product.p]\nneeds = ['m']\nreach = 4\nconfidence = 1\neffort = 1\n"
    text += "[model.m]\nchance = 0.5\nneeds = ['n']\n[model.n]\neffort = 3\n"
    found = forecast(resolved_of(text), 20).items
    assert set(found["n"].assumptions) == {"chance", "staff", "team"}
    assert set(found["m"].assumptions) == {"effort", "n.chance", "staff", "team"}
    assert set(found["p"].assumptions) == {
        *{"m.effort", "n.chance"},
        *{"chance", "impact", "staff", "team"},
    }


def test_an_unlikely_item_is_reported_by_the_few_runs_in_which_it_delivers() -> None:
    found = item("[model.m]\nchance = 0.01\neffort = 3\n")
    assert found.p_delivered == 0.01
    assert found.finish == Quantiles(3, 3, 3)


def test_what_never_delivers_has_no_dates() -> None:
    found = item("[model.m]\nneeds = ['gone']\n")
    assert (found.start, found.finish, found.ships, found.blocked, found.bucket) == (
        None,
        None,
        0,
        1,
        "later",
    )
