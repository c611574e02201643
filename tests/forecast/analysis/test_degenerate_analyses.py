"""Whatever a plan is like, all that is found out about it is found without an error, and every
number is finite.
"""

import math
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.forecast.analysis.assumptions import assumption_impacts
from roadmap_tui.forecast.analysis.break_even import break_evens
from roadmap_tui.forecast.analysis.capacity_value import capacity_values
from roadmap_tui.forecast.analysis.critical_path import finish_drivers
from roadmap_tui.forecast.analysis.horizon_value import chance_all_delivered, horizon_values
from roadmap_tui.forecast.analysis.queue_moves import queue_moves
from roadmap_tui.forecast.analysis.tornado import TornadoFigure, tornadoes
from roadmap_tui.forecast.analysis.utilisation import team_utilisation
from roadmap_tui.forecast.analysis.value_of_information import value_of_information
from roadmap_tui.forecast.analysis.what_if import WhatIfPlan
from roadmap_tui.forecast.engine import simulated_forecast
from roadmap_tui.plan.resolver import ResolvedPlan
from tests.forecast.build import resolved_of
from tests.forecast.inputs import guessing

FIGURES: tuple[TornadoFigure, ...] = get_args(TornadoFigure)
FEW = 200


def studied(
    resolved: ResolvedPlan, *, targets: int = 5, most: int = 40
) -> Iterator[tuple[str, object]]:
    """All that may be asked about a plan; of many items, about the first and the last few."""
    found = simulated_forecast(resolved, FEW)
    yield "forecast", found.forecast
    listed = found.forecast.build_order
    names = dict.fromkeys([*listed[:targets], *listed[-targets:]])
    trials = WhatIfPlan(resolved, listed)
    yield "loads", team_utilisation(found.simulation)
    yield "value", horizon_values(found.simulation)
    yield (
        "together",
        chance_all_delivered(found.simulation, tuple(resolved.items), resolved.horizon),
    )
    yield "causes", finish_drivers(found.simulation)
    yield "information", value_of_information(resolved, found.order.queue)
    yield "capacity", capacity_values(resolved)
    yield "moves", queue_moves(resolved, limit=most)
    yield "guesses", assumption_impacts(trials)
    for name in names:
        yield f"causes of {name}", finish_drivers(found.simulation, name)
        yield f"levers of {name}", break_evens(trials, name)
        yield f"tornadoes of {name}", tornadoes(trials, name, FIGURES)


def numbers(value: object) -> Iterator[float]:
    """Every number in there."""
    if isinstance(value, float):
        yield value
    elif is_dataclass(value):
        yield from numbers([getattr(value, field.name) for field in fields(value)])
    elif isinstance(value, dict):
        yield from numbers(list(value.values()))
    elif isinstance(value, tuple | list | frozenset):
        for part in value:
            yield from numbers(part)


def assert_sound(resolved: ResolvedPlan, **size: int) -> None:
    for what, found in studied(resolved, **size):
        assert all(math.isfinite(each) for each in numbers(found)), what


