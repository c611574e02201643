"""Base of dialogs."""

from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.tui.dialogs.modal import Modal
from roadmap_tui.tui.widgets.text_entry import TextEntry

Result = TypeVar("Result")


class Dialog(Modal[Result]):
    """A framed dialog over the screen; Esc closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", "cancel", show=False)]
    DEFAULT_CSS = """
    Dialog {
        align: center middle;
        & > .frame {
            width: 72;
            max-width: 96%;
            height: auto;
            max-height: 96%;
            overflow-y: auto;
            scrollbar-size-vertical: 1;
            padding: 0 2;
            background: $surface;
            border: round $primary;
        }
        & .heading { text-style: bold; width: 1fr; height: auto; }
        & .note { color: $recede; width: 1fr; height: auto; }
        & .fault { color: $bad; width: 1fr; height: auto; }
        & .row { height: 1; width: 1fr; margin-top: 1; }
        & .row > .label { width: 9; height: 1; color: $recede; }
        & .row > Input { width: 1fr; }
        & .under { color: $recede; width: 1fr; height: auto; padding-left: 9; }
        & .under.-fault { color: $bad; }
        & .under.-empty { display: none; }
        & RadioSet { margin-top: 1; border: none; height: auto; padding: 0; background: $surface; }
        & .keys { margin-top: 1; color: $recede; width: 1fr; height: auto; }
        &.-low > .frame { max-height: 100%; padding: 0 1; }
        &.-low .row, &.-low RadioSet, &.-low .keys { margin-top: 0; }
    }
    """

    CHROME_LINES: ClassVar[int] = 7
    """Lines of the screen around the part that scrolls."""

    def __init__(self, heading: str, keys: str) -> None:
        super().__init__()
        self._heading = heading
        self._keys = keys

    def compose(self) -> ComposeResult:
        """The heading, the body, and the keys."""
        with Vertical(classes="frame"):
            yield Static(Content(self._heading), classes="heading")
            yield from self.ask()
            yield Static(Content(self._keys), classes="keys")

    def field(
        self, label: str, name: str, placeholder: str, *, is_long: bool = False
    ) -> ComposeResult:
        """A labelled input with a hidden note below; `is_long` for texts of several lines."""
        with Horizontal(classes="row"):
            yield Static(Content(label), classes="label")
            yield TextEntry(hint=placeholder, name=name, is_long=is_long)
        yield Static("", classes="under -empty", id=f"{name}-note", markup=False)

    def show_under(self, name: str, text: str, *, is_fault: bool = False) -> None:
        """Show a fault or a note under an input; nothing if it is empty."""
        note = self.query_one(f"#{name}-note", Static)
        note.update(Content(text))
        note.set_class(not text, "-empty")
        note.set_class(is_fault, "-fault")

    def ask(self) -> ComposeResult:
        """The widgets of the body."""
        yield from ()

    def on_resize(self) -> None:
        """Fit the part that scrolls to the screen."""
        for part in self.query(VerticalScroll):
            part.styles.max_height = max(3, self.app.size.height - self.CHROME_LINES)

    def action_leave(self) -> None:
        """Close without a result."""
        self.dismiss(None)
