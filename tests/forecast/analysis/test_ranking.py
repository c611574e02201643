"""Unlocked value and the ranking, by hand."""

from math import sqrt
from pathlib import Path
from statistics import fmean, stdev

import pytest

from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.marginal_value import MarginalValue, marginal_value
from roadmap_tui.forecast.simulation.results import RankRow
from roadmap_tui.forecast.simulation.sampling import RandomSource
from roadmap_tui.narrative.item_figures import format_score
from tests.forecast.build import resolved_of, standard_error
from tests.forecast.random_plans import random_plan
from tests.forecast.slow import runs_of

N = 20_000
# Score ranges use every fourth run: 2,500 of them put P90 / P10 within 15 % at four standard
# errors.
BET = "[model.m]\neffort = 4\nchance = 0.5\n"


def product(name: str, reach: float, more: str = "", effort: float = 1) -> str:
    return f"[product.{name}]\nconfidence = 1\nreach = {reach}\neffort = {effort}\n{more}\n"


def worth_of(text: str) -> MarginalValue:
    return marginal_value(resolved_of(text), RandomSource(1, N))


def rows(text: str, runs: int = 2_000) -> dict[str, RankRow]:
    return {row.id: row for row in forecast(resolved_of(text), runs).ranking}


def score(row: RankRow) -> float:
    assert row.weighted is not None
    return row.weighted.score


def test_a_feature_unlocks_itself_and_a_model_all_that_needs_it() -> None:
    """Each of p and m is worth 100 x .5; m also unlocks half of q's 40."""
    found = worth_of(product("p", 100, 'needs = ["m"]') + product("q", 40, 'needs = ["m"]') + BET)
    assert found.unlocked_value("p") == pytest.approx(50)
    assert found.unlocked_value("q") == pytest.approx(20)
    assert found.unlocked_value("m") == pytest.approx(70)


def test_value_far_behind_is_unlocked_too() -> None:
    text = (
        product("p", 100, 'needs = ["n"]')
        + '[model.n]\nneeds = ["m"]\nchance = 1\n'
        + BET
        + product("q", 7)
    )
    found = worth_of(text)
    assert found.unlocked_value("m") == pytest.approx(50)
    assert found.unlocked_value("n") == pytest.approx(50)
    assert found.unlocked_value("q") == pytest.approx(7)


def test_weighted_rice_is_unlocked_value_over_expected_effort() -> None:
    found = rows(product("p", 100, 'needs = ["m"]', 2) + BET)
    assert score(found["m"]) == pytest.approx(50 / 4)
    assert score(found["p"]) == pytest.approx(50 / (0.5 * 2))
    assert (found["m"].rice, found["m"].own_value) == (None, 0)
    assert found["m"].value == pytest.approx(100)
    assert (found["p"].delivers, found["p"].effort) == (0.5, 1)


@pytest.mark.parametrize("seed", range(8))
def test_effort_spent_is_that_of_the_slow_simulator(seed: int) -> None:
    """0 in runs in which an item isn't attempted."""
    data, runs = random_plan(seed), 4_000
    data["spike"] = {}
    plan = forecast(resolved_of(data), 10_000)
    spent: dict[str, list[float]] = {row.id: [] for row in plan.ranking}
    for run in runs_of(data, plan.build_order, runs, seed):
        for name, weeks in spent.items():
            weeks.append(run.effort[name] if run.worked_on(name) else 0.0)
    for row in plan.ranking:
        if plan.items[row.id].status != "idea":
            error = stdev(spent[row.id]) / sqrt(runs)
            assert row.effort == pytest.approx(fmean(spent[row.id]), abs=5 * error + 1e-6)


