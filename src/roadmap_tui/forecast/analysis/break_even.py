"""Break-even: the values from which an item ranks higher."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from roadmap_tui.forecast.analysis.what_if import WhatIfPlan
from roadmap_tui.forecast.analysis.what_if_inputs import WhatIfInput, item_inputs, with_input
from roadmap_tui.forecast.simulation import jqpd
from roadmap_tui.forecast.simulation.sampling import mean_effort, success_chance

_HALVINGS = 7
_OWN_FIELDS = {"effort", "chance", "reach", "impact", "confidence"}


@dataclass(frozen=True, slots=True)
class BreakEven:
    """A number of an item or direct predecessor, and the value from which the item ranks higher.

    Attributes:
        value: the one closest to its current value.
        rank: the item's rank at that value.
    """

    input: WhatIfInput
    value: float
    rank: int


def break_evens(trials: WhatIfPlan, name: str) -> tuple[BreakEven, ...]:
    """Return the single inputs that would, within their ranges, move an item up the ranking."""
    place = trials.ranks().get(name)
    if place is None or place == 1:
        return ()
    found = (_break_even(trials, name, place, given) for given in _candidates(trials, name))
    return tuple(lever for lever in found if lever is not None)


def _candidates(trials: WhatIfPlan, name: str) -> Iterator[WhatIfInput]:
    items = trials.resolved.items
    yield from (given for given in item_inputs(items[name]) if given.field in _OWN_FIELDS)
    for each in trials.resolved.open_predecessors[name]:
        yield from (given for given in item_inputs(items[each]) if given.field == "chance")


def _break_even(trials: WhatIfPlan, name: str, place: int, given: WhatIfInput) -> BreakEven | None:
    """Find the value by bisection between the current one and the better end of its range."""
    now = _current_value(trials, given)
    better = given.low if given.field == "effort" else given.high
    rank = trials.with_known(given, better).ranks().get(name, place)
    if rank >= place:
        return None
    # `better` always reaches the higher rank, `now` never does
    for _ in range(_HALVINGS):
        middle = (now + better) / 2
        reached = trials.with_known(given, middle).ranks().get(name, place)
        if reached < place:
            better, rank = middle, reached
        else:
            now = middle
    return BreakEven(given, better, rank)


def _current_value(trials: WhatIfPlan, given: WhatIfInput) -> float:
    """Return the exact value that leaves the score unchanged; for a range, its mean."""
    item = trials.resolved.items[given.item]
    match given.field:
        case "chance":
            return success_chance(item)
        case "reach" if item.demand is not None:
            return jqpd.estimate_mean(item.demand.reach)
        case "impact" if item.demand is not None:
            return jqpd.estimate_mean(item.demand.impact)
        case "confidence" if item.demand is not None:
            return item.demand.confidence
    known = replace(
        with_input(trials.resolved, given, item.effort.p50).items[given.item], spent=0.0
    )
    return (mean_effort(item) + item.spent) * item.effort.p50 / mean_effort(known)
