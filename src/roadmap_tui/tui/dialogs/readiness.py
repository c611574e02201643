"""Readiness of one item in full."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.views.readiness_item import readiness_lines
from roadmap_tui.tui.widgets.canvas import Canvas


class ReadinessDialog(Dialog[str]):
    """Charts and sentences on an item's readiness; the result is the next action."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("e", "go('edit')", "edit", show=False),
        Binding("m", "go('measure')", "measure", show=False),
    ]
    DEFAULT_CSS = """
    ReadinessDialog {
        & > .frame { width: 110; }
        & VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
        & Canvas { background: $surface; height: 3; width: 1fr; }
    }
    """

    def __init__(self, readiness: Readiness, name: str) -> None:
        super().__init__(readiness.title(name), "m measure   e edit   ↑ ↓ scroll   Esc close")
        self._readiness = readiness
        self._item = name

    def ask(self) -> ComposeResult:
        """The charts."""
        with VerticalScroll():
            yield Canvas("readiness", focusable=False)

    def on_canvas_resized(self) -> None:
        """Draw at the new width."""
        for canvas in self.query(Canvas):
            canvas.show_lines(
                tuple(readiness_lines(self._readiness, self._item, canvas.draw_width))
            )

    def action_go(self, what: str) -> None:
        """Close with the next action."""
        self.dismiss(what)
