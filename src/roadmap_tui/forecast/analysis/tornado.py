"""Tornado: how far a figure moves with the low and high of each input."""

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.forecast.analysis.horizon_value import horizon_values
from roadmap_tui.forecast.analysis.what_if import WhatIfPlan, chance_within_horizon, median_finish
from roadmap_tui.forecast.analysis.what_if_inputs import (
    InputField,
    WhatIfInput,
    item_inputs,
    open_items,
)
from roadmap_tui.forecast.simulation.cancellation import with_progress

TornadoFigure: TypeAlias = Literal["ships", "finish", "rank", "score", "unlocked", "value"]
_MAX_ITEMS = 30
_ROUNDING = 1e-12
_TIMED_FIGURES: frozenset[TornadoFigure] = frozenset({"ships", "finish"})
TIMING_FIELDS: frozenset[InputField] = frozenset(
    {"timebox", "yes_if_works", "yes_if_not", "effort", "chance"}
)


@dataclass(frozen=True, slots=True)
class Swing:
    """A figure at one input's low and high; None where it has no value there."""

    input: WhatIfInput
    low: float | None
    high: float | None

    @property
    def size(self) -> float:
        """How far the figure moves; infinite if it has a value at one end only."""
        if self.low is None or self.high is None:
            return 0.0 if self.low == self.high else float("inf")
        if math.isclose(self.low, self.high, rel_tol=_ROUNDING):
            return 0.0
        return abs(self.high - self.low)


def tornado(trials: WhatIfPlan, name: str, figure: TornadoFigure) -> tuple[Swing, ...]:
    """Return what moves a figure of an open item, largest swing first (see `tornadoes`)."""
    return tornadoes(trials, name, (figure,))[figure]


def tornadoes(
    trials: WhatIfPlan, name: str, figures: Iterable[TornadoFigure]
) -> dict[TornadoFigure, tuple[Swing, ...]]:
    """Return what moves figures of an open item, largest swing first.

    Each input is tried once for all of them.

    Args:
        trials: of the plan.
        name: the item.
        figures: ``ships`` and ``finish`` (P50, weeks) by simulation; ``rank``, ``score`` and
            ``unlocked`` (value if it delivers) by marginal value and effort; ``value`` of the whole
            plan by the horizon. The inputs of the 30 nearest items are tried.
    """
    swings: dict[TornadoFigure, list[Swing]] = {figure: [] for figure in figures}
    for given in _nearby_inputs(trials, name):
        ends = [trials.with_known(given, value) for value in (given.low, given.high)]
        for figure, found in swings.items():
            if figure not in _TIMED_FIGURES or given.field in TIMING_FIELDS:
                low, high = (_figure_value(end, name, figure) for end in ends)
                found.append(Swing(given, low, high))
    return {figure: _by_size(found) for figure, found in swings.items()}


def measure_swings(
    trials: WhatIfPlan,
    name: str,
    measure: Callable[[WhatIfPlan], float | None],
    fields: frozenset[InputField] | None = None,
) -> tuple[Swing, ...]:
    """Return what moves a measure, trying the 30 nearest items' inputs, largest swing first."""
    swings = []
    for given in _nearby_inputs(trials, name):
        if fields is None or given.field in fields:
            low, high = (
                measure(trials.with_known(given, value)) for value in (given.low, given.high)
            )
            swings.append(Swing(given, low, high))
    return _by_size(swings)


def _nearby_inputs(trials: WhatIfPlan, name: str) -> Iterator[WhatIfInput]:
    """Return the inputs of the items nearest to `name`."""
    inputs: list[WhatIfInput] = []
    for near in _nearest_items(trials, name)[:_MAX_ITEMS]:
        inputs += item_inputs(trials.resolved.items[near])
    return with_progress(inputs, len(inputs), trials.checkpoint, "trying numbers")


def _by_size(swings: Iterable[Swing]) -> tuple[Swing, ...]:
    return tuple(
        sorted((swing for swing in swings if swing.size > 0), key=lambda swing: -swing.size)
    )


def _nearest_items(trials: WhatIfPlan, name: str) -> list[str]:
    """Return an item, its predecessors, its dependents, and what its teams take up before it."""
    resolved, base = trials.resolved, trials.build_order
    found, waiting = dict.fromkeys([name]), [name]
    while waiting:
        new = [each for each in resolved.open_predecessors[waiting.pop(0)] if each not in found]
        found |= dict.fromkeys(new)
        waiting += new
    teams = {resolved.items[each].team for each in found} - {None}
    before = base[: base.index(name)] if name in base else base
    ahead = [each for each in reversed(before) if resolved.items[each].team in teams]
    after = [
        item.id for item in open_items(resolved) if name in resolved.open_predecessors[item.id]
    ]
    return list(found | dict.fromkeys((*after, *ahead)))


def _figure_value(trials: WhatIfPlan, name: str, figure: TornadoFigure) -> float | None:
    match figure:
        case "rank":
            return trials.ranks().get(name)
        case "score":
            return trials.scores().get(name)
        case "unlocked":
            return trials.unlocked_value(name)
        case "value":
            return sum(horizon_values(trials.simulation).values())
        case "ships":
            return chance_within_horizon(trials.simulation, name)
        case "finish":
            return median_finish(trials.simulation, name)
