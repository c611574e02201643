"""The board's own ways: cards that open in their place, cards that the mouse moves, news since the last review."""

import shlex

from roadmap_tui.app import changes
from roadmap_tui.app.checking import Checking
from roadmap_tui.app.dialogs.fitness import FitnessDialog
from roadmap_tui.app.dialogs.item import ItemDialog
from roadmap_tui.app.dragging import DragCanvas
from roadmap_tui.app.dressed import Dressed
from roadmap_tui.app.lookback import Lookback
from roadmap_tui.app.planning import when_forecast
from roadmap_tui.files.display import printable
from roadmap_tui.report.say import say


class Boarding(Checking):
    """What people do on the board."""

    def on_lookback_done(self, event: Lookback.Done) -> None:
        """Show what moved since the last review, if it is still of what is there."""
        if event.since.document is self.session.document:
            self.session.since = event.since
            self.redraw()

    @when_forecast
    def on_drag_canvas_dropped(self, event: DragCanvas.Dropped) -> None:
        """Pin a card to the column it was dropped on."""
        self.session.selected = event.item
        if chosen := self.selected():
            name, scene = chosen
            edits = changes.move_to(scene.plan, name, scene.item(name).bucket, event.column)
            if edits:
                self.change(f"moved {self.title_of(name)} to {event.column}", edits)

    @when_forecast
    def action_open(self) -> None:
        """Show all figures of the selected item, or go where the finding is."""
        if self.view == "checks":
            self.action_open_finding()
        elif chosen := self.selected():
            name, scene = chosen
            if self.view == "board" and scene.item(name).bucket is not None:
                self.open_in_place(name)
                return
            judged = self.view == "fitness" and scene.fitness.concerns(name)
            dialog = FitnessDialog(scene.fitness, name) if judged else ItemDialog(scene, name)
            self.app.push_screen(dialog, self._opened)

    def _opened(self, next_action: str | None) -> None:
        if next_action == "edit":
            self.action_edit()
        elif next_action == "measure":
            self.action_measure()

    @when_forecast
    def action_say(self) -> None:
        """Copy the answer about the selected item."""
        if chosen := self.selected():
            name, scene = chosen
            sentence = say(scene.plan, scene.forecast, name)
            if isinstance(self.app, Dressed):
                words = ("roadmap", "show", printable(self.session.path), printable(name), "--say")
                self.app.copy_text(sentence, shlex.join(words))

    def open_in_place(self, name: str) -> None:
        """Open a card in its place, or close it again."""
        session = self.session
        session.opened = None if session.opened == name else name
        self.redraw()

    def shut(self) -> bool:
        """Let go of what is dragged or waits, or close the card that is open; whether there was anything."""
        if self.query_one("#screen", DragCanvas).let_go() or self.forget():
            return True
        was_open, self.session.opened = (
            self.session.opened is not None and self.view == "board",
            None,
        )
        if was_open:
            self.redraw()
        return was_open
