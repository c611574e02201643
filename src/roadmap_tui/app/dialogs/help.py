"""Keys and words."""

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.app.actions import ACTIONS
from roadmap_tui.app.dialogs.base import Dialog
from roadmap_tui.app.glossary import GLOSSARY
from roadmap_tui.app.keymap import Keymap
from roadmap_tui.app.lines import fit


class HelpDialog(Dialog[None]):
    """Every key, and what the words mean."""

    DEFAULT_CSS = """
    HelpDialog {
        & > .frame { width: 90; }
        & VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
        & .words { width: 1fr; height: auto; }
    }
    """

    def __init__(self, keymap: Keymap) -> None:
        super().__init__("Keys and words", "Esc close   ↑ ↓ scroll")
        self._keymap = keymap

    def ask(self) -> ComposeResult:
        """Two lists."""
        with VerticalScroll():
            yield Static(
                _table([(self._keymap.shown(action.name), action.help) for action in ACTIONS], 8), classes="words"
            )
            yield Static(Content("\n← → ↑ ↓ or h j k l choose an item; a double click opens it\n"), classes="words")
            yield Static(_table(list(GLOSSARY), 20), classes="words")


def _table(rows: list[tuple[str, str]], cells: int) -> Content:
    lines = [Content.assemble((fit(left, cells), "bold"), right) for left, right in rows]
    return Content("\n").join(lines)
