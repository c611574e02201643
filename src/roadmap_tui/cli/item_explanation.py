"""How an item's figures are made, and what would change them: `roadmap show --why`."""

from collections.abc import Iterator
from typing import TypeAlias

from roadmap_tui.cli.source import ForecastedPlan
from roadmap_tui.cli.table import TextColumn, bold, format_table, wrap_text
from roadmap_tui.forecast.analysis.break_even import break_evens
from roadmap_tui.forecast.analysis.tornado import Swing, TornadoFigure, tornadoes
from roadmap_tui.forecast.analysis.value_of_information import value_of_information
from roadmap_tui.forecast.analysis.what_if import WHAT_IF_RUNS, WhatIfPlan
from roadmap_tui.forecast.simulation.cancellation import Checkpoint
from roadmap_tui.money.money_tornado import MoneySwing, money_swings
from roadmap_tui.money.plan_money import plan_money
from roadmap_tui.narrative import sensitivity
from roadmap_tui.narrative.explanations.explanation import FigureName
from roadmap_tui.narrative.explanations.inputs import ExplanationInput, marked_value
from roadmap_tui.narrative.explanations.item import SWING_FIGURES, Explainer
from roadmap_tui.narrative.explanations.money import MONEY_FIGURES, money_sensitivity
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.text.dates import round_significant

_MAX_LINES = 5
_COLUMNS = (
    TextColumn("from", shrinks=True),
    TextColumn("", shrinks=True, name="value"),
    TextColumn("", name="where"),
)
_Tornadoes: TypeAlias = dict[TornadoFigure, tuple[Swing, ...]]


def _build_explainer(found: ForecastedPlan, checkpoint: Checkpoint) -> Explainer:
    resolved = found.run.resolved
    spike_values = value_of_information(resolved, found.run.order.queue, checkpoint)
    money = plan_money(found.run.simulation, found.plan, checkpoint)
    return Explainer(found.document, found.plan, resolved, found.forecast, spike_values, money)


class _Sensitivity:
    """What would change the figures of one item most; nothing for an item that isn't open."""

    def __init__(self, found: ForecastedPlan, name: str, checkpoint: Checkpoint) -> None:
        self._found = found
        self._name = name
        self._what_if = WhatIfPlan(found.run.resolved, found.forecast.build_order, checkpoint)
        self._is_open = found.forecast.items[name].status in OPEN_STATUSES
        self._tornadoes: _Tornadoes = {}
        if self._is_open:
            self._tornadoes = tornadoes(self._what_if, name, SWING_FIGURES.values())

    def lines(self, subject: FigureName) -> Iterator[str]:
        """The inputs that change a figure most, in sentences."""
        if not self._is_open:
            return
        forecast = self._found.forecast
        figure, money = SWING_FIGURES.get(subject), MONEY_FIGURES.get(subject)
        if figure is not None:
            swings = self._tornadoes[figure]
            lines = sensitivity.swing_lines(forecast, figure, swings)[:_MAX_LINES]
            if figure == "rank":
                every = break_evens(self._what_if, self._name)
                lines += [sensitivity.break_even_line(forecast, each) for each in every]
            yield from _indented_lines(lines)
        if money is not None:
            lines = money_sensitivity(self._what_if, self._found.plan, forecast, self._name, money)
            yield from _indented_lines(lines[:_MAX_LINES])

    def json(self, subject: FigureName) -> list[dict[str, object]]:
        """The figure at both ends of each input's range, as data."""
        if not self._is_open:
            return []
        figure, money = SWING_FIGURES.get(subject), MONEY_FIGURES.get(subject)
        if money is not None:
            every = money_swings(self._what_if, self._found.plan, self._name, money)
            return [_money_swing_json(each) for each in every]
        if figure is None:
            return []
        return [_swing_json(each) for each in self._tornadoes[figure]]


def explanation_lines(found: ForecastedPlan, name: str, checkpoint: Checkpoint) -> Iterator[str]:
    """Each figure with its formula, its inputs and their sources, and what changes it most."""
    changes = _Sensitivity(found, name, checkpoint)
    for explanation in _build_explainer(found, checkpoint).explain_all(name):
        yield ""
        yield bold(explanation.figure)
        for line in explanation.formula:
            yield from wrap_text(line, indent="  ", hang="    ")
        rows = [(given.label, marked_value(given), given.place) for given in explanation.inputs]
        if rows:
            yield from format_table(_COLUMNS, rows, indent="  ")
        yield from changes.lines(explanation.subject)


def _indented_lines(lines: list[str]) -> Iterator[str]:
    if lines:
        yield f"  what would change it most, from low to high ({WHAT_IF_RUNS:,} runs):"
    for line in lines:
        yield from wrap_text(line, indent="    ", hang="      ")


def explanation_json(found: ForecastedPlan, name: str, checkpoint: Checkpoint) -> dict[str, object]:
    """Formulas and inputs of each figure, and the figure at both ends of each input's range."""
    changes = _Sensitivity(found, name, checkpoint)
    why = [
        {
            "figure": each.subject,
            "value": each.figure,
            "formula": each.formula,
            "inputs": list(map(_input_json, each.inputs)),
            "changes": changes.json(each.subject),
        }
        for each in _build_explainer(found, checkpoint).explain_all(name)
    ]
    return {"why": why}


def _input_json(given: ExplanationInput) -> dict[str, object]:
    return {
        "name": given.label,
        "value": given.value,
        "place": given.place,
        "guess": given.is_assumption,
    }


def _swing_json(swing: Swing) -> dict[str, object]:
    given = swing.input
    return {
        "item": given.item,
        "field": given.field,
        "guess": given.is_assumed,
        "from": round_significant(given.low),
        "to": round_significant(given.high),
        "low": None if swing.low is None else round_significant(swing.low),
        "high": None if swing.high is None else round_significant(swing.high),
    }


def _money_swing_json(swing: MoneySwing) -> dict[str, object]:
    (start, end), (low, high) = swing.ends, swing.figures
    return {
        "item": swing.item,
        "field": swing.field,
        "guess": swing.is_assumed,
        "from": round_significant(start),
        "to": round_significant(end),
        "low": round_significant(low),
        "high": round_significant(high),
    }
