"""Inputs of a plan that can be varied one at a time, and the plan with one of them changed."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from roadmap_tui.forecast.simulation import jqpd
from roadmap_tui.forecast.simulation.assumption_effects import plausible_chances
from roadmap_tui.forecast.simulation.normal import C90
from roadmap_tui.forecast.simulation.sampling import success_chance
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.resolver import (
    ResolvedDemand,
    ResolvedItem,
    ResolvedPlan,
    ResolvedSpike,
    ResolvedStage,
)

InputField: TypeAlias = Literal[
    "effort", "chance", "reach", "impact", "confidence", "timebox", "yes_if_works", "yes_if_not"
]
_FieldRange: TypeAlias = tuple[InputField, tuple[float, float]]
_ASSUMED_IMPACTS = (0.5, 2.0)
_LOW_REACH_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class WhatIfInput:
    """A number that the plan depends on: a field of an item, with its 80% range.

    Attributes:
        low, high: P10 and P90 of a range; half-way to 0 and to 1 for a chance, and the plausible
            range of an assumed one; half and double for a number without a range (a quarter for
            reach, which is at most everyone).
        is_assumed: whether it is a default, or marked as an assumption.
    """

    item: str
    field: InputField
    low: float
    high: float
    is_assumed: bool


def item_inputs(item: ResolvedItem) -> Iterator[WhatIfInput]:
    """Yield the uncertain numbers of an open item."""
    ranges = _bet_ranges(item) if item.spike is None else _spike_ranges(item, item.spike)
    for field, (low, high) in ranges:
        if low < high:
            yield WhatIfInput(item.id, field, low, high, field in item.assumptions)


def _spike_ranges(item: ResolvedItem, spike: ResolvedSpike) -> Iterator[_FieldRange]:
    is_assumed = "timebox" in item.assumptions
    yield "timebox", _effort_range(item.effort, is_assumed=is_assumed)
    yield "yes_if_works", _halfway(spike.yes_if_works)
    yield "yes_if_not", _halfway(spike.yes_if_not)


def _bet_ranges(item: ResolvedItem) -> Iterator[_FieldRange]:
    yield "effort", _remaining_range(item)
    chance = success_chance(item)
    if "chance" in item.assumptions:
        yield "chance", plausible_chances(item)
    elif 0 < chance < 1:
        yield "chance", _halfway(chance)
    if item.demand is not None:
        yield from _demand_ranges(item.demand, item.assumptions)


def _demand_ranges(demand: ResolvedDemand, assumptions: Collection[str]) -> Iterator[_FieldRange]:
    reach, impact = demand.reach, demand.impact
    if "reach" in assumptions and reach.is_exact:
        # reach is at most everyone, so an assumed one is more likely too high
        yield "reach", (_LOW_REACH_SHARE * reach.p50, reach.p50)
    else:
        yield "reach", (reach.p10, reach.p90)
    is_assumed = "impact" in assumptions and impact.is_exact
    yield "impact", _ASSUMED_IMPACTS if is_assumed else (impact.p10, impact.p90)
    if "confidence" in assumptions:
        yield "confidence", _halfway(demand.confidence)


def _effort_range(estimate: Estimate, *, is_assumed: bool) -> tuple[float, float]:
    if estimate.is_exact and is_assumed:
        return estimate.p50 / 2, estimate.p50 * 2
    return estimate.p10, estimate.p90


def _remaining_range(item: ResolvedItem) -> tuple[float, float]:
    """Return the 80% range of an effort, given that it exceeds what is spent."""
    if item.stages or item.spent <= 0 or item.effort.is_exact:
        return _effort_range(item.effort, is_assumed="effort" in item.assumptions)
    low, high = jqpd.remaining_at(item.effort, item.spent, np.array([-C90, C90])) + item.spent
    return float(low), float(high)


def _halfway(chance: float) -> tuple[float, float]:
    return chance / 2, (1 + chance) / 2


def with_input(resolved: ResolvedPlan, input: WhatIfInput, value: float) -> ResolvedPlan:
    """Return the plan with one of its numbers known."""
    item = resolved.items[input.item]
    match input.field:
        case "effort" | "timebox":
            stages = _scaled_stages(item, value)
            changed = replace(item, effort=Estimate.exact(value), stages=stages)
        case "chance":
            changed = replace(item, chance=value)
        case "yes_if_works" | "yes_if_not":
            changed = replace(item, spike=_with_answer_chance(item.spike, input.field, value))
        case "reach" | "impact" | "confidence":
            changed = replace(item, demand=_demand(item.demand, input.field, value))
    return replace(resolved, items={**resolved.items, input.item: changed})


def _demand(demand: ResolvedDemand | None, field: str, value: float) -> ResolvedDemand | None:
    if demand is None:
        return None
    match field:
        case "reach":
            return replace(demand, reach=Estimate.exact(value))
        case "impact":
            return replace(demand, impact=Estimate.exact(value))
    return replace(demand, confidence=value)


def _scaled_stages(item: ResolvedItem, effort: float) -> tuple[ResolvedStage, ...]:
    """Return the stages with exact efforts that add up to `effort`."""
    share = effort / item.effort.p50 if item.effort.p50 > 0 else 1.0
    return tuple(
        replace(stage, effort=Estimate.exact(stage.effort.p50 * share)) for stage in item.stages
    )


def _with_answer_chance(
    spike: ResolvedSpike | None, field: str, value: float
) -> ResolvedSpike | None:
    if spike is None:
        return None
    if field == "yes_if_works":
        return replace(spike, yes_if_works=value)
    return replace(spike, yes_if_not=value)


def without_spike(resolved: ResolvedPlan, name: str) -> ResolvedPlan:
    """Return the plan without an open spike: nothing waits for it, and it uses no capacity."""
    done = replace(resolved.items[name], status="done")
    spikes_by_bet: dict[str, tuple[str, ...]] = {}
    for bet, spikes in resolved.spikes_by_bet.items():
        remaining = tuple(spike for spike in spikes if spike != name)
        if remaining:
            spikes_by_bet[bet] = remaining
    items = {**resolved.items, name: done}
    return replace(resolved, items=items, spikes_by_bet=spikes_by_bet)


def open_items(resolved: ResolvedPlan) -> list[ResolvedItem]:
    """Return the open items, in the order of the file."""
    return [item for item in resolved.items.values() if item.status in OPEN_STATUSES]
