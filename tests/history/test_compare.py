"""Moves between two versions and their causes, by hand."""

import datetime as dt
import itertools
import math
import random

import pytest

from roadmap_tui.document.reader import read_document
from roadmap_tui.history.attribution import MOST_GROUPS
from roadmap_tui.history.compare import Comparison, ComparisonOptions, compare
from roadmap_tui.history.movement import MovedItem
from roadmap_tui.plan.faults import format_path

RUNS = 4000
HEAD = "[roadmap]\nas_of = 2026-11-23\n"
# four standard errors of a share of that many runs, at most
NEAR = 4 * math.sqrt(0.25 / RUNS)


def compared(before: str, after: str, head: str = HEAD) -> Comparison:
    found = compare(
        read_document((head + before).encode(), "a"),
        read_document((head + after).encode(), "b"),
        ComparisonOptions(runs=RUNS),
    )
    assert isinstance(found, Comparison)
    return found


def moved(comparison: Comparison, name: str) -> MovedItem:
    return next(each for each in comparison.moved if each.id == name)


def because(comparison: Comparison, name: str) -> set[str]:
    return {format_path(change.place) for change in moved(comparison, name).causes}


def bet(name: str, chance: float, more: str = "") -> str:
    return f"[model.{name}]\neffort = 1\nchance = {chance}\n{more}"


def bets(names: list[str], chance: float) -> str:
    return "".join(bet(name, chance) for name in names)


def longest_rising(order: list[str]) -> int:
    """Length of the longest rising subsequence, by trying all."""
    for size in range(len(order), 1, -1):
        if any(list(some) == sorted(some) for some in itertools.combinations(order, size)):
            return size
    return 1


def product(name: str, *needs: str) -> str:
    return (
        f"[product.{name}]\neffort = 1\nreach = 10\nconfidence = 1\nneeds = [{', '.join(needs)}]\n"
    )


def test_a_chance_that_changed_is_why_its_bet_and_what_waits_for_it_moved() -> None:
    rest = product("p", '"m"') + product("other")
    found = compared(bet("m", 0.8) + rest, bet("m", 0.4) + rest)
    assert {each.id for each in found.moved} == {"m", "p"}
    for name in ("m", "p"):
        move = moved(found, name)
        assert move.main_measure == "ships"
        assert [move.before.ships, move.after.ships] == pytest.approx([0.8, 0.4], abs=1e-3)
        assert because(found, name) == {"model.m"}


def test_two_independent_changes_move_each_their_own() -> None:
    rest = product("p", '"m"') + product("q", '"n"')
    found = compared(bet("m", 0.8) + bet("n", 0.5) + rest, bet("m", 0.4) + bet("n", 0.9) + rest)
    assert because(found, "p") == because(found, "m") == {"model.m"}
    assert because(found, "q") == because(found, "n") == {"model.n"}


def test_two_that_did_half_each_are_both_named() -> None:
    """Ships is the product of the chances: 0.8 × 0.9 before, half of either after."""
    rest = product("p", '"m"', '"n"')
    found = compared(bet("m", 0.8) + bet("n", 0.9) + rest, bet("m", 0.4) + bet("n", 0.45) + rest)
    move = moved(found, "p")
    assert [move.before.ships, move.after.ships] == pytest.approx([0.72, 0.18], abs=NEAR)
    assert because(found, "p") == {"model.m", "model.n"}


def test_one_that_did_nearly_all_is_named_alone() -> None:
    """As the first 0.54, as the last 0.51, of 0.555 in all."""
    rest = product("p", '"m"', '"n"')
    found = compared(bet("m", 0.9) + bet("n", 0.9) + rest, bet("m", 0.3) + bet("n", 0.85) + rest)
    assert moved(found, "p").after.ships - moved(found, "p").before.ships == pytest.approx(
        0.255 - 0.81, abs=2 * NEAR
    )
    assert because(found, "p") == {"model.m"}


