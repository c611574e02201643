"""What changed in the plan, and what moved because of it."""

import datetime as dt
from collections.abc import Iterator

from roadmap_tui.app.lines import Line, Span, fit, mark, wrapped
from roadmap_tui.app.view import Picture, Scene, picture
from roadmap_tui.files.display import printable
from roadmap_tui.history.compare import Comparison
from roadmap_tui.report.compared import Told, ToldChange, told
from roadmap_tui.report.escape import one_line
from roadmap_tui.report.moved import Move
from roadmap_tui.report.words import month

_TITLE, _LEAD = 28, 24


def changes(scene: Scene) -> Picture:
    """Draw what changed against the chosen version, in words, and what moved in the forecast, with its cause."""
    compared = scene.compared
    if compared is None:
        return picture([(Span(" comparing …", "dim"),)], (), scene.width)
    head: list[Line] = [
        (
            Span(f" Since {printable(compared.base)}", "bold"),
            Span("   c compares with another", "dim"),
        ),
        (),
    ]
    if isinstance(compared.result, str):
        why = wrapped(printable(compared.result), scene.width - 2)
        return picture([*head, *((Span(f" {line}"),) for line in why)], (), scene.width, fixed=2)
    words = told(compared.result)
    came = [each for each in words.changes if _is_shown(scene, compared.result, each.change.id)]
    moves = [move for move in words.moves if move.id in scene.shown]
    until = compared.result.after.until
    lines = [*head, *_changed(scene, came), *_moved(scene, moves, until), *_notes(scene, words)]
    named = [each.change.id for each in came if each.change.id] + [move.id for move in moves]
    named = [name for name in named if name in scene.forecast.items]
    return picture(lines, ((name,) for name in dict.fromkeys(named)), scene.width, fixed=2)


def _is_shown(scene: Scene, comparison: Comparison, name: str | None) -> bool:
    return name is None or name in scene.shown or name not in comparison.plan.items


def _changed(scene: Scene, came: list[ToldChange]) -> Iterator[Line]:
    if came:
        yield (Span(" CHANGED", "bold"),)
    for each in came:
        name = each.change.id if each.change.id in scene.forecast.items else None
        style = str(each.change.place[0]) if name else ""
        words = wrapped(one_line(each.text), scene.width - 5)
        for nth, line in enumerate(words):
            lead = mark(name, style) if name else Span(" ")
            yield (lead, Span(f"{'' if nth == 0 else '  '}{line}", "", name))
    if came:
        yield ()


def _moved(scene: Scene, moves: list[Move], until: dt.date) -> Iterator[Line]:
    if moves:
        yield (Span(" MOVED", "bold"), Span(f"   ships: by {month(until)}", "dim"))
    for move in moves:
        style = scene.item(move.id).kind if move.id in scene.forecast.items else ""
        title = _TITLE if scene.width >= 90 else _TITLE - 8
        yield (
            mark(move.id, style),
            Span(fit(scene.title(move.id), title), f"{style} bold", move.id),
            Span(f"  {fit(move.lead, _LEAD) if move.rest else move.lead}", "", move.id),
            Span(f"  {' · '.join(move.rest)}", "dim", move.id),
        )
        if move.because:
            for line in wrapped(f"because {printable(move.because)}", scene.width - 5):
                yield (Span("   "), Span(line, "dim", move.id))
    if moves:
        yield ()


def _notes(scene: Scene, words: Told) -> Iterator[Line]:
    for note in words.notes:
        for line in wrapped(note, scene.width - 2):
            yield (Span(f" {line}", "dim"),)
