"""Effect of moving a bet in the build order: by hand, and against the file with that pin."""

import math
import tomllib
from itertools import product
from statistics import fmean, pstdev

import pytest

from roadmap_tui.forecast.analysis.queue_moves import MOVE_RUNS, QueueMove, queue_moves
from roadmap_tui.forecast.engine import SimulatedForecast, simulated_forecast
from tests.forecast.build import resolved_of
from tests.forecast.inputs import Data, edited, is_open, items_of
from tests.forecast.random_plans import random_plan

# by hand

TWO = """
[roadmap]
horizon = 12
[teams.t]
people = 1
[product.a]
team = "t"
effort = 4
reach = {}
confidence = 1
[product.b]
team = "t"
effort = 6
reach = {}
confidence = 1
"""


@pytest.mark.parametrize(("a", "b"), [(100, 120), (100, 149), (100, 200), (1000, 10)])
def test_two_sure_items_change_places(a: int, b: int) -> None:
    """Worth by the horizon: each one's reach times the weeks that it is live."""
    first, second = a * (12 - 4) + b * (12 - 10), b * (12 - 6) + a * (12 - 10)
    now, gain = max(first, second), min(first, second) - max(first, second)
    is_a_first = a / 4 >= b / 6
    assert is_a_first == (first >= second)
    behind, ahead = ("b", "a") if is_a_first else ("a", "b")
    found = {(move.id, move.pin): move for move in queue_moves(resolved_of(TWO.format(a, b)))}
    assert len(found) == 4
    for move in found.values():
        changes = (move.id, move.pin) in {(behind, "now"), (ahead, "later")}
        assert move.gain == pytest.approx(gain / now if changes else 0, abs=1e-6)
        assert move.is_sure == (changes and gain != 0)
        assert move.pinned_with == ()


def test_a_deadline_of_value_that_the_queue_does_not_see() -> None:
    """a brings more for its effort, but ends beyond the horizon whatever is done; b would be live
    for 2 weeks.
    """
    text = (
        TWO.format(5000, 10)
        .replace("horizon = 12", "horizon = 8")
        .replace("effort = 4", "effort = 9")
    )
    text = text.replace(
        "[product.b]",
        '[product.c]\nteam = "t"\neffort = 1\nreach = 900\nconfidence = 1\n[product.b]',
    )
    best = queue_moves(resolved_of(text))[0]
    assert (best.id, best.pin, best.is_sure) == ("a", "later", True)
    # c first for 7 weeks; b then ends in week 7
    assert best.gain == pytest.approx((900 * 7 + 10 * 1) / (900 * 7) - 1, rel=1e-4)


def test_a_plan_that_delivers_nothing_in_time_has_no_moves() -> None:
    assert (
        queue_moves(resolved_of(TWO.format(100, 100).replace("horizon = 12", "horizon = 3"))) == ()
    )
    assert queue_moves(resolved_of("[product.a]\nconfidence = 1\n")) == ()


# the file with that pin


def possible(data: Data) -> set[tuple[str, str]]:
    """Every bet that is planned, to wherever it is not pinned yet."""
    bets = {name: item for name, item in items_of(data).items() if name not in data["spike"]}
    planned = [name for name, item in bets.items() if item.get("status", "planned") == "planned"]
    moves = product(planned, ("now", "later"))
    return {(name, pin) for name, pin in moves if bets[name].get("pin") != pin}


def pulled(data: Data, name: str) -> set[str]:
    """What is to be pinned with a bet: what it waits for, of a choice the first that can still
    deliver.
    """
    items, found, waiting = items_of(data), set[str](), [name]
    while waiting:
        each = waiting.pop()
        wanted = [preferred(items, need) for need in items[each].get("needs", [])]
        wanted += [spike for spike, item in data["spike"].items() if item["informs"] == each]
        new = (
            {other for other in wanted if other in items and is_open(items[other])} - found - {name}
        )
        found |= new
        waiting += new
    return {each for each in found if items[each].get("status", "planned") == "planned"}


def preferred(items: dict[str, Data], need: str | list[str]) -> str:
    options = need if isinstance(need, list) else [need]
    able = [
        each
        for each in options
        if items[each].get("status", "planned") in {"planned", "active", "live", "done"}
    ]
    return (able or options)[0]


