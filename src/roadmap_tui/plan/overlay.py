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
        joined[key] = (
            overlaid(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
        )
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
    return tuple(
        replace(fault, path=("scenario", name, *fault.path))
        for name in plan.scenario
        for fault in faults_of(scenario_data(data, plan, name))
        if fault not in of_base
    )


def scenario_data(data: Mapping[str, object], plan: Plan, name: str) -> dict[str, object]:
    """The data of a file as a scenario has it, without scenarios.

    Raises:
        KeyError: the plan has no such scenario.
    """
    return overlaid(
        {key: value for key, value in data.items() if key != "scenario"}, plan.scenario[name]
    )


def difference(base: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
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
            inside = _inside(key, below, value)
            over |= {key: inside} if inside else {}
        elif key not in base or not _is_same(below, value):
            over[key] = value
    return over


def _inside(key: str, base: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    try:
        return difference(base, after)
    except LookupError as error:
        raise LookupError((key, *error.args[0])) from None


def _is_same(one: object, other: object) -> bool:
    return type(one) is type(other) and one == other
