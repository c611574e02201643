"""The schedule in single runs, worked by hand: lanes, ready times, upkeep, and when failures are
known.
"""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.simulation.capacity import Capacity
from tests.forecast.build import AS_OF, known_once, resolved_of

TEAM = "[teams.t]\npeople = {}\n"
ITEM = '[product.{}]\nteam = "t"\n{}\n'


def two_people(**extra: str) -> str:
    return TEAM.format(2) + "".join(ITEM.format(name, more) for name, more in extra.items())


def test_two_people_take_the_list_in_turn() -> None:
    resolved = resolved_of(two_people(a="", b="", c="", d=""))
    found = known_once(resolved, ("a", "b", "c", "d"), {"a": 3, "b": 1, "c": 4, "d": 2})
    assert found == {"a": (0, 3), "b": (0, 1), "c": (1, 5), "d": (3, 5)}


def test_two_on_an_item_halve_its_weeks_and_wait_for_both_lanes() -> None:
    resolved = resolved_of(two_people(a="", b="staff = 2", c=""))
    found = known_once(resolved, ("a", "b", "c"), {"a": 3, "b": 8, "c": 1})
    assert found == {"a": (0, 3), "b": (3, 7), "c": (7, 8)}


def test_more_staff_than_people_is_all_the_people() -> None:
    resolved = resolved_of(two_people(a="staff = 5", b=""))
    assert known_once(resolved, ("a", "b"), {"a": 6, "b": 1}) == {"a": (0, 3), "b": (3, 4)}


def test_staff_without_a_team_shortens_and_nothing_waits() -> None:
    resolved = resolved_of("[product.a]\nstaff = 3\n[product.b]\n")
    assert known_once(resolved, ("a", "b"), {"a": 6, "b": 1}) == {"a": (0, 2), "b": (0, 1)}


def test_teams_do_not_wait_for_each_other() -> None:
    resolved = resolved_of(
        '[teams.t]\npeople = 1\n[teams.u]\npeople = 1\n[product.a]\nteam = "t"\n[product.b]\nteam ='
        ' "u"\n'
    )
    assert known_once(resolved, ("a", "b"), {"a": 6, "b": 1}) == {"a": (0, 6), "b": (0, 1)}


def test_not_before_is_a_ready_time_and_one_in_the_past_is_none() -> None:
    resolved = resolved_of(two_people(a="not_before = 2026-12-14", b="not_before = 2020-01-01"))
    assert (resolved.items["a"].earliest_start, AS_OF.isoformat()) == (3, "2026-11-23")
    assert known_once(resolved, ("a", "b"), {"a": 2, "b": 1}) == {"a": (3, 5), "b": (0, 1)}


def test_the_lane_waits_for_an_item_that_is_not_ready() -> None:
    """The policy keeps the list: what comes later on the lane starts no earlier than the lane is
    free of it.
    """
    resolved = resolved_of(
        TEAM.format(1) + ITEM.format("a", "not_before = 2026-12-14") + ITEM.format("b", "")
    )
    assert known_once(resolved, ("a", "b"), {"a": 2, "b": 1}) == {"a": (3, 5), "b": (5, 6)}


def test_what_is_not_attempted_holds_no_lane() -> None:
    resolved = resolved_of(
        TEAM.format(1)
        + ITEM.format("a", "")
        + ITEM.format("b", 'needs = ["a"]')
        + ITEM.format("c", "")
    )
    found = known_once(resolved, ("a", "b", "c"), {"a": 2, "b": 9, "c": 1}, fails=("a",))
    assert found["b"][1] == 2
    assert found["c"] == (2, 3)


def test_active_items_start_at_once_despite_their_needs() -> None:
    text = two_people(a='status = "active"\nnot_before = 2027-11-23', b='status = "active"', c="")
    found = known_once(resolved_of(text), ("a", "b", "c"), {"a": 3, "b": 1, "c": 1})
    assert found == {"a": (0, 3), "b": (0, 1), "c": (1, 2)}


def test_active_items_beyond_the_lanes_follow_in_the_order_of_the_file() -> None:
    text = (
        TEAM.format(1)
        + ITEM.format("a", 'status = "active"')
        + ITEM.format("b", 'status = "active"')
    )
    assert known_once(resolved_of(text), ("a", "b"), {"a": 3, "b": 1}) == {"a": (0, 3), "b": (3, 4)}


@pytest.mark.parametrize("order", [("n", "a"), ("a", "n")])
def test_an_active_item_delivers_when_it_ends_and_its_needs_are_met(order: tuple[str, ...]) -> None:
    text = two_people(a='status = "active"\nneeds = ["n"]', n="")
    assert known_once(resolved_of(text), order, {"a": 3, "n": 8})["a"] == (0, 8)
    assert known_once(resolved_of(text), order, {"a": 3, "n": 1})["a"] == (0, 3)


