"""Base app: applies the user's theme, character set, motion and key settings."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import TypeVar

from textual import constants, events, work
from textual.app import App, SuspendNotSupported
from textual.driver import Driver
from textual.filter import LineFilter
from textual.theme import Theme
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, TextArea

from roadmap_tui.text.charset import initial_environment
from roadmap_tui.tui.settings import UserSettings, settings_path, store_theme
from roadmap_tui.tui.terminal.clipboard import copy_with_program, store_copied_text
from roadmap_tui.tui.terminal.fallback import AsciiFilter, monochrome_filter
from roadmap_tui.tui.terminal.input_sequence import InputSequence
from roadmap_tui.tui.terminal.job_control import stop_group, suspend_app
from roadmap_tui.tui.terminal.pastes import paste_as_line
from roadmap_tui.tui.themes import HIGH_CONTRAST, THEME_NAMES, theme_colours
from roadmap_tui.tui.widgets.text_entry import TextEntry

Result = TypeVar("Result")

NARROW, LOW = 66, 14
"""Cells and lines below which labels and margins are left out."""

_BLINKS = 10.0
"""Seconds without input after which a cursor stops blinking."""

COMMON_CSS = """
Input > .input--placeholder, Input > .input--suggestion { color: $recede; text-style: italic; }
Toast.-information .toast--title { color: $good; }
Toast.-warning .toast--title { color: $warn; }
Toast.-error .toast--title { color: $bad; }
CommandPalette > .command-palette--help-text { text-style: not bold; }
OptionList > .option-list--option-highlighted,
OptionList:focus > .option-list--option-highlighted {
    color: $foreground; background: $foreground 20%; text-style: bold;
}
"""
"""Styles of shared widgets."""


_NO_JOB = (
    "Roadmap TUI wasn't started from a shell that can bring it back. Open another terminal instead."
)
_NO_TERMINAL = "A page in a browser has no shell."


def _driver_class() -> type[Driver] | None:
    """The terminal driver; None for Textual's own, in a browser or on Windows."""
    if constants.DRIVER is not None or os.name == "nt":
        return None
    from roadmap_tui.tui.terminal.driver import (
        TerminalDriver,  # there is no such terminal on Windows
    )

    return TerminalDriver


def _encoding() -> str:
    """The encoding that Textual draws with: that of standard error."""
    return sys.__stderr__.encoding if sys.__stderr__ is not None else "utf-8"


