"""Changes: what changed in the plan, and what moved because of it."""

import datetime as dt
from collections.abc import Iterator

from roadmap_tui.history.compare import Comparison
from roadmap_tui.narrative.comparison import ChangeSentence, ComparisonText, comparison_text
from roadmap_tui.narrative.moves import MoveText
from roadmap_tui.text.dates import format_month
from roadmap_tui.text.escape import single_line
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.actions import bindings_for
from roadmap_tui.tui.screen_help import ScreenHelp
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.views.lines import Line, StyledSpan, fit_cells, selection_mark, wrap_cells
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel, build_view

_TITLE, _LEAD = 28, 24


def render_changes(scene: ViewModel) -> RenderedView:
    """Render the changes against an earlier version, and what moved because of them."""
    compared = scene.comparison
    if compared is None:
        return build_view([(StyledSpan(" comparing …", "dim"),)], (), scene.width)
    head: list[Line] = [
        (
            StyledSpan(f" Since {escape_control(compared.base)}", "bold"),
            StyledSpan("   c compares with another", "dim"),
        ),
        (),
    ]
    if isinstance(compared.result, str):
        why = wrap_cells(escape_control(compared.result), scene.width - 2)
        return build_view(
            [*head, *((StyledSpan(f" {line}"),) for line in why)], (), scene.width, fixed=2
        )
    words = comparison_text(compared.result)
    came = [each for each in words.changes if _is_shown(scene, compared.result, each.change.id)]
    moves = [move for move in words.moves if move.id in scene.visible]
    until = compared.result.after.horizon_end
    lines = [
        *head,
        *_change_lines(scene, came),
        *_move_lines(scene, moves, until),
        *_notes(scene, words),
    ]
    named = [each.change.id for each in came if each.change.id] + [move.id for move in moves]
    named = [name for name in named if name in scene.forecast.items]
    return build_view(lines, ((name,) for name in dict.fromkeys(named)), scene.width, fixed=2)


def _is_shown(scene: ViewModel, comparison: Comparison, name: str | None) -> bool:
    return name is None or name in scene.visible or name not in comparison.plan.items


def _change_lines(scene: ViewModel, came: list[ChangeSentence]) -> Iterator[Line]:
    if came:
        yield (StyledSpan(" CHANGED", "bold"),)
    for each in came:
        name = each.change.id if each.change.id in scene.forecast.items else None
        style = str(each.change.place[0]) if name else ""
        words = wrap_cells(single_line(each.text), scene.width - 5)
        for nth, line in enumerate(words):
            lead = selection_mark(name, style) if name else StyledSpan(" ")
            yield (lead, StyledSpan(f"{'' if nth == 0 else '  '}{line}", "", name))
    if came:
        yield ()


def _move_lines(scene: ViewModel, moves: list[MoveText], until: dt.date) -> Iterator[Line]:
    if moves:
        yield (
            StyledSpan(" MOVED", "bold"),
            StyledSpan(f"   ships: by {format_month(until)}", "dim"),
        )
    for move in moves:
        style = scene.item(move.id).kind if move.id in scene.forecast.items else ""
        title = _TITLE if scene.width >= 90 else _TITLE - 8
        yield (
            selection_mark(move.id, style),
            StyledSpan(fit_cells(scene.title(move.id), title), f"{style} bold", move.id),
            StyledSpan(f"  {fit_cells(move.lead, _LEAD) if move.rest else move.lead}", "", move.id),
            StyledSpan(f"  {' · '.join(move.rest)}", "dim", move.id),
        )
        if move.because:
            for line in wrap_cells(f"because {escape_control(move.because)}", scene.width - 5):
                yield (StyledSpan("   "), StyledSpan(line, "dim", move.id))
    if moves:
        yield ()


def _notes(scene: ViewModel, words: ComparisonText) -> Iterator[Line]:
    for note in words.notes:
        for line in wrap_cells(note, scene.width - 2):
            yield (StyledSpan(f" {line}", "dim"),)


class ChangesScreen(PlanScreen):
    """The changes."""

    NAME = "changes"
    RENDERER = staticmethod(render_changes)
    SCREEN_HELP = ScreenHelp(
        "what moved, against the saved file or any revision",
        (("62% → 41%", "before and after"),),
    )
    BINDINGS = bindings_for("changes")

    def enter(self) -> None:
        """Compare, and show what is known."""
        self.controller.request_comparison()
        super().enter()

    def document_changed(self) -> None:
        """Compare again."""
        self.controller.request_comparison()
