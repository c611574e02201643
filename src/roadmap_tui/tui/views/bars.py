"""The lines at the top and at the bottom: which screen this is, what is to be known of it, and what can be done."""

from collections.abc import Iterable
from typing import TypeAlias

from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.plan_cost import ExpectedSpend
from roadmap_tui.narrative.scenario_effect import cost_effect, value_effect
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.actions import ACTIONS, Action
from roadmap_tui.tui.keymap import Keymap
from roadmap_tui.tui.views.lines import (
    Line,
    TextSpan,
    cell_width,
    join_fitting,
    line_width,
    pad_line,
    truncate,
    truncate_line,
)
from roadmap_tui.tui.views.status import PlanStatus
from roadmap_tui.tui.views.view_model import RenderedView, build_view
from roadmap_tui.tui.what_if import WhatIf

_TITLE, _LONGEST, _ROOMY = 8, 20, 100
_SHORT = {
    "ranking": "Rank",
    "timeline": "Time",
    "fitness": "Fit",
    "findings": "Found",
    "changes": "Diff",
}
"""What screens are called where room is short; the others have short names."""
_SCREENS = tuple(action for action in ACTIONS if action.scope == "screens")
_URGENT = "view('fitness')"


def render_bars(
    status: PlanStatus, view: str, shown: Iterable[Action], keys: Keymap, cells: int
) -> tuple[RenderedView, RenderedView]:
    """The lines at the top and at the bottom.

    What is to be known stands at the top where there is room for all of it, else at the bottom, the most important
    first.
    """
    left = _title_and_tabs(status, view, keys, cells)
    room = cells - line_width(left) - 3
    notes = [*status.notes, *([status.day] if status.day else [])]
    if cell_width(" · ".join([*([status.urgent] if status.urgent else []), *notes])) <= room:
        right = _status_notes(status.urgent, notes, room)
        top = (*pad_line(left, cells - line_width(right) - 1), *right, TextSpan(" "))
        return build_view([top], (), cells), build_view(
            [footer_line(shown, keys, cells)], (), cells
        )
    right = _status_notes(
        status.urgent, notes if cells >= _ROOMY else list(status.notes), cells * 2 // 5
    )
    below = footer_line(shown, keys, cells - line_width(right) - 3)
    below = (*pad_line(below, cells - line_width(right) - 1), *right, TextSpan(" "))
    return build_view([left], (), cells), build_view([below], (), cells)


def _status_notes(urgent: str, notes: list[str], cells: int) -> Line:
    """What is to be known in that many cells, what is urgent before all else; what does not fit is left out."""
    first = cell_width(notes[0]) + 3 if notes[1:] else 0
    loud = truncate(urgent, max(cells - first, cells // 2))
    rest = join_fitting(notes, cells - cell_width(loud) - (3 if loud else 0))
    return (
        TextSpan(loud, "bad bold", _URGENT),
        TextSpan(" · " if loud and rest else ""),
        TextSpan(rest, "dim"),
    )


def _title_and_tabs(status: PlanStatus, view: str, keys: Keymap, cells: int) -> Line:
    """The title and the screens, by as much of their names as there is room for."""
    ways = [
        _tabs(status, view, keys, names)
        for names in ({}, _SHORT, dict.fromkeys((each.name for each in _SCREENS), ""))
    ]
    least = min(_TITLE, cell_width(status.title)) + 2
    fitting = (
        line
        for line, title in zip(ways, (least, 0, 0), strict=True)
        if line_width(line) + title <= cells
    )
    line = next(fitting, ways[-1])
    room = cells - line_width(line) - 2
    title = truncate(status.title, min(room, _LONGEST)) if room >= least - 2 else ""
    return (TextSpan(f" {title} " if title else "", "bold"), *line)


def _tabs(status: PlanStatus, view: str, keys: Keymap, names: dict[str, str]) -> Line:
    """The screens, the one that is shown by its whole name, the others by these names if they have one there."""
    spans: list[TextSpan] = []
    for each in _SCREENS:
        name = each.label if each.name == view else names.get(each.name, each.label)
        count = status.counts.get(each.name, 0)
        text = f"{keys.label(each.name)} {name}".rstrip() + (f"·{count}" if count else "")
        here = each.name == view
        spans.append(
            TextSpan(f"[{text}]" if here else f" {text}", "tab" if here else "", each.does)
        )
    return (*spans, TextSpan(" "))


CostPair: TypeAlias = tuple[ExpectedSpend, ExpectedSpend] | None
"""What the plan as it is and the one on trial are expected to take."""
_LEAST = 22
"""Cells for what is tried."""


def what_if_bar(
    what_if: WhatIf, now: Forecast | None, takes: CostPair, currency: Currency, cells: int
) -> RenderedView:
    """What is tried, what it does to what the plan delivers and costs, and how to end it."""
    does = list(value_effect(what_if.base_forecast, now)) if now else []
    does += cost_effect(*takes, currency) if takes else []
    ends = [
        TextSpan(" w", "bold", "what_if"),
        TextSpan(" keep, store or discard ", "dim", "what_if"),
    ]
    if not what_if.is_replanned:
        ends += [TextSpan(" r", "bold", "replan"), TextSpan(" re-plan ", "dim", "replan")]
    left = [TextSpan(" WHAT IF ", "tab"), TextSpan(f" {escape_control(what_if.label)} ", "bold")]
    room = cells - line_width(tuple(ends)) - _LEAST
    value = " · ".join(does) if cell_width(" · ".join(does)) + 3 <= room else next(iter(does), "")
    room = cells - line_width(tuple(ends)) - (cell_width(value) + 3 if value else 0)
    said = truncate_line(tuple(left), max(12, room))
    return build_view([(*said, TextSpan(f" {value} " if value else "", ""), *ends)], (), cells)


def footer_line(actions: Iterable[Action], keys: Keymap, cells: int) -> Line:
    """As many keys as fit, and where the rest is told."""
    end = (
        TextSpan(f" {keys.label('help')}", "bold", "help"),
        TextSpan(f" all {len(ACTIONS)} keys", "dim", "help"),
    )
    spans: list[TextSpan] = []
    for action in actions:
        pair = (
            TextSpan(f" {keys.label(action.name)}", "bold", action.does),
            TextSpan(f" {action.label} ", "dim", action.does),
        )
        if line_width((*spans, *pair, *end)) > cells:
            break
        spans += pair
    return truncate_line((*spans, *end), max(0, cells))
