"""Finding things: by a letter, by words, by what can be done with them."""

from textual.geometry import Offset
from textual.widgets import Input

from roadmap_tui.plan.roadmap import item_kind
from roadmap_tui.tui.actions import ACTIONS, Action
from roadmap_tui.tui.dialogs.find import FindDialog
from roadmap_tui.tui.dialogs.help import HelpDialog
from roadmap_tui.tui.dialogs.jump import Jump
from roadmap_tui.tui.dialogs.menu import Menu
from roadmap_tui.tui.screens.finding_actions import Checking
from roadmap_tui.tui.widgets.canvas import Canvas


class Looking(Checking):
    """Jumping, searching, the menu of an item, and help."""

    def chosen(self) -> None:
        """Show the selection, and what the screen wants to know of it."""
        raise NotImplementedError

    def action_open(self) -> None:
        """Show all figures of the selected item."""
        raise NotImplementedError

    def action_view(self, view: str) -> None:
        """Show another screen."""
        raise NotImplementedError

    @property
    def _canvas(self) -> Canvas:
        return self.query_one("#screen", Canvas)

    def action_jump(self) -> None:
        """Put a letter on everything in sight, and go where one is typed."""
        items = self._canvas.visible_items
        if not items:
            self.warn_nothing_selected()
            return
        jump = Jump(items)
        self._canvas.show_labels(jump.labels)
        self.app.push_screen(jump, self._jumped)

    def _jumped(self, name: str | None) -> None:
        self._canvas.show_labels({})
        if name is not None:
            self.point(name)
            self.chosen()

    def action_find(self) -> None:
        """Ask for words, and go where they stand."""
        self.app.push_screen(FindDialog(self.session.search_texts), self._found_item)

    def _found_item(self, name: str | None) -> None:
        if name is not None:
            self.go_to(name)

    def go_to(self, name: str) -> None:
        """Select an item on a screen that shows it; open one that no screen shows, such as what is done."""
        if name not in self.session.plan.items:
            self.warn(
                f"that item is no longer in the plan; {self.key_label('undo')} brings back what was"
                " removed last"
            )
            return
        self.query_one("#filter", Input).value = ""
        self.session.filter_text = ""
        self.session.selected = name
        if not self._canvas.contains(name):
            self.action_view("timeline")
        self.chosen()
        if not self._canvas.contains(name):
            self.action_open()

    def action_menu(self) -> None:
        """Tell what can be done with the selected item, beside it."""
        self.menu(self._canvas.screen_position(self.pointed()))

    def menu(self, at: Offset) -> None:
        """Tell what can be done with the selected item, at a place on the screen."""
        name = self.session.selected
        item = self.session.plan.items.get(name or "")
        if name is None or item is None:
            self.warn_nothing_selected()
            return
        self.app.push_screen(
            Menu(self.title_of(name), menu_of(item_kind(item)), self.session.keys, at), self._picked
        )

    def _picked(self, does: str | None) -> None:
        if does is not None:
            self.call_later(self.run_action, does)

    def action_suspend(self) -> None:
        """Go back to the shell until that continues the app."""
        self.app.action_suspend_process()

    def action_help(self) -> None:
        """Tell the keys of this screen, and the words."""
        item = self.session.plan.items.get(self.session.selected or "")
        self.app.push_screen(
            HelpDialog(self.session.keys, self.view, None if item is None else item_kind(item))
        )


def menu_of(kind: str) -> list[Action]:
    """What can be done with an item of a kind."""
    return [
        each for each in ACTIONS if each.scope == "item" and (not each.kinds or kind in each.kinds)
    ]