@pytest.mark.parametrize(
    "needs", [['"m"', '"n"'], ['["m", "n"]']], ids=["both needed", "either will do"]
)
def test_of_two_that_did_it_together_both_are_named(needs: list[str]) -> None:
    """Alone and as the last of all, each does all of it or nothing: half on average."""
    dropped = bet("m", 1, 'status = "dropped"\n') + bet("n", 1, 'status = "dropped"\n')
    found = compared(
        bet("m", 1) + bet("n", 1) + product("p", *needs), dropped + product("p", *needs)
    )
    assert (moved(found, "p").before.ships, moved(found, "p").after.ships) == (1, 0)
    assert because(found, "p") == {"model.m", "model.n"}


def test_three_that_did_a_third_each_are_named_and_four_are_not() -> None:
    for count, named in ((3, 3), (4, 0)):
        names = [f"m{at}" for at in range(count)]
        rest = product("p", *(f'"{name}"' for name in names))
        before, after = bets(names, 0.99), bets(names, 0.8)
        assert len(because(compared(before + rest, after + rest), "p")) == named


SPIKE = '[spike.s]\ntimebox = 1\ninforms = "m"\nyes_if_works = 0.9\nyes_if_not = 0.2\n'
REFUTED = SPIKE + 'status = "done"\nverdict = "refuted"\nanswer = "No"\n'


def test_a_refuted_spike_is_named_for_the_bet_that_its_verdict_dropped() -> None:
    """Before, the bet ships where it works and the spike says yes: 0.6 × 0.9."""
    rest = product("p", '"m"')
    after = bet("m", 0.6, 'status = "dropped"\nlearned = "No"\n')
    found = compared(bet("m", 0.6) + SPIKE + rest, after + REFUTED + rest)
    for name in ("m", "p"):
        assert moved(found, name).before.ships == pytest.approx(0.54, abs=NEAR)
        assert moved(found, name).after.ships == 0
        assert because(found, name) == {"spike.s"}
    assert [change.kind for change in moved(found, "p").causes] == ["answered"]


def test_a_confirmed_spike_is_named_for_the_chance_it_set_but_not_for_other_changes() -> None:
    """By Bayes, 0.6 becomes 0.54 / (0.54 + 0.08)."""
    confirmed = REFUTED.replace("refuted", "confirmed")
    after = 0.54 / 0.62
    found = compared(bet("m", 0.6) + SPIKE, bet("m", after) + confirmed)
    assert moved(found, "m").after.ships == pytest.approx(after, abs=1e-3)
    assert because(found, "m") == {"spike.s"}
    slow = bet("m", 0.6) + SPIKE, (bet("m", 0.61) + confirmed).replace("effort = 1", "effort = 80")
    found = compared(*slow)
    assert (moved(found, "m").after.ships, because(found, "m")) == (0, {"model.m"})


def test_a_need_that_came_with_a_new_item_is_named_not_the_item() -> None:
    found = compared(product("p"), product("p", '"one"') + bet("one", 0.5))
    assert moved(found, "p").after.ships == pytest.approx(0.5, abs=1e-3)
    assert because(found, "p") == {"product.p"}


def test_an_item_taken_for_another_is_named_by_the_need() -> None:
    found = compared(
        product("p", '"one"') + bet("one", 0.9), product("p", '"two"') + bet("two", 0.5)
    )
    assert moved(found, "p").after.ships == pytest.approx(0.5, abs=1e-3)
    assert because(found, "p") == {"product.p"}


def test_a_new_name_for_the_same_thing_moves_nothing() -> None:
    """Not even by chance: p ships where its model works, and 1 is sure whatever the draws."""
    found = compared(product("p", '"one"') + bet("one", 1), product("p", '"two"') + bet("two", 1))
    assert [change.kind for change in found.changes] == ["changed", "added", "removed"]
    assert found.moved == ()


