"""Bars at the top and at the bottom: tabs, status, keys."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TypeAlias

from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.plan_cost import ExpectedSpend
from roadmap_tui.narrative.scenario_effect import cost_effect, measured_value_effect, value_effect
from roadmap_tui.text.currency import Currency
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.actions import ACTIONS, Action
from roadmap_tui.tui.base_app import LOW
from roadmap_tui.tui.keymap import Keymap
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    join_fitting,
    line_width,
    pad_line,
    text_cells,
    truncate,
    truncate_line,
)
from roadmap_tui.tui.views.status import PlanStatus
from roadmap_tui.tui.views.view_model import RenderedView, build_view
from roadmap_tui.tui.what_if import WhatIf

_TITLE, _LONGEST = 8, 30
_SCREENS = tuple(action for action in ACTIONS if action.scope == "screens")
_SHORT = {each.name: each.short for each in _SCREENS if each.short}
_URGENT = "view('readiness')"
_WHAT_IF, _REPLAN, _HELP = "run('what-if')", "run('re-plan')", "run('help')"


def render_bars(
    status: PlanStatus, view: str, shown: Iterable[Action], keys: Keymap, size: tuple[int, int]
) -> tuple[tuple[Line, ...], Line]:
    """The lines at the top and the one at the bottom, for a screen of that size.

    Where there is room, the state of the plan is on a line below the tabs; on low screens, the
    most important of it is at the bottom.
    """
    cells, lines = size
    tabs = _title_and_tabs(status, view, keys, cells)
    notes = [*status.notes, *([status.day] if status.day else [])]
    if lines >= LOW:
        right = _status_notes(status.urgent, notes, cells // 2)
        room = cells - line_width(right) - 4
        left = (StyledSpan(f" {join_fitting(list(status.health), room)}", "dim"),)
        health = (*pad_line(left, cells - line_width(right) - 1), *right, StyledSpan(" "))
        return (tabs, health), footer_line(shown, view, keys, cells)
    right = _status_notes(status.urgent, list(status.notes), cells * 2 // 5)
    below = footer_line(shown, view, keys, cells - line_width(right) - 3)
    return (tabs,), (*pad_line(below, cells - line_width(right) - 1), *right, StyledSpan(" "))


def _status_notes(urgent: str, notes: list[str], cells: int) -> Line:
    """The urgent status, then the others, as far as they fit."""
    first = text_cells(notes[0]) + 3 if notes[1:] else 0
    loud = truncate(urgent, max(cells - first, cells // 2))
    rest = join_fitting(notes, cells - text_cells(loud) - (3 if loud else 0))
    return (
        StyledSpan(loud, "bad bold", _URGENT),
        StyledSpan(" · " if loud and rest else ""),
        StyledSpan(rest, "dim"),
    )


def _title_and_tabs(status: PlanStatus, view: str, keys: Keymap, cells: int) -> Line:
    """The title and the tabs, with names as long as fit."""
    no_names = dict.fromkeys((each.name for each in _SCREENS), "")
    title = min(_TITLE, text_cells(status.title)) + 2
    ways: tuple[tuple[Mapping[str, str], str, int], ...] = (
        ({}, " ", title),
        ({}, "", title),
        (_SHORT, " ", 0),
        (_SHORT, "", 0),
        (no_names, "", 0),
    )
    lines = [(_tabs(status, view, keys, names, margin), least) for names, margin, least in ways]
    fitting = (line for line, least in lines if line_width(line) + least <= cells)
    line = next(fitting, truncate_line(lines[-1][0], cells))
    room = cells - line_width(line) - 2
    if room < title - 2:
        return line
    return (StyledSpan(f" {truncate(status.title, min(room, _LONGEST))} ", "bold"), *line)


def _tabs(
    status: PlanStatus, view: str, keys: Keymap, names: Mapping[str, str], margin: str
) -> Line:
    """The tabs, each with a margin; the current one has its full name."""
    spans: list[StyledSpan] = []
    for each in _SCREENS:
        is_current = each.name == view
        name = each.label if is_current else names.get(each.name, each.label)
        count = status.counts.get(each.name, 0)
        text = f"{keys.label(each.name)} {name}".rstrip() + (f" {count}" if count else "")
        spans += [StyledSpan("│", "line")] if spans else []
        # brackets show the current tab without colours, too
        padded = f"[{text}]" if is_current else f"{margin}{text}{margin}"
        spans.append(StyledSpan(padded, "tab" if is_current else "", each.command(view)))
    return tuple(spans)


CostPair: TypeAlias = tuple[ExpectedSpend, ExpectedSpend] | None
"""Expected costs of the plan and of the what-if."""
_LEAST = 22
_FOOTER_ACTIONS = 6
"""Least width of the what-if's label."""


def render_what_if(
    what_if: WhatIf, now: Forecast | None, takes: CostPair, currency: Currency, cells: int
) -> RenderedView:
    """The what-if, its effect on value and cost, and the keys that end it."""
    does = list(value_effect(what_if.base_forecast, now)) if now else []
    if takes is not None:
        does = [
            *measured_value_effect(*takes, what_if.base_forecast),
            *cost_effect(*takes, currency),
        ]
    ends = [
        StyledSpan(" w", "bold", _WHAT_IF),
        StyledSpan(" keep, store or discard ", "dim", _WHAT_IF),
    ]
    if not what_if.is_replanned:
        ends += [StyledSpan(" r", "bold", _REPLAN), StyledSpan(" re-plan ", "dim", _REPLAN)]
    left = [
        StyledSpan(" WHAT IF ", "tab"),
        StyledSpan(f" {escape_control(what_if.label)} ", "bold"),
    ]
    room = cells - line_width(tuple(ends)) - _LEAST
    value = " · ".join(does) if text_cells(" · ".join(does)) + 3 <= room else next(iter(does), "")
    room = cells - line_width(tuple(ends)) - (text_cells(value) + 3 if value else 0)
    said = truncate_line(tuple(left), max(12, room))
    return build_view([(*said, StyledSpan(f" {value} " if value else "", ""), *ends)], (), cells)


def footer_line(actions: Iterable[Action], view: str, keys: Keymap, cells: int) -> Line:
    """As many keys as fit, and the key of the help."""
    end = (
        StyledSpan(f" {keys.label('help')}", "bold", _HELP),
        StyledSpan(" help ", "dim", _HELP),
    )
    spans: list[StyledSpan] = []
    for action in islice(actions, _FOOTER_ACTIONS):
        pair = (
            StyledSpan(f" {keys.label(action.name)}", "bold", action.command(view)),
            StyledSpan(f" {action.label} ", "dim", action.command(view)),
        )
        if line_width((*spans, *pair, *end)) > cells:
            break
        spans += pair
    gap = StyledSpan(" " * max(0, cells - line_width((*spans, *end))))
    return truncate_line((*spans, gap, *end), max(0, cells))
