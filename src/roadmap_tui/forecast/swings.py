"""The tornado: how far a figure moves with each number that it rests on, low and high."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.forecast.delivered import value_by_horizon
from roadmap_tui.forecast.pace import counted
from roadmap_tui.forecast.trials import Trials, middle, ships
from roadmap_tui.forecast.variants import Field, Input, inputs, open_items

Figure: TypeAlias = Literal["ships", "finish", "rank", "score", "unlocked", "value"]
_NEAR = 30
_ROUNDING = 1e-12
_TIMED: frozenset[Figure] = frozenset({"ships", "finish"})
TIMING: frozenset[Field] = frozenset({"timebox", "yes_if_works", "yes_if_not", "effort", "chance"})


@dataclass(frozen=True, slots=True)
class Swing:
    """What a figure is with one input low and high; None where it has no value then."""

    given: Input
    low: float | None
    high: float | None

    @property
    def size(self) -> float:
        """How far the figure moves; endlessly, where it has no value at one end only."""
        if self.low is None or self.high is None:
            return 0.0 if self.low == self.high else float("inf")
        return (
            0.0
            if math.isclose(self.low, self.high, rel_tol=_ROUNDING)
            else abs(self.high - self.low)
        )


def tornado(trials: Trials, name: str, figure: Figure) -> tuple[Swing, ...]:
    """What moves a figure of an open item, the greatest swing first (see `tornadoes`)."""
    return tornadoes(trials, name, (figure,))[figure]


def tornadoes(
    trials: Trials, name: str, figures: Iterable[Figure]
) -> dict[Figure, tuple[Swing, ...]]:
    """What moves figures of an open item, the greatest swing first; inputs that don't move it are left out.

    Each input is tried once for all of them.

    Args:
        trials: of the plan.
        name: the item.
        figures: ``ships`` and ``finish`` (P50, weeks) by simulation; ``rank``, ``score`` and ``unlocked`` (value, if it
            delivers) by unlocked value and effort; ``value`` of the whole plan by the horizon. The inputs of the 30
            nearest items are tried.
    """
    swings: dict[Figure, list[Swing]] = {figure: [] for figure in figures}
    for given in _tried(trials, name):
        ends = [trials.knowing(given, value) for value in (given.low, given.high)]
        for figure, found in swings.items():
            if figure not in _TIMED or given.field in TIMING:
                low, high = (_figure(end, name, figure) for end in ends)
                found.append(Swing(given, low, high))
    return {figure: _greatest_first(found) for figure, found in swings.items()}


def swings_of(
    trials: Trials,
    name: str,
    measure: Callable[[Trials], float | None],
    fields: frozenset[Field] | None = None,
) -> tuple[Swing, ...]:
    """What moves a measure, the greatest swing first; the inputs of the 30 items nearest to one, of these fields."""
    swings = []
    for given in _tried(trials, name):
        if fields is None or given.field in fields:
            low, high = (measure(trials.knowing(given, value)) for value in (given.low, given.high))
            swings.append(Swing(given, low, high))
    return _greatest_first(swings)


def _tried(trials: Trials, name: str) -> Iterator[Input]:
    """The inputs of the items nearest to one."""
    tried = [
        each for near in _near(trials, name)[:_NEAR] for each in inputs(trials.resolved.terms[near])
    ]
    return counted(tried, len(tried), trials.check, "trying numbers")


def _greatest_first(swings: Iterable[Swing]) -> tuple[Swing, ...]:
    return tuple(
        sorted((swing for swing in swings if swing.size > 0), key=lambda swing: -swing.size)
    )


def _near(trials: Trials, name: str) -> list[str]:
    """An item, what it waits for, what waits for it, and what its teams take up before it."""
    resolved, base = trials.resolved, trials.base
    found, waiting = dict.fromkeys([name]), [name]
    while waiting:
        new = [each for each in resolved.deciders[waiting.pop(0)] if each not in found]
        found |= dict.fromkeys(new)
        waiting += new
    teams = {resolved.terms[each].team for each in found} - {None}
    before = base[: base.index(name)] if name in base else base
    ahead = [each for each in reversed(before) if resolved.terms[each].team in teams]
    after = [terms.id for terms in open_items(resolved) if name in resolved.deciders[terms.id]]
    return list(found | dict.fromkeys((*after, *ahead)))


def _figure(trials: Trials, name: str, figure: Figure) -> float | None:
    match figure:
        case "rank":
            return trials.ranks().get(name)
        case "score":
            return trials.scores().get(name)
        case "unlocked":
            return trials.unlocked(name)
        case "value":
            return sum(value_by_horizon(trials.simulation).values())
        case "ships":
            return ships(trials.simulation, name)
        case "finish":
            return middle(trials.simulation, name)
