"""Text inputs, and how they handle pastes."""

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, TextArea

from roadmap_tui.tui.terminal.pastes import (
    MAX_IN_AREA,
    MAX_IN_LINE,
    paste_as_area,
    paste_as_line,
    paste_as_text,
)
from roadmap_tui.tui.views.lines import fit_list


class TextEntry(Input):
    """One-line input; of a hint that is a list, it shows as many items as fit."""

    # only its own lines depend on it; otherwise each key triggers a layout of the whole screen
    virtual_size = Reactive(Size(0, 0))

    def __init__(
        self,
        value: str = "",
        *,
        hint: str,
        name: str,
        suggester: Suggester | None = None,
        is_long: bool = False,
    ) -> None:
        super().__init__(value, id=name, compact=True, suggester=suggester)
        self._hint = hint
        self._is_long = is_long

    def on_resize(self) -> None:
        """Fit the hint to the width."""
        self.placeholder = fit_list(self._hint, self.content_size.width)

    def on_paste(self, event: events.Paste) -> None:
        """Insert the whole paste; line ends are kept in texts of several lines."""
        event.stop()
        event.prevent_default()
        text = paste_as_text(event.text) if self._is_long else paste_as_line(event.text)
        if text:
            self.replace(text, *self.selection)
        _warn_truncated(self, event, MAX_IN_LINE)


class MultilineEntry(TextArea):
    """Multi-line input."""

    async def on_paste(self, event: events.Paste) -> None:
        """Insert the paste up to the limit."""
        event.stop()
        event.prevent_default()
        if not self.read_only and (text := paste_as_area(event.text)):
            self.move_cursor(self.replace(text, *self.selection).end_location)
        _warn_truncated(self, event, MAX_IN_AREA)


def _warn_truncated(widget: Widget, event: events.Paste, most: int) -> None:
    if len(event.text) > most:
        text = f"only the first {most:,} characters were pasted: there is no room for more"
        widget.notify(text, severity="warning", markup=False, timeout=8)
