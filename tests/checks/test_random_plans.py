"""On random plans, findings of the checks have complete texts and finite numbers."""

import copy
import datetime as dt
import math
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from roadmap_tui.checks.context import CheckInputs
from roadmap_tui.checks.findings import run_checks, study_open_spikes
from roadmap_tui.forecast.engine import simulated_forecast
from roadmap_tui.plan.faults import Fault
from roadmap_tui.plan.parser import parse_plan_data
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.storage.templates import load_templates
from tests.checks.case_files import AS_OF

RUNS, TRIES = 100, 12
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


def table_entries(table: Any) -> Iterator[tuple[Any, Any]]:
    """Every place in nested tables and lists, as what holds it and its key there."""
    for key, value in table.items() if isinstance(table, dict) else enumerate(table):
        yield table, key
        if isinstance(value, (dict, list)):
            yield from table_entries(value)


def damaged(data: dict[str, Any], dice: random.Random) -> dict[str, Any]:
    """Remove or distort some values so that a forecast still works."""
    for _ in range(TRIES):
        tried = copy.deepcopy(data)
        holder, key = dice.choice([*table_entries(tried)])
        if dice.random() < 0.3:
            del holder[key]
        else:
            holder[key] = dice.choice(DAYS if isinstance(holder[key], dt.date) else VALUES)
        if read_if_valid(tried) is not None:
            data = tried
    return data


def read_if_valid(data: dict[str, Any]) -> tuple[Plan, tuple[Fault, ...]] | None:
    """The plan and its faults; None if no forecast can be made of it."""
    plan, faults = parse_plan_data(data, AS_OF)
    return None if plan is None or any(fault.fatal for fault in faults) else (plan, faults)


def check_random_plan(seed: int) -> None:
    """Spoil a roadmap, and look at it."""
    dice = random.Random(seed)
    read = read_if_valid(damaged(tomllib.loads(dice.choice(load_templates()).text), dice))
    assert read is not None
    plan, faults = read
    ran = simulated_forecast(resolve_plan(plan, as_of=plan.roadmap.as_of or AS_OF), RUNS)
    known = CheckInputs(
        ran.forecast,
        faults,
        None,
        study_open_spikes(ran.simulation.resolved, plan, ran.order.queue),
    )
    found = run_checks(plan, known)
    for each in (*found.found, *found.later, *found.ignored):
        assert each.text
        assert each.item is None or each.item in plan.items
        assert not {"None", "nan", "inf"} & set(each.text.split())
        assert all(math.isfinite(number) for _, number in each.numbers), each


@pytest.mark.parametrize("seed", range(16))
def test_strange_plans_are_looked_at(seed: int) -> None:
    check_random_plan(seed)


@pytest.mark.soak
@pytest.mark.parametrize("part", range(20))
def test_many_strange_plans_are_looked_at(part: int) -> None:
    for seed in range(100 + part * 50, 150 + part * 50):
        check_random_plan(seed)


def test_files_with_faults_are_looked_at() -> None:
    looked = 0
    for path in sorted((Path(__file__).parents[1] / "faults").glob("*.toml")):
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
        except (ValueError, RecursionError):
            continue
        plan, faults = parse_plan_data(data, AS_OF)
        if plan is not None and not any(fault.fatal for fault in faults):
            ran = simulated_forecast(resolve_plan(plan, as_of=AS_OF), RUNS)
            found = run_checks(plan, CheckInputs(ran.forecast, faults)).found
            assert {fault.code for fault in faults} <= {each.check for each in found}
            looked += 1
    assert looked >= 5
