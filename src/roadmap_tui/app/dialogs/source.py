"""The lines of a table as the file has them, to be changed in their place."""

import re
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.app.dialogs.confirm import keep_typed
from roadmap_tui.app.dialogs.modal import Modal
from roadmap_tui.app.dressed import LOW
from roadmap_tui.app.entry import Area
from roadmap_tui.app.outside import edit_outside
from roadmap_tui.app.planning import told
from roadmap_tui.app.session import edited
from roadmap_tui.app.themes import colours
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document, LocatedFault
from roadmap_tui.files.edits import Edit, Refusal, Rewrite
from roadmap_tui.files.excerpt import Excerpt, excerpt, with_lines
from roadmap_tui.files.reader import read
from roadmap_tui.plan.faults import KeyPath, spell_path

IN_BROWSER = "no editor can be opened from a browser: type it here"
_AROUND, _LEAST = 9, 3
"""Lines round the text, and where there is hardly room for any."""
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


class TomlArea(Area):
    """A text to edit, its headers, texts, numbers and comments told apart."""

    def get_line(self, line_index: int) -> Text:
        """A line in its colours."""
        line = super().get_line(line_index)
        ours = colours(self.app.current_theme, self.app.theme_variables)
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
    """The lines of a table; its result is the edit that changes them, None if nothing is kept.

    Attributes:
        begins_outside: whether they are shown in an editor first.
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
        & .heading { text-style: bold; height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
        & TextArea {
            height: auto; min-height: 3; border: none; padding: 0; background: $surface;
            scrollbar-size: 1 1; scrollbar-background: $surface; scrollbar-corner-color: $surface;
        }
        & .fault { color: $bad; height: 3; width: 1fr; margin-top: 1; }
        & .keys { height: 1; color: $recede; }
        &.-low > .frame { border: none; width: 100%; max-width: 100%; height: 100%; }
        &.-low .fault { height: 1; margin-top: 0; }
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
        self.begins_outside = False

    def compose(self) -> ComposeResult:
        """The lines, what is wrong with them, the keys."""
        with Vertical(classes="frame"):
            yield Static(Content(self._heading), classes="heading")
            yield TomlArea(
                self._lines.text,
                id="source",
                soft_wrap=False,
                show_line_numbers=self._lines.is_whole,
                line_number_start=self._lines.numbers[0] + 1,
                compact=True,
                tab_behavior="focus",
                highlight_cursor_line=False,
            )
            yield Static("", classes="fault", markup=False)
            yield Static("^S keep   ^E in $EDITOR   Esc back", classes="keys", markup=False)

    def on_mount(self) -> None:
        """Begin typing, here or in an editor."""
        self._area.focus()
        if self.begins_outside:
            self.call_after_refresh(self.action_outside)

    def on_resize(self) -> None:
        """Leave room for the frame, the faults and the keys."""
        lines = self.app.size.height
        self._area.styles.max_height = max(3, lines - (_LEAST if lines < LOW else _AROUND))

    @property
    def _area(self) -> TomlArea:
        return self.query_one(TomlArea)

    @property
    def _edit(self) -> Rewrite:
        return Rewrite(self._place, self._area.text)

    def on_text_area_changed(self) -> None:
        """Say what is wrong with it as it is now."""
        self._tell(self._problem())

    def _problem(self) -> str:
        fault = self._fault()
        if fault is not None:
            line = "" if self._lines.is_whole else f": {printable(fault.source_line.strip())}"
            return f"line {fault.line}, column {fault.column}: {printable(fault.fault.text)}{line}"
        after = edited(self._document, self._edit)
        return told(after) if isinstance(after, Refusal) else ""

    def _fault(self) -> LocatedFault | None:
        """The first thing that is wrong with the file only since the lines were changed."""
        text = with_lines(self._document.text, self._lines, self._area.text)
        after = read(text.encode(), self._document.name)
        known = {fault for fault, _ in self._document.found}
        new = [each for each in after.faults if each.fault not in known]
        return min(new, key=lambda each: not each.fault.fatal, default=None)

    def _tell(self, problem: str) -> None:
        self.query_one(".fault", Static).update(Content(problem))

    def action_keep(self) -> None:
        """Give the edit back; go to what is wrong, if something is."""
        after = edited(self._document, self._edit)
        if not isinstance(after, Refusal):
            self.dismiss((self._edit,) if self._area.text != self._lines.text else None)
            return
        fault = self._fault()
        self._tell(self._problem())
        if fault is not None and self._lines.is_whole:
            row = max(
                0, min(self._area.document.line_count - 1, fault.line - 1 - self._lines.numbers[0])
            )
            self._area.move_cursor(
                (row, min(fault.column - 1, len(self._area.document.get_line(row))))
            )
        self.app.bell()

    def action_outside(self) -> None:
        """Go on in an editor."""
        if self._is_guest:
            self._tell(IN_BROWSER)
            return
        text = edit_outside(self.app, self._area.text + "\n", ".toml")
        if isinstance(text, Refusal):
            self._tell(told(text))
        else:
            self._area.text = text.removesuffix("\n")

    def action_leave(self) -> None:
        """Go back without keeping anything; ask first if something was changed."""
        if self._area.text == self._lines.text:
            self.dismiss(None)
            return
        self.app.push_screen(keep_typed(), self._decided)

    def _decided(self, way: str | None) -> None:
        if way == "k":
            self.action_keep()
        elif way == "d":
            self.dismiss(None)


def source_of(document: Document, place: KeyPath, *, is_guest: bool) -> SourceDialog | None:
    """The lines of a table of a document; None if it has none of its own."""
    lines = excerpt(document.text, place)
    if lines is None:
        return None
    heading = f"{printable(spell_path(place))}   as it stands in {printable(document.name)}"
    return SourceDialog(document, place, lines, heading, is_guest=is_guest)
