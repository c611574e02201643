"""The shell: it paints at once, reads the file in the background, and then opens the workspace on it."""

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
    from roadmap_tui.tui.state import Session

_SIGNALS = ("SIGTERM", "SIGHUP")
_ANSWER = 0.03
"""Seconds from an input to what it does on the screen."""
_IDLE = 2.0
"""Seconds without an input after which there is time to tidy up."""
_PATIENCE = 5.0
"""Seconds that the app has to end after a signal."""


class RoadmapApp(BaseApp[str]):
    """Roadmap TUI. Its result is what is to be said after it has closed."""

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
        """The file has no plan to show."""

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
        self._courtesy = InputPriority()
        self._courtesy.configure_process()
        self._early: list[events.Key] = []
        self._failure = io.StringIO()
        self.error_console = Console(file=self._failure, width=120, color_system=None)

    @property
    def failure(self) -> str:
        """What Textual has to tell of a failure that ended the app; nothing if none did."""
        return self._failure.getvalue()

    def compose(self) -> ComposeResult:
        """A word to look at while the file is read."""
        yield Static(Content(f"Reading {self._path} …"), id="reading")

    def on_mount(self) -> None:
        """Read the file, and leave the terminal as it was if somebody ends the app."""
        loop = asyncio.get_running_loop()
        for name in _SIGNALS:
            number = getattr(signal, name, None)
            if number is not None and self._driver is not None and not self.is_headless:
                loop.add_signal_handler(number, partial(self._end_by, 128 + int(number)))
        self.set_interval(_IDLE, self._tidy)
        self._read()

    def _tidy(self) -> None:
        """Give memory back, whatever screen is on top."""
        if self._courtesy.has_garbage and self._courtesy.is_idle(_IDLE):
            self._courtesy.free_memory()

    def _end_by(self, code: int) -> None:
        """End, and see to it: a terminal that is gone may keep Textual waiting for it."""
        self.exit(return_code=code)
        guard = Timer(_PATIENCE, os._exit, (code,))
        guard.daemon = True
        guard.start()

    async def on_event(self, event: events.Event) -> None:
        """Answer what people do before anything else."""
        if not isinstance(event, events.InputEvent):
            await super().on_event(event)
            return
        self._courtesy.begin_input()
        # a key comes back once the screen has no use for it
        is_new = not event.is_forwarded and not self.screen_stack[1:]
        try:
            await super().on_event(event)
        finally:
            # the screen is drawn some milliseconds later
            self.set_timer(_ANSWER, self._courtesy.end_input)
        if is_new and isinstance(event, events.Key) and event.key not in self.active_bindings:
            self._early.append(event)

    @property
    def stores_settings(self) -> bool:
        """Not where others look on through a browser."""
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
        """Show the plan, and do what keys asked for in the meantime."""
        from roadmap_tui.tui.screens.workspace import Workspace  # it needs the models

        event.session.keys = self.settings.keys
        while self.screen_stack[1:]:
            self.pop_screen()
        await self.push_screen(Workspace(event.session, self._courtesy))
        for early in self._early:
            await self.on_event(events.Key(early.key, early.character))
        for problem in self.settings.problems:
            self.notify(problem, title="Settings", severity="warning", markup=False, timeout=12)

    def on_roadmap_app_failed(self, event: Failed) -> None:
        """Close, and say why."""
        self.exit(event.text, return_code=3)

    def action_leave(self) -> None:
        """Quit, after a question if something is not saved."""
        (
            self.call_later(self.screen.run_action, "screen.leave")
            if self.screen_stack[1:]
            else self.exit()
        )

    def action_words(self) -> None:
        """Tell the keys and words over whatever is open."""
        from roadmap_tui.tui.dialogs.help import HelpDialog  # nobody asks before the first paint

        if self.screen in self.screen_stack[1:2]:
            self.call_later(self.screen.run_action, "screen.help")
        elif not isinstance(self.screen, HelpDialog):
            self.push_screen(HelpDialog(self.settings.keys))

    def action_command_palette(self) -> None:
        """Look for a command or an item by its words."""
        if not isinstance(self.screen, CommandPalette):
            self.clear_notifications()
            self.push_screen(PlanPalette(placeholder="words of a command or of an item"))

    def search_themes(self) -> None:
        """Look for a theme by its name."""
        self.push_screen(PlanPalette(providers=[ThemeProvider], placeholder="words of a theme"))

    def action_help_quit(self) -> None:
        """Say how to quit to somebody who tries to interrupt."""
        self.notify(f"press {self.settings.keys.label('quit')} to quit", markup=False)

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """Everything in the table of actions, and the themes."""
        for action in ACTIONS if screen in self.screen_stack[1:2] else ():
            if action.name != "commands":
                run = partial(self.call_later, screen.run_action, action.does)
                yield SystemCommand(
                    f"{action.label} ({self.settings.keys.label(action.name)})", action.help, run
                )
        yield SystemCommand("theme", "Choose the colours", self.action_change_theme)
