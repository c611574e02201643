"""Readiness and checks agree: each reports what the other sees, and ok needs evidence."""

import copy
import datetime as dt
import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from roadmap_tui.checks.context import CheckContext, CheckInputs
from roadmap_tui.checks.findings import run_checks
from roadmap_tui.checks.registry import RULE_IDS
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import simulated_forecast
from roadmap_tui.plan.parser import parse_plan_data
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.readiness.judge import ReadinessJudge
from roadmap_tui.storage.templates import load_templates
from tests.checks.case_files import AS_OF, finding_lines, judge_text
from tests.checks.test_random_plans import damaged, read_if_valid

VERDICTS = Path(__file__).parent / "verdicts"
SHIPPED = {
    **{each.name: each.text for each in load_templates()},
    **{
        path.stem: path.read_text("utf-8")
        for path in sorted((Path(__file__).parents[2] / "roadmaps").glob("*.toml"))
    },
}


def test_what_reassured_wrongly_is_found_at_each_line() -> None:
    case = judge_text((VERDICTS / "silent.toml").read_text("utf-8"))
    found = case.findings
    assert found.count("E") >= 1
    expected = {
        ("HL06", 58),  # level 5 without stakes
        ("TR02", 62),  # 60 % overridden
        ("TR05", 69),  # a cohort at 95 %
        ("HL05", 61),  # its own demote_if is met
        ("LA04", 49),  # p95 2.1 s of 0.5
        ("FM01", 30),  # three empty failure modes
        ("SG04", 28),  # an uncounted segment
        ("SG03", 28),  # no minority, nothing adversarial
        ("DQ04", 22),  # no data measured
        ("LC07", 18),  # a monitor without a reading
        ("TR04", 62),  # overrides rise
    }
    assert expected <= set(finding_lines(case.document, found.found))


def test_with_evidence_for_all_of_it_nothing_is_found() -> None:
    assert judge_text((VERDICTS / "clean.toml").read_text("utf-8")).findings.found == ()


def plans() -> Iterator[tuple[str, Plan]]:
    """What ships, and the same with values taken out or made strange."""
    for name, text in SHIPPED.items():
        plan = read_document(text.encode(), name).plan
        assert plan is not None
        yield name, plan
    for seed in range(24):
        dice = random.Random(seed)
        read = read_if_valid(damaged(tomllib.loads(dice.choice([*SHIPPED.values()])), dice))
        assert read is not None
        yield f"damaged {seed}", read[0]


@pytest.mark.parametrize(("name", "plan"), plans(), ids=lambda each: each if each else "")
def test_each_judgement_that_asks_for_something_is_a_finding_at_its_field(
    name: str, plan: Plan
) -> None:
    as_of = plan.roadmap.as_of or AS_OF
    known = CheckInputs(simulated_forecast(resolve_plan(plan, as_of=as_of), 100).forecast)
    findings, context = run_checks(plan, known), CheckContext(plan, known, RULE_IDS)
    now = {(each.path, each.text) for each in (*findings.found, *findings.ignored)}
    ever = now | {(each.path, each.text) for each in findings.later}
    for item in plan.items:
        is_time = context.is_live(item) or context.is_near(item)
        for each in context.judge.judgements(item):
            place = (context.item_path(item, *each.path), each.reason)
            if each.is_finding:
                assert any(path == place[0] for path, _ in ever), (name, each)
            if is_time and each.level in {"watch", "bad"} and each.issue not in LIVE_ONLY:
                assert any(path == place[0] for path, _ in now), (name, each)
            if each.level == "ok":
                assert each.evidence, (name, each)


LIVE_ONLY = {
    "late retraining",
    "stale model",
    "monitor reading",
    "late reading",
    "low activation",
    "churn of users",
}
"""What is asked of live items only: nothing else is watched, trained again or used."""


def judged_findings(plan: Plan, as_of: dt.date) -> set[tuple[object, ...]]:
    judge = ReadinessJudge(plan, as_of)
    found = set[tuple[object, ...]]()
    for name in plan.items:
        for each in judge.judgements(name):
            if each.is_finding:
                found.add((name, each.issue, each.path, each.level))
    return found


def evidence_tables(data: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    """The paths of what an item's readiness rests on."""
    for name, model in data.get("model", {}).items():
        for path in model_evidence(model):
            yield ("model", name, *path)
    for name, product in data.get("product", {}).items():
        for table in ("trust", "latency", "oversight"):
            if product.get(table):
                yield ("product", name, table)


def model_evidence(model: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    bars = model.get("bars", {})
    for bar, given in bars.items():
        if given.get("measured") and {"launch", "guardrail"} & set(given):
            yield ("bars", bar, "measured")
    for segment, given in model.get("segments", {}).items():
        if given.get("of"):
            yield ("segments", segment)
    if model.get("failures") and any(bar.get("measured") for bar in bars.values()):
        yield ("failures",)
    for table in ("data", "monitor"):
        if model.get(table):
            yield (table,)


def emptied(data: dict[str, Any], path: tuple[str, ...]) -> dict[str, Any]:
    changed = copy.deepcopy(data)
    holder: Any = changed
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = [] if isinstance(holder[path[-1]], list) else {}
    if path[-1] == "monitor":
        del holder["monitor"]
    return changed


@pytest.mark.parametrize("name", SHIPPED)
def test_emptying_any_evidence_of_what_ships_adds_a_finding(name: str) -> None:
    """Or changes one: fewer failure modes than three are a finding, none a worse one."""
    data = tomllib.loads(SHIPPED[name])
    before, _ = parse_plan_data(data, AS_OF)
    assert before is not None
    as_of = before.roadmap.as_of or AS_OF
    there = judged_findings(before, as_of)
    for path in evidence_tables(data):
        if data[path[0]][path[1]].get("status") in {"done", "failed", "dropped"}:
            continue
        after, faults = parse_plan_data(emptied(data, path), AS_OF)
        assert after is not None, faults
        assert judged_findings(after, as_of) - there, path
