"""What a session that crashed left over."""

from collections.abc import Iterator
from difflib import unified_diff

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.app.dialogs.confirm import Choose
from roadmap_tui.files.display import printable
from roadmap_tui.files.journal import Leftover
from roadmap_tui.report.words import date

_STYLES = {"+": "$good", "-": "$bad", "@": "$recede"}
_MOST_STEPS = 8


class RecoverDialog(Choose):
    """Take unsaved work in, or discard it; Esc keeps it for the next time."""

    DEFAULT_CSS = """
    RecoverDialog {
        & > .frame { width: 96; }
        & VerticalScroll { height: auto; margin-top: 1; scrollbar-size-vertical: 1; }
        & .diff { width: 1fr; height: auto; }
    }
    """

    def __init__(self, left: Leftover) -> None:
        count = len(left.steps)
        steps = [printable(each.what) for each in left.steps[-_MOST_STEPS:]]
        more = f"{count - len(steps)} more, then " if count > len(steps) else ""
        text = f"From {date(left.when.date())}, {left.when:%H:%M}: {more}{', '.join(steps)}."
        super().__init__(
            "Work was not saved", text, {"r": "recover it", "d": "discard it"}, leave="Esc later"
        )
        self._left = left

    def ask(self) -> ComposeResult:
        """What it changes, line by line."""
        yield from super().ask()
        with VerticalScroll():
            yield Static(Content("\n").join(_diff(self._left)), classes="diff")


def _diff(left: Leftover) -> Iterator[Content]:
    lines = unified_diff(left.base.split("\n"), left.steps[-1].text.split("\n"), lineterm="", n=1)
    for line in list(lines)[3:]:
        sign = line[0]
        shown = printable(line.removesuffix("\r")) if sign != "@" else ""
        yield Content.styled(shown, _STYLES.get(sign, ""))
