"""A choice between a few options, each with its own key."""

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.tui.dialogs.dialog import Dialog


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


def confirm_discard() -> ConfirmDialog:
    """Ask whether typed text is kept or discarded."""
    ways = {"k": "keep it", "d": "discard it"}
    return ConfirmDialog(
        "Keep what you typed?", "It is not in the plan yet.", ways, "Esc go on typing"
    )