class BaseApp(App[Result]):
    """An app with the user's settings."""

    CSS = COMMON_CSS

    def __init__(self, settings: UserSettings | None = None) -> None:
        super().__init__(driver_class=_driver_class())
        self.HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (NARROW, "-wide")]
        self.VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW, "-high")]
        self.settings = settings or UserSettings()
        self._ascii_filters = (
            (AsciiFilter(),) if self.settings.is_ascii(initial_environment(), _encoding()) else ()
        )
        self._blink_timer: Timer | None = None
        self._input_sequence = InputSequence(self, self._deliver)
        self.register_theme(HIGH_CONTRAST)
        changed = self.settings.keys.overrides
        # Textual ignores a keymap entry with an empty key
        self.set_keymap({name: keys or f"no-key-of-{name}" for name, keys in changed.items()})

    def get_css_variables(self) -> dict[str, str]:
        """The colours of the theme, and those of tracks and verdicts."""
        of_theme = super().get_css_variables()
        return {**of_theme, **theme_colours(self.current_theme, of_theme)}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and those for limited terminals."""
        bare = (monochrome_filter(self.theme_variables["background"]),) if self.no_color else ()
        return (*super().get_line_filters(), *bare, *self._ascii_filters)

    def on_mount(self) -> None:
        """Apply the theme and motion of the environment and the settings."""
        wanted = os.environ.get("TEXTUAL_THEME", self.settings.theme)
        self.theme = wanted if wanted in THEME_NAMES else "textual-dark"
        if self.theme == HIGH_CONTRAST.name:
            # with the theme from the environment, Textual asked for colours before they were set
            self.refresh_css()
        if not self.settings.motion:
            self.animation_level = "none"
        self.theme_changed_signal.subscribe(self, self._store_theme)
        self._blink_timer = self.set_interval(_BLINKS, self._stop_blinking, pause=True)

    @property
    def stores_settings(self) -> bool:
        """Whether changes of settings are stored."""
        return True

    def _store_theme(self, theme: Theme) -> None:
        problem = store_theme(settings_path(), theme.name) if self.stores_settings else ""
        if problem:
            self.notify(f"Theme not saved: {problem}", severity="warning", markup=False)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Let the cursor of a focused input blink for a while."""
        self._start_blinking(event.widget)

    @property
    def accepts_input(self) -> bool:
        """Whether there is a screen that handles input."""
        return bool(self.screen_stack)

    async def on_event(self, event: events.Event) -> None:
        """Handle input in sequence."""
        is_input = isinstance(event, events.InputEvent | events.Paste) and not event.is_forwarded
        if is_input and self.accepts_input:
            await self._input_sequence.add(event)
        else:
            await self._deliver(event)

    async def _deliver(self, event: events.Event) -> None:
        """Let the cursor blink again on input, and clean pastes."""
        if isinstance(event, events.Paste):
            event = self._as_single_line(event)
        if (
            isinstance(event, events.InputEvent)
            and self._blink_timer is not None
            and self.screen_stack
        ):
            self._start_blinking(self.focused)
        await super().on_event(event)

    def _start_blinking(self, widget: Widget | None) -> None:
        """Let the cursor of a widget blink, if motion is on."""
        if isinstance(widget, Input | TextArea):
            widget.cursor_blink = self.animation_level != "none"
            if self._blink_timer is not None:
                self._blink_timer.reset()

    def _stop_blinking(self) -> None:
        """Stop the cursor after a while: each blink redraws a part of the screen."""
        if self._blink_timer is not None:
            self._blink_timer.pause()
        if isinstance(self.focused, Input | TextArea):
            self.focused.cursor_blink = False

    def _as_single_line(self, paste: events.Paste) -> events.Paste:
        """A paste on one line, for Textual's own inputs such as the palette's."""
        if isinstance(self.focused, Input) and not isinstance(self.focused, TextEntry):
            return events.Paste(paste_as_line(paste.text))
        return paste

    def action_suspend_process(self) -> None:
        """Suspend to the shell until the app is continued."""
        try:
            with suspend_app(self):
                was_stopped = stop_group()
        except SuspendNotSupported:
            self.notify(_NO_TERMINAL, severity="warning", markup=False)
            return
        if not was_stopped:
            self.notify(_NO_JOB, severity="warning", markup=False, timeout=8)

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text, and show where it is."""
        self.copy_text(text)

    def copy_text(self, text: str, command: str = "") -> None:
        """Copy a text, and show where it is.

        Args:
            text: the text.
            command: a command that prints it, too.
        """
        super().copy_to_clipboard(text)
        if not self.stores_settings:
            self.notify(text, title="Sent to the browser", markup=False)
        else:
            self._copy(text, command)

    @work(thread=True, group="copy")
    def _copy(self, text: str, command: str) -> None:
        """Copy by a program, which may take a while; else store a file, too."""
        taken = copy_with_program(text)
        if taken:
            title = "Copied to tmux" if taken == "tmux" else "Copied"
            self.notify(text, title=title, markup=False)
            return
        place = store_copied_text(text)
        ways = [command, f"the file {place}" if place is not None else ""]
        remedy = " or ".join(filter(None, ways))
        more = f"\nIf pasting doesn't work: {remedy}" if remedy else ""
        self.notify(text + more, title="Sent to the terminal", markup=False, timeout=10)
