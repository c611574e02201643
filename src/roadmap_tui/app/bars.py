"""The lines at the top and at the bottom: which screen this is, and what can be done."""

from roadmap_tui.app.actions import ACTIONS
from roadmap_tui.app.lines import Line, Span, clip, cut, line_width, padded, width
from roadmap_tui.app.view import Picture, picture
from roadmap_tui.app.whatif import WhatIf
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.report.words import month

_LETTERS = 6
VIEWS = (
    ("board", "1 Board"),
    ("ranking", "2 Ranking"),
    ("timeline", "3 Timeline"),
    ("map", "4 Map"),
    ("findings", "7 Findings"),
    ("changes", "9 Changes"),
)


def tabs(title: str, view: str, notes: tuple[str, ...], cells: int) -> Picture:
    """The plan's title, the screens, and what there is to know about what is shown."""
    words = " · ".join(note for note in notes if note)
    left = _tabs(title, view, cells // 4, short=False)
    if line_width(left) + width(words) + 2 > cells:
        left = _tabs(title, view, cells // 5, short=True)
    words = clip(words, cells - line_width(left) - 2)
    return picture([(*padded(left, cells - width(words) - 1), Span(words, "dim"), Span(" "))], (), cells)


def _tabs(title: str, view: str, room: int, *, short: bool) -> Line:
    """The title and the screens, those that are not shown by a few letters if room is short."""
    spans = [Span(f" {clip(title, max(8, room))}  ", "bold")]
    for name, label in VIEWS:
        text = label[:_LETTERS] if short and name != view else label
        spans.append(Span(f" {text} ", "tab" if name == view else "", f"view('{name}')"))
    return tuple(spans)


def trial(what_if: WhatIf, now: Forecast | None, cells: int) -> Picture:
    """What is tried, what it does to the value that the plan delivers, and how to end it."""
    before = what_if.forecast.value
    value = f"value by {month(what_if.forecast.until)} {now.value / before - 1:+.0%}" if now and before else ""
    ends = [Span(" w", "bold", "what_if"), Span(" keep, store or discard ", "dim", "what_if")]
    if not what_if.replanned:
        ends += [Span(" r", "bold", "replan"), Span(" re-plan ", "dim", "replan")]
    left = [Span(" WHAT IF ", "tab"), Span(f" {printable(what_if.what)} ", "bold")]
    room = cells - line_width(tuple(ends)) - (width(value) + 3 if value else 0)
    said = cut(tuple(left), max(12, room))
    return picture([(*said, Span(f" {value} " if value else "", ""), *ends)], (), cells)


def footer(cells: int) -> Picture:
    """As many keys as fit, the help always among them."""
    shown = [action for action in ACTIONS if action.footer]
    last = next(action for action in shown if action.name == "help")
    end: Line = (Span(f" {last.shown}", "bold", last.name), Span(f" all {len(ACTIONS)} keys", "dim", last.name))
    spans: list[Span] = []
    for action in shown:
        if action is last:
            continue
        pair = [Span(f" {action.shown}", "bold", action.name), Span(f" {action.label} ", "dim", action.name)]
        if line_width((*spans, *pair, *end)) > cells:
            break
        spans += pair
    return picture([(*spans, *end)], (), cells)
