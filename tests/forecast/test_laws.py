"""Laws that hold for every roadmap: of chance, of the schedule for a given list, and of draws that
each item owns.
"""

import copy
import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import replace
from math import ceil
from statistics import NormalDist
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.forecast.engine import (
    NO_REFERENCE,
    ReferenceOrder,
    SimulatedForecast,
    forecast,
    simulated_forecast,
)
from roadmap_tui.forecast.simulation.outcomes import draw_successes
from roadmap_tui.forecast.simulation.results import Forecast, SpikeOdds
from roadmap_tui.forecast.simulation.sampling import RandomSource
from roadmap_tui.forecast.simulation.simulator import Simulation, simulate, work_order
from roadmap_tui.forecast.simulation.times import Times
from roadmap_tui.plan.estimate import Estimate
from tests.forecast.build import resolved_of, standard_error, timed
from tests.forecast.chain import chance, walks
from tests.forecast.random_plans import random_plan

N = 10_000
FEW = 300
ERRORS = 4.5
KINDS = ("model", "product", "spike")
STAGES = ("data", "train", "evaluate", "deploy")
Data = dict[str, Any]
seeds = st.integers(0, 1_000_000)


def edited(data: Data, name: str, **fields: Any) -> Data:
    """The same roadmap, but for some fields of one item."""
    found = copy.deepcopy(data)
    next(found[kind] for kind in KINDS if name in found[kind])[name].update(fields)
    return found


def items_of(data: Data) -> dict[str, Data]:
    items: dict[str, Data] = {}
    for kind in KINDS:
        items |= data[kind]
    return items


def odds_by_bet(data: Data) -> Iterator[tuple[str, str, SpikeOdds]]:
    """The open spikes of a roadmap, their bets, and what is said of them."""
    items = items_of(data)
    for name, item in forecast(resolved_of(data), 10).items.items():
        if item.odds is not None:
            yield name, items[name]["informs"], item.odds


def chance_in(data: Data, bet: str) -> float:
    """The chance that a bet works, from the document alone; of stages, every path followed to its
    end.
    """
    item = items_of(data)[bet]
    if "stages" in item:
        stages = {name: item["stages"][name]["chance"] for name in STAGES if name in item["stages"]}
        return float(
            item.get("chance", chance(list(walks(stages, item["stage"], item["attempts"]))))
        )
    return float(item.get("chance", 0.35 if bet in data["model"] else 1.0))


# chances


@given(seeds)
@settings(max_examples=60)
def test_outcomes_of_a_spike_average_to_the_prior(seed: int) -> None:
    """P(works) = P(yes) P(works | yes) + P(no) P(works | no); and so does what is drawn."""
    data = random_plan(seed)
    resolved = resolved_of(data)
    for name, bet, odds in odds_by_bet(data):
        before = chance_in(data, bet)
        assert odds.before == pytest.approx(before)
        assert odds.p_yes * odds.after_yes + (1 - odds.p_yes) * odds.after_no == pytest.approx(
            before
        )
        source = RandomSource(resolved.seed, N)
        works = source.success_runs(resolved.items[bet])
        yes = source.yes_runs(resolved.items[name], works)
        for share, exact in (
            (works & yes, odds.p_yes * odds.after_yes),
            (works & ~yes, (1 - odds.p_yes) * odds.after_no),
            (yes, odds.p_yes),
        ):
            assert abs(share.bit_count() / N - exact) <= ERRORS * standard_error(exact, N) + 3 / N


@given(seeds)
@settings(max_examples=30)
def test_a_roadmap_is_the_mean_of_those_in_which_a_spike_has_spoken(seed: int) -> None:
    """After a yes the bet goes on at its new chance, after a no it is dropped, or goes on at what
    is left of it.
    """
    data = random_plan(seed)
    now = forecast(resolved_of(data), N)
    for name, bet, odds in odds_by_bet(data):
        if odds.before in {0, 1}:
            continue  # a spike on what is certain is idle: a no drops nothing
        spoken = edited(data, name, status="done")
        yes = forecast(resolved_of(edited(spoken, bet, chance=odds.after_yes)), N)
        continues = data["spike"][name].get("on_refuted") == "continue"
        after: Data = {"chance": odds.after_no} if continues else {"status": "dropped"}
        no = forecast(resolved_of(edited(spoken, bet, **after)), N)
        for other in now.items:
            if other != name:
                mean = (
                    odds.p_yes * yes.items[other].p_delivered
                    + (1 - odds.p_yes) * no.items[other].p_delivered
                )
                tolerance = ERRORS * standard_error(mean, N, N) + 3 / N
                assert abs(now.items[other].p_delivered - mean) <= tolerance, (name, other)


