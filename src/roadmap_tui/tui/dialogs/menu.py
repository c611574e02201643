"""Menu of an item, at the mouse."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Offset
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from roadmap_tui.tui.actions import Action
from roadmap_tui.tui.dialogs.modal import Modal
from roadmap_tui.tui.keymap import Keymap
from roadmap_tui.tui.views.lines import fit_cells, text_cells, truncate

_WIDEST, _FRAME = 60, 6


class ActionMenu(Modal[Action]):
    """A list of actions with their keys; the result is an action."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "leave", show=False)]
    DEFAULT_CSS = """
    ActionMenu {
        background: transparent;
        & > OptionList {
            position: absolute; width: auto; height: auto; max-height: 90%; padding: 0 1;
            background: $surface; border: round $primary; scrollbar-size-vertical: 1;
            border-title-color: $foreground;
            &:focus { border: round $primary; }
        }
    }
    """

    def __init__(self, title: str, actions: Sequence[Action], keymap: Keymap, at: Offset) -> None:
        super().__init__()
        self._title = title
        self._actions = actions
        self._keymap = keymap
        self._at = at

    def compose(self) -> ComposeResult:
        """The list."""
        keys = [self._keymap.label(action.name) for action in self._actions]
        cells = max(map(text_cells, keys)) + 2
        room = min(_WIDEST, self.app.size.width - cells - _FRAME)
        options = [
            Option(
                Content.assemble((fit_cells(key, cells), "bold"), truncate(action.help, room)),
                id=action.name,
            )
            for key, action in zip(keys, self._actions, strict=True)
        ]
        menu = OptionList(*options)
        menu.border_title = Content(truncate(self._title, cells + room - _FRAME))
        yield menu

    def on_mount(self) -> None:
        """Move to the mouse, within the screen."""
        self.call_after_refresh(self._place)

    def on_resize(self) -> None:
        """Stay within the screen."""
        self.call_after_refresh(self._place)

    def _place(self) -> None:
        menu = self.query_one(OptionList)
        across = max(0, min(self._at.x, self.size.width - menu.outer_size.width))
        down = max(0, min(self._at.y, self.size.height - menu.outer_size.height))
        menu.styles.offset = (across, down)

    def on_key(self, event: events.Key) -> None:
        """Submit the action of a key."""
        found = next(
            (each for each in self._actions if event.key in self._keymap.keys_of(each)), None
        )
        if found is not None and event.key != "enter":
            event.stop()
            self.dismiss(found)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Submit the chosen action."""
        self.dismiss(next(each for each in self._actions if each.name == event.option_id))

    def on_click(self, event: events.Click) -> None:
        """Close on a click beside it."""
        if event.widget is self:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Close it."""
        self.dismiss(None)
