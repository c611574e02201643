"""Drive the app through a pilot: press keys, read the screen, wait."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from time import monotonic
from typing import Any
from xml.etree import ElementTree

from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.message_pump import MessagePump
from textual.notifications import Notify
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from roadmap_tui.forecast.engine import DEFAULT_RUNS
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.tui.app import RoadmapApp
from roadmap_tui.tui.dialogs.form import ItemForm
from roadmap_tui.tui.dialogs.recover import RecoverDialog
from roadmap_tui.tui.forms.field_values import essential_fields
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.widgets.canvas import Canvas

DEADLINE = 60.0
QUIET = 12
NAMES = {"/": "slash", "+": "plus", "-": "minus", "_": "underscore"}
UNDERSCORES = str.maketrans(" -", "__")
CHARACTERS = {"enter": "\r", "escape": "\x1b", "tab": "\t", "space": " ", "backspace": "\x7f"}


async def until(pilot: Pilot[Any], condition: Callable[[], bool], what: str = "it") -> None:
    """Wait for a condition; fail if it has not come about by the deadline."""
    end = monotonic() + DEADLINE
    while not condition():
        assert monotonic() < end, f"waited {DEADLINE:.0f} s for: {what}"
        await pilot.pause(0.01)


class Drive:
    """An app that was opened on a file."""

    def __init__(self, pilot: Pilot[str], app: RoadmapApp, notices: list[str]) -> None:
        self.pilot = pilot
        self.app = app
        self.notices = notices

    @property
    def workspace(self) -> PlanScreen:
        """The screen with the plan."""
        return next(screen for screen in self.app.screen_stack if isinstance(screen, PlanScreen))

    @property
    def session(self) -> Session:
        """The state of the app."""
        return self.workspace.session

    @property
    def forecast(self) -> Forecast:
        """The latest forecast."""
        assert self.session.forecast is not None
        return self.session.forecast

    @property
    def form(self) -> ItemForm:
        """The form that is open."""
        assert isinstance(self.app.screen, ItemForm)
        return self.app.screen

    @property
    def at_work(self) -> bool:
        """Whether no dialog is open."""
        return self.app.screen is self.workspace

    async def until(self, condition: Callable[[], bool], what: str = "it") -> None:
        """Wait for a condition."""
        await until(self.pilot, condition, what)

    async def settled(self) -> None:
        """Wait for the full forecast of what is there, and for it to be drawn."""
        await self.until(
            lambda: self.session.is_current and self.forecast.runs == DEFAULT_RUNS, "the forecast"
        )
        await self.until(lambda: not self.workspace.is_behind, "the picture of what is selected")
        beside = {"since_review", "check"}
        await self.until(
            lambda: not any(each.group in beside for each in self.app.workers),
            "what is drawn beside it",
        )
        await self.drained()

    async def studied(self) -> None:
        """Wait until all that the screen wants to know is found out and drawn."""
        await self.settled()
        await self.until(
            lambda: not any(each.group == "insights" for each in self.app.workers), "the insights"
        )
        await self.drained()

    def post(self, *keys: str) -> None:
        """Post keys without waiting for what they do."""
        for key in keys:
            name = _named(key) if len(key) == 1 else key
            self.app.post_message(events.Key(name, key if len(key) == 1 else CHARACTERS.get(key)))

    async def press(self, *keys: str) -> None:
        """Press keys, each when the one before has been dealt with."""
        for key in keys:
            self.post(key)
            await self.drained()

    async def drained(self) -> None:
        """Wait until no message is on its way."""
        end = monotonic() + DEADLINE
        quiet = 0
        while quiet < QUIET and self.app.is_running:
            assert monotonic() < end, "messages without end"
            await asyncio.sleep(0)
            pumps: list[MessagePump] = [self.app, *self.app.screen.walk_children(with_self=True)]
            quiet = 0 if any(pump.message_queue_size for pump in pumps) else quiet + 1
        if self.app.is_running:
            await self.pilot.pause(0)

    async def type(self, text: str) -> None:
        """Type a text into what has the focus."""
        await self.press(*text)

    async def paste(self, text: str) -> None:
        """Paste a text into what has the focus."""
        focused = self.app.focused
        assert focused is not None
        focused.post_message(events.Paste(text))
        await self.drained()

    async def select(self, name: str) -> None:
        """Go to an item on the screen that is shown."""
        await self.press("home")
        seen: set[str | None] = set()
        while self.session.selected != name:
            before = self.session.selected
            seen.add(before)
            await self.press("down")
            await self.until(self._has_moved(before), f"a step from {before} to {name}")
            assert self.session.selected not in seen, f"{name} cannot be reached"

    def _has_moved(self, before: str | None) -> Callable[[], bool]:
        return lambda: self.session.selected != before

    def lines(self, name: str = "screen") -> list[str]:
        """The lines of one of the workspace's pictures, as far as they are in sight."""
        return rendered(self.workspace.query_one(f"#{name}", Canvas))

    def drawn(self, name: str = "screen") -> str:
        """The same, as one text."""
        return "\n".join(self.lines(name))

    @property
    def bars(self) -> str:
        """The lines at the top and at the bottom."""
        return f"{self.drawn('tabs')}\n{self.drawn('footer')}"

    def line_of(self, words: str) -> str:
        """The line of the picture that has the words in it."""
        return next(line for line in self.lines() if words in line)

    def field(self, *path: str) -> Input:
        """A field of the open form."""
        return self.form.query_one(f"#field-{self._at(path)}", Input)

    def fault(self, *path: str) -> str:
        """What is said to be wrong with a field of the open form; empty if nothing is."""
        label = self.form.query_one(f"#fault-{self._at(path)}")
        return " ".join("\n".join(rendered(label)).split()) if label.display else ""

    def _at(self, path: tuple[str, ...]) -> int:
        assert self.session.selected is not None
        return [
            field.path for field in essential_fields(self.session.plan.items[self.session.selected])
        ].index(path)

    async def write(self, text: str, *path: str) -> None:
        """Type a text over a field of the open form."""
        await self.fill(text, self.field(*path))

    async def fill(self, text: str, field: Input) -> None:
        """Type a text over an input."""
        if not field.has_focus:
            field.focus()
            await self.until(lambda: field.has_focus, "the focus")
            await self.drained()
        await self.press("end", "ctrl+u")
        await (self.type(text) if len(text) < 6 else self.paste(text))
        await self.until(lambda: field.value == text, f"{text} to be in the field")
        await self.drained()


