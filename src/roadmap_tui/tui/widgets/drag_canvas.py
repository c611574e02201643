"""Canvas whose items can be dragged with the mouse from column to column."""

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from roadmap_tui.tui.views.lines import fit_cells
from roadmap_tui.tui.views.view_model import DropZone
from roadmap_tui.tui.widgets.canvas import Canvas

_FIRM = 2
"""Cells that the mouse must move before a drag starts."""


@dataclass(frozen=True, slots=True)
class DragState:
    """A pressed mouse button: the item under it, where, and whether it is dragged yet."""

    item: str
    x: int
    y: int
    is_dragging: bool = False


class DragCanvas(Canvas):
    """A canvas with draggable items."""

    class Dropped(Message):
        """An item was dropped on a column."""

        def __init__(self, item: str, column: str) -> None:
            super().__init__()
            self.item = item
            self.column = column

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._drag: DragState | None = None
        self._target: DropZone | None = None
        self._was_dragged = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember the item under the mouse."""
        name = self.item_at(event.x, event.y)
        self._was_dragged = False
        if event.button == 1 and name in self._view.movable:
            self._drag = DragState(name, event.x, event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag it, and highlight the column under the mouse."""
        grip = self._drag
        if grip is None:
            return
        if not grip.is_dragging:
            if abs(event.x - grip.x) < _FIRM and abs(event.y - grip.y) < _FIRM:
                return
            self._drag = DragState(grip.item, grip.x, grip.y, is_dragging=True)
            self.capture_mouse()
            self.post_message(self.Chosen(self, grip.item, opened=False))
        over = next(
            (each for each in self._view.drop_zones if each.start <= event.x < each.end), None
        )
        if over != self._target:
            self._target = over
            self.refresh()

    def on_mouse_up(self) -> None:
        """Drop it."""
        grip, over = self._drag, self._target
        self.cancel_drag()
        if grip is not None and grip.is_dragging:
            self._was_dragged = True
            if over is not None:
                self.post_message(self.Dropped(grip.item, over.name))

    def on_click(self, event: events.Click) -> None:
        """Ignore the click that ends a drag."""
        if self._was_dragged:
            event.prevent_default()

    def cancel_drag(self) -> bool:
        """Cancel the drag; whether there was one."""
        was_dragging = self._drag is not None and self._drag.is_dragging
        self._drag, self._target = None, None
        if was_dragging:
            self.release_mouse()
            self.refresh()
        return was_dragging

    def render_line(self, y: int) -> Strip:
        """One line; the target column of a drag stands out."""
        strip, over = super().render_line(y), self._target
        if over is None:
            return strip
        inside = Style(bgcolor=self._style("selected").bgcolor)
        if y == self._view.fixed_lines - 1:
            words = fit_cells(f"▸{over.name.upper()}: drop it here", over.end - over.start)
            column = Strip([Segment(words, self._style("tab"))])
        else:
            cells = strip.crop(over.start, over.end)
            column = Strip([Segment(text, (style or Style()) + inside) for text, style, _ in cells])
        return Strip.join([strip.crop(0, over.start), column, strip.crop(over.end)])
