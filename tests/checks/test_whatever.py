"""Whatever a plan says or leaves out, the checks tell what they find in whole words and finite numbers."""

import copy
import datetime as dt
import math
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from roadmap_tui.checks.run import findings, worths
from roadmap_tui.checks.subject import Known
from roadmap_tui.files.templates import templates
from roadmap_tui.forecast.run import run
from roadmap_tui.plan.faults import Fault
from roadmap_tui.plan.read import read_plan
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan

from .judging import AS_OF

FUTURES, TRIES = 100, 12
VALUES: tuple[Any, ...] = (
    0,
    1,
    0.0,
    1.0,
    1e12,
    1e-12,
    [1e-12, 1e12],
    [1, 2, 3],
    True,
    False,
    "",
    "x",
    "now",
    "active",
)
DAYS = (dt.date.min, dt.date.max, AS_OF)


def places(table: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in nested tables and lists, as what holds it and its key there."""
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        yield table, key
        if isinstance(value, (dict, list)):
            yield from places(value)


def spoilt(data: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """The same with some values taken out or made strange, each so that a forecast can still be made."""
    for _ in range(TRIES):
        tried = copy.deepcopy(data)
        holder, key = dice.choice([*places(tried)])
        if dice.random() < 0.3:
            del holder[key]
        else:
            holder[key] = dice.choice(DAYS if isinstance(holder[key], dt.date) else VALUES)
        if readable(tried) is not None:
            data = tried
    return data


def readable(data: dict[str, Any]) -> tuple[Plan, tuple[Fault, ...]] | None:
    """The plan and its faults; None if no forecast can be made of it."""
    plan, faults = read_plan(data, AS_OF)
    return None if plan is None or any(fault.fatal for fault in faults) else (plan, faults)


def look(seed: int) -> None:
    """Spoil a roadmap, and look at it."""
    dice = random.Random(seed)
    read = readable(spoilt(tomllib.loads(dice.choice(templates()).text), dice))
    assert read is not None
    plan, faults = read
    ran = run(resolve(plan, as_of=plan.roadmap.as_of or AS_OF), FUTURES)
    known = Known(ran.forecast, faults, None, worths(ran.simulation.resolved, ran.order.places))
    found = findings(plan, known)
    for each in (*found.found, *found.later, *found.silenced):
        assert each.text
        assert each.item is None or each.item in plan.items
        assert not {"None", "nan", "inf"} & set(each.text.split())
        assert all(math.isfinite(number) for _, number in each.numbers), each


@pytest.mark.parametrize("seed", range(16))
def test_strange_plans_are_looked_at(seed: int) -> None:
    look(seed)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(20))
def test_many_strange_plans_are_looked_at(part: int) -> None:
    for seed in range(100 + part * 50, 150 + part * 50):
        look(seed)


def test_files_with_faults_are_looked_at() -> None:
    looked = 0
    for path in sorted((Path(__file__).parents[1] / "faults").glob("*.toml")):
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError):
            continue
        plan, faults = read_plan(data, AS_OF)
        if plan is not None and not any(fault.fatal for fault in faults):
            ran = run(resolve(plan, as_of=AS_OF), FUTURES)
            found = findings(plan, Known(ran.forecast, faults)).found
            assert {fault.code for fault in faults} <= {each.check for each in found}
            looked += 1
    assert looked >= 5