def test_a_second_person_halves_the_wait() -> None:
    """Two items of four weeks each, one after the other or side by side."""
    items = "".join(
        f'[product.{name}]\neffort = 4\nteam = "t"\nreach = {reach}\n'
        for name, reach in (("a", 9), ("b", 1))
    )
    found = compared("[teams.t]\npeople = 1\n" + items, "[teams.t]\npeople = 2\n" + items)
    [move] = found.moved
    assert (move.id, move.main_measure, because(found, "b")) == ("b", "finish", {"teams.t"})
    assert move.before.finish is not None
    assert move.after.finish is not None
    assert (move.before.finish.p50, move.after.finish.p50) == (8, 4)


def test_words_are_no_cause_and_don_t_count() -> None:
    def plan(title: str, chance: float) -> str:
        items = (bet(f"m{at}", 0.5, f'title = "{title} {at}"\n') for at in range(2 * MOST_GROUPS))
        return "".join(items) + bet("n", chance) + product("p", '"n"', '"m0"')

    found = compared(plan("Old", 0.9), plan("New", 0.1))
    assert len(found.changes) == 2 * MOST_GROUPS + 1
    assert (found.is_attributed, because(found, "p")) == (True, {"model.n"})


@pytest.mark.parametrize(("count", "sought"), [(MOST_GROUPS, True), (MOST_GROUPS + 1, False)])
def test_beyond_so_many_groups_causes_are_not_looked_for(count: int, sought: bool) -> None:
    names = [f"m{at}" for at in range(count)]
    found = compared(bets(names, 0.9), bets(names, 0.5))
    assert found.is_attributed == sought
    assert found.attribution_limit is None
    assert [bool(each.causes) for each in found.moved] == [sought] * count


@pytest.mark.parametrize(("most", "limit"), [(3, 3), (4, None), (None, None)])
def test_of_more_items_than_that_causes_are_not_looked_for(
    most: int | None, limit: int | None
) -> None:
    names = [f"m{at}" for at in range(4)]
    before, after = bets(names, 0.9), bets(names, 0.5)
    old, new = (read_document((HEAD + text).encode(), "a") for text in (before, after))
    found = compare(old, new, ComparisonOptions(runs=100, attribution_limit=most))
    assert isinstance(found, Comparison)
    assert (found.is_attributed, found.attribution_limit) == (limit is None, limit)


def test_both_sides_start_on_the_newer_one_s_day_with_its_seed() -> None:
    old = read_document(f"[roadmap]\nas_of = 2025-01-01\nseed = 4\n{bet('m', 0.5)}".encode(), "a")
    new = read_document(f"[roadmap]\nas_of = 2026-02-02\nseed = 5\n{bet('m', 0.5)}".encode(), "b")
    found = compare(old, new, ComparisonOptions(runs=100))
    assert isinstance(found, Comparison)
    assert found.before is not None
    for side in (found.before, found.after):
        assert (side.as_of, side.seed) == (dt.date(2026, 2, 2), 5)
    assert found.moved == ()
    found = compare(old, new, ComparisonOptions(dt.date(2027, 1, 1), seed=7, runs=100))
    assert isinstance(found, Comparison)
    assert (found.after.as_of, found.after.seed) == (dt.date(2027, 1, 1), 7)


def test_what_began_between_two_days_is_tried_alone_all_the_same() -> None:
    """Either alone is as bad as both, and as the last one neither does anything; only alone are
    they visible.
    """
    rest = product("p", '"m"', '"n"')
    failed = 'status = "failed"\nstarted = 2026-11-20\n'
    before = "[roadmap]\nas_of = 2026-10-01\n" + bet("m", 1) + bet("n", 1) + rest
    after = "[roadmap]\nas_of = 2026-11-23\n" + bet("m", 1, failed) + bet("n", 1, failed) + rest
    assert because(compared(before, after, head=""), "p") == {"model.m", "model.n"}


