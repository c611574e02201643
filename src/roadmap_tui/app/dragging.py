"""The canvas with the mouse: cards are dragged from one column to another."""

from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from roadmap_tui.app.canvas import Canvas
from roadmap_tui.app.lines import fit
from roadmap_tui.app.view import Drop

_FIRM = 2
"""Cells by which the mouse must move before it drags."""


@dataclass(frozen=True, slots=True)
class Grip:
    """What the mouse holds: an item, where it took hold of it, and whether it drags it."""

    item: str
    x: int
    y: int
    drags: bool = False


class DragCanvas(Canvas):
    """A canvas whose picture may have items that the mouse moves."""

    class Dropped(Message):
        """An item was dropped on a column."""

        def __init__(self, item: str, column: str) -> None:
            super().__init__()
            self.item = item
            self.column = column

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._grip: Grip | None = None
        self._over: Drop | None = None
        self._was_dragged = False

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Take hold of what can be moved."""
        name = self.item_at(event.x, event.y)
        self._was_dragged = False
        if event.button == 1 and name in self._picture.movable:
            self._grip = Grip(name, event.x, event.y)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Drag it, and show where it would go."""
        grip = self._grip
        if grip is None:
            return
        if not grip.drags:
            if abs(event.x - grip.x) < _FIRM and abs(event.y - grip.y) < _FIRM:
                return
            self._grip = Grip(grip.item, grip.x, grip.y, drags=True)
            self.capture_mouse()
            self.post_message(self.Chosen(self, grip.item, opened=False))
        over = next(
            (each for each in self._picture.drops if each.start <= event.x < each.end), None
        )
        if over != self._over:
            self._over = over
            self.refresh()

    def on_mouse_up(self) -> None:
        """Drop it."""
        grip, over = self._grip, self._over
        self.let_go()
        if grip is not None and grip.drags:
            self._was_dragged = True
            if over is not None:
                self.post_message(self.Dropped(grip.item, over.name))

    def on_click(self, event: events.Click) -> None:
        """Choose what was clicked, unless it was dragged."""
        if self._was_dragged:
            event.prevent_default()

    def let_go(self) -> bool:
        """Hold nothing any more; whether something was being dragged."""
        was_dragging = self._grip is not None and self._grip.drags
        self._grip, self._over = None, None
        if was_dragging:
            self.release_mouse()
            self.refresh()
        return was_dragging

    def render_line(self, y: int) -> Strip:
        """One line; the column over which something is dragged stands out."""
        strip, over = super().render_line(y), self._over
        if over is None:
            return strip
        inside = Style(bgcolor=self._look("selected").bgcolor)
        if y == self._picture.fixed - 1:
            words = fit(f"▸{over.name.upper()}: drop it here", over.end - over.start)
            column = Strip([Segment(words, self._look("tab"))])
        else:
            cells = strip.crop(over.start, over.end)
            column = Strip([Segment(text, (style or Style()) + inside) for text, style, _ in cells])
        return Strip.join([strip.crop(0, over.start), column, strip.crop(over.end)])