def by_run(found: SimulatedForecast, data: Data) -> list[float]:
    """Value by the horizon in each run, one by one; demand at its mean, which is taken from the
    ranking.
    """
    simulation, horizon, items = found.simulation, data["roadmap"]["horizon"], items_of(data)
    total = [0.0] * MOVE_RUNS
    for name in simulation.build_order:
        row = found.forecast.rank_row(name)
        if "reach" not in items[name] or row is None:
            continue
        weekly = row.own_value / (365.25 / 7 / 4)
        finishes = zip(
            simulation.delivers(name).tolist(),
            simulation.times.resolved_at[name].tolist(),
            strict=True,
        )
        for at, (delivers, finish) in enumerate(finishes):
            total[at] += weekly * max(0.0, horizon - finish) * delivers
    return total


def planned(data: Data) -> SimulatedForecast:
    return simulated_forecast(resolved_of(data), MOVE_RUNS)


def with_pin(data: Data, move: QueueMove) -> Data:
    return edited(data, **{name: {"pin": move.pin} for name in (move.id, *move.pinned_with)})


@pytest.mark.parametrize("seed", range(20))
def test_a_move_is_worth_what_the_file_with_that_pin_is(seed: int) -> None:
    data = random_plan(seed)
    if seed % 2:
        pinned = sorted(name for name, _ in possible(data))[0]
        data = edited(data, **{pinned: {"pin": "later"}})
    found, before = queue_moves(resolved_of(data)), planned(data)
    value = before.forecast.value
    if value <= 0:
        assert found == ()
        return
    assert [move.gain for move in found] == sorted((move.gain for move in found), reverse=True)
    assert sorted((move.id, move.pin) for move in found) == sorted(possible(data))
    was = by_run(before, data)
    assert fmean(was) == pytest.approx(value, rel=1e-4)
    p_values: dict[tuple[str, str], float] = {}
    for move in found:
        assert set(move.pinned_with) == (pulled(data, move.id) if move.pin == "now" else set())
        after = planned(with_pin(data, move))
        assert move.gain == pytest.approx(after.forecast.value / value - 1, abs=1e-9)
        errors = errors_from_none(after, before, data)
        assert move.se == pytest.approx(abs(move.gain) / errors if errors else 0, rel=1e-3)
        p_values[move.id, move.pin] = math.erfc(errors / math.sqrt(2))
    sure = {(move.id, move.pin) for move in found if move.is_sure}
    assert sure == beyond_holm(p_values)


def beyond_holm(p_values: dict[tuple[str, str], float]) -> set[tuple[str, str]]:
    """Those that Holm's step-down procedure rejects at the level of two standard errors."""
    level, left, rejected = math.erfc(2 / math.sqrt(2)), dict(p_values), set[tuple[str, str]]()
    while left:
        least = min(left, key=left.__getitem__)
        if left[least] * len(left) > level:
            break
        rejected.add(least)
        del left[least]
    return rejected


def errors_from_none(after: SimulatedForecast, before: SimulatedForecast, data: Data) -> float:
    """Distance of a change from zero, in standard errors of its mean over the runs."""
    differences = [
        now - then for now, then in zip(by_run(after, data), by_run(before, data), strict=True)
    ]
    if abs(fmean(differences)) < 1e-9 * fmean(by_run(before, data)):
        return 0.0
    deviation = pstdev(differences)
    return abs(fmean(differences)) * math.sqrt(MOVE_RUNS) / deviation if deviation else math.inf


def test_a_gain_is_sure_from_two_standard_errors_on() -> None:
    """The longer and the shorter item change places; at a reach of about 150 that makes no
    difference.
    """
    seen = set[int]()
    for reach in (140, 145, 150, 155, 160):
        text = (
            TWO.format(100, reach)
            .replace("effort = 6", "effort = [2, 5, 16]")
            .replace("effort = 4", "effort = [2, 8]")
        )
        data = {**tomllib.loads(text.replace("horizon = 12", "horizon = 14")), "spike": {}}
        before = planned(data)
        tried = queue_moves(resolved_of(data))
        for move in tried:
            if move.gain:
                errors = errors_from_none(planned(with_pin(data, move)), before, data)
                # both moves that change the order are the same plan, and two change nothing
                enough = math.erfc(errors / math.sqrt(2)) <= math.erfc(2 / math.sqrt(2)) / 4
                assert move.is_sure == enough
                seen.add(int(errors))
    assert {0, 1, 2} <= seen


def test_only_the_first_forty_bets_are_tried() -> None:
    text = '[roadmap]\nhorizon = 400\n[teams.t]\npeople = 9\n[spike.s]\ninforms = "p0"\n'
    text += "".join(
        f'[product.p{at}]\nteam = "t"\nreach = 5\neffort = 2\nconfidence = 1\n' for at in range(45)
    )
    resolved = resolved_of(text)
    assert {move.id for move in queue_moves(resolved)} == {f"p{at}" for at in range(40)}
    assert {move.id for move in queue_moves(resolved, limit=2)} == {"p0", "p1"}