@pytest.mark.parametrize("name", ["e3", "e4"])
def test_a_rank_lies_within_its_range_and_its_score_is_the_one_shown(name: str) -> None:
    text = (Path(__file__).parent.parent / "cases" / f"{name}.toml").read_text()
    ranking = forecast(resolved_of(text)).ranking
    shown = [float(format_score(row).lstrip("~").replace(",", "")) for row in ranking]
    assert shown == sorted(shown, reverse=True)
    for row, figure in zip(ranking, shown, strict=True):
        assert row.weighted is not None
        assert row.rank_range is not None
        assert row.rank_range[0] <= row.weighted.rank <= row.rank_range[1]
        assert figure == pytest.approx(row.weighted.score, abs=0.5)


def test_where_a_choice_covers_only_what_the_other_cannot_is_unlocked() -> None:
    """p needs a or b, each at .5: without a it delivers at .5 instead of .75."""
    text = (
        product("p", 100, 'needs = [["a", "b"]]')
        + BET.replace(".m", ".a")
        + BET.replace(".m", ".b")
    )
    found = worth_of(text)
    error = 4 * 100 * standard_error(0.25, N)
    assert found.unlocked_value("a") == pytest.approx(25, abs=error)
    assert found.unlocked_value("b") == pytest.approx(25, abs=error)
    assert found.unlocked_value("p") == pytest.approx(75, abs=error)
    assert found.covered_by["a"] == ("b",)
    assert found.covered_by["p"] == ()


def test_row_shows_a_covering_plan_b() -> None:
    text = (
        product("p", 100, 'needs = [["a", "b"]]')
        + BET.replace(".m", ".a")
        + '[model.b]\nchance = 1\nfallback_for = "a"\n'
    )
    found = worth_of(text)
    assert found.unlocked_value("a") == 0
    assert found.unlocked_value("b") == pytest.approx(50)
    assert found.covered_by["a"] == ("b",)


@pytest.mark.parametrize("status", ["failed", "dropped"])
def test_what_can_never_deliver_covers_for_nothing(status: str) -> None:
    text = (
        product("p", 100, 'needs = [["a", "b", "gone"]]')
        + BET.replace(".m", ".a")
        + f'[model.b]\nstatus = "{status}"\n'
    )
    found = worth_of(text)
    assert found.unlocked_value("a") == pytest.approx(50)
    assert found.covered_by["a"] == ()


def test_negative_value_of_an_item_is_shown_unclipped() -> None:
    """b takes a's place only if a doesn't deliver, and is worth more."""
    found = worth_of(product("a", 10, "chance = 0.5") + product("b", 100, 'fallback_for = "a"'))
    assert found.unlocked_value("a") == pytest.approx(10 * 0.5 - 100 * 0.5)
    assert found.unlocked_value("b") == pytest.approx(50)
    row = rows(product("a", 10, "chance = 0.5") + product("b", 100, 'fallback_for = "a"'))["a"]
    assert score(row) == pytest.approx(-45)


def test_a_proven_bar_unlocks_what_its_model_unlocks() -> None:
    bar = (
        "[model.m.bars.recall]\nlaunch = 0.9\nmeasured = [{ on = 2026-09-20, hits = 297, of = 300"
        " }]\n"
    )
    found = worth_of(product("p", 100, "needs = [{ bar = 'm.recall' }]") + BET + bar)
    assert found.unlocked_value("m") == pytest.approx(50)
    assert found.unlocked_value("p") == pytest.approx(50)


def test_ideas_are_ranked_as_if_planned_and_closed_items_are_not() -> None:
    text = product("a", 10, 'status = "idea"') + product("b", 5, 'needs = ["a"]')
    text += "".join(
        product(s, 50, f'status = "{s}"') for s in ("live", "done", "failed", "dropped")
    )
    text += '[spike.s]\ninforms = "b"\n'
    found = rows(text)
    assert set(found) == {"a", "b"}
    assert score(found["a"]) == pytest.approx(15)
    assert found["a"].build_position is None