TEAM = "[teams.t]\npeople = 1\n"
ITEM = '[product.{}]\nteam = "t"\nreach = 9\n'
BET = (
    '[model.m]\nteam = "t"\neffort = [1, 3, 9]\nchance = {}\n[product.p]\nteam = "t"\nreach ='
    ' 9\nneeds = ["m"]\n'
)
SPIKE = '[spike.s]\nteam = "t"\ninforms = "m"\n'
PLANS = {
    "nothing": '[roadmap]\ntitle = "nothing yet"\n',
    "no items": TEAM,
    "one item": ITEM.format("a"),
    "one item of no team": "[product.a]\nreach = 9\n",
    "one item without a value": "[product.a]\n",
    "one spike of nothing": "[spike.s]\n",
    "all done": TEAM + "".join(ITEM.format(name) + 'status = "done"\n' for name in "abc"),
    "all live, with upkeep": (
        TEAM + '[model.m]\nteam = "t"\nstatus = "live"\nupkeep = 0.5\nreach = 9\n'
    ),
    "all dropped": TEAM + "".join(ITEM.format(name) + 'status = "dropped"\n' for name in "abc"),
    "all failed": TEAM + ITEM.format("a") + 'status = "failed"\n',
    "all ideas": (
        TEAM
        + ITEM.format("a")
        + 'status = "idea"\n'
        + ITEM.format("b")
        + 'status = "idea"\nneeds = ["a"]\n'
    ),
    "chance 0": TEAM + BET.format(0) + SPIKE,
    "chance 1": TEAM + BET.format(1) + SPIKE,
    "a hair from 0": TEAM + BET.format(1e-12) + SPIKE,
    "a hair from 1": TEAM + BET.format(1 - 1e-12) + SPIKE,
    "a spike that knows": TEAM + BET.format(0.5) + SPIKE + "yes_if_works = 1\nyes_if_not = 0\n",
    "a spike that says hardly anything": (
        TEAM + BET.format(0.5) + SPIKE + "yes_if_works = 0.5\nyes_if_not = 0.499\n"
    ),
    "a spike that always says yes where it works": (
        TEAM + BET.format(0) + SPIKE + "yes_if_works = 1\nyes_if_not = 0\n"
    ),
    "many spikes of one bet": (
        TEAM + BET.format(0.5) + "".join(SPIKE.replace(".s", f".s{at}") for at in range(15))
    ),
    "sure efforts": (
        TEAM + ITEM.format("a") + "effort = 3\n" + ITEM.format("b") + "effort = 2\nneeds = ['a']\n"
    ),
    "no effort": (
        TEAM + ITEM.format("a") + "effort = 0\n" + ITEM.format("b") + "effort = 0\nneeds = ['a']\n"
    ),
    "no reach": TEAM + '[product.a]\nteam = "t"\nreach = 0\n[product.b]\nreach = 0\nimpact = 0\n',
    "no confidence": (
        TEAM + ITEM.format("a") + "confidence = 0\n" + ITEM.format("b") + "confidence = 0\n"
    ),
    "the widest of ranges": (
        TEAM + ITEM.format("a").replace("9", "[1e-9, 1, 1e9]") + "effort = [1e-9, 1e-3, 1e9]\n"
    ),
    "the narrowest of ranges": TEAM + ITEM.format("a") + "effort = [3, 3.0000001]\n",
    "spent beyond all measure": (
        TEAM + ITEM.format("a") + 'status = "active"\neffort = [1, 2, 3]\nspent = 1e6\n'
    ),
    "a sure effort overspent": (
        TEAM + ITEM.format("a") + 'status = "active"\neffort = 3\nspent = 9\n'
    ),
    "a horizon that has passed": "[roadmap]\nhorizon = 0.01\n" + TEAM + BET.format(0.5) + SPIKE,
    "nothing ships in time": (
        "[roadmap]\nhorizon = 5\n" + TEAM + ITEM.format("a") + "not_before = 2030-01-01\n"
    ),
    "nothing ships at all": (
        TEAM + ITEM.format("a") + 'needs = ["gone"]\n' + ITEM.format("b") + 'needs = ["a"]\n'
    ),
    "more staff than people": (
        TEAM + ITEM.format("a") + "staff = 50\n" + ITEM.format("b") + "staff = 7\n"
    ),
    "more people under way than there are": (
        TEAM + "".join(ITEM.format(name) + 'status = "active"\nstaff = 3\n' for name in "abcdef")
    ),
    "more upkeep than people": (
        TEAM + BET.format(0.5) + '[model.n]\nteam = "t"\nstatus = "live"\nupkeep = 40\n'
    ),
    "a team that is gone": '[product.a]\nteam = "u"\nreach = 9\n',
    "plan B of plan B": (
        TEAM
        + BET.format(0.5)
        + '[model.n]\nfallback_for = "m"\nreach = 5\n[model.o]\nfallback_for = "n"\nreach = 5\n'
    ),
    "all optimism shared": "[roadmap]\ncorrelation = 1\n" + TEAM + BET.format(0.5) + SPIKE,
    "a stage of no chance": (
        TEAM
        + '[model.m]\nteam = "t"\nreach = 9\nattempts = 50\n[model.m.stages]\ntrain = { effort = 1,'
        " chance = 0 }\nevaluate = { effort = [1, 2, 9], chance = 0.5 }\n"
    ),
    "stages against a chance of their own": (
        TEAM
        + '[model.m]\nteam = "t"\nreach = 9\nattempts = 3\nchance = 1\n[model.m.stages]\ntrain = {'
        " effort = 1, chance = 0 }\nevaluate = { effort = [1, 2, 9], chance = 0.5 }\n"
    ),
    "all pinned": (
        TEAM
        + ITEM.format("a")
        + 'pin = "now"\n'
        + ITEM.format("b")
        + 'pin = "later"\nneeds = ["a"]\n'
    ),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan_at_the_edge_of_sense_is_studied_all_the_same(name: str) -> None:
    assert_sound(resolved_of(PLANS[name]))


@given(st.integers(0, 1_000_000))
@settings(max_examples=8)
def test_a_random_plan_is_studied_without_fail(seed: int) -> None:
    assert_sound(resolved_of(guessing(seed)), targets=2)


def test_the_numbers_are_looked_at() -> None:
    """What looks for numbers finds those that are not sound, however deep."""
    assert list(numbers({"a": ((1.0, None), [math.nan])})) == [
        1.0,
        pytest.approx(math.nan, nan_ok=True),
    ]
    text = TEAM + BET.format(0.5) + SPIKE
    found = dict(studied(resolved_of(text)))
    for what in (
        "forecast",
        "loads",
        "value",
        "together",
        "causes",
        "capacity",
        "moves",
        "guesses",
        "tornadoes of p",
    ):
        assert list(numbers(found[what])), what


def many(**items: Any) -> ResolvedPlan:
    teams = {"t": {"people": 5}}
    return resolved_of({"roadmap": {"horizon": 100}, "teams": teams, "product": items})


@pytest.mark.soak
def test_an_item_with_ten_thousand_needs_is_studied() -> None:
    items: dict[str, Any] = {f"i{at}": {"effort": 0.01, "team": "t"} for at in range(10_000)}
    items["join"] = {"effort": [1, 2, 9], "team": "t", "reach": 9, "needs": [*items]}
    assert_sound(many(**items), targets=1, most=2)


@pytest.mark.soak
def test_a_chain_of_two_thousand_is_studied() -> None:
    items: dict[str, Any] = {"i0": {"effort": [1, 2, 9], "team": "t", "reach": 9}}
    for at in range(1, 2_000):
        items[f"i{at}"] = {"effort": 0.01, "team": "t", "needs": [f"i{at - 1}"], "reach": 1}
    assert_sound(many(**items), targets=1, most=2)


def test_an_item_with_three_hundred_needs_and_a_chain_as_long_are_studied() -> None:
    wide: dict[str, Any] = {f"i{at}": {"effort": 0.1, "team": "t"} for at in range(300)}
    wide["join"] = {"effort": [1, 2, 9], "team": "t", "reach": 9, "needs": [*wide]}
    assert_sound(many(**wide), targets=1, most=1)
    long: dict[str, Any] = {"i0": {"effort": [1, 2, 9], "team": "t", "reach": 9}}
    for at in range(1, 300):
        long[f"i{at}"] = {"effort": 0.1, "team": "t", "needs": [f"i{at - 1}"], "reach": 1}
    assert_sound(many(**long), targets=1, most=1)