def test_a_side_without_a_forecast_gives_its_faults_with_their_places() -> None:
    good = read_document(product("p").encode(), "p.toml")
    cycle = '[product.a]\nneeds = ["b"]\n[product.b]\nneeds = ["a"]\n'
    for text in ("a = = 1", "", "[product.a]\neffort = 'Q'\n", cycle):
        bad = read_document(text.encode(), "p.toml@v1")
        for pair in ((bad, good), (good, bad)):
            faults = compare(*pair, ComparisonOptions(runs=100))
            assert isinstance(faults, tuple)
            assert faults[0].message.startswith("p.toml@v1:")


def test_without_an_older_file_all_is_added() -> None:
    found = compare(
        None,
        read_document((HEAD + product("p") + bet("m", 0.5)).encode(), "a"),
        ComparisonOptions(runs=100),
    )
    assert isinstance(found, Comparison)
    assert {(change.place, change.kind) for change in found.changes} == {
        (("roadmap",), "added"),
        (("product", "p"), "added"),
        (("model", "m"), "added"),
    }
    assert (found.before, found.moved) == (None, ())


def test_a_rank_is_reported_only_for_items_that_overtook() -> None:
    """At most as many as stand outside a longest sequence that kept its order, found here by trying
    all.
    """
    names = "abcdef"
    drawn = random.Random(4)

    def plan(order: list[str]) -> str:
        reach = {name: 100 * (len(order) - at) for at, name in enumerate(order)}
        return "".join(
            f"[product.{name}]\neffort = 1\nconfidence = 1\nreach = {reach[name]}\n"
            for name in names
        )

    for _ in range(20):
        order = drawn.sample(names, len(names))
        kept = longest_rising(order)
        found = compared(plan(list(names)), plan(order))
        moved = {each.id for each in found.moved}
        shifted = [
            name for name in order if name not in moved and order.index(name) != names.index(name)
        ]
        assert len(moved) <= len(names) - kept
        assert shifted == sorted(shifted)
        for move in found.moved:
            assert move.main_measure == "rank"
            assert (move.before.rank, move.after.rank) == (
                names.index(move.id) + 1,
                order.index(move.id) + 1,
            )


def test_who_comes_first_of_all_moves_alone() -> None:
    def plan(last: int) -> str:
        reach = {"a": 500, "b": 400, "c": 300, "d": last}
        return "".join(
            f"[product.{k}]\neffort = 1\nconfidence = 1\nreach = {v}\n" for k, v in reach.items()
        )

    found = compared(plan(200), plan(900))
    assert [(each.id, each.before.rank, each.after.rank) for each in found.moved] == [("d", 4, 1)]
    assert because(found, "d") == {"product.d"}


def test_an_addition_alone_moves_no_rank() -> None:
    def item(name: str, reach: int) -> str:
        return f"[product.{name}]\neffort = 1\nconfidence = 1\nreach = {reach}\n"

    assert (
        compared(item("a", 2) + item("b", 1), item("a", 2) + item("b", 1) + item("new", 3)).moved
        == ()
    )


def test_a_done_item_shipped_because_it_is_done() -> None:
    found = compared(bet("m", 0.5), bet("m", 0.5, 'status = "done"\n'))
    assert (moved(found, "m").after.ships, because(found, "m")) == (1, {"model.m"})


def test_the_biggest_move_comes_first_chances_before_dates() -> None:
    before = bet("m", 0.5) + bet("n", 0.5) + bet("slow", 1).replace("effort = 1", "effort = 2")
    after = bet("m", 0.4) + bet("n", 0.9) + bet("slow", 1).replace("effort = 1", "effort = 40")
    assert [
        (each.id, each.main_measure)
        for each in compared(before, after).moved
        if each.main_measure != "rank"
    ] == [
        ("n", "ships"),
        ("m", "ships"),
        ("slow", "finish"),
    ]


def test_a_longer_horizon_is_a_cause_like_any_other() -> None:
    item = "[product.a]\neffort = 30\n"
    found = compared("horizon = 20\n" + item, "horizon = 40\n" + item)
    assert (moved(found, "a").before.ships, moved(found, "a").after.ships) == (0, 1)
    assert because(found, "a") == {"roadmap"}
