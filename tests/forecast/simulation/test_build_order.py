"""The build order: a greedy schedule at expected durations, by hand."""

from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.build_order import build_jobs, greedy_order
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.needs import need_ids
from roadmap_tui.plan.resolver import ResolvedPlan
from tests.forecast.build import known_once, resolved_of
from tests.forecast.random_plans import random_plan

TEAM = "[teams.t]\npeople = {}\n"
ITEM = '[product.{}]\nteam = "t"\n{}\n'


def listed(text: str, effort: dict[str, float], order: str | None = None) -> tuple[str, ...]:
    resolved = resolved_of(text)
    return greedy_order(build_jobs(resolved, order or list(effort), effort), resolved.team_sizes)


def test_a_free_person_takes_the_first_ready_item_of_the_queue() -> None:
    text = TEAM.format(2) + "".join(ITEM.format(name, "") for name in "abcd")
    assert listed(text, {"a": 5, "b": 2, "c": 9, "d": 1}) == ("a", "b", "c", "d")


def test_an_item_that_waits_for_a_need_is_passed_by() -> None:
    text = TEAM.format(1) + ITEM.format("a", 'needs = ["n"]') + ITEM.format("b", "") + "[model.n]\n"
    assert listed(text, {"n": 3, "a": 1, "b": 2}, "abn") == ("n", "b", "a") or listed(
        text, {"n": 3, "a": 1, "b": 2}, "abn"
    ) == ("b", "n", "a")


def test_an_item_that_is_not_ready_yet_is_passed_by() -> None:
    text = TEAM.format(1) + ITEM.format("a", "not_before = 2026-12-14") + ITEM.format("b", "")
    assert listed(text, {"a": 1, "b": 2}) == ("b", "a")


def test_a_lower_item_goes_first_only_if_it_ends_before_the_lanes_are_free() -> None:
    """a holds one of two lanes for 4 weeks; b waits for both; c may go before b only if it takes 4
    weeks or less.
    """
    text = (
        TEAM.format(2) + ITEM.format("a", "") + ITEM.format("b", "staff = 2") + ITEM.format("c", "")
    )
    assert listed(text, {"a": 4, "b": 2, "c": 3}) == ("a", "c", "b")
    assert listed(text, {"a": 4, "b": 2, "c": 4}) == ("a", "c", "b")
    assert listed(text, {"a": 4, "b": 2, "c": 5}) == ("a", "b", "c")


def test_what_is_under_way_keeps_the_order_of_the_file_where_lanes_do_not_suffice() -> None:
    """c would end before b gets its second lane, but both are under way; d may not go before
    either.
    """
    text = (
        TEAM.format(2)
        + ITEM.format("a", 'status = "active"')
        + ITEM.format("b", 'status = "active"\nstaff = 2')
    )
    text += ITEM.format("c", 'status = "active"') + ITEM.format("d", "")
    assert listed(text, {"a": 4, "b": 4, "c": 3, "d": 1}) == ("a", "b", "c", "d")


def test_a_gap_is_filled_as_long_as_what_fills_it_ends_in_time() -> None:
    text = TEAM.format(2) + ITEM.format("a", "") + ITEM.format("b", "staff = 2")
    text += "".join(ITEM.format(name, "") for name in "cde")
    assert listed(text, {"a": 5, "b": 2, "c": 2, "d": 4, "e": 3}) == ("a", "c", "e", "b", "d")


def test_another_team_is_not_held() -> None:
    text = (
        TEAM.format(2)
        + "[teams.u]\npeople = 1\n"
        + ITEM.format("a", "")
        + ITEM.format("b", "staff = 2")
    )
    text += '[product.c]\nteam = "u"\n'
    assert listed(text, {"a": 4, "b": 2, "c": 50}) in {("a", "c", "b"), ("c", "a", "b")}


def test_upkeep_counts_in_expected_durations() -> None:
    """At half speed c takes 6 of the 8 weeks that a holds; without upkeep it would be the same; at
    9 it is not.
    """
    live = '[model.m]\nteam = "t"\nstatus = "live"\nupkeep = 1\n'
    text = (
        TEAM.format(2)
        + live
        + ITEM.format("a", "")
        + ITEM.format("b", "staff = 2")
        + '[spike.s]\nteam = "t"\n'
    )
    assert listed(text, {"a": 4, "b": 2, "s": 7}) == ("a", "s", "b")
    assert listed(text.replace("upkeep = 1", "upkeep = 0"), {"a": 4, "b": 2, "s": 7}) == (
        "a",
        "b",
        "s",
    )


def test_in_expected_durations_too_a_tenth_of_the_people_stays() -> None:
    live = '[model.m]\nteam = "t"\nstatus = "live"\nupkeep = {}\n'
    for upkeep, weeks in ((0, 4), (1, 8), (1.9, 40), (5, 40)):
        resolved = resolved_of(TEAM.format(2) + live.format(upkeep) + ITEM.format("a", ""))
        assert [job.weeks for job in build_jobs(resolved, "a", {"a": 4})] == [weeks]


def test_active_item_starts_first_despite_its_needs() -> None:
    text = (
        TEAM.format(1) + ITEM.format("n", "") + ITEM.format("a", 'status = "active"\nneeds = ["n"]')
    )
    assert forecast(resolved_of(text), 50).build_order == ("a", "n")


def prerequisites(resolved: ResolvedPlan, name: str) -> set[str]:
    """All open items whose fate an item that is not active waits for."""
    terms = resolved.items[name]
    named = {
        *need_ids(terms.needs),
        *resolved.spikes_by_bet.get(name, ()),
        terms.fallback_for or "",
    }
    return {
        each
        for each in named
        if each in resolved.items and resolved.items[each].status in OPEN_STATUSES
    }


@given(st.integers(0, 10_000))
def test_the_list_names_every_open_item_once_and_each_after_all_it_may_wait_for(seed: int) -> None:
    resolved = resolved_of(random_plan(seed))
    order = forecast(resolved, 20).build_order
    assert sorted(order) == sorted(
        name for name, terms in resolved.items.items() if terms.status in OPEN_STATUSES
    )
    for at, name in enumerate(order):
        if resolved.items[name].status != "active":
            assert prerequisites(resolved, name) <= set(order[:at])


def test_the_fallback_of_a_choice_is_waited_for_wherever_the_queue_puts_it() -> None:
    text = "[product.p]\neffort = 1\nreach = 1000\nneeds = [['a', 'b']]\n"
    text += "[model.a]\neffort = 2\n[model.b]\neffort = 10\nfallback_for = 'a'\n"
    resolved = resolved_of(text)
    order = forecast(resolved, 50).build_order
    found = known_once(resolved, order, {"a": 2, "b": 10, "p": 1}, fails=("a",))
    assert found["p"] == (12, 13)


def test_an_active_item_waits_for_needs_behind_it_in_the_list() -> None:
    text = (
        "[product.p]\nstatus = 'active'\nneeds = ['a']\neffort = 1\nreach = 9\n[model.a]\nchance ="
        " 1\neffort = 20\n"
    )
    text += "[product.q]\nneeds = ['p']\neffort = 1\nreach = 9\n"
    resolved = resolved_of(text)
    order = forecast(resolved, 50).build_order
    found = known_once(resolved, order, {"p": 1, "a": 20, "q": 1})
    assert [found[name] for name in "pq"] == [(0, 20), (20, 21)]
