"""Priority in the build order, by hand: exact efforts and values give exact densities."""

import pytest

from roadmap_tui.forecast.simulation.priority import Expectations, expectations, work_queue
from roadmap_tui.plan.base import OPEN_STATUSES
from tests.forecast.build import resolved_of


def queued(text: str, unlocked: dict[str, float] | None = None) -> list[str]:
    resolved = resolved_of(text)
    return [place.id for place in work_queue(resolved, expectations(resolved), unlocked or {})]


def product(name: str, reach: float, effort: float, more: str = "") -> str:
    return f"[product.{name}]\nconfidence = 1\nreach = {reach}\neffort = {effort}\n{more}\n"


def model(name: str, effort: float, more: str = "chance = 1") -> str:
    return f"[model.{name}]\neffort = {effort}\n{more}\n"


def test_the_best_value_per_effort_goes_first() -> None:
    assert queued(product("a", 10, 5) + product("b", 10, 1) + product("c", 30, 5)) == [
        "b",
        "c",
        "a",
    ]


def test_a_feature_carries_the_cost_of_the_model_it_waits_for() -> None:
    """p alone would be 100 a week; with its model it is 10, behind q with 20."""
    text = product("p", 100, 1, 'needs = ["m"]') + product("q", 20, 1) + model("m", 9)
    assert queued(text) == ["q", "m", "p"]
    assert queued(text.replace("reach = 100", "reach = 300")) == ["m", "p", "q"]


def test_needs_come_first_however_deep_and_a_spike_before_its_bet() -> None:
    text = (
        product("p", 900, 1, 'needs = ["m"]')
        + model("m", 2, 'chance = 1\nneeds = ["d"]')
        + model("d", 1)
    )
    text += product("q", 1, 1) + '[spike.s]\ninforms = "m"\ntimebox = 1\non_refuted = "continue"\n'
    found = queued(text)
    assert found[:4] in (["d", "s", "m", "p"], ["s", "d", "m", "p"])
    assert found[4] == "q"


def test_once_a_shared_model_is_taken_the_second_feature_no_longer_carries_it() -> None:
    """m costs 8: p and r are worth 10 and 8 a week with it, q 9; once p has taken m, r is worth 72
    / 1.
    """
    text = (
        product("p", 90, 1, 'needs = ["m"]')
        + product("r", 72, 1, 'needs = ["m"]')
        + product("q", 9, 1)
    )
    assert queued(text + model("m", 8)) == ["m", "p", "r", "q"]


def test_value_of_members_counts_in_the_bundle() -> None:
    """b needs a: together (40 + 0) / (1 + 3) beats c's 8 only because a's own value counts."""
    text = product("a", 4, 1) + product("b", 32, 3, 'needs = ["a"]') + product("c", 8.5, 1)
    assert queued(text) == ["a", "b", "c"]
    assert queued(text.replace("reach = 4\n", "reach = 1\n")) == ["c", "a", "b"]


def test_of_a_choice_the_first_belongs_to_the_bundle() -> None:
    text = (
        product("p", 100, 1, 'needs = [["m", "n"]]')
        + model("m", 4)
        + model("n", 4)
        + product("q", 2, 1)
    )
    assert queued(text) == ["m", "p", "q", "n"]


def test_a_bet_counts_at_its_chance() -> None:
    text = product("a", 10, 1, "chance = 0.5") + product("b", 6, 1)
    assert queued(text) == ["b", "a"]
    assert queued(text.replace("0.5", "0.7")) == ["a", "b"]


def test_active_items_come_first_in_the_order_of_the_file_and_pins_by_order() -> None:
    text = product("a", 1, 9, 'pin = "now"\norder = 2') + product(
        "b", 1, 9, 'pin = "now"\norder = 1'
    )
    text += (
        product("c", 1, 9, 'status = "active"')
        + product("d", 1000, 1)
        + product("e", 1, 9, 'pin = "now"')
    )
    text += product("f", 1, 9, 'status = "active"\npin = "later"')
    assert queued(text) == ["c", "f", "b", "a", "e", "d"]


