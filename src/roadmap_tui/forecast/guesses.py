"""Which guess is most worth replacing: the one whose range moves ranks and finishes most."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_tui.forecast.trials import Trials
from roadmap_tui.forecast.variants import Input, inputs, open_items
from roadmap_tui.plan.resolve import Resolved

_MOST = 40
_MONTH = 365.25 / 84


@dataclass(frozen=True, slots=True)
class GuessSwing:
    """How much hangs on a guess.

    Attributes:
        ranks: the most places that any item's rank moves between the guess's low and high.
        weeks: the most weeks that any item's P50 finish moves.
        moved: places and months together, on average over the open items.
    """

    given: Input
    ranks: int
    weeks: float
    moved: float


def guess_swings(trials: Trials) -> tuple[GuessSwing, ...]:
    """How much hangs on each guess, the one that is most worth replacing first.

    Of more than 40, those of the items that most others wait for are tried.
    """
    swings = [_swing(trials, given) for given in _guesses(trials.resolved)[:_MOST]]
    return tuple(
        sorted((swing for swing in swings if swing.moved > 0), key=lambda swing: -swing.moved)
    )


def _guesses(resolved: Resolved) -> list[Input]:
    behind = {terms.id: 1 for terms in open_items(resolved)}
    for name in reversed(resolved.order):
        for each in resolved.deciders[name]:
            behind[each] += behind[name]
    found = [given for terms in open_items(resolved) for given in inputs(terms) if given.is_guess]
    return sorted(found, key=lambda given: -behind[given.item])


def _swing(trials: Trials, given: Input) -> GuessSwing:
    low, high = (_outcome(trials.knowing(given, value)) for value in (given.low, given.high))
    places, weeks = (_differences(before, after) for before, after in zip(low, high, strict=True))
    moved = (sum(places) + sum(weeks) / _MONTH) / max(1, len(weeks))
    return GuessSwing(given, int(max(places, default=0)), max(weeks, default=0.0), moved)


def _outcome(trials: Trials) -> tuple[Mapping[str, float], Mapping[str, float]]:
    """Every item's rank, and its P50 finish."""
    return trials.ranks(), trials.finishes


def _differences(low: Mapping[str, float], high: Mapping[str, float]) -> list[float]:
    return [abs(high[name] - low[name]) for name in low if name in high]
