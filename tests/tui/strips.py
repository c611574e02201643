"""Terminal output: the strips of every widget, screen by screen."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from rich.color import Color as RichColor
from rich.style import Style
from textual.app import App
from textual.color import Color
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from roadmap_tui.tui.actions import ACTIONS
from roadmap_tui.tui.app import RoadmapApp
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.settings import UserSettings
from roadmap_tui.tui.terminal.fallback import contrast_ratio
from tests.tui.driver import Drive, until

SCREENS = [action.keys for action in ACTIONS if action.scope == "screens"]
DIALOGS = (
    "enter",
    "e",
    "a",
    "d",
    "delete",
    "w",
    "equals_sign",
    "t",
    "s",
    "S",
    "c",
    "question_mark",
    "space",
    "ctrl+p",
)


def strips(app: App[Any]) -> list[Strip]:
    """All that the widgets of the screen in front draw, through the filters of the app."""
    found: list[Strip] = []
    for widget in app.screen.walk_children(Widget):
        if widget.display and widget.size:
            found += widget.render_lines(Region(0, 0, *widget.size))
    return found


async def every_screen(
    drive: Drive, *, dialogs: tuple[str, ...] = DIALOGS, whole: bool = True
) -> list[Strip]:
    """Strips of all screens, complete with their insights on request, and of dialogs over them."""
    found = []
    for key in SCREENS:
        await drive.press(key)
        await (drive.studied() if whole else drive.settled())
        await drive.press("down")
        found += strips(drive.app)
    for severity in ("information", "warning", "error"):
        drive.app.notify("noticed", title="Notice", severity=severity)
    await drive.drained()
    found += strips(drive.app)
    await drive.press("2", "home")
    for key in dialogs:
        await drive.press(key)
        await drive.until(lambda: not drive.at_work, f"the dialog of {key}")
        await drive.drained()
        found += strips(drive.app)
        await drive.press("escape")
        await drive.until(lambda: drive.at_work, "the dialog to close")
    return found


@asynccontextmanager
async def going(path: Path, settings: UserSettings) -> AsyncIterator[Drive]:
    """The app with these settings, its forecast there."""
    app = RoadmapApp(str(path), settings)
    async with app.run_test(size=(100, 30), notifications=True) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PlanScreen), "the workspace")
        drive = Drive(pilot, app, [])
        await drive.settled()
        yield drive


LEAST = 4.5


def colour(given: RichColor | None) -> Color:
    assert given is not None, "text in a colour that only the terminal knows"
    return Color.from_rich_color(given)


def hard_to_read(strips: list[Strip]) -> Iterator[tuple[str, float, str, str]]:
    """Texts of too little contrast, with it and their colours."""
    for strip in strips:
        for text, style, _ in strip:
            if style is not None and any(char.isalnum() for char in text):
                front, back = front_and_back(style)
                found = (
                    contrast_ratio(front, back) if not style.dim else 0.0
                )  # how dim that is only the terminal knows
                if found < LEAST:
                    yield text.strip(), round(found, 2), front.hex, back.hex


def front_and_back(style: Style) -> tuple[Color, Color]:
    front, back = colour(style.color), colour(style.bgcolor)
    return (back, front) if style.reverse else (front, back)
