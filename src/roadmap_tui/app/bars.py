"""The lines at the top and at the bottom: which screen this is, and what can be done."""

from roadmap_tui.app.actions import ACTIONS
from roadmap_tui.app.lines import Line, Span, clip, cut, line_width, padded, width
from roadmap_tui.app.view import Picture, picture
from roadmap_tui.app.whatif import WhatIf
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.report.words import month

_LONGEST = 20
_LETTERS = (6, 4, 1)
"""How many letters the names of screens are cut to, as far as room is short."""
_URGENT = "view('fitness')"
VIEWS = (
    ("board", "1 Board"),
    ("ranking", "2 Ranking"),
    ("timeline", "3 Timeline"),
    ("map", "4 Map"),
    ("fitness", "5 Fitness"),
    ("findings", "7 Findings"),
    ("changes", "9 Changes"),
)


def tabs(title: str, view: str, notes: tuple[str, ...], cells: int, urgent: str = "") -> Picture:
    """The plan's title, the screens, and what there is to know about what is shown.

    What is urgent is told before all else, and the screens that are not shown make room for it.
    """
    words = [note for note in (urgent, *notes) if note]
    wanted = (width(" · ".join(words)), min(width(urgent), cells // 3))
    left = _tabs(title, view, cells // 4, _LONGEST)
    for letters, least in ((_LONGEST, wanted[0]), *((each, wanted[1]) for each in _LETTERS)):
        left = _tabs(title, view, cells // 4 if letters == _LONGEST else cells // 5, letters)
        if line_width(left) + least + 2 <= cells:
            break
    room = cells - line_width(left) - 2
    loud = clip(urgent, room)
    rest = clip(" · ".join(note for note in notes if note), room - width(loud) - (3 if loud else 0))
    told = (Span(loud, "bad bold", _URGENT), Span(" · " if loud and rest else ""), Span(rest, "dim"))
    return picture([(*padded(left, cells - line_width(told) - 1), *told, Span(" "))], (), cells)


def _tabs(title: str, view: str, room: int, letters: int) -> Line:
    """The title and the screens, those that are not shown by so many letters."""
    spans = [Span(f" {clip(title, max(8, room))}  ", "bold")]
    for name, label in VIEWS:
        text = label if name == view else label[:letters].rstrip()
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
