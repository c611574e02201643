"""Plans at the edge of sense must give a forecast all the same."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.results import Forecast
from tests.forecast.build import resolved_of, standard_error
from tests.forecast.random_plans import random_plan


def run(text: str, runs: int = 200) -> Forecast:
    found = forecast(resolved_of(text), runs)
    for item in found.items.values():
        for share in (
            item.ships,
            item.p_delivered,
            item.failed,
            item.blocked,
            item.dropped,
            item.replaced,
        ):
            assert 0 <= share <= 1
        assert item.ships <= item.p_delivered
        assert list(item.by_step) == sorted(item.by_step)
        for part in (item.start, item.finish):
            if part is not None:
                assert 0 <= part.p10 <= part.p50 <= part.p90 < math.inf
    return found


@pytest.mark.parametrize(
    "text",
    [
        '[roadmap]\ntitle = "nothing yet"\n',
        "[teams.t]\npeople = 3\n",
        "[spike.s]\n[spike.t]\n",
        '[product.a]\nstatus = "done"\n[model.b]\nstatus = "live"\n',
        (
            '[product.a]\nstatus = "idea"\n[product.b]\nstatus = "dropped"\n[product.c]\nstatus ='
            ' "failed"\n'
        ),
    ],
)
def test_without_open_bets_there_is_a_forecast(text: str) -> None:
    found = run(text)
    assert set(found.build_order) == {
        name for name in found.items if found.items[name].kind == "spike"
    }


@pytest.mark.parametrize("runs", [1, 2, 3, 63, 64, 65, 1000])
def test_any_number_of_runs_will_do(runs: int) -> None:
    text = (
        '[model.m]\nchance = 0.5\n[spike.s]\ninforms = "m"\n[product.p]\nreach = [1, 2, 5]\nneeds ='
        ' ["m"]\n'
    )
    item = run(text, runs).items["p"]
    assert (
        item.p_delivered + item.failed + item.blocked + item.dropped + item.replaced
        == pytest.approx(1)
    )


def test_a_chance_of_nothing_never_delivers_and_of_one_always_does() -> None:
    found = run("[model.a]\nchance = 0\n[model.b]\nchance = 1\n")
    assert (found.items["a"].p_delivered, found.items["a"].failed, found.items["a"].finish) == (
        0,
        1,
        None,
    )
    assert (found.items["b"].p_delivered, found.items["b"].failed) == (1, 0)


@pytest.mark.filterwarnings("error")
def test_the_widest_ranges_that_read_give_finite_times_and_ranks() -> None:
    wide = "[1e-12, 2e-12, 1e12]"
    text = (
        f'[teams.t]\npeople = 1\n[model.m]\nteam = "t"\neffort = {wide}\nreach = {wide}\nimpact ='
        f" {wide}\n"
    )
    text += (
        "upkeep = 1e12\nretrain = { every_weeks = 1e-12, effort = 1e12 }\n[spike.s]\ninforms ="
        ' "m"\n'
    )
    text += (
        f'[product.p]\nteam = "t"\nneeds = ["m"]\neffort = {wide}\nreach = 1e12\nimpact = 1e12\n'
    )
    text += f'[product.q]\nstatus = "active"\nspent = 1e12\neffort = {wide}\n'
    found = run(text, 2_000)
    for row in found.ranking:
        assert all(
            math.isfinite(each) for each in (row.value, row.effort, *(row.score_range or ()))
        )


def test_sure_and_empty_efforts_take_their_weeks_exactly() -> None:
    found = run('[product.a]\neffort = 3\n[product.b]\neffort = 0\nneeds = ["a"]\n')
    for name in ("a", "b"):
        finish = found.items[name].finish
        assert finish is not None
        assert (finish.p10, finish.p50, finish.p90) == (3, 3, 3)


@pytest.mark.parametrize("correlation", [0, 1])
def test_the_ends_of_correlation(correlation: int) -> None:
    run(
        f"[roadmap]\ncorrelation = {correlation}\n[product.a]\nreach = [1, 2,"
        " 5]\n[product.b]\nreach = 4\n"
    )


def test_more_staff_than_people_and_a_team_that_is_gone() -> None:
    found = run(
        '[teams.t]\npeople = 2\n[product.a]\nteam = "t"\nstaff = 9\neffort = 6\n[product.b]\nteam ='
        ' "u"\neffort = 6\n'
    )
    finishes = [found.items[name].finish for name in ("a", "b")]
    assert [finish.p50 for finish in finishes if finish] == [3, 6]


@pytest.mark.parametrize("horizon", [0.01, 0.5, 1040])
def test_any_horizon(horizon: float) -> None:
    item = run(f"[roadmap]\nhorizon = {horizon}\n[product.a]\neffort = 3\nchance = 1\n").items["a"]
    assert item.ships == (1 if horizon >= 3 else 0)
    assert item.p_delivered == 1


@pytest.mark.parametrize("as_of", ["1900-01-01", "2999-12-31"])
def test_any_day_to_start_from(as_of: str) -> None:
    import datetime as dt

    from roadmap_tui.plan.parser import parse_plan_data
    from roadmap_tui.plan.resolver import resolve_plan

    data = {"roadmap": {"as_of": dt.date.fromisoformat(as_of)}, "product": {"a": {"effort": 3}}}
    plan, faults = parse_plan_data(data)
    assert plan is not None
    assert not faults
    assert forecast(resolve_plan(plan), 50).items["a"].p_delivered == 1


def chain(length: int) -> dict[str, object]:
    items: dict[str, object] = {"i0": {"effort": 1}}
    for at in range(1, length):
        items[f"i{at}"] = {"effort": 1, "needs": [f"i{at - 1}"]}
    return {"product": items}


def test_a_chain_of_two_thousand() -> None:
    found = forecast(resolved_of(chain(2_000)), 16)
    finish = found.items["i1999"].finish
    assert finish is not None
    assert finish.p50 == 2_000
    assert found.build_order == tuple(f"i{at}" for at in range(2_000))


def test_a_chain_of_two_thousand_active_items() -> None:
    items = {
        f"i{at}": {"effort": 1, "status": "active", "needs": [f"i{at - 1}"] if at else []}
        for at in range(2_000)
    }
    finish = forecast(resolved_of({"product": items}), 8).items["i1999"].finish
    assert finish is not None
    assert finish.p50 == 1


def test_five_thousand_needs_on_one_item() -> None:
    items: dict[str, object] = {f"i{at}": {"effort": 1} for at in range(4_999)}
    items["last"] = {"effort": 1}
    items["join"] = {"effort": 1, "reach": 10, "needs": [*items]}
    item = forecast(resolved_of({"product": items}), 8).items["join"]
    assert item.finish is not None
    assert item.finish.p50 == 2


def test_a_choice_among_a_thousand() -> None:
    items: dict[str, object] = {f"i{at}": {"effort": 1, "chance": 0.001} for at in range(1_000)}
    items["join"] = {"effort": 1, "reach": 10, "chance": 1, "needs": [[*items]]}
    item = forecast(resolved_of({"product": items}), 2_000).items["join"]
    assert item.p_delivered == pytest.approx(1 - 0.999**1000, abs=4 * standard_error(0.37, 2_000))


def test_fifty_attempts_at_a_slim_chance() -> None:
    text = "[model.m]\nattempts = 50\n[model.m.stages]\ntrain = { effort = 1, chance = 0.02 }\n"
    assert run(text, 4_000).items["m"].p_delivered == pytest.approx(1 - 0.98**50, abs=0.001)


@given(st.integers(0, 100_000))
@settings(max_examples=40)
def test_the_same_plan_gives_the_same_forecast(seed: int) -> None:
    data = random_plan(seed)
    first = forecast(resolved_of(data), 300)
    assert forecast(resolved_of(data), 300) == first
    other = {**data, "roadmap": {**data["roadmap"], "seed": seed + 1}}
    assert forecast(resolved_of(other), 300).build_order == first.build_order


def test_another_seed_moves_a_forecast_a_little_only() -> None:
    text = (
        "[model.m]\neffort = [1, 3, 9]\n[product.p]\neffort = [1, 2, 5]\nreach = [10, 20,"
        ' 50]\nneeds = ["m"]\n'
    )
    finishes = [
        run(f"[roadmap]\nseed = {seed}\n{text}", 10_000).items["p"].finish for seed in (1, 2)
    ]
    p50s = [finish.p50 for finish in finishes if finish]
    assert p50s[0] != p50s[1]
    assert p50s[0] == pytest.approx(p50s[1], rel=0.08)
