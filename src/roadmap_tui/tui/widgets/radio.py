"""Radio list: one of a few options."""

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import RadioButton, RadioSet


class RadioOption(RadioButton):
    """An option; a dot marks the selected one, so that no colour is needed."""

    def render(self) -> Content:
        """The button and its words."""
        self.BUTTON_INNER = RadioButton.BUTTON_INNER if self.value else " "
        return super().render()


class RadioList(RadioSet, inherit_bindings=False):
    """A radio set in which the highlighted option is the selected one; Enter submits it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,right", "point(1)", "next", show=False),
        Binding("up,left", "point(-1)", "previous", show=False),
        Binding("enter", "done", "done", show=False),
    ]

    class Done(Message):
        """Enter was pressed."""

    def on_mount(self) -> None:
        """Highlight the initially selected option."""
        self.call_after_refresh(self._point_at_chosen)

    def _point_at_chosen(self) -> None:
        for _ in range(self.pressed_index):
            self.action_next_button()

    def action_point(self, step: int) -> None:
        """Select the next or the previous option."""
        if step > 0:
            self.action_next_button()
        else:
            self.action_previous_button()
        self.action_toggle_button()

    def action_done(self) -> None:
        """Submit the selection."""
        self.post_message(self.Done())
