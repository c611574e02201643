"""Scenarios: tables laid over the plan, of which only what differs is written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from roadmap_tui.plan.faults import Fault
from roadmap_tui.plan.roadmap import Plan

Parse: TypeAlias = Callable[[Mapping[str, object]], tuple[Plan | None, tuple[Fault, ...]]]


def overlaid(base: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """The base with every value of `over` in place of its own; tables are joined key by key."""
    joined = dict(base)
    for key, value in over.items():
        below = joined.get(key)
        joined[key] = overlaid(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return joined


def scenario_faults(data: Mapping[str, object], plan: Plan, parse: Parse) -> tuple[Fault, ...]:
    """The faults of each scenario's tables, laid over a base that has none."""
    base = {key: value for key, value in data.items() if key != "scenario"}
    faults: list[Fault] = []
    for name, tables in plan.scenario.items():
        faults += [replace(fault, path=("scenario", name, *fault.path)) for fault in parse(overlaid(base, tables))[1]]
    return tuple(faults)
