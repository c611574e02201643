"""Scenarios: tables laid over the plan, of which only what differs is written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from roadmap_tui.plan.faults import Fault
from roadmap_tui.plan.roadmap import Plan

FaultsOf: TypeAlias = Callable[[Mapping[str, object]], tuple[Fault, ...]]


def overlaid(base: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """The base with every value of `over` in place of its own; tables are joined key by key."""
    joined = dict(base)
    for key, value in over.items():
        below = joined.get(key)
        joined[key] = overlaid(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return joined


def scenario_faults(
    data: Mapping[str, object], plan: Plan, of_base: frozenset[Fault], faults_of: FaultsOf
) -> tuple[Fault, ...]:
    """The faults that each scenario's tables bring to the base, at their places in the scenario.

    Args:
        data: what a TOML reader gave.
        plan: the plan of the base.
        of_base: the faults that the base has without them.
        faults_of: finds the faults of data.
    """
    base = {key: value for key, value in data.items() if key != "scenario"}
    return tuple(
        replace(fault, path=("scenario", name, *fault.path))
        for name, tables in plan.scenario.items()
        for fault in faults_of(overlaid(base, tables))
        if fault not in of_base
    )
