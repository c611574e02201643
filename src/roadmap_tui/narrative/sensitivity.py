"""Sensitivity of a figure to its inputs, as sentences."""

from collections.abc import Iterable

from roadmap_tui.forecast.analysis.assumptions import NOTICEABLE_WEEKS, AssumptionImpact
from roadmap_tui.forecast.analysis.break_even import BreakEven
from roadmap_tui.forecast.analysis.queue_moves import QueueMove
from roadmap_tui.forecast.analysis.tornado import Swing, TornadoFigure
from roadmap_tui.forecast.analysis.what_if_inputs import WhatIfInput
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.narrative.item_figures import mark_assumption, name_field
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import (
    format_chance,
    format_count,
    format_number,
    format_ordinal,
    format_whole_percent,
)
from roadmap_tui.text.terminal_text import escape_control

_CHANCES = {"chance", "confidence", "yes_if_works", "yes_if_not"}


def input_name(forecast: Forecast, given: WhatIfInput) -> str:
    """An input: ``effort for Help index``, marked if it is an assumption."""
    return mark_assumption(name_field(forecast, given.item, given.field), given.is_assumed)


def swing_lines(forecast: Forecast, figure: TornadoFigure, swings: Iterable[Swing]) -> list[str]:
    """The effect of each input on a figure, without those that make no visible difference."""
    seen = [
        each
        for each in swings
        if _figure(forecast, figure, each.low) != _figure(forecast, figure, each.high)
    ]
    return [swing_line(forecast, figure, each) for each in seen]


def swing_line(forecast: Forecast, figure: TornadoFigure, each: Swing) -> str:
    """The effect of an input on a figure: ``effort for Help index 2 → 9: 71% → 42%``."""
    ends = f"{_value(each.input, each.input.low)} → {_value(each.input, each.input.high)}"
    low, high = (_figure(forecast, figure, value) for value in (each.low, each.high))
    return f"{input_name(forecast, each.input)} {ends}: {low} → {high}"


def break_even_line(forecast: Forecast, each: BreakEven) -> str:
    """A break-even value: ``3rd if effort for Help index ≤ 5``."""
    sign = "≤" if each.input.field == "effort" else "≥"
    return (
        f"{format_ordinal(each.rank)} if {input_name(forecast, each.input)} {sign}"
        f" {_value(each.input, each.value)}"
    )


def assumption_line(forecast: Forecast, each: AssumptionImpact) -> str:
    """An assumption: ``effort for A (could move ranks by 3 and a finish by 5 weeks)``.

    Without an effect worth a word, its name alone.
    """
    parts = []
    if each.ranks:
        parts.append(f"ranks by {each.ranks}")
    if each.weeks >= NOTICEABLE_WEEKS:
        parts.append(f"a finish by {format_count(round(each.weeks), 'week')}")
    effect = f" (could move {' and '.join(parts)})" if parts else ""
    return f"{input_name(forecast, each.input)}{effect}"


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
    return format_whole_percent(value) if given.field in _CHANCES else format_number(value)


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