def test_a_spike_does_not_lower_its_bet() -> None:
    text = product("p", 100, 'needs = ["m"]') + BET
    spike = '[spike.s]\ninforms = "m"\nyes_if_works = 0.6\nyes_if_not = 0.3\n'
    before, after = rows(text), rows(text + spike)
    for name in ("p", "m"):
        assert after[name].weighted == before[name].weighted
        assert after[name].rank_range == before[name].rank_range


MODELS = [f"[model.m{at}]\neffort = [1, 2, {5 + at}]\nchance = 0.{at + 4}\n" for at in range(5)]
PRODUCTS = [
    f"[product.p{at}]\nneeds = ['m{at}', 'm0']\nconfidence = 0.8\n"
    f"reach = [10, 20, {50 + 9 * at}]\nimpact = [0.5, 1, 3]\n"
    for at in range(5)
]
RANGES = "".join(MODELS + PRODUCTS)


def test_the_order_of_the_file_moves_no_score() -> None:
    straight, turned = rows(RANGES), rows("".join(reversed(MODELS + PRODUCTS)))
    assert turned.keys() == straight.keys()
    for name, row in turned.items():
        assert score(row) == pytest.approx(score(straight[name]), rel=1e-12)
        assert row.rank_range == straight[name].rank_range


def test_an_item_apart_moves_no_other_score() -> None:
    before = rows(RANGES)
    after = rows(RANGES + product("apart", 3) + '[spike.s]\ninforms = "apart"\n')
    for name, row in before.items():
        assert after[name].weighted is not None
        assert score(after[name]) == score(row)
        assert after[name].score_range == row.score_range


def test_more_chance_never_lowers_what_it_unlocks() -> None:
    scores = [
        score(rows(product("p", 100, 'needs = ["m"]') + BET.replace("0.5", f"0.{c}"))["m"])
        for c in range(1, 10)
    ]
    assert scores == sorted(scores)
    assert len(set(scores)) == 9


def test_demand_delivery_and_effort_multiply_out() -> None:
    for row in rows(RANGES).values():
        assert score(row) == pytest.approx(row.value * row.delivers / row.effort)


def test_neighbours_are_too_close_to_call_below_the_policys_share() -> None:
    """Two equal bets are each above in half of the runs; a hundredfold one is always above."""
    same = "effort = [1, 3, 9]\nreach = {}\nconfidence = 1\n"
    text = "".join(
        f"[product.{name}]\n{same.format(reach)}"
        for name, reach in (("a", 10), ("b", 10), ("c", 5000))
    )
    found = rows("[roadmap]\ncorrelation = 0\n" + text)
    assert set(found["a"].too_close_with) == {"b"}
    assert set(found["b"].too_close_with) == {"a"}
    assert found["c"].too_close_with == ()
    strict = rows(
        "[policy]\ntoo_close = 1.0\n[roadmap]\ncorrelation = 0\n" + text.replace("5000", "90")
    )
    assert strict["c"].too_close_with != ()


def test_shared_optimism_makes_the_order_surer_than_the_scores() -> None:
    """With all efforts moved alike (correlation 1), bets of equal spread have a certain order."""
    same = "effort = [1, 3, 9]\nconfidence = 1\nreach = {}\n"
    text = (
        "[roadmap]\ncorrelation = 1\n[product.a]\n"
        + same.format(11)
        + "[product.b]\n"
        + same.format(10)
    )
    found = rows(text, 10_000)
    assert (found["a"].rank_range, found["b"].rank_range) == ((1, 1), (2, 2))
    low, high = found["a"].score_range or (0, 0)
    assert high / low == pytest.approx(9, rel=0.15)


def test_confidence_and_chance_enter_the_rank_range_at_their_probabilities() -> None:
    """A risky bet that is better on average is first in every run, not last wherever it fails."""
    found = rows(product("a", 100, "chance = 0.5") + product("b", 40))
    assert found["a"].rank_range == (1, 1)
    assert found["a"].top == {1: 1.0}
