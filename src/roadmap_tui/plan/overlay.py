"""Scenarios: overlays of the plan, of which only the differences are written."""

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
        if isinstance(below, dict) and isinstance(value, dict):
            joined[key] = apply_overlay(below, value)
        else:
            joined[key] = value
    return joined


def scenario_faults(
    data: Mapping[str, object], plan: Plan, base_faults: frozenset[Fault], find_faults: FindFaults
) -> tuple[Fault, ...]:
    """The faults that each scenario adds to those of the base, at their places in the scenario.

    Args:
        data: the parsed TOML.
        plan: the plan of the base.
        base_faults: the faults of the base.
        find_faults: finds the faults of data.
    """
    faults: list[Fault] = []
    for name in plan.scenario:
        found = find_faults(scenario_data(data, plan, name))
        added = (fault for fault in found if fault not in base_faults)
        faults += (replace(fault, path=("scenario", name, *fault.path)) for fault in added)
    return tuple(faults)


def scenario_data(data: Mapping[str, object], plan: Plan, name: str) -> dict[str, object]:
    """The data of a file with a scenario applied, without scenarios.

    Raises:
        KeyError: the plan has no such scenario.
    """
    base = {key: value for key, value in data.items() if key != "scenario"}
    return apply_overlay(base, plan.scenario[name])


def overlay_between(base: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """The tables that, laid over the base, give `after`.

    Raises:
        LookupError: `after` lacks something of the base, which no overlay can express; the
            argument is its path.
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