def test_an_active_item_that_fails_is_known_at_its_own_end() -> None:
    text = two_people(a='status = "active"\nneeds = ["n"]', n="")
    assert known_once(resolved_of(text), ("n", "a"), {"a": 3, "n": 8}, fails=("a",))["a"] == (0, 3)


def test_an_active_item_holds_its_lane_to_its_own_end_though_blocked() -> None:
    text = (
        TEAM.format(1)
        + ITEM.format("a", 'status = "active"\nneeds = ["gone"]')
        + ITEM.format("b", "")
    )
    assert known_once(resolved_of(text), ("a", "b"), {"a": 3, "b": 1})["b"] == (3, 4)


CASES = Path(__file__).parent.parent / "cases"
LIVE = '[model.m]\nteam = "t"\nstatus = "live"\nupkeep = {}\n'


@pytest.mark.parametrize(
    ("upkeep", "weeks"), [(0.0, 6), (1.0, 6), (1.5, 12), (1.9, 30), (2.0, 30), (7.0, 30)]
)
def test_upkeep_slows_whom_it_needs_and_leaves_a_tenth_of_the_people(
    upkeep: float, weeks: float
) -> None:
    """b / max(k - u, k/10) with k = 2 and b = 1, but never faster than at full speed."""
    resolved = resolved_of(TEAM.format(2) + LIVE.format(upkeep) + ITEM.format("a", ""))
    assert known_once(resolved, ("a",), {"a": 6})["a"] == pytest.approx((0, weeks), rel=1e-6)


def test_work_shares_the_people_that_upkeep_leaves_and_speeds_up_when_some_of_it_ends() -> None:
    """Two people, one on upkeep: a and b at half speed until a ends at 4, then b at full speed."""
    text = TEAM.format(2) + LIVE.format(1.0) + ITEM.format("a", "") + ITEM.format("b", "")
    found = known_once(resolved_of(text), ("a", "b"), {"a": 2, "b": 5})
    assert found["a"] == pytest.approx((0, 4), abs=0.01)
    assert found["b"] == pytest.approx((0, 7), abs=0.01)


def test_what_others_leave_idle_does_the_upkeep() -> None:
    text = (CASES / "e2.toml").read_text()
    assert known_once(resolved_of(text), ("a",), {"a": 10})["a"] == (0, 10)


def test_upkeep_that_begins_slows_work_in_progress() -> None:
    """m ships in week 1, and its upkeep takes half of the two people: a has 3 weeks left, at half
    the speed of two lanes while b is at work too, and alone at full speed.
    """
    text = TEAM.format(2) + '[model.m]\nteam = "t"\nupkeep = 1\n'
    text += ITEM.format("a", "") + ITEM.format("b", "")
    found = known_once(resolved_of(text), ("m", "a", "b"), {"m": 1, "a": 4, "b": 1})
    for name, expected in {"m": (0, 1), "b": (1, 3), "a": (0, 5)}.items():
        assert found[name] == pytest.approx(expected, abs=0.01)


def test_upkeep_does_not_stretch_a_timebox() -> None:
    resolved = resolved_of(TEAM.format(2) + LIVE.format(1.0) + '[spike.s]\nteam = "t"\n')
    assert known_once(resolved, ("s",), {"s": 2})["s"] == (0, 2)


def test_upkeep_of_another_team_or_of_what_is_done_does_not_slow() -> None:
    other = '[teams.u]\npeople = 1\n[model.m]\nteam = "u"\nstatus = "live"\nupkeep = 1\n'
    done = '[model.n]\nteam = "t"\nstatus = "done"\nupkeep = 1\n'
    assert known_once(
        resolved_of(TEAM.format(2) + other + done + ITEM.format("a", "")), ("a",), {"a": 6}
    )["a"] == (
        0,
        6,
    )


def test_upkeep_ends_when_the_model_is_retired() -> None:
    text = (
        TEAM.format(1)
        + LIVE.format(0.5)
        + "retired = 2026-12-14\n"
        + ITEM.format("a", "")
        + ITEM.format("b", "")
    )
    assert known_once(resolved_of(text), ("a", "b"), {"a": 2, "b": 2}) == {
        "a": (0, 3.5),
        "b": (3.5, 5.5),
    }


def test_retraining_keeps_people_busy_too() -> None:
    text = (
        TEAM.format(1)
        + LIVE.format(0.25)
        + "retrain = { every_weeks = 8, effort = 2 }\n"
        + ITEM.format("a", "")
    )
    assert known_once(resolved_of(text), ("a",), {"a": 6})["a"] == (0, 12)


