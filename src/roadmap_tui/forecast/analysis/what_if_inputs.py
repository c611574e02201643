"""Inputs of a plan that can be varied one at a time, and the plan with one of them changed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from roadmap_tui.forecast.simulation import jqpd
from roadmap_tui.forecast.simulation.normal import C90
from roadmap_tui.forecast.simulation.sampling import success_chance
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.resolver import (
    OPEN_STATUSES,
    ResolvedDemand,
    ResolvedItem,
    ResolvedPlan,
    ResolvedSpike,
    ResolvedStage,
)

InputField: TypeAlias = Literal[
    "effort", "chance", "reach", "impact", "confidence", "timebox", "yes_if_works", "yes_if_not"
]
_LOW_REACH_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class WhatIfInput:
    """A number that the plan depends on: a field of an item, with its 80 % range.

    Attributes:
        low, high: P10 and P90 of a range; half-way to 0 and to 1 for a chance; half and double for
            a number without a range (a quarter for reach, which is at most everyone).
        is_assumed: whether it is a default, or marked as an assumption.
    """

    item: str
    field: InputField
    low: float
    high: float
    is_assumed: bool


def item_inputs(terms: ResolvedItem) -> Iterator[WhatIfInput]:
    """Yield the uncertain numbers of an open item."""

    def uncertain(field: InputField, low: float, high: float) -> Iterator[WhatIfInput]:
        if low < high:
            yield WhatIfInput(terms.id, field, low, high, field in terms.assumptions)

    if terms.spike is not None:
        yield from uncertain(
            "timebox", *_effort_range(terms.effort, is_guess="timebox" in terms.assumptions)
        )
        yield from uncertain("yes_if_works", *_halfway(terms.spike.yes_if_works))
        yield from uncertain("yes_if_not", *_halfway(terms.spike.yes_if_not))
        return
    yield from uncertain("effort", *_remaining_range(terms))
    chance = success_chance(terms)
    if 0 < chance < 1 or "chance" in terms.assumptions:
        yield from uncertain("chance", *_halfway(chance))
    if terms.demand is not None:
        reach = terms.demand.reach
        if "reach" in terms.assumptions and reach.is_exact:
            yield from uncertain("reach", _LOW_REACH_SHARE * reach.p50, reach.p50)
        else:
            yield from uncertain("reach", reach.p10, reach.p90)
        yield from uncertain("impact", terms.demand.impact.p10, terms.demand.impact.p90)
        if "confidence" in terms.assumptions:
            yield from uncertain("confidence", *_halfway(terms.demand.confidence))


def _effort_range(estimate: Estimate, *, is_guess: bool) -> tuple[float, float]:
    if estimate.is_exact and is_guess:
        return estimate.p50 / 2, estimate.p50 * 2
    return estimate.p10, estimate.p90


def _remaining_range(terms: ResolvedItem) -> tuple[float, float]:
    """Return the 80 % range of an effort, given that it exceeds what is spent."""
    if terms.stages or terms.spent <= 0 or terms.effort.is_exact:
        return _effort_range(terms.effort, is_guess="effort" in terms.assumptions)
    low, high = jqpd.remaining_at(terms.effort, terms.spent, np.array([-C90, C90])) + terms.spent
    return float(low), float(high)


def _halfway(chance: float) -> tuple[float, float]:
    return chance / 2, (1 + chance) / 2


def with_input(resolved: ResolvedPlan, input: WhatIfInput, value: float) -> ResolvedPlan:
    """Return the plan with one of its numbers known."""
    terms = resolved.items[input.item]
    match input.field:
        case "effort" | "timebox":
            changed = replace(
                terms, effort=Estimate.exact(value), stages=_scaled_stages(terms, value)
            )
        case "chance":
            changed = replace(terms, chance=value)
        case "yes_if_works" | "yes_if_not":
            changed = replace(terms, spike=_reading(terms.spike, input.field, value))
        case "reach" | "impact" | "confidence":
            changed = replace(terms, demand=_demand(terms.demand, input.field, value))
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


def _scaled_stages(terms: ResolvedItem, effort: float) -> tuple[ResolvedStage, ...]:
    """Return the stages with exact efforts that add up to `effort`."""
    share = effort / terms.effort.p50 if terms.effort.p50 > 0 else 1.0
    return tuple(
        replace(stage, effort=Estimate.exact(stage.effort.p50 * share)) for stage in terms.stages
    )


def _reading(spike: ResolvedSpike | None, field: str, value: float) -> ResolvedSpike | None:
    if spike is None:
        return None
    return (
        replace(spike, yes_if_works=value)
        if field == "yes_if_works"
        else replace(spike, yes_if_not=value)
    )


def without_spike(resolved: ResolvedPlan, name: str) -> ResolvedPlan:
    """Return the plan without an open spike: nothing waits for it, and it uses no capacity."""
    done = replace(resolved.items[name], status="done")
    spikes = {
        bet: tuple(each for each in named if each != name)
        for bet, named in resolved.spikes_by_bet.items()
    }
    return replace(
        resolved,
        items={**resolved.items, name: done},
        spikes_by_bet={bet: named for bet, named in spikes.items() if named},
    )


def open_items(resolved: ResolvedPlan) -> list[ResolvedItem]:
    """Return the open items, in the order of the file."""
    return [terms for terms in resolved.items.values() if terms.status in OPEN_STATUSES]
