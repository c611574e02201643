"""Dialogs that start a new roadmap."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.widgets.radio import RadioList, RadioOption

_SIZES = {
    "S": "S: about a week",
    "M": "M: about a month",
    "L": "L: a quarter",
    "XL": "XL: half a year or more",
}
_MOST = 200


class PlanAnswersDialog(Dialog[tuple[str, str, str]]):
    """Ask what to ship, what must work first, and how big it is."""

    def __init__(self) -> None:
        super().__init__("New roadmap", "Enter next   Esc cancel   You can change everything later")

    def ask(self) -> ComposeResult:
        """The three questions."""
        yield from self.field("Ship", "ship", "Feature to ship, for example: Draft replies")
        yield from self.field(
            "First",
            "first",
            "Model or data it needs, for example: Reply model; leave empty if none",
        )
        yield Static(Content("How much work is it for one person?"), classes="note")
        with RadioList(id="size", compact=True):
            for size, text in _SIZES.items():
                yield RadioOption(text, value=size == "M")
        yield Static("", classes="fault", id="fault", markup=False)

    def on_mount(self) -> None:
        """Focus the first question."""
        self.query_one("#ship", Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Go on to the next question."""
        self.set_focus(
            self.query_one("#first", Input)
            if event.input.id == "ship"
            else self.query_one(RadioList)
        )

    def on_radio_list_done(self) -> None:
        """Submit the answers."""
        ship, first = (
            self.query_one(f"#{name}", Input).value.strip() for name in ("ship", "first")
        )
        if ship:
            self.dismiss(
                (ship, first, list(_SIZES)[max(0, self.query_one(RadioList).pressed_index)])
            )
        else:
            self.query_one("#fault", Static).update("Enter a feature to ship.")
            self.query_one("#ship", Input).focus()


class PathDialog(Dialog[str]):
    """Ask for the path of a file."""

    def __init__(self, heading: str, label: str, placeholder: str, value: str = "") -> None:
        super().__init__(heading, "Enter save   Esc cancel")
        self._label = label
        self._placeholder = placeholder
        self._value = value

    def ask(self) -> ComposeResult:
        """The path."""
        yield from self.field(self._label, "path", self._placeholder)

    def on_mount(self) -> None:
        """Focus the path."""
        box = self.query_one(Input)
        box.value = self._value
        box.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Submit it, unless it is empty."""
        if event.value.strip():
            self.dismiss(event.value.strip())


@dataclass(frozen=True, slots=True)
class ImportSummary:
    """Summary of an import: a headline, the items, and what could not be read."""

    headline: str
    titles: tuple[str, ...]
    problems: tuple[str, ...]


class ImportDialog(Dialog[bool]):
    """Preview of an import."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "take", show=False)]

    def __init__(self, draw: ImportSummary, csv: str) -> None:
        super().__init__(f"Import {draw.headline} from {csv}?", "Enter import   Esc don't import")
        self._draw = draw

    def ask(self) -> ComposeResult:
        """The items, and what could not be read."""
        with VerticalScroll():
            for title in self._draw.titles[:_MOST]:
                yield Static(Content(title))
            if len(self._draw.titles) > _MOST:
                yield Static(Content(f"… and {len(self._draw.titles) - _MOST} more"))
            for problem in self._draw.problems[:_MOST]:
                yield Static(Content(problem), classes="fault")

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_take(self) -> None:
        """Submit."""
        self.dismiss(True)