@pytest.mark.parametrize("effort", ["2", "[1, 2, 8]", "[1, 4]"])
def test_a_range_of_retraining_counts_as_its_likely_effort(effort: str) -> None:
    text = (
        TEAM.format(1) + LIVE.format(0.25) + f"retrain = {{ every_weeks = 8, effort = {effort} }}\n"
    )
    assert known_once(resolved_of(text + ITEM.format("a", "")), ("a",), {"a": 6})[
        "a"
    ] == pytest.approx((0, 12))


RETRAINED = TEAM.format(1) + '[model.m]\nteam = "t"\nretrain = { every_weeks = 8, effort = 2 }\n'


def test_retraining_slows_from_the_day_the_model_ships_and_only_then() -> None:
    """A quarter of one person: two weeks of work take 2 / 0.75."""
    resolved = resolved_of(
        RETRAINED + "upkeep = 0.25\n" + ITEM.format("a", "") + ITEM.format("b", "")
    )
    effort = {"b": 2.0, "m": 3.0, "a": 2.0}
    assert known_once(resolved, ("b", "m", "a"), effort) == {"b": (0, 2), "m": (2, 5), "a": (5, 9)}
    assert known_once(resolved, ("b", "m", "a"), effort, fails=("m",))["a"] == (5, 7)


def test_a_model_that_ships_needs_no_upkeep_once_it_is_retired() -> None:
    """It ships in week 3 and is retired in week 6: until then work goes on at half speed."""
    text = RETRAINED.replace("effort = 2", "effort = 4") + "retired = 2027-01-04\n"
    resolved = resolved_of(text + ITEM.format("a", "") + ITEM.format("b", ""))
    found = known_once(resolved, ("m", "a", "b"), {"m": 3, "a": 2, "b": 2})
    assert found == {"m": (0, 3), "a": (3, 6.5), "b": (6.5, 8.5)}


def test_a_model_that_delivers_slows_what_starts_after_it() -> None:
    text = TEAM.format(1) + '[model.m]\nteam = "t"\nupkeep = 0.5\n' + ITEM.format("a", "")
    assert known_once(resolved_of(text), ("m", "a"), {"m": 3, "a": 2})["a"] == (3, 7)
    assert known_once(resolved_of(text), ("m", "a"), {"m": 3, "a": 2}, fails=("m",))["a"] == (3, 5)


CHOICE = '[model.a]\n[model.b]\n[product.p]\nneeds = [["a", "b"]]\n'


def choice(a: float, b: float, *fails: str) -> tuple[float, float]:
    return known_once(resolved_of(CHOICE), ("a", "b", "p"), {"a": a, "b": b, "p": 1}, fails=fails)[
        "p"
    ]


def test_a_choice_goes_on_with_the_preferred_one_though_another_is_earlier() -> None:
    assert choice(9, 2) == (9, 10)
    assert choice(2, 9) == (2, 3)


def test_a_choice_goes_on_with_the_second_only_once_the_first_is_known_to_fail() -> None:
    assert choice(9, 2, "a") == (9, 10)
    assert choice(2, 9, "a") == (9, 10)


def test_a_choice_that_fails_is_known_when_all_of_it_have_failed() -> None:
    assert choice(9, 2, "a", "b")[1] == 9
    assert choice(2, 9, "a", "b")[1] == 9


def test_an_option_that_is_gone_or_closed_is_known_from_the_start() -> None:
    text = CHOICE.replace("[model.a]\n", '[model.a]\nstatus = "failed"\n').replace(
        '["a", "b"]', '["gone", "a", "b"]'
    )
    assert known_once(resolved_of(text), ("b", "p"), {"b": 2, "p": 1})["p"] == (2, 3)


def test_what_was_delivered_before_is_met_from_the_start() -> None:
    text = '[model.a]\nstatus = "live"\n[product.p]\nneeds = ["a"]\n'
    assert known_once(resolved_of(text), ("p",), {"p": 1})["p"] == (0, 1)


def test_a_bar_proven_or_not_is_met_when_its_model_delivers() -> None:
    text = (
        "[model.m]\n[model.m.bars.recall]\nlaunch = {}\nmeasured = [{{ on = 2026-09-20, hits = 297,"
        " of = 300 }}]\n"
    )
    text += "[product.p]\nneeds = [{{ bar = 'm.recall' }}]\n"
    assert known_once(resolved_of(text.format(0.9)), ("m", "p"), {"m": 5, "p": 1})["p"] == (5, 6)
    assert known_once(resolved_of(text.format(0.98)), ("m", "p"), {"m": 5, "p": 1})["p"] == (5, 6)
    gone = text.format(0.98).replace("[model.m]\n", '[model.m]\nstatus = "live"\n')
    assert known_once(resolved_of(gone), ("p",), {"p": 1})["p"] == (0, 1)


