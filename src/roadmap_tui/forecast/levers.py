"""What it takes: the values from which an item stands a place higher in the ranking."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from roadmap_tui.forecast import jqpd
from roadmap_tui.forecast.draws import chance_of, mean_effort
from roadmap_tui.forecast.trials import Trials
from roadmap_tui.forecast.variants import Input, inputs, with_input

_HALVINGS = 7
_OWN = {"effort", "chance", "reach", "impact", "confidence"}


@dataclass(frozen=True, slots=True)
class Lever:
    """A number of an item, or of what it directly waits for, and the value from which the item ranks higher.

    Attributes:
        value: the one nearest to what it is now.
        rank: the item's rank then.
    """

    given: Input
    value: float
    rank: int


def levers(trials: Trials, name: str) -> tuple[Lever, ...]:
    """The single numbers that would bring an item up in the ranking, within their ranges, all else as it is."""
    place = trials.ranks().get(name)
    if place is None or place == 1:
        return ()
    found = (_lever(trials, name, place, given) for given in _candidates(trials, name))
    return tuple(lever for lever in found if lever is not None)


def _candidates(trials: Trials, name: str) -> Iterator[Input]:
    terms = trials.resolved.terms
    yield from (given for given in inputs(terms[name]) if given.field in _OWN)
    for each in trials.resolved.deciders[name]:
        yield from (given for given in inputs(terms[each]) if given.field == "chance")


def _lever(trials: Trials, name: str, place: int, given: Input) -> Lever | None:
    """By bisection between the number now and the better end of its range."""
    now, better = _now(trials, given), given.low if given.field == "effort" else given.high
    rank = trials.knowing(given, better).ranks().get(name, place)
    if rank >= place:
        return None
    for _ in range(_HALVINGS):
        middle = (now + better) / 2
        reached = trials.knowing(given, middle).ranks().get(name, place)
        if reached < place:
            better, rank = middle, reached
        else:
            now = middle
    return Lever(given, better, rank)


def _now(trials: Trials, given: Input) -> float:
    """What a number is now: known to be that, it would leave the score as it is. Of a range, that is its mean."""
    terms = trials.resolved.terms[given.item]
    match given.field:
        case "chance":
            return chance_of(terms)
        case "reach" if terms.demand is not None:
            return jqpd.mean(terms.demand.reach)
        case "impact" if terms.demand is not None:
            return jqpd.mean(terms.demand.impact)
        case "confidence" if terms.demand is not None:
            return terms.demand.confidence
    known = replace(
        with_input(trials.resolved, given, terms.effort.p50).terms[given.item], spent=0.0
    )
    return (mean_effort(terms) + terms.spent) * terms.effort.p50 / mean_effort(known)
