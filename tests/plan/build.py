"""Reading for the tests: plans and faults from TOML text."""

import datetime as dt
import tomllib

from roadmap_tui.plan.faults import Fault, format_path
from roadmap_tui.plan.parser import parse_plan_data
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan, resolve_plan
from roadmap_tui.plan.roadmap import Plan

TODAY = dt.date(2026, 11, 23)


def faults_of(text: str) -> tuple[Fault, ...]:
    return parse_plan_data(tomllib.loads(text), TODAY)[1]


def fault_lines(text: str) -> list[tuple[str, str]]:
    """Each fault's place and words."""
    return [(format_path(fault.path), fault.text) for fault in faults_of(text)]


def plan_of(text: str) -> Plan:
    """A plan without faults."""
    plan, faults = parse_plan_data(tomllib.loads(text), TODAY)
    assert not faults
    assert plan is not None
    return plan


def resolved_of(text: str) -> ResolvedPlan:
    return resolve_plan(plan_of(text), as_of=TODAY)


def terms_of(text: str, name: str = "a") -> ResolvedItem:
    return resolved_of(text).items[name]


def one_fault(text: str) -> Fault:
    """The only fault there is."""
    (fault,) = faults_of(text)
    return fault