def test_a_bar_is_known_to_be_missed_when_its_model_fails() -> None:
    text = (
        "[model.m]\n[model.m.bars.recall]\nlaunch = 0.9\n[product.p]\nneeds = [{ bar = 'm.recall'"
        " }]\n"
    )
    text += "[product.q]\nfallback_for = 'p'\n"
    found = known_once(resolved_of(text), ("m", "p", "q"), {"m": 5, "p": 1, "q": 2}, fails=("m",))
    assert (found["p"][1], found["q"]) == (5, (5, 7))


def test_a_model_may_be_needed_itself_beside_its_proven_bar() -> None:
    text = (
        "[model.m]\n[model.m.bars.recall]\nlaunch = 0.9\nmeasured = [{ on = 2026-09-20, hits = 297,"
        " of = 300 }]\n"
    )
    text += "[product.p]\nneeds = ['m', { bar = 'm.recall' }]\n"
    assert known_once(resolved_of(text), ("m", "p"), {"m": 5, "p": 1})["p"] == (5, 6)


def test_plan_b_is_ready_when_the_failure_is_known() -> None:
    text = '[model.n]\n[model.a]\nneeds = ["n"]\n[model.b]\nfallback_for = "a"\n'
    effort = {"n": 2.0, "a": 5.0, "b": 1.0}
    resolved = resolved_of(text)
    assert known_once(resolved, ("n", "a", "b"), effort, fails=("a",))["b"] == (7, 8)
    assert known_once(resolved, ("n", "a", "b"), effort, fails=("n",))["b"] == (2, 3)
    assert known_once(resolved, ("n", "a", "b"), effort)["b"][1] == 7


def test_blocked_is_known_when_the_first_unmet_need_is() -> None:
    text = (
        '[model.a]\n[model.b]\n[model.c]\n[product.p]\nneeds = ["a", "b", "c"]\n[product.q]\nneeds'
        ' = ["p"]\n'
    )
    effort = {"a": 7.0, "b": 3.0, "c": 1.0, "p": 1.0, "q": 1.0}
    found = known_once(resolved_of(text), ("a", "b", "c", "p", "q"), effort, fails=("a", "b"))
    assert (found["p"][1], found["q"][1]) == (3, 3)


def test_a_no_to_what_is_under_way_is_known_at_its_own_end_though_another_reason_comes_later() -> (
    None
):
    """b goes on to 5 in spite of s; that it isn't needed, or lacks n, would be known at 20 only."""
    spike = '[spike.s]\ninforms = "b"\n'
    efforts = {"b": 5, "n": 20, "s": 1}
    resolved = resolved_of(
        f'[product.n]\n[product.b]\nstatus = "active"\nfallback_for = "n"\n{spike}'
    )
    assert known_once(resolved, ("b", "n", "s"), efforts, no=("s",))["b"] == (0, 5)
    resolved = resolved_of(f'[product.n]\n[product.b]\nstatus = "active"\nneeds = ["n"]\n{spike}')
    assert known_once(resolved, ("b", "n", "s"), efforts, fails=("n",), no=("s",))["b"] == (0, 5)


def test_earliest_obstacle_of_an_item_is_known_first() -> None:
    """Blocked at 7, dropped by the spike at 2: known at 2."""
    text = '[model.a]\n[model.m]\nneeds = ["a"]\n[spike.s]\ninforms = "m"\n'
    effort = {"a": 7.0, "s": 2.0, "m": 1.0}
    found = known_once(resolved_of(text), ("a", "s", "m"), effort, fails=("a",), no=("s",))
    assert found["m"][1] == 2


@given(
    st.integers(1, 5),
    st.lists(st.tuples(st.integers(1, 5), st.integers(0, 20), st.booleans()), max_size=12),
)
def test_lanes_are_those_of_a_sorted_list(people: int, holds: list[tuple[int, int, bool]]) -> None:
    lanes, plain = Capacity.all_free(people, 2), [[0.0] * people, [0.0] * people]
    for wanted, weeks, both in holds:
        count = min(wanted, people)
        until = lanes.free_from[count - 1] + weeks
        lanes = lanes.occupy(count, until, None if both else np.array([True, False]))
        for run in (0, 1) if both else (0,):
            end = plain[run][count - 1] + weeks
            plain[run] = sorted([*plain[run][count:], *[end] * count])
    assert np.array(lanes.free_from).T.tolist() == plain
