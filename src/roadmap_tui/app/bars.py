"""The lines at the top and at the bottom: which screen this is, and what can be done."""

from collections.abc import Iterable
from typing import TypeAlias

from roadmap_tui.app.actions import ACTIONS, Action
from roadmap_tui.app.keymap import Keymap
from roadmap_tui.app.lines import Line, Span, clip, cut, line_width, padded, width
from roadmap_tui.app.view import Picture, picture
from roadmap_tui.app.whatif import WhatIf
from roadmap_tui.files.display import printable
from roadmap_tui.fitness.plan_cost import Expected
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.report.currency import Currency
from roadmap_tui.report.trial import cost_change, value_change

_TITLE, _LONGEST = 8, 20
_LETTERS = (6, 4, 1)
"""How many letters the names of screens are cut to, as far as room is short."""
_URGENT = "view('fitness')"
VIEWS = (
    ("board", "1 Board"),
    ("ranking", "2 Ranking"),
    ("timeline", "3 Timeline"),
    ("map", "4 Map"),
    ("fitness", "5 Fitness"),
    ("money", "6 Money"),
    ("findings", "7 Findings"),
    ("checks", "8 Checks"),
    ("changes", "9 Changes"),
)


def tabs(title: str, view: str, notes: tuple[str, ...], cells: int, urgent: str = "") -> Picture:
    """The plan's title, the screens, and what there is to know about what is shown, the most important first.

    What is urgent is told before all else. The title and the screens that are not shown make room for it, or else for
    all notes but the last.
    """
    words = [note for note in notes if note]
    told = " · ".join([*([urgent] if urgent else []), *words])
    least = min(width(urgent or " · ".join(words[:-1])), cells // 3)
    left = _tabs(title, view, cells // 4, _LONGEST)
    if line_width(left) + width(told) + 2 > cells:
        shorter = [_tabs(title, view, room, letters) for letters in _LETTERS for room in (cells // 5, _TITLE)]
        left = next((line for line in shorter if line_width(line) + least + 2 <= cells), shorter[-1])
    room = cells - line_width(left) - 2
    loud = clip(urgent, room)
    rest = clip(" · ".join(words), room - width(loud) - (3 if loud else 0))
    right = (Span(loud, "bad bold", _URGENT), Span(" · " if loud and rest else ""), Span(rest, "dim"))
    return picture([(*padded(left, cells - line_width(right) - 1), *right, Span(" "))], (), cells)


def _tabs(title: str, view: str, room: int, letters: int) -> Line:
    """The title and the screens, those that are not shown by so many letters."""
    spans = [Span(f" {clip(title, max(_TITLE, room))}  ", "bold")]
    for name, label in VIEWS:
        text = label if name == view else label[:letters].rstrip()
        spans.append(Span(f" {text} ", "tab" if name == view else "", f"view('{name}')"))
    return tuple(spans)


Takes: TypeAlias = tuple[Expected, Expected] | None
"""What the plan as it is and the one on trial are expected to take."""
_LEAST = 22
"""Cells for what is tried."""


def trial(what_if: WhatIf, now: Forecast | None, takes: Takes, currency: Currency, cells: int) -> Picture:
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


def footer(actions: Iterable[Action], keys: Keymap, cells: int) -> Picture:
    """As many keys as fit, and where the rest is told."""
    end: Line = (Span(f" {keys.shown('help')}", "bold", "help"), Span(f" all {len(ACTIONS)} keys", "dim", "help"))
    spans: list[Span] = []
    for action in actions:
        pair = [
            Span(f" {keys.shown(action.name)}", "bold", action.does),
            Span(f" {action.label} ", "dim", action.does),
        ]
        if line_width((*spans, *pair, *end)) > cells:
            break
        spans += pair
    return picture([(*spans, *end)], (), cells)
