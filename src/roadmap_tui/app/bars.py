"""The lines at the top and at the bottom: which screen this is, what is to be known of it, and what can be done."""

from collections.abc import Iterable
from typing import TypeAlias

from roadmap_tui.app.actions import ACTIONS, Action
from roadmap_tui.app.keymap import Keymap
from roadmap_tui.app.lines import Line, Span, clip, cut, joined, line_width, padded, width
from roadmap_tui.app.status import Status
from roadmap_tui.app.view import Picture, picture
from roadmap_tui.app.whatif import WhatIf
from roadmap_tui.files.display import printable
from roadmap_tui.fitness.plan_cost import Expected
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.report.currency import Currency
from roadmap_tui.report.trial import cost_change, value_change

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


def bars(
    status: Status, view: str, shown: Iterable[Action], keys: Keymap, cells: int
) -> tuple[Picture, Picture]:
    """The lines at the top and at the bottom.

    What is to be known stands at the top where there is room for all of it, else at the bottom, the most important
    first.
    """
    left = _head(status, view, keys, cells)
    room = cells - line_width(left) - 3
    notes = [*status.notes, *([status.day] if status.day else [])]
    if width(" · ".join([*([status.urgent] if status.urgent else []), *notes])) <= room:
        right = _notes(status.urgent, notes, room)
        top = (*padded(left, cells - line_width(right) - 1), *right, Span(" "))
        return picture([top], (), cells), picture([footer(shown, keys, cells)], (), cells)
    right = _notes(status.urgent, notes if cells >= _ROOMY else list(status.notes), cells * 2 // 5)
    below = footer(shown, keys, cells - line_width(right) - 3)
    below = (*padded(below, cells - line_width(right) - 1), *right, Span(" "))
    return picture([left], (), cells), picture([below], (), cells)


def _notes(urgent: str, notes: list[str], cells: int) -> Line:
    """What is to be known in that many cells, what is urgent before all else; what does not fit is left out."""
    first = width(notes[0]) + 3 if notes[1:] else 0
    loud = clip(urgent, max(cells - first, cells // 2))
    rest = joined(notes, cells - width(loud) - (3 if loud else 0))
    return (
        Span(loud, "bad bold", _URGENT),
        Span(" · " if loud and rest else ""),
        Span(rest, "dim"),
    )


def _head(status: Status, view: str, keys: Keymap, cells: int) -> Line:
    """The title and the screens, by as much of their names as there is room for."""
    ways = [
        _tabs(status, view, keys, names)
        for names in ({}, _SHORT, dict.fromkeys((each.name for each in _SCREENS), ""))
    ]
    least = min(_TITLE, width(status.title)) + 2
    fitting = (
        line
        for line, title in zip(ways, (least, 0, 0), strict=True)
        if line_width(line) + title <= cells
    )
    line = next(fitting, ways[-1])
    room = cells - line_width(line) - 2
    title = clip(status.title, min(room, _LONGEST)) if room >= least - 2 else ""
    return (Span(f" {title} " if title else "", "bold"), *line)


def _tabs(status: Status, view: str, keys: Keymap, names: dict[str, str]) -> Line:
    """The screens, the one that is shown by its whole name, the others by these names if they have one there."""
    spans: list[Span] = []
    for each in _SCREENS:
        name = each.label if each.name == view else names.get(each.name, each.label)
        count = status.counts.get(each.name, 0)
        text = f"{keys.shown(each.name)} {name}".rstrip() + (f"·{count}" if count else "")
        here = each.name == view
        spans.append(Span(f"[{text}]" if here else f" {text}", "tab" if here else "", each.does))
    return (*spans, Span(" "))


Takes: TypeAlias = tuple[Expected, Expected] | None
"""What the plan as it is and the one on trial are expected to take."""
_LEAST = 22
"""Cells for what is tried."""


def trial(
    what_if: WhatIf, now: Forecast | None, takes: Takes, currency: Currency, cells: int
) -> Picture:
    """What is tried, what it does to what the plan delivers and costs, and how to end it."""
    does = list(value_change(what_if.forecast, now)) if now else []
    does += cost_change(*takes, currency) if takes else []
    ends = [Span(" w", "bold", "what_if"), Span(" keep, store or discard ", "dim", "what_if")]
    if not what_if.replanned:
        ends += [Span(" r", "bold", "replan"), Span(" re-plan ", "dim", "replan")]
    left = [Span(" WHAT IF ", "tab"), Span(f" {printable(what_if.what)} ", "bold")]
    room = cells - line_width(tuple(ends)) - _LEAST
    value = " · ".join(does) if width(" · ".join(does)) + 3 <= room else next(iter(does), "")
    room = cells - line_width(tuple(ends)) - (width(value) + 3 if value else 0)
    said = cut(tuple(left), max(12, room))
    return picture([(*said, Span(f" {value} " if value else "", ""), *ends)], (), cells)


def footer(actions: Iterable[Action], keys: Keymap, cells: int) -> Line:
    """As many keys as fit, and where the rest is told."""
    end = (
        Span(f" {keys.shown('help')}", "bold", "help"),
        Span(f" all {len(ACTIONS)} keys", "dim", "help"),
    )
    spans: list[Span] = []
    for action in actions:
        pair = (
            Span(f" {keys.shown(action.name)}", "bold", action.does),
            Span(f" {action.label} ", "dim", action.does),
        )
        if line_width((*spans, *pair, *end)) > cells:
            break
        spans += pair
    return cut((*spans, *end), max(0, cells))