def test_pinned_later_comes_last_even_behind_what_has_no_value() -> None:
    text = product("a", 9000, 1, 'pin = "later"\norder = 2') + product(
        "b", 9000, 1, 'pin = "later"\norder = 1'
    )
    assert queued(text + model("m", 3) + product("c", 1, 9)) == ["c", "m", "b", "a"]


def test_what_has_no_value_and_unlocks_none_comes_after_what_has() -> None:
    assert queued(model("m", 0.1) + product("a", 1, 50)) == ["a", "m"]


def test_item_without_value_ranks_by_what_it_unlocks() -> None:
    assert queued(model("m", 1) + model("n", 1), {"n": 5.0}) == ["n", "m"]


def test_equal_bundles_go_by_unlocked_value_per_effort_and_then_by_place() -> None:
    text = product("a", 10, 1) + product("b", 10, 1) + product("c", 20, 2)
    assert queued(text) == ["a", "b", "c"]
    assert queued(text, {"c": 30.0, "b": 20.0, "a": 20.0}) == ["c", "a", "b"]


def test_what_is_not_open_has_no_place() -> None:
    text = "".join(
        product(status, 10, 1, f'status = "{status}"')
        for status in ("idea", "live", "done", "failed", "dropped")
    )
    assert queued(text + product("a", 1, 1)) == ["a"]


def test_a_need_that_is_met_already_costs_nothing() -> None:
    """The model is live: p does not wait for its work, so that is none of p's cost."""
    text = product("p", 100, 1, "needs = [{ bar = 'm.recall' }]") + product("q", 20, 1)
    bar = "[model.m.bars.recall]\nlaunch = 0.9\n"
    assert queued(text + model("m", 9) + bar) == ["q", "m", "p"]
    assert queued(text + model("m", 9, 'status = "live"') + bar) == ["p", "q"]


def test_queue_entry_shows_its_bundle_and_density() -> None:
    resolved = resolved_of(product("p", 100, 1, 'needs = ["m"]') + model("m", 9))
    places = work_queue(resolved, expectations(resolved), {})
    assert [(place.id, place.bundle_of) for place in places] == [("m", "p"), ("p", "p")]
    assert places[0].density == pytest.approx(10)
    assert places[1].density == pytest.approx(100)


def test_prospects_are_expected_own_value_and_effort_at_the_chance_to_be_attempted() -> None:
    text = model("m", 8, "chance = 0.25") + product(
        "p", 100, 4, 'needs = ["m"]\nimpact = 2\nconfidence = 0.5'
    )
    text = text.replace("confidence = 1\n", "")
    found = expectations(resolved_of(text))
    assert found.value == {"m": 0, "p": pytest.approx(25, rel=1e-3)}
    assert found.effort == {"m": pytest.approx(8), "p": pytest.approx(1, rel=1e-3)}


def test_the_queue_does_not_move_with_the_seed() -> None:
    text = "".join(
        model(f"m{at}", 2, "chance = 0.5") + product(f"p{at}", 10, 1, f'needs = ["m{at}"]')
        for at in range(20)
    )
    orders = {tuple(queued(f"[roadmap]\nseed = {seed}\n{text}")) for seed in range(4)}
    assert len(orders) == 1


def test_every_open_item_has_one_place() -> None:
    text = (
        product("a", 1, 1, 'needs = ["m"]\npin = "now"')
        + model("m", 1, 'pin = "later"')
        + '[spike.s]\ninforms = "m"\n'
    )
    resolved = resolved_of(text)
    own = Expectations(dict.fromkeys(resolved.items, 0.0), dict.fromkeys(resolved.items, 1.0))
    places = [place.id for place in work_queue(resolved, own, {})]
    assert sorted(places) == sorted(
        name for name, terms in resolved.items.items() if terms.status in OPEN_STATUSES
    )
