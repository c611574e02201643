"""The board's own ways: cards that open in their place, cards that the mouse moves, news since the last review."""

import shlex

from roadmap_tui.narrative.summary_sentence import summary_sentence
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui import plan_edits
from roadmap_tui.tui.base_app import BaseApp
from roadmap_tui.tui.dialogs.item import ItemDialog
from roadmap_tui.tui.dialogs.readiness import FitnessDialog
from roadmap_tui.tui.screens.finding_actions import Checking
from roadmap_tui.tui.screens.plan_screen import needs_forecast
from roadmap_tui.tui.widgets.drag_canvas import DragCanvas
from roadmap_tui.tui.workers.since_review import Lookback


class Boarding(Checking):
    """What people do on the board."""

    def on_lookback_done(self, event: Lookback.Done) -> None:
        """Show what moved since the last review, if it is still of what is there."""
        if event.since.document is self.session.document:
            self.session.since_review = event.since
            self.redraw()

    @needs_forecast
    def on_drag_canvas_dropped(self, event: DragCanvas.Dropped) -> None:
        """Pin a card to the column it was dropped on."""
        self.session.selected = event.item
        if chosen := self.selected():
            name, scene = chosen
            edits = plan_edits.set_bucket(scene.plan, name, scene.item(name).bucket, event.column)
            if edits:
                self.change(f"moved {self.title_of(name)} to {event.column}", edits)

    @needs_forecast
    def action_open(self) -> None:
        """Show all figures of the selected item, or go where the finding is."""
        if self.view == "checks":
            self.action_open_finding()
        elif chosen := self.selected():
            name, scene = chosen
            if self.view == "board" and scene.item(name).bucket is not None:
                self.open_in_place(name)
                return
            judged = self.view == "fitness" and scene.readiness.applies_to(name)
            dialog = FitnessDialog(scene.readiness, name) if judged else ItemDialog(scene, name)
            self.app.push_screen(dialog, self._opened)

    def _opened(self, next_action: str | None) -> None:
        if next_action == "edit":
            self.action_edit()
        elif next_action == "measure":
            self.action_measure()

    @needs_forecast
    def action_say(self) -> None:
        """Copy the answer about the selected item."""
        if chosen := self.selected():
            name, scene = chosen
            sentence = summary_sentence(scene.plan, scene.forecast, name)
            if isinstance(self.app, BaseApp):
                words = (
                    "roadmap",
                    "show",
                    escape_control(self.session.path),
                    escape_control(name),
                    "--say",
                )
                self.app.copy_text(sentence, shlex.join(words))

    def open_in_place(self, name: str) -> None:
        """Open a card in its place, or close it again."""
        session = self.session
        session.expanded = None if session.expanded == name else name
        self.redraw()

    def shut(self) -> bool:
        """Let go of what is dragged or waits, or close the card that is open; whether there was anything."""
        if self.query_one("#screen", DragCanvas).cancel_drag() or self.cancel_deferred():
            return True
        was_open, self.session.expanded = (
            self.session.expanded is not None and self.view == "board",
            None,
        )
        if was_open:
            self.redraw()
        return was_open
