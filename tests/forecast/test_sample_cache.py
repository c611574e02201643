"""A forecast that reuses cached samples equals one that draws everything."""

import copy
import datetime as dt
import random
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.forecast.simulation.sampling import clear_samples
from roadmap_tui.plan.parser import parse_plan_data
from roadmap_tui.plan.resolver import ResolvedPlan, resolve_plan
from tests.forecast.build import AS_OF, resolved_of
from tests.forecast.random_plans import fuller_plan

RUNS = 64
STEPS = 8
Data = dict[str, Any]
ALL: dict[str, list[Any]] = {
    "status": ["planned", "active", "live", "done", "failed", "idea", "dropped"],
    "team": ["ta", "tb"],
    "not_before": [AS_OF + dt.timedelta(weeks=weeks) for weeks in (0, 3, 9)],
    "pin": ["now", "later"],
}
BET: dict[str, list[Any]] = {"effort": [1, 2, 5], "chance": [0.2, 0.6, 1]}
OWN: dict[str, dict[str, list[Any]]] = {
    "product": BET,
    "model": BET | {"upkeep": [0, 0.3, 0.8]},
    "spike": {"timebox": [1, 2, 5], "yes_if_not": [0.05, 0.2, 0.5]},
}


def uncached(resolved: ResolvedPlan) -> Forecast:
    """The forecast with all samples drawn again."""
    clear_samples()
    return forecast(resolved, RUNS)


def changed(data: Data, dice: random.Random) -> Data:
    """The same roadmap with one thing changed, as users change it."""
    data = copy.deepcopy(data)
    tracks = [each for each in ("product", "model", "spike") if data[each]]
    track = dice.choice(tracks)
    name = dice.choice(list(data[track]))
    match dice.randrange(13):
        case 0:
            data["teams"][dice.choice(["ta", "tb"])]["people"] = dice.choice([1, 2, 4])
        case 1:
            data["roadmap"]["horizon"] = dice.choice([8, 16, 40])
        case 12:
            data["roadmap"]["as_of"] = AS_OF + dt.timedelta(weeks=dice.choice([0, 1, 4]))
        case 2:
            del data[track][name]
        case 3:
            data[track][name]["needs"] = [dice.choice(list(data[dice.choice(tracks)]))]
        case _:
            key, values = dice.choice(list((ALL | OWN[track]).items()))
            data[track][name][key] = dice.choice(values)
            if key in {"effort", "chance"}:
                data[track][name].pop("stages", None)
                data[track][name].pop("stage", None)
    return data


def readable(data: Data) -> ResolvedPlan | None:
    """The plan, if a forecast can be made of it."""
    plan, faults = parse_plan_data(data, AS_OF)
    if plan is None or any(fault.fatal for fault in faults):
        return None
    return resolve_plan(plan, as_of=plan.roadmap.as_of or AS_OF)


@given(st.integers(0, 100_000))
def test_a_forecast_after_edits_is_that_of_the_plan_alone(seed: int) -> None:
    dice = random.Random(seed)
    data = fuller_plan(seed)
    forecast(resolved_of(data), RUNS)
    for _ in range(STEPS):
        after = changed(data, dice)
        resolved = readable(after)
        if resolved is not None:
            data = after
            assert forecast(resolved, RUNS) == uncached(resolved)


@given(st.integers(0, 100_000), st.integers(0, 100_000))
def test_another_plan_with_the_same_ids_has_its_own_samples(seed: int, other: int) -> None:
    for data in (fuller_plan(seed), fuller_plan(other), fuller_plan(seed)):
        resolved = resolved_of(data)
        assert forecast(resolved, RUNS) == uncached(resolved)


def test_when_a_preferred_way_is_known_counts_even_where_the_other_delivers() -> None:
    """The same delivers in the same runs, but what is live is known from the start, and what
    failed, too.
    """
    text = (
        '[teams.t]\npeople = 1\n[product.a]\nteam = "t"\neffort = [1, 4]\n[product.b]\nstatus ='
        ' "{}"\n'
    )
    text += '[product.c]\neffort = 1\nneeds = [["b", "a"]]\n'
    for status in ("live", "failed", "live"):
        resolved = resolved_of(text.format(status))
        assert forecast(resolved, RUNS) == uncached(resolved)


def test_time_of_a_no_counts_even_for_a_blocked_bet() -> None:
    """What stands in for the bet begins when that is known, by the spike or by what blocks it."""
    text = "[model.a]\nchance = 0\neffort = 7\n[model.m]\nchance = 0.5\neffort = 9\nneeds = ['a']\n"
    text += (
        "[spike.s]\ninforms = 'm'\ntimebox = 2\nyes_if_not = {}\n[product.b]\nfallback_for ="
        " 'm'\neffort = 1\n"
    )
    for yes_if_not in (0.75, 0.05, 0.75):
        resolved = resolved_of(text.format(yes_if_not))
        assert forecast(resolved, RUNS) == uncached(resolved)
