"""Merge own changes with changes of others to the file."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.merge import MergeResult, merge_documents
from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.three_way import MergeChange, MergeSide
from roadmap_tui.plan.faults import KeyPath, format_path
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.base_app import LOW
from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.views.lines import Line, StyledSpan, fit_cells, truncate
from roadmap_tui.tui.views.view_model import build_view
from roadmap_tui.tui.widgets.canvas import Canvas

_KEYS = "↑ ↓ move   m mine   t theirs   Enter apply   Esc later"
_MARK = 2
_CHROME, _CHROME_LOW = 14, 8
"""Lines around the list, without the note and the keys."""
_FOUR_COLUMNS, _RESULT = 50, 14
"""Width that shows all four columns, and width of the result in a narrower one."""


class MergeDialog(Dialog[MergeResult]):
    """Every key that a side changed, with its result; conflicts are resolved one by one."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "step(-1)", show=False, priority=True),
        Binding("down,j", "step(1)", show=False, priority=True),
        Binding("m", "choose('ours')", show=False),
        Binding("t", "choose('theirs')", show=False),
        Binding("enter", "apply", show=False),
    ]
    DEFAULT_CSS = """
    MergeDialog {
        & > .frame { width: 120; }
        & Canvas { background: $surface; margin-top: 1; }
        & #head { height: 1; }
        & #whole { height: 4; }
        &.-low Canvas { margin-top: 0; }
        &.-low #head { display: none; }
    }
    """

    def __init__(
        self, base: Document, mine: Document, theirs: Document, merged: MergeResult
    ) -> None:
        super().__init__("The file changed on disk", _KEYS)
        self._sides = base, mine, theirs
        self._merged = merged
        self._conflicts = {each.path for each in merged.conflicts}
        self._choices: dict[KeyPath, MergeSide] = {}
        self._at = next((at for at, each in enumerate(merged.changes) if each.conflict), 0)

    def ask(self) -> ComposeResult:
        """The changed keys, and the selected one in full."""
        yield Static("", classes="note", id="note", markup=False)
        yield Canvas("head", focusable=False)
        yield Canvas("changes")
        yield Canvas("whole", focusable=False)
        yield Static("", classes="fault", id="fault", markup=False)

    def on_mount(self) -> None:
        """Focus the list."""
        self.query_one("#changes", Canvas).focus()
        self._draw()

    def on_canvas_resized(self) -> None:
        """Draw at the new size."""
        self._draw()

    def on_canvas_chosen(self, event: Canvas.Chosen) -> None:
        """Select the clicked line."""
        self._at = int(event.item)
        self._draw()

    def action_step(self, by: int) -> None:
        """Select another line."""
        self._at = max(0, min(len(self._merged.changes) - 1, self._at + by))
        self._draw()

    def action_choose(self, side: MergeSide) -> None:
        """Resolve the selected conflict with a side, and go to the next one."""
        change = self._merged.changes[self._at]
        if change.path not in self._conflicts:
            self._show_message("Only one side changed this; it is merged.")
            return
        self._choices[change.path] = side
        left = self._open_conflicts()
        self._at = left[0] if left else self._at
        self._show_message("")
        self._draw()

    def action_apply(self) -> None:
        """Submit the merged document, if all conflicts are resolved."""
        left = self._open_conflicts()
        if left:
            self._at = left[0]
            self._draw()
            self._show_message(f"{len(left)} still to choose: press m for mine, t for theirs")
            return
        merged = merge_documents(*self._sides, self._choices) if self._choices else self._merged
        if isinstance(merged, EditRejected):
            self._show_message(merged.text)
        elif merged.conflicts:
            self._conflicts |= {each.path for each in merged.conflicts}
            self._merged = merged
            self._show_message("These don't work together. Choose here too.")
            self._draw()
        else:
            self.dismiss(merged)

    def _open_conflicts(self) -> list[int]:
        """The lines of unresolved conflicts, from the selected one on."""
        changes = self._merged.changes
        open_ = [
            at for at, each in enumerate(changes) if each.path in self._conflicts - {*self._choices}
        ]
        return [at for at in open_ if at >= self._at] + [at for at in open_ if at < self._at]

    def _show_message(self, text: str) -> None:
        self.query_one("#fault", Static).update(Content(text))

    def _draw(self) -> None:
        canvas = self.query_one("#changes", Canvas)
        changes = self._merged.changes
        cells = canvas.draw_width
        theirs = sum(not _equal(each.base, each.theirs) for each in changes)
        mine = sum(not _equal(each.base, each.ours) for each in changes)
        counts = f"{theirs} changed by others, {mine} here, {len(self._open_conflicts())} to choose"
        note = Content(f"{counts} · Nothing is saved until you save.")
        self.query_one("#note", Static).update(note)
        chrome = _CHROME_LOW if self.app.size.height < LOW else _CHROME
        wrapped = sum(text.get_height({}, max(1, cells)) for text in (note, Content(_KEYS)))
        room = self.app.size.height - chrome - wrapped
        canvas.styles.height = max(1, min(len(changes), room))
        head = _row(("", "theirs", "mine", "result"), "dim", cells)
        self.query_one("#head", Canvas).show(build_view([head], (), cells), None)
        lines = [self._line(at, each, cells) for at, each in enumerate(changes)]
        canvas.show(
            build_view(lines, ((str(at),) for at in range(len(lines))), cells), str(self._at)
        )
        if changes:
            whole = _full_change(changes[self._at], self._result(changes[self._at]), cells)
        else:
            whole = ()
        self.query_one("#whole", Canvas).show(build_view(whole, (), cells), None)

    def _line(self, at: int, change: MergeChange, cells: int) -> Line:
        is_open = change.path in self._conflicts and change.path not in self._choices
        mark = "? " if is_open else "  "
        if change.path in self._choices:
            mark = "✓ "
        words = (
            mark + escape_control(format_path(change.path)),
            _format(change.theirs),
            _format(change.ours),
            self._result(change),
        )
        return _row(words, "warn" if is_open else "", cells, str(at))

    def _result(self, change: MergeChange) -> str:
        if change.path not in self._conflicts:
            return _format(change.result)
        match self._choices.get(change.path):
            case "ours":
                return _format(change.ours)
            case "theirs":
                return _format(change.theirs)
            case _:
                return "m or t?"


def _row(words: tuple[str, str, str, str], style: str, cells: int, item: str | None = None) -> Line:
    """A change in four columns; in a narrow list only its key and its result."""
    if cells < _FOUR_COLUMNS:
        return (
            StyledSpan(
                f"{fit_cells(words[0], cells - _RESULT - _MARK)}  {fit_cells(words[3], _RESULT)}",
                style,
                item,
            ),
        )
    share = max(8, (cells - 3 * _MARK) // 5)
    widths = cells - 3 * (share + _MARK), share, share, share
    return (
        StyledSpan(
            "  ".join(fit_cells(word, room) for word, room in zip(words, widths, strict=True)),
            style,
            item,
        ),
    )


def _full_change(change: MergeChange, result: str, cells: int) -> tuple[Line, ...]:
    """One change over the full width."""
    rows = (
        ("was", _format(change.base)),
        ("theirs", _format(change.theirs)),
        ("mine", _format(change.ours)),
        ("result", result),
    )
    return tuple(
        (StyledSpan(fit_cells(label, 8), "dim"), StyledSpan(truncate(text, cells - 8)))
        for label, text in rows
    )


def _format(value: object) -> str:
    return "(not set)" if value is None else escape_control(serialize_value(value))


def _equal(one: object, other: object) -> bool:
    return _format(one) == _format(other)
