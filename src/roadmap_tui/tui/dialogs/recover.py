"""Recovery of unsaved work after a crash."""

from collections.abc import Iterator
from difflib import unified_diff

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.storage.journal import UnsavedSession
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog

_STYLES = {"+": "$good", "-": "$bad", "@": "$recede"}
_MOST_STEPS = 8


class RecoverDialog(ConfirmDialog):
    """Recover unsaved work, or discard it; Esc keeps it for the next time."""

    DEFAULT_CSS = """
    RecoverDialog {
        & > .frame { width: 96; }
        & VerticalScroll { height: auto; margin-top: 1; scrollbar-size-vertical: 1; }
        & .diff { width: 1fr; height: auto; }
    }
    """

    def __init__(self, left: UnsavedSession) -> None:
        count = len(left.entries)
        steps = [escape_control(each.action) for each in left.entries[-_MOST_STEPS:]]
        more = f"{count - len(steps)} more, then " if count > len(steps) else ""
        day = format_date(left.modified_at.date())
        text = f"From {day}, {left.modified_at:%H:%M}: {more}{', '.join(steps)}."
        super().__init__(
            "Unsaved changes found", text, {"r": "Recover", "d": "Discard"}, leave="Esc later"
        )
        self._unsaved = left

    def ask(self) -> ComposeResult:
        """The lines that it changes."""
        yield from super().ask()
        with VerticalScroll():
            yield Static(Content("\n").join(_diff(self._unsaved)), classes="diff")


def _diff(left: UnsavedSession) -> Iterator[Content]:
    lines = unified_diff(left.base.split("\n"), left.entries[-1].text.split("\n"), lineterm="", n=1)
    for line in list(lines)[3:]:
        sign = line[0]
        shown = escape_control(line.removesuffix("\r")) if sign != "@" else ""
        yield Content.styled(shown, _STYLES.get(sign, ""))
