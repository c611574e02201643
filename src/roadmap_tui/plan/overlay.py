"""Scenarios: tables laid over the plan, of which only what differs is written."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TypeAlias

from roadmap_tui.plan.faults import Fault
from roadmap_tui.plan.roadmap import Plan

FindFaults: TypeAlias = Callable[[Mapping[str, object]], tuple[Fault, ...]]


def apply_overlay(base: Mapping[str, object], over: Mapping[str, object]) -> dict[str, object]:
    """The base with every value of `over` in place of its own; tables are joined key by key."""
    joined = dict(base)
    for key, value in over.items():
        below = joined.get(key)
        joined[key] = (
            apply_overlay(below, value)
            if isinstance(below, dict) and isinstance(value, dict)
            else value
        )
    return joined


def scenario_faults(
    data: Mapping[str, object], plan: Plan, base_faults: frozenset[Fault], find_faults: FindFaults
) -> tuple[Fault, ...]:
    """The faults that each scenario's tables bring to the base, at their places in the scenario.

    Args:
        data: what a TOML reader gave.
        plan: the plan of the base.
        base_faults: the faults that the base has without them.
        find_faults: finds the faults of data.
    """
    return tuple(
        replace(fault, path=("scenario", name, *fault.path))
        for name in plan.scenario
        for fault in find_faults(scenario_data(data, plan, name))
        if fault not in base_faults
    )


def scenario_data(data: Mapping[str, object], plan: Plan, name: str) -> dict[str, object]:
    """The data of a file as a scenario has it, without scenarios.

    Raises:
        KeyError: the plan has no such scenario.
    """
    return apply_overlay(
        {key: value for key, value in data.items() if key != "scenario"}, plan.scenario[name]
    )


def overlay_between(base: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """The tables that, laid over the base, give `after`.

    Raises:
        LookupError: something of the base is not there any more, which no overlay can say; the argument is its path.
    """
    over: dict[str, object] = {}
    for key in base.keys() - after.keys():
        raise LookupError((key,))
    for key, value in after.items():
        below = base.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            inside = _nested_overlay(key, below, value)
            over |= {key: inside} if inside else {}
        elif key not in base or not _is_identical(below, value):
            over[key] = value
    return over


def _nested_overlay(
    key: str, base: Mapping[str, object], after: Mapping[str, object]
) -> dict[str, object]:
    try:
        return overlay_between(base, after)
    except LookupError as error:
        raise LookupError((key, *error.args[0])) from None


def _is_identical(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other
