"""Other versions of a plan, in one thing each, and what they come to on the same futures and the same list."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np

from roadmap_tui.forecast import jqpd
from roadmap_tui.forecast.draws import chance_of
from roadmap_tui.forecast.normal import C90
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.resolve import OPEN, Demand, Resolved, SpikeTerms, StageTerms, Terms

Field: TypeAlias = Literal[
    "effort", "chance", "reach", "impact", "confidence", "timebox", "yes_if_works", "yes_if_not"
]
_LITTLE = 0.25


@dataclass(frozen=True, slots=True)
class Input:
    """A number that a plan rests on: a field of an item, with its 80 % range.

    Attributes:
        low, high: P10 and P90 where it is a range; of a chance, halfway to 0 and halfway to 1; of a number without a
            range, half and double (a quarter of a reach, as it is at most everybody).
        is_guess: whether it is a default, or called a guess.
    """

    item: str
    field: Field
    low: float
    high: float
    is_guess: bool


def inputs(terms: Terms) -> Iterator[Input]:
    """The numbers of an open item that may be otherwise than they are thought to be."""

    def uncertain(field: Field, low: float, high: float) -> Iterator[Input]:
        if low < high:
            yield Input(terms.id, field, low, high, field in terms.guesses)

    if terms.spike is not None:
        yield from uncertain("timebox", *_spread(terms.effort, is_guess="timebox" in terms.guesses))
        yield from uncertain("yes_if_works", *_halfway(terms.spike.yes_if_works))
        yield from uncertain("yes_if_not", *_halfway(terms.spike.yes_if_not))
        return
    yield from uncertain("effort", *_spread_still(terms))
    chance = chance_of(terms)
    if 0 < chance < 1 or "chance" in terms.guesses:
        yield from uncertain("chance", *_halfway(chance))
    if terms.demand is not None:
        reach = terms.demand.reach
        if "reach" in terms.guesses and reach.is_sure:
            yield from uncertain("reach", _LITTLE * reach.p50, reach.p50)
        else:
            yield from uncertain("reach", reach.p10, reach.p90)
        yield from uncertain("impact", terms.demand.impact.p10, terms.demand.impact.p90)
        if "confidence" in terms.guesses:
            yield from uncertain("confidence", *_halfway(terms.demand.confidence))


def _spread(estimate: Estimate, *, is_guess: bool) -> tuple[float, float]:
    if estimate.is_sure and is_guess:
        return estimate.p50 / 2, estimate.p50 * 2
    return estimate.p10, estimate.p90


def _spread_still(terms: Terms) -> tuple[float, float]:
    """The 80 % range of an effort, given that it exceeds what is spent."""
    if terms.stages or terms.spent <= 0 or terms.effort.is_sure:
        return _spread(terms.effort, is_guess="effort" in terms.guesses)
    low, high = jqpd.remaining(terms.effort, terms.spent, np.array([-C90, C90])) + terms.spent
    return float(low), float(high)


def _halfway(chance: float) -> tuple[float, float]:
    return chance / 2, (1 + chance) / 2


def with_input(resolved: Resolved, given: Input, value: float) -> Resolved:
    """The plan with one of its numbers known to be this."""
    terms = resolved.terms[given.item]
    match given.field:
        case "effort" | "timebox":
            changed = replace(terms, effort=Estimate.sure(value), stages=_scaled(terms, value))
        case "chance":
            changed = replace(terms, chance=value)
        case "yes_if_works" | "yes_if_not":
            changed = replace(terms, spike=_reading(terms.spike, given.field, value))
        case "reach" | "impact" | "confidence":
            changed = replace(terms, demand=_demand(terms.demand, given.field, value))
    return replace(resolved, terms={**resolved.terms, given.item: changed})


def _demand(demand: Demand | None, field: str, value: float) -> Demand | None:
    if demand is None:
        return None
    match field:
        case "reach":
            return replace(demand, reach=Estimate.sure(value))
        case "impact":
            return replace(demand, impact=Estimate.sure(value))
    return replace(demand, confidence=value)


def _scaled(terms: Terms, effort: float) -> tuple[StageTerms, ...]:
    """The stages, their efforts known, so that all together take that much."""
    share = effort / terms.effort.p50 if terms.effort.p50 > 0 else 1.0
    return tuple(
        replace(stage, effort=Estimate.sure(stage.effort.p50 * share)) for stage in terms.stages
    )


def _reading(spike: SpikeTerms | None, field: str, value: float) -> SpikeTerms | None:
    if spike is None:
        return None
    return (
        replace(spike, yes_if_works=value)
        if field == "yes_if_works"
        else replace(spike, yes_if_not=value)
    )


def without_spike(resolved: Resolved, name: str) -> Resolved:
    """The plan without an open spike: nothing waits for its answer, and it takes nobody's time."""
    done = replace(resolved.terms[name], status="done")
    spikes = {
        bet: tuple(each for each in named if each != name) for bet, named in resolved.spikes.items()
    }
    return replace(
        resolved,
        terms={**resolved.terms, name: done},
        spikes={bet: named for bet, named in spikes.items() if named},
    )


def open_items(resolved: Resolved) -> list[Terms]:
    """What is still to be done, in the order of the file."""
    return [terms for terms in resolved.terms.values() if terms.status in OPEN]