@given(seeds)
@settings(max_examples=60)
def test_every_run_of_an_item_has_one_end(seed: int) -> None:
    data = random_plan(seed)
    items = items_of(data)
    for name, item in forecast(resolved_of(data), FEW).items.items():
        ends = [item.p_delivered, item.failed, item.blocked, item.dropped, item.replaced]
        assert all(round(share * FEW, 6).is_integer() for share in ends)
        if items[name].get("status", "planned") != "idea":
            assert sum(ends) == pytest.approx(1)
        assert item.ships <= item.p_delivered


@given(st.floats(0, 1))
@settings(max_examples=100)
def test_a_single_bet_ships_at_its_chance_to_the_last_run(p: float) -> None:
    """Its draws are even, so that rounding is all that is lost."""
    item = forecast(resolved_of(f"[model.m]\nchance = {p!r}\neffort = 3\n"), N).items["m"]
    for share in (item.ships, item.p_delivered, 1 - item.failed):
        assert abs(share - p) <= 0.5 / N + 1e-9


@given(st.floats(0.01, 1), st.floats(0.5, 10), st.floats(1.2, 10), st.floats(0.2, 3))
@settings(max_examples=60)
def test_a_single_bet_of_lognormal_effort_ships_in_time_at_its_chance(
    p: float, low: float, spread: float, late: float
) -> None:
    """P(works) x P(effort <= horizon), which lasts to the end of a day."""
    horizon = ceil(low * late * 7) / 7
    text = (
        f"[roadmap]\nhorizon = {horizon!r}\n[model.m]\nchance = {p!r}\neffort = [{low!r},"
        f" {low * spread!r}]\n"
    )
    middle = np.log(low) + np.log(spread) / 2
    sigma = np.log(spread) / (2 * NormalDist().inv_cdf(0.9))
    exact = p * NormalDist(float(middle), float(sigma)).cdf(float(np.log(horizon)))
    ships = forecast(resolved_of(text), N).items["m"].ships
    assert abs(ships - exact) <= ERRORS * standard_error(exact, N) + 3 / N


# the schedule, for a given list and given outcomes


def unkept(seed: int) -> Data:
    """A roadmap without upkeep; teams and those who work together may be larger than in others."""
    dice, data = random.Random(seed), random_plan(seed)
    for item in items_of(data).values():
        item.pop("upkeep", None)
        item["staff"] = item.get("staff", 1) + dice.choice([0, 0, 1, 2])
    for team in data["teams"].values():
        team["people"] += dice.choice([0, 0, 1, 3])
    return data


def planned(data: Data) -> Simulation:
    resolved = resolved_of(data)
    return simulate(resolved, work_order(resolved, FEW).build_order, FEW)


def again(simulation: Simulation, data: Data, effort: dict[str, Any] | None = None) -> Times:
    """The same list, outcomes and efforts, but for what is given, with this data."""
    resolved = resolved_of(data)
    drawn = draw_successes(simulation.resolved, simulation.efforts.source)
    return timed(
        resolved,
        simulation.build_order,
        {**{name: simulation.effort(name) for name in simulation.build_order}, **(effort or {})},
        drawn,
    )[0]


def assert_no_later(sooner: Times, later: Times) -> None:
    """Not in any run, by any bit."""
    for one, other in (
        (sooner.start, later.start),
        (sooner.end, later.end),
        (sooner.resolved_at, later.resolved_at),
    ):
        for name, weeks in one.items():
            assert (weeks <= other[name]).all(), name


@given(seeds, st.sampled_from([(1.5, 0.0), (1.0, 0.3), (7.0, 2.0)]))
@settings(max_examples=60)
def test_more_effort_of_one_item_makes_nothing_earlier(
    seed: int, more: tuple[float, float]
) -> None:
    data = unkept(seed)
    simulation = planned(data)
    for name in simulation.build_order:
        harder = simulation.effort(name).astype(np.float64) * more[0] + more[1]
        after = again(simulation, data, {name: harder})
        assert_no_later(simulation.times, after)
        assert (after.end[name] > simulation.times.end[name]).any() or not simulation.effort(
            name
        ).any()


@given(seeds)
@settings(max_examples=60)
def test_one_more_person_makes_nothing_later(seed: int) -> None:
    """Also where an item may take more people than its team has."""
    data = unkept(seed)
    simulation = planned(data)
    for team in data["teams"]:
        more = copy.deepcopy(data)
        more["teams"][team]["people"] += 1
        assert_no_later(again(simulation, more), simulation.times)


@given(seeds)
@settings(max_examples=60)
def test_a_day_to_wait_for_makes_nothing_earlier(seed: int) -> None:
    data = unkept(seed)
    for item in items_of(data).values():
        item.pop("not_before", None)
    simulation = planned(data)
    for name in simulation.build_order:
        assert_no_later(
            simulation.times, again(simulation, edited(data, name, not_before=dt.date(2027, 1, 4)))
        )


