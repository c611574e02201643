"""How an item's figures are made, and what would change them, as `roadmap show --why` tells it."""

from collections.abc import Iterator

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
from roadmap_tui.text.dates import round_significant

_MAX_LINES = 5
_COLUMNS = (
    TextColumn("from", yields=True),
    TextColumn("", yields=True, called="value"),
    TextColumn("", called="where"),
)


def _build_explainer(found: ForecastedPlan, check: Checkpoint) -> Explainer:
    resolved = found.run.resolved
    worths = value_of_information(resolved, found.run.order.queue, check)
    money = plan_money(found.run.simulation, found.plan, check)
    return Explainer(found.document, found.plan, resolved, found.forecast, worths, money)


def _build_trials(found: ForecastedPlan, check: Checkpoint) -> WhatIfPlan:
    return WhatIfPlan(found.run.resolved, found.forecast.build_order, check)


def explanation_lines(found: ForecastedPlan, name: str, check: Checkpoint) -> Iterator[str]:
    """Each figure with its formula, its inputs and where they stand, and what would change it most."""
    is_open = found.forecast.items[name].status in OPEN_STATUSES
    trials = _build_trials(found, check)
    swung = _item_tornadoes(trials, name) if is_open else {}
    for explained in _build_explainer(found, check).explain_all(name):
        yield ""
        yield bold(explained.figure)
        for line in explained.formula:
            yield from wrap_text(line, indent="  ", hang="    ")
        rows = [(given.label, marked_value(given), given.place) for given in explained.inputs]
        if rows:
            yield from format_table(_COLUMNS, rows, indent="  ")
        figure = SWING_FIGURES.get(explained.subject)
        if figure is not None and is_open:
            yield from _sensitivity_lines(found, name, figure, trials, swung[figure])
        money = MONEY_FIGURES.get(explained.subject)
        if money is not None and is_open:
            yield from _indented_lines(
                money_sensitivity(trials, found.plan, found.forecast, name, money)[:_MAX_LINES]
            )


def _item_tornadoes(trials: WhatIfPlan, name: str) -> dict[TornadoFigure, tuple[Swing, ...]]:
    return tornadoes(trials, name, SWING_FIGURES.values())


def _sensitivity_lines(
    found: ForecastedPlan,
    name: str,
    figure: TornadoFigure,
    trials: WhatIfPlan,
    swung: tuple[Swing, ...],
) -> Iterator[str]:
    told = sensitivity.swing_lines(found.forecast, figure, swung)[:_MAX_LINES]
    if figure == "rank":
        told += [
            sensitivity.break_even_line(found.forecast, each) for each in break_evens(trials, name)
        ]
    yield from _indented_lines(told)


def _indented_lines(told: list[str]) -> Iterator[str]:
    if told:
        yield f"  what would change it most, from low to high ({WHAT_IF_RUNS:,} runs):"
    for line in told:
        yield from wrap_text(line, indent="    ", hang="      ")


def explanation_json(found: ForecastedPlan, name: str, check: Checkpoint) -> dict[str, object]:
    """The same as data: formulas and inputs, and what each number's range does to each figure."""
    is_open = found.forecast.items[name].status in OPEN_STATUSES
    trials = _build_trials(found, check)
    swung = _item_tornadoes(trials, name) if is_open else {}
    return {
        "why": [
            {
                "figure": each.subject,
                "value": each.figure,
                "formula": each.formula,
                "inputs": [
                    {
                        "name": given.label,
                        "value": given.value,
                        "place": given.place,
                        "guess": given.is_assumption,
                    }
                    for given in each.inputs
                ],
                "changes": (
                    _sensitivity_json(found, trials, name, each.subject, swung) if is_open else []
                ),
            }
            for each in _build_explainer(found, check).explain_all(name)
        ]
    }


def _sensitivity_json(
    found: ForecastedPlan,
    trials: WhatIfPlan,
    name: str,
    subject: FigureName,
    swung: dict[TornadoFigure, tuple[Swing, ...]],
) -> list[dict[str, object]]:
    figure, money = SWING_FIGURES.get(subject), MONEY_FIGURES.get(subject)
    if money is not None:
        return [_tilt_json(each) for each in money_swings(trials, found.plan, name, money)]
    if figure is None:
        return []
    return [
        {
            "item": each.input.item,
            "field": each.input.field,
            "guess": each.input.is_assumed,
            "from": round_significant(each.input.low),
            "to": round_significant(each.input.high),
            "low": None if each.low is None else round_significant(each.low),
            "high": None if each.high is None else round_significant(each.high),
        }
        for each in swung[figure]
    ]


def _tilt_json(tilt: MoneySwing) -> dict[str, object]:
    low, high = tilt.figures
    return {
        "item": tilt.item,
        "field": tilt.field,
        "guess": tilt.is_assumed,
        "from": round_significant(tilt.ends[0]),
        "to": round_significant(tilt.ends[1]),
        "low": round_significant(low),
        "high": round_significant(high),
    }
