"""Dialogs to fix a finding, and to ignore a check."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.forms.field_values import unescape

_QUARTER = dt.timedelta(days=91)
_STYLES = {"+": "$good", "-": "$bad"}


class FixDialog(Dialog[bool]):
    """Preview of the lines of the file that a fix changes."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter", "fix", "do it", show=False)]

    def __init__(self, what: str, lines: tuple[str, ...]) -> None:
        super().__init__(what, "Enter fix   Esc cancel   u undo afterwards")
        self._lines = lines

    def ask(self) -> ComposeResult:
        """The removed (-) and the added (+) lines."""
        with VerticalScroll():
            for line in self._lines:
                yield Static(Content.styled(line, _STYLES.get(line[:1], "")))

    def on_mount(self) -> None:
        """Let the arrow keys scroll."""
        self.query_one(VerticalScroll).focus()

    def action_fix(self) -> None:
        """Submit."""
        self.dismiss(True)


@dataclass(frozen=True, slots=True)
class IgnoreRequest:
    """Why a check is ignored, and until when; None is for good."""

    why: str
    until: dt.date | None


class IgnoreDialog(Dialog[IgnoreRequest]):
    """Ask for a reason, and for the day from which the check applies again."""

    def __init__(self, heading: str, as_of: dt.date) -> None:
        super().__init__(heading, "Enter save   Tab next   Esc cancel")
        self._until = (as_of + _QUARTER).isoformat()

    def ask(self) -> ComposeResult:
        """The reason and the day."""
        yield from self.field(
            "Why", "why", "Why this is right here. It is saved with the item.", is_long=True
        )
        yield from self.field(
            "Until", "until", "Date on which the check applies again; empty for never"
        )
        yield Static("", classes="fault", id="fault", markup=False)

    def on_mount(self) -> None:
        """Focus the reason."""
        self.query_one("#until", Input).value = self._until
        self.query_one("#why", Input).focus()

    def on_input_submitted(self) -> None:
        """Submit, or show what is missing."""
        why = unescape(self.query_one("#why", Input).value.strip())
        text = self.query_one("#until", Input).value.strip()
        try:
            until = dt.date.fromisoformat(text) if text else None
        except ValueError:
            self._say(f"{text} is no day; write one such as {self._until}")
            return
        if why:
            self.dismiss(IgnoreRequest(why, until))
        else:
            self._say("Give a reason. Ignoring a check without one is a finding too.")

    def _say(self, text: str) -> None:
        self.query_one("#fault", Static).update(Content(text))
