"""The board's own ways: cards that open in their place, cards that the mouse moves, news since the last review."""

from roadmap_tui.app import changes
from roadmap_tui.app.dragging import DragCanvas
from roadmap_tui.app.lookback import Lookback
from roadmap_tui.app.trying import Trying


class Boarding(Trying):
    """What people do on the board."""

    def on_lookback_done(self, event: Lookback.Done) -> None:
        """Show what moved since the last review, if it is still of what is there."""
        if event.since.document is self.session.document:
            self.session.since = event.since
            self.redraw()

    def on_drag_canvas_dropped(self, event: DragCanvas.Dropped) -> None:
        """Pin a card to the column it was dropped on."""
        self.session.selected = event.item
        if chosen := self.selected():
            name, scene = chosen
            edits = changes.move_to(scene.plan, name, scene.item(name).bucket, event.column)
            if edits:
                self.change(f"moved {self.title_of(name)} to {event.column}", edits)

    def open_in_place(self, name: str) -> None:
        """Open a card in its place, or close it again."""
        session = self.session
        session.opened = None if session.opened == name else name
        self.redraw()

    def shut(self) -> bool:
        """Let go of what is dragged, or close the card that is open; whether there was anything."""
        if self.query_one("#screen", DragCanvas).let_go():
            return True
        was_open, self.session.opened = self.session.opened is not None and self.view == "board", None
        if was_open:
            self.redraw()
        return was_open
