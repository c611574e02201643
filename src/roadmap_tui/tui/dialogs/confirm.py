"""A choice between a few options, each with its own key."""

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.dialogs.modal import Modal, Result


class ConfirmDialog(Dialog[str]):
    """Choose by a key; Esc chooses none."""

    def __init__(
        self, heading: str, text: str, ways: dict[str, str], leave: str = "Esc cancel"
    ) -> None:
        super().__init__(
            heading, "   ".join([*(f"{key} {label}" for key, label in ways.items()), leave])
        )
        self._text = text
        self._choices = ways

    def ask(self) -> ComposeResult:
        """The question."""
        yield Static(Content(self._text), classes="note")

    def on_key(self, event: events.Key) -> None:
        """Submit the option of the key."""
        if event.character in self._choices:
            event.stop()
            self.dismiss(event.character)


def confirm_discard(dialog: Modal[Result], keep: Callable[[], object]) -> None:
    """Ask whether what was typed in a dialog is kept or discarded, which closes it.

    Args:
        dialog: where it was typed.
        keep: keeps it, and closes the dialog.
    """

    def act(way: str | None) -> None:
        if way == "k":
            keep()
        elif way == "d":
            dialog.dismiss(None)

    ways = {"k": "keep it", "d": "Discard"}
    text = "Your changes in this form are not in the plan yet."
    dialog.app.push_screen(
        ConfirmDialog("Keep your changes?", text, ways, "Esc continue editing"), act
    )
