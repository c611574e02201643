"""The lines of a table in the file, to edit in place."""

import re
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.document.blocks import Excerpt, replace_excerpt, table_excerpt
from roadmap_tui.document.document import Document, LocatedFault
from roadmap_tui.document.edits import Edit, EditRejected, ReplaceSource
from roadmap_tui.document.reader import read_document
from roadmap_tui.plan.faults import KeyPath, format_path
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.base_app import LOW
from roadmap_tui.tui.dialogs.confirm import confirm_discard
from roadmap_tui.tui.dialogs.modal import Modal
from roadmap_tui.tui.edit_history import edit_plan
from roadmap_tui.tui.screens.session_screen import rejection_text
from roadmap_tui.tui.terminal.external_editor import edit_externally
from roadmap_tui.tui.themes import theme_colours
from roadmap_tui.tui.widgets.text_entry import MultilineEntry

IN_BROWSER = "A page in a browser can't open an editor. Type here instead."
_CHROME_LINES, _LEAST = 9, 4
"""Lines around the text, on high and on low screens."""
_TOKEN = re.compile(
    r"""
    (?P<comment>\#.*)
    | (?P<header>^\s*\[[^\n]*?\](?=\s*(?:\#|$)))
    | (?P<text>"(?:[^"\\]|\\.)*"?|'[^']*'?)
    | (?P<key>[A-Za-z0-9_-]+(?=[\w.\s-]*=))
    | (?P<number>\b\d[\d:._-]*|\btrue\b|\bfalse\b)
    """,
    re.VERBOSE,
)


class TomlEditor(MultilineEntry):
    """TOML editor with highlighting."""

    def get_line(self, line_index: int) -> Text:
        """A highlighted line."""
        line = super().get_line(line_index)
        ours = theme_colours(self.app.current_theme, self.app.theme_variables)
        looks = {
            "comment": Style(italic=True),
            "header": Style(bold=True, color=ours["product"]),
            "text": Style(color=ours["model"]),
            "key": Style(),
            "number": Style(color=ours["spike"]),
        }
        for token in _TOKEN.finditer(line.plain):
            line.stylize(looks[token.lastgroup or "key"], *token.span())
        return line


class SourceDialog(Modal[tuple[Edit, ...] | None]):
    """Edit the lines of a table; the result is the edit, None without one.

    Attributes:
        starts_in_editor: whether the text is opened in an external editor first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", show=False, priority=True),
        Binding("ctrl+s,f2", "keep", show=False, priority=True),
        Binding("ctrl+e,f4", "outside", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    SourceDialog {
        align: center middle;
        & > .frame {
            width: 110; max-width: 98%; height: auto; max-height: 100%;
            padding: 0 1; background: $surface; border: round $primary;
        }
        & .heading {
            text-style: bold; height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis;
        }
        & TextArea {
            height: auto; min-height: 3; border: none; padding: 0; background: $surface;
            scrollbar-size: 1 1; scrollbar-background: $surface; scrollbar-corner-color: $surface;
        }
        & .fault { color: $bad; height: 3; width: 1fr; margin-top: 1; }
        & .keys { height: 1; color: $recede; }
        &.-low > .frame { border: none; width: 100%; max-width: 100%; height: 100%; }
        &.-low .fault { height: 2; margin-top: 0; }
    }
    """

    def __init__(
        self, document: Document, place: KeyPath, lines: Excerpt, heading: str, *, is_guest: bool
    ) -> None:
        super().__init__()
        self._document = document
        self._place = place
        self._lines = lines
        self._heading = heading
        self._is_guest = is_guest
        self.starts_in_editor = False

    def compose(self) -> ComposeResult:
        """The lines, their faults, the keys."""
        with Vertical(classes="frame"):
            yield Static(Content(self._heading), classes="heading")
            yield TomlEditor(
                self._lines.text,
                id="source",
                soft_wrap=False,
                show_line_numbers=self._lines.is_contiguous,
                line_number_start=self._lines.numbers[0] + 1,
                compact=True,
                tab_behavior="focus",
                highlight_cursor_line=False,
            )
            yield Static("", classes="fault", markup=False)
            yield Static("^S save   ^E in $EDITOR   Esc back", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Focus the text; open the external editor if wanted."""
        self._area.focus()
        if self.starts_in_editor:
            self.call_after_refresh(self.action_outside)

    def on_resize(self) -> None:
        """Fit the text to the screen."""
        lines = self.app.size.height
        self._area.styles.max_height = max(3, lines - (_LEAST if lines < LOW else _CHROME_LINES))

    @property
    def _area(self) -> TomlEditor:
        return self.query_one(TomlEditor)

    @property
    def _edit(self) -> ReplaceSource:
        return ReplaceSource(self._place, self._area.text)

    def on_text_area_changed(self) -> None:
        """Show the faults of the text."""
        self._show_problem(self._problem())

    def _problem(self) -> str:
        fault = self._fault()
        if fault is not None:
            if self._lines.is_contiguous:
                line = ""
            else:
                line = f": {escape_control(fault.source_line.strip())}"
            text = escape_control(fault.fault.text)
            return f"line {fault.line}, column {fault.column}: {text}{line}"
        after = edit_plan(self._document, self._edit)
        return rejection_text(after) if isinstance(after, EditRejected) else ""

    def _fault(self) -> LocatedFault | None:
        """The first fault of the file that the edit introduced."""
        text = replace_excerpt(self._document.text, self._lines, self._area.text)
        after = read_document(text.encode(), self._document.name)
        known = {fault for fault, _ in self._document.unlocated_faults}
        new = [each for each in after.faults if each.fault not in known]
        return min(new, key=lambda each: not each.fault.fatal, default=None)

    def _show_problem(self, problem: str) -> None:
        self.query_one(".fault", Static).update(Content(problem))

    def action_keep(self) -> None:
        """Submit the edit, or go to its fault."""
        after = edit_plan(self._document, self._edit)
        if not isinstance(after, EditRejected):
            self.dismiss((self._edit,) if self._area.text != self._lines.text else None)
            return
        fault = self._fault()
        self._show_problem(self._problem())
        if fault is not None and self._lines.is_contiguous:
            row = max(
                0, min(self._area.document.line_count - 1, fault.line - 1 - self._lines.numbers[0])
            )
            self._area.move_cursor(
                (row, min(fault.column - 1, len(self._area.document.get_line(row))))
            )
        self.app.bell()

    def action_outside(self) -> None:
        """Edit the text in an external editor."""
        if self._is_guest:
            self._show_problem(IN_BROWSER)
            return
        text = edit_externally(self.app, self._area.text + "\n", ".toml")
        if isinstance(text, EditRejected):
            self._show_problem(rejection_text(text))
        else:
            self._area.text = text.removesuffix("\n")

    def action_leave(self) -> None:
        """Close without an edit; ask first if the text was changed."""
        if self._area.text == self._lines.text:
            self.dismiss(None)
            return
        confirm_discard(self, self.action_keep)


def open_source(document: Document, place: KeyPath, *, is_guest: bool) -> SourceDialog | None:
    """The dialog for a table of a document; None if it has no lines of its own."""
    lines = table_excerpt(document.text, place)
    if lines is None:
        return None
    heading = (
        f"{escape_control(format_path(place))}   as it stands in {escape_control(document.name)}"
    )
    return SourceDialog(document, place, lines, heading, is_guest=is_guest)
