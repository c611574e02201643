"""Finding items: by a letter, by words, by the menu; and help."""

from functools import partial

from roadmap_tui.plan.roadmap import item_kind
from roadmap_tui.tui.actions import ACTIONS, Action
from roadmap_tui.tui.dialogs.find import FindDialog
from roadmap_tui.tui.dialogs.help import HelpDialog
from roadmap_tui.tui.dialogs.jump import JumpMode
from roadmap_tui.tui.dialogs.menu import ActionMenu
from roadmap_tui.tui.screens.plan_screen import PlanScreen


def start_jump(screen: PlanScreen) -> None:
    """Put a letter on everything in sight, and go where one is typed."""
    items = screen.canvas.visible_items
    if not items:
        screen.warn_nothing_selected()
        return
    mode = JumpMode(items)
    screen.canvas.show_labels(mode.labels)
    screen.app.push_screen(mode, partial(_jump_to, screen))


def _jump_to(screen: PlanScreen, name: str | None) -> None:
    screen.canvas.show_labels({})
    if name is not None:
        screen.highlight(name)
        screen.show_selection()


def open_find(screen: PlanScreen) -> None:
    """Ask for words, and go to an item that has them."""
    dialog = FindDialog(screen.session.search_texts)
    screen.app.push_screen(dialog, partial(_go_to_found, screen))


def _go_to_found(screen: PlanScreen, name: str | None) -> None:
    if name is not None:
        screen.call_later(screen.go_to, name)


def open_item_menu(screen: PlanScreen) -> None:
    """Show what can be done with the selected item: beside it, or at the mouse."""
    at = screen.menu_at or screen.canvas.screen_position(screen.highlighted())
    screen.menu_at = None
    name = screen.session.selected
    item = screen.session.plan.items.get(name or "")
    if name is None or item is None:
        screen.warn_nothing_selected()
        return
    shown = ActionMenu(screen.title_of(name), menu_of(item_kind(item)), screen.session.keys, at)
    screen.app.push_screen(shown, partial(_run, screen))


def _run(screen: PlanScreen, action: Action | None) -> None:
    if action is not None:
        screen.call_later(screen.run_action, action.command(screen.NAME))


def menu_of(kind: str) -> list[Action]:
    """The actions on an item of a kind."""
    return [
        each for each in ACTIONS if each.scope == "item" and (not each.kinds or kind in each.kinds)
    ]


def suspend_to_shell(screen: PlanScreen) -> None:
    """Go back to the shell until that continues the app."""
    screen.app.action_suspend_process()


def show_help(screen: PlanScreen) -> None:
    """Show the keys of this screen, and the words."""
    dialog = HelpDialog(screen.session.keys, screen.NAME, screen.selected_kind, screen.SCREEN_HELP)
    screen.app.push_screen(dialog)
