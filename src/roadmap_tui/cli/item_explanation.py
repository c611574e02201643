"""How an item's figures are made, and what would change them: `roadmap show --why`."""

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from roadmap_tui.answers.show import ExplanationRow
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
from roadmap_tui.narrative.explanations.inputs import marked_value
from roadmap_tui.narrative.explanations.item import SWING_FIGURES, Explainer
from roadmap_tui.narrative.explanations.money import MONEY_FIGURES, money_sensitivity
from roadmap_tui.plan.base import OPEN_STATUSES

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

    def swings(self, subject: FigureName) -> Iterable[Swing | MoneySwing]:
        """The figure at both ends of each input's range."""
        if not self._is_open:
            return ()
        figure, money = SWING_FIGURES.get(subject), MONEY_FIGURES.get(subject)
        if money is not None:
            return money_swings(self._what_if, self._found.plan, self._name, money)
        return () if figure is None else self._tornadoes[figure]


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


def explanation_rows(
    found: ForecastedPlan, name: str, checkpoint: Checkpoint
) -> list[ExplanationRow]:
    """Formulas and inputs of each figure, and the figure at both ends of each input's range."""
    changes = _Sensitivity(found, name, checkpoint)
    return [
        ExplanationRow.of(each, changes.swings(each.subject))
        for each in _build_explainer(found, checkpoint).explain_all(name)
    ]
