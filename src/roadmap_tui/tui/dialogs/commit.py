"""Commit dialog."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static, TextArea

from roadmap_tui.history.commit import CommitTarget
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.widgets.text_entry import MultilineEntry


class CommitDialog(Dialog[str]):
    """Edit the message of a commit."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "done", "commit", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    CommitDialog {
        & > .frame { width: 84; }
        & TextArea { height: 12; max-height: 50vh; margin-top: 1; padding: 0; }
        & TextArea, & TextArea:focus { border: none; }
    }
    """

    def __init__(self, place: CommitTarget, text: str) -> None:
        where = f" to {escape_control(place.branch)}" if place.branch else ", on no branch"
        super().__init__(
            f"Commit {escape_control(place.repo.path)}{where}", "^S commit   Esc cancel"
        )
        self._text = text

    def ask(self) -> ComposeResult:
        """The message."""
        yield MultilineEntry(self._text, soft_wrap=True, show_line_numbers=False)
        yield Static(
            Content("Commits this file only. Git hooks run as usual."),
            classes="note",
        )
        yield Static("", classes="fault", id="fault", markup=False)

    def on_mount(self) -> None:
        """Focus the message."""
        self.query_one(TextArea).focus()

    def action_done(self) -> None:
        """Submit the message, unless it is empty."""
        text = self.query_one(TextArea).text
        if text.strip():
            self.dismiss(text)
        else:
            self.query_one("#fault", Static).update(Content("Describe what changed."))