def _named(char: str) -> str:
    """What Textual calls the key of a character."""
    return (
        char
        if char.isalnum()
        else NAMES.get(char) or unicodedata.name(char).lower().translate(UNDERSCORES)
    )


def rendered(widget: Widget) -> list[str]:
    """The lines that a widget draws."""
    region = Region(0, 0, widget.size.width, widget.size.height)
    return [strip.text for strip in widget.render_lines(region)] if region.area else []


def texts_on(widget: Widget) -> str:
    """All that is drawn by a widget and those in it, without spaces and breaks."""
    parts = [each for each in widget.query("*").results(Widget) if not list(each.children)]
    return "".join("".join("".join(rendered(each)).split()) for each in parts)


def screen_lines(app: RoadmapApp) -> list[str]:
    """Lines of the composed screen; fails on characters that XML must not contain."""
    root = ElementTree.fromstring(app.export_screenshot())
    lines: dict[float, list[tuple[float, str]]] = {}
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        if "clip-path" in text.attrib and text.text != "\n":
            at = float(text.attrib["y"])
            lines.setdefault(at, []).append((float(text.attrib["x"]), "".join(text.itertext())))
    found = []
    for at in sorted(lines):
        line = "".join(part for _, part in sorted(lines[at]))
        found.append(line.replace("\xa0", " "))
    return found


@asynccontextmanager
async def opened(path: Path, size: tuple[int, int] = (100, 30)) -> AsyncIterator[Drive]:
    """The app on a file, its forecast there, its first item selected."""
    async with started(path, size) as drive:
        await until(drive.pilot, lambda: isinstance(drive.app.screen, PlanScreen), "the workspace")
        await drive.settled()
        yield drive


@asynccontextmanager
async def opened_with_work(path: Path) -> AsyncIterator[Drive]:
    """The app on a file for which a crash left work over, with the question what to do about it."""
    async with started(path, (100, 30)) as drive:
        await until(
            drive.pilot, lambda: isinstance(drive.app.screen, RecoverDialog), "the question"
        )
        await drive.drained()
        yield drive


@asynccontextmanager
async def started(path: Path, size: tuple[int, int]) -> AsyncIterator[Drive]:
    """The app on a file, not yet waited for."""
    app = RoadmapApp(str(path))
    notices: list[str] = []

    def listen(message: Message) -> None:
        if isinstance(message, Notify):
            notices.append(f"{message.notification.title} {message.notification.message}".strip())

    async with app.run_test(size=size, notifications=True, message_hook=listen) as pilot:
        yield Drive(pilot, app, notices)
