"""Sensitivity of a figure to its inputs, as sentences."""

from collections.abc import Iterable

from roadmap_tui.forecast.analysis.assumptions import AssumptionImpact
from roadmap_tui.forecast.analysis.break_even import BreakEven
from roadmap_tui.forecast.analysis.queue_moves import QueueMove
from roadmap_tui.forecast.analysis.tornado import Swing, TornadoFigure
from roadmap_tui.forecast.analysis.what_if_inputs import InputField, WhatIfInput
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance, format_number, format_ordinal
from roadmap_tui.text.terminal_text import escape_control

INPUT_LABELS: dict[InputField, str] = {
    "effort": "effort",
    "chance": "chance",
    "reach": "reach",
    "impact": "impact",
    "confidence": "confidence",
    "timebox": "timebox",
    "yes_if_works": "yes_if_works",
    "yes_if_not": "yes_if_not",
}
_CHANCES = {"chance", "confidence", "yes_if_works", "yes_if_not"}


def input_name(forecast: Forecast, given: WhatIfInput) -> str:
    """An input: ``effort of Help index``, marked if it is an assumption."""
    mark = ASSUMPTION_MARK if given.is_assumed else ""
    return (
        f"{mark}{INPUT_LABELS[given.field]} of {escape_control(forecast.items[given.item].title)}"
    )


def swing_lines(forecast: Forecast, figure: TornadoFigure, swings: Iterable[Swing]) -> list[str]:
    """The effect of each input on a figure, without those that make no visible difference."""
    seen = [
        each
        for each in swings
        if _figure(forecast, figure, each.low) != _figure(forecast, figure, each.high)
    ]
    return [swing_line(forecast, figure, each) for each in seen]


def swing_line(forecast: Forecast, figure: TornadoFigure, each: Swing) -> str:
    """The effect of an input on a figure: ``effort of Help index 2 → 9: 71% → 42%``."""
    ends = f"{_value(each.input, each.input.low)} → {_value(each.input, each.input.high)}"
    low, high = (_figure(forecast, figure, value) for value in (each.low, each.high))
    return f"{input_name(forecast, each.input)} {ends}: {low} → {high}"


def break_even_line(forecast: Forecast, each: BreakEven) -> str:
    """A break-even value: ``3rd if effort of Help index ≤ 5``."""
    sign = "≤" if each.input.field == "effort" else "≥"
    return (
        f"{format_ordinal(each.rank)} if {input_name(forecast, each.input)} {sign}"
        f" {_value(each.input, each.value)}"
    )


def assumption_line(forecast: Forecast, each: AssumptionImpact) -> str:
    """The effect of an assumption: ``effort of A moves 3 ranks and a finish by 5 weeks``."""
    parts = []
    if each.ranks:
        parts.append(f"{each.ranks} rank{'s' if each.ranks > 1 else ''}")
    if each.weeks >= 1:
        weeks = round(each.weeks)
        parts.append(f"a finish by {weeks} week{'s' if weeks > 1 else ''}")
    return f"{input_name(forecast, each.input)} moves {' and '.join(parts) or 'little'}"


def queue_move_line(forecast: Forecast, each: QueueMove) -> str:
    """The effect of a move in the queue: ``Help index to now: value by the horizon +2%``."""
    along = ""
    if each.pinned_with:
        along = (
            ", with"
            f" {', '.join(escape_control(forecast.items[name].title) for name in each.pinned_with)}"
        )
    return (
        f"{escape_control(forecast.items[each.id].title)} to {each.pin}{along}: value by the"
        f" horizon {each.gain:+.1%}"
    )


def _value(given: WhatIfInput, value: float) -> str:
    return format_chance(value) if given.field in _CHANCES else format_number(value)


def _figure(forecast: Forecast, figure: TornadoFigure, value: float | None) -> str:
    if value is None:
        return "never" if figure == "finish" else "–"
    match figure:
        case "ships":
            return format_chance(value)
        case "finish":
            return format_date(forecast.day(value))
        case "rank":
            return format_ordinal(round(value))
    return format_number(value)
