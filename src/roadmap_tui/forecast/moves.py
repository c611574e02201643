"""What moving a bet up or down in the queue does to the value that the plan delivers by its horizon."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from roadmap_tui.forecast.delivered import Floats, values
from roadmap_tui.forecast.pace import Check, counted, go_on
from roadmap_tui.forecast.simulation import ordered, worked_through
from roadmap_tui.forecast.variants import open_items
from roadmap_tui.plan.base import Pin
from roadmap_tui.plan.resolve import OPEN, Resolved, Terms

FUTURES = 2_000
_SURE = 2.0


@dataclass(frozen=True, slots=True)
class Move:
    """A bet pinned elsewhere in the queue.

    Attributes:
        pin: ``now`` or ``later``.
        along: what is pinned with it: what it waits for.
        gain: expected value by the horizon, as a share of the plan's.
        is_sure: whether the gain is more than two standard errors from none.
    """

    id: str
    pin: Pin
    along: tuple[str, ...]
    gain: float
    is_sure: bool


def moves(resolved: Resolved, *, most: int = 40, check: Check = go_on) -> tuple[Move, ...]:
    """What each move brings, the best first. Every move has a list of its own: the queue is planned anew.

    Args:
        resolved: the plan.
        most: how many bets are tried, in the order of the file.
        check: called now and then.
    """
    before = _values(resolved, check)
    total = float(before.mean())
    if total <= 0:
        return ()
    found = []
    possible = list(_possible(resolved, most))
    for terms, pin in counted(possible, len(possible), check, "trying moves in the queue"):
        along = tuple(_bundle(resolved, terms)) if pin == "now" else ()
        pinned = {name: replace(resolved.terms[name], pin=pin) for name in (terms.id, *along)}
        difference = _values(replace(resolved, terms={**resolved.terms, **pinned}), check) - before
        error = float(difference.std()) / math.sqrt(len(difference))
        gain = float(difference.mean())
        found.append(Move(terms.id, pin, along, gain / total, abs(gain) > _SURE * error))
    return tuple(sorted(found, key=lambda move: -move.gain))


def _values(resolved: Resolved, check: Check) -> Floats:
    check()
    order = ordered(resolved, FUTURES, check=check).list
    return values(resolved, worked_through(resolved, order, FUTURES, check), FUTURES)


def _possible(resolved: Resolved, most: int) -> Iterator[tuple[Terms, Pin]]:
    bets = [
        terms
        for terms in open_items(resolved)
        if terms.kind != "spike" and terms.status == "planned"
    ]
    for terms in bets[:most]:
        for pin in ("now", "later"):
            if terms.pin != pin:
                yield terms, pin


def _bundle(resolved: Resolved, terms: Terms) -> Iterator[str]:
    """What an item waits for and what is not under way, however far."""
    seen, waiting = {terms.id}, [terms.id]
    while waiting:
        name = waiting.pop()
        named = [
            *(resolved.preferred(need) for need in resolved.terms[name].needs),
            *resolved.spikes.get(name, ()),
        ]
        for each in named:
            if each in resolved.terms and each not in seen and resolved.terms[each].status in OPEN:
                seen.add(each)
                waiting.append(each)
                if resolved.terms[each].status == "planned":
                    yield each
