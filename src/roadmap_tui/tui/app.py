"""The app: it paints at once, reads the file in a thread, then shows the plan."""

from __future__ import annotations

import asyncio
import io
import os
import signal
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from threading import Timer
from typing import TYPE_CHECKING, ClassVar

from rich.console import Console
from textual import events, work
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.theme import ThemeProvider
from textual.widgets import Static

from roadmap_tui.tui.actions import ACTIONS
from roadmap_tui.tui.base_app import COMMON_CSS, BaseApp
from roadmap_tui.tui.command_palette import ItemProvider, PlanPalette
from roadmap_tui.tui.recent_files import remember_roadmap
from roadmap_tui.tui.settings import UserSettings
from roadmap_tui.tui.workers.input_priority import InputPriority

if TYPE_CHECKING:
    from roadmap_tui.tui.controller import PlanController
    from roadmap_tui.tui.state import Session

_SIGNALS = ("SIGTERM", "SIGHUP")
_ANSWER = 0.03
"""Seconds from an input to its effect on the screen."""
_IDLE = 2.0
"""Seconds without input after which memory is freed."""
_PATIENCE = 5.0
"""Seconds that the app has to end after a signal."""


class RoadmapApp(BaseApp[str]):
    """Roadmap TUI; its result is a message to print after it has closed."""

    TITLE = "Roadmap TUI"
    ENABLE_COMMAND_PALETTE = True
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = App.COMMANDS | {
        ItemProvider
    }
    CSS = (
        COMMON_CSS
        + """
    #reading { width: 1fr; height: 1fr; content-align: center middle; color: $recede; }
    """
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "leave", "quit", show=False, priority=True),
        Binding("f1", "words", "help", show=False, priority=True),
        Binding("f8", "suspend_process", "to the shell", show=False, priority=True),
    ]

    class Opened(Message):
        """The file was read."""

        def __init__(self, session: Session) -> None:
            super().__init__()
            self.session = session

    class Failed(Message):
        """The file has no usable plan."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(
        self,
        path: str,
        settings: UserSettings | None = None,
        folder: Path | None = None,
        *,
        is_new: bool = False,
    ) -> None:
        super().__init__(settings)
        self._is_new = is_new
        self._path = path
        self._folder = folder
        self._input_priority = InputPriority()
        self._input_priority.configure_process()
        self._early: list[events.Key] = []
        self.controller: PlanController | None = None
        self._failure = io.StringIO()
        self.error_console = Console(file=self._failure, width=120, color_system=None)

    @property
    def failure(self) -> str:
        """Textual's report of a failure that ended the app; empty without one."""
        return self._failure.getvalue()

    def compose(self) -> ComposeResult:
        """A message while the file is read."""
        yield Static(Content(f"Reading {self._path} …"), id="reading")

    def on_mount(self) -> None:
        """Read the file; restore the terminal on signals."""
        loop = asyncio.get_running_loop()
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and self._driver is not None and not self.is_headless:
                loop.add_signal_handler(number, partial(self._end_by, 128 + int(number)))
        self.set_interval(_IDLE, self._tidy)
        self._read()

    def _tidy(self) -> None:
        """Free memory when idle, whatever screen is shown."""
        if self._input_priority.has_garbage and self._input_priority.is_idle(_IDLE):
            self._input_priority.free_memory()

    def _end_by(self, code: int) -> None:
        """Exit; force it after a while, because a lost terminal may block Textual."""
        self.exit(return_code=code)
        guard = Timer(_PATIENCE, os._exit, (code,))
        guard.daemon = True
        guard.start()

    async def on_event(self, event: events.Event) -> None:
        """Handle input before anything else."""
        if not isinstance(event, events.InputEvent):
            await super().on_event(event)
            return
        self._input_priority.begin_input()
        # a key comes back if the screen doesn't handle it
        is_new = not event.is_forwarded and not self.screen_stack[1:]
        try:
            await super().on_event(event)
        finally:
            # the screen is drawn some milliseconds later
            self.set_timer(_ANSWER, self._input_priority.end_input)
        if is_new and isinstance(event, events.Key) and event.key not in self.active_bindings:
            self._early.append(event)

    @property
    def accepts_input(self) -> bool:
        """Whether the plan is shown; earlier keys are stored until then."""
        return bool(self.screen_stack[1:])

    @property
    def stores_settings(self) -> bool:
        """Not in a browser, where guests use the app."""
        return self._folder is None

    @work(thread=True)
    def _read(self) -> None:
        from roadmap_tui.tui.open_session import (
            open_session,  # the models take longer to import than the first paint
        )

        session = open_session(self._path, self._folder)
        if isinstance(session, str):
            self.post_message(self.Failed(session))
            return
        session.is_new_plan = self._is_new
        self.post_message(self.Opened(session))
        if self._folder is None:
            remember_roadmap(self._path)

    async def on_roadmap_app_opened(self, event: Opened) -> None:
        """Show the plan, and handle the keys typed so far."""
        from roadmap_tui.tui.controller import PlanController  # it needs the models
        from roadmap_tui.tui.screens.registry import make_screen

        event.session.keys = self.settings.keys
        while self.screen_stack[1:]:
            self.pop_screen()
        self.controller = PlanController(self, event.session, self._input_priority, make_screen)
        await self.controller.start("board")
        for early in self._early:
            await self.on_event(events.Key(early.key, early.character))
        for problem in self.settings.problems:
            self.notify(problem, title="Settings", severity="warning", markup=False, timeout=12)

    def on_roadmap_app_failed(self, event: Failed) -> None:
        """Exit with the error message."""
        self.exit(event.text, return_code=3)

    def on_unmount(self) -> None:
        """Store what the next session compares with."""
        if self.controller is not None:
            self.controller.close()

    def action_leave(self) -> None:
        """Quit; ask first about unsaved changes."""
        if self.screen_stack[1:]:
            self.call_later(self.screen.run_action, "screen.run('quit')")
        else:
            self.exit()

    def action_words(self) -> None:
        """Show the help over whatever is open."""
        from roadmap_tui.tui.dialogs.help import HelpDialog  # not before the first paint

        if self.screen in self.screen_stack[1:2]:
            self.call_later(self.screen.run_action, "screen.run('help')")
        elif not isinstance(self.screen, HelpDialog):
            self.push_screen(HelpDialog(self.settings.keys))

    def action_command_palette(self) -> None:
        """Open the command palette."""
        if not isinstance(self.screen, CommandPalette):
            self.clear_notifications()
            self.push_screen(PlanPalette(placeholder="Type a command or an item"))

    def search_themes(self) -> None:
        """Open the palette of themes."""
        self.push_screen(PlanPalette(providers=[ThemeProvider], placeholder="Type a theme"))

    def action_help_quit(self) -> None:
        """Show how to quit after an attempt to interrupt."""
        self.notify(f"press {self.settings.keys.label('quit')} to quit", markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The table of actions, and the themes."""
        if self.controller is not None and screen is self.controller.current.as_screen:
            for action in ACTIONS:
                if action.name != "commands":
                    command = action.command(self.controller.current.NAME)
                    run = partial(self.call_later, screen.run_action, command)
                    label = f"{action.label} ({self.settings.keys.label(action.name)})"
                    yield SystemCommand(label, action.help, run)
        yield SystemCommand("theme", "Choose the colours", self.action_change_theme)