# what is not touched stays the same


def shuffled(data: Data, dice: random.Random) -> Data:
    """The same items in another order, and their kinds too."""
    found = {key: value for key, value in data.items() if key not in KINDS}
    for kind in dice.sample(KINDS, len(KINDS)):
        names = list(data[kind])
        found[kind] = {name: data[kind][name] for name in dice.sample(names, len(names))}
    return found


def assert_alike(one: Forecast, other: Forecast) -> None:
    """What is said of each item that is in both: the chances to the last run, the weeks but for
    rounding.
    """
    assert [name for name in one.build_order if name in other.items] == [
        name for name in other.build_order if name in one.items
    ]
    for name in one.items.keys() & other.items.keys():
        before, after = one.items[name], other.items[name]
        assert (before.p_delivered, before.failed, before.blocked) == (
            after.p_delivered,
            after.failed,
            after.blocked,
        )
        assert (before.dropped, before.replaced, before.odds) == (
            after.dropped,
            after.replaced,
            after.odds,
        )
        assert set(before.assumptions) == set(after.assumptions)
        assert (set(before.predecessors), set(before.dependents)) == (
            set(after.predecessors),
            set(after.dependents),
        )
        for weeks, then in ((before.start, after.start), (before.finish, after.finish)):
            assert (weeks is None) == (then is None)
            if weeks is not None and then is not None:
                assert (weeks.p10, weeks.p50, weeks.p90) == pytest.approx(
                    (then.p10, then.p50, then.p90), rel=1e-5
                )
        # a finish at the end of a step may fall to either side of it if upkeep is added up in
        # another order
        assert before.by_step == pytest.approx(after.by_step, abs=2 / one.runs)
    for row in one.ranking:
        score, then_row = row.weighted, other.rank_row(row.id)
        assert then_row is not None
        assert (score is None) == (then_row.weighted is None)
        if score is not None and then_row.weighted is not None:
            assert score.score == pytest.approx(then_row.weighted.score, rel=1e-9, abs=1e-9)


@given(seeds, st.randoms(use_true_random=False))
@settings(max_examples=60)
def test_the_order_of_items_in_the_file_changes_nothing_on_the_same_list(
    seed: int, dice: random.Random
) -> None:
    data = random_plan(seed)
    before = forecast(resolved_of(data), FEW)
    after = forecast(resolved_of(shuffled(data, dice)), FEW, ReferenceOrder.from_forecast(before))
    assert after.build_order == before.build_order
    assert_alike(before, after)
    assert after.value == pytest.approx(before.value, rel=1e-5)


@given(seeds, st.floats(0.1, 10))
@settings(max_examples=60)
def test_a_version_that_keeps_the_order_is_worked_in_it(seed: int, factor: float) -> None:
    plan = resolved_of(random_plan(seed))
    before = forecast(plan, FEW)
    terms = {
        name: replace(each, effort=Estimate.exact(each.effort.p50 * factor))
        for name, each in plan.items.items()
    }
    after = forecast(replace(plan, items=terms), FEW, ReferenceOrder.from_forecast(before))
    assert after.build_order == before.build_order
    assert {row.id: row.build_position for row in after.ranking} == {
        row.id: row.build_position for row in before.ranking
    }


def with_stranger(data: Data, *, valued: bool) -> Data:
    """The same roadmap with an item that nothing waits for, in a team of its own, before all
    others.
    """
    stranger: Data = {"effort": [1, 3, 9], "team": "tz", "chance": 0.5, "staff": 2}
    if valued:
        stranger |= {"reach": [10, 500, 5000], "confidence": 0.8}
    teams = {**data["teams"], "tz": {"people": 2}}
    return {**data, "teams": teams, "product": {"stranger": stranger, **data["product"]}}


@given(seeds, st.booleans(), st.booleans())
@settings(max_examples=60)
def test_an_unrelated_item_in_another_team_changes_nothing(
    seed: int, valued: bool, keeps: bool
) -> None:
    """On the same list, and on one that is made again, too."""
    data = random_plan(seed)
    before = simulated_forecast(resolved_of(data), FEW)
    after = simulated_forecast(
        resolved_of(with_stranger(data, valued=valued)),
        FEW,
        ReferenceOrder.from_forecast(before.forecast) if keeps else NO_REFERENCE,
    )
    assert_alike(before.forecast, after.forecast)
    assert_same_draws(before, after)


def assert_same_draws(one: SimulatedForecast, other: SimulatedForecast) -> None:
    for name in one.simulation.build_order:
        assert (one.simulation.effort(name) == other.simulation.effort(name)).all()
        assert (
            one.simulation.times.resolved_at[name] == other.simulation.times.resolved_at[name]
        ).all()
