"""One of a few, chosen by pointing at it."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import RadioButton, RadioSet


class RadioOption(RadioButton):
    """One of them: with a dot if it is chosen, without if not, so that no colour is needed to tell."""

    def render(self) -> Content:
        """The button and its words."""
        self.BUTTON_INNER = RadioButton.BUTTON_INNER if self.value else " "
        return super().render()


class Choice(RadioSet, inherit_bindings=False):
    """A radio set in which what is pointed at is what is chosen, and Enter is done with it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,right", "point(1)", "next", show=False),
        Binding("up,left", "point(-1)", "previous", show=False),
        Binding("enter", "done", "done", show=False),
    ]

    class Done(Message):
        """Enter was pressed."""

    def on_mount(self) -> None:
        """Point at what is chosen from the start."""
        self.call_after_refresh(self._point_at_chosen)

    def _point_at_chosen(self) -> None:
        for _ in range(self.pressed_index):
            self.action_next_button()

    def action_point(self, step: int) -> None:
        """Point at the next one, or at the one before, and choose it."""
        if step > 0:
            self.action_next_button()
        else:
            self.action_previous_button()
        self.action_toggle_button()

    def action_done(self) -> None:
        """Say that the choice is made."""
        self.post_message(self.Done())
