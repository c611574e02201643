"""Memory stays constant in use, and idle screens aren't drawn; `test_soak` runs longer."""

import gc
import weakref
from collections import Counter
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from tests.tui.driver import Drive, opened
from tests.tui.plans import SMALL

SEVERAL, LOOKS = 12, 20


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


async def show_form(drive: Drive) -> None:
    await drive.press("e")
    await drive.until(lambda: not drive.at_work, "the form")
    await drive.drained()


async def test_a_form_that_waits_is_not_drawn(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(path) as drive:
        drive.app.animation_level = "none"
        await show_form(drive)
        file_sync, drawn = drive.workspace.controller.file_sync, Counter[str]()
        display = drive.app._display

        def count(screen: Screen[object], renderable: Any) -> None:
            drawn["times"] += 1
            display(screen, renderable)

        drive.workspace.redraw()  # what comes while the form is open is drawn below it
        await drive.drained()
        await drive.until(lambda: not drive.app.screen._dirty_widgets, "all to be drawn")
        monkeypatch.setattr(drive.app, "_display", count)
        for _ in range(LOOKS):
            file_sync.check_file()
            await drive.until(
                lambda: not any(each.group == "disk" for each in drive.app.workers),
                "a look at the file",
            )
            await drive.pilot.pause(0.02)
        assert drawn["times"] <= 2


async def test_cursor_stops_blinking_after_a_while(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("roadmap_tui.tui.base_app._BLINKS", 0.5)
    async with opened(path) as drive:
        drive.app.animation_level = "full"
        await show_form(drive)
        field = drive.app.focused
        assert isinstance(field, Input)
        await drive.until(lambda: not field.cursor_blink, "the cursor to stand still")
        drive.post("9")
        await drive.until(lambda: field.cursor_blink, "the cursor to blink")


def strips() -> int:
    """Drawn lines that something holds."""
    gc.collect()
    return sum(isinstance(each, Strip) for each in gc.get_objects())


def is_gone(screen: Screen[object]) -> bool:
    return not screen.is_running


async def test_help_leaves_nothing_behind(path: Path) -> None:
    async with opened(path) as drive:

        async def look() -> None:
            for _ in range(SEVERAL):
                await drive.press("?")
                await drive.until(lambda: not drive.at_work, "the help")
                await drive.drained()
                shown = drive.app.screen
                await drive.press("escape")
                await drive.until(lambda: drive.at_work, "the board")
                # it lets go of its lines once it is unmounted, some time after the board is back
                await drive.until(partial(is_gone, shown), "the help to be unmounted")

        await look()
        before = strips()
        await look()
        assert strips() - before < 20 * SEVERAL


async def test_other_sizes_leave_nothing_behind(path: Path) -> None:
    async with opened(path) as drive:

        async def resize() -> None:
            for at in range(SEVERAL):
                await drive.pilot.resize_terminal(80 + at, 24 + at)
                await drive.drained()

        await resize()
        before = strips()
        await resize()
        assert strips() - before < 20 * SEVERAL


class Loop:
    """What only a collection takes away."""

    def __init__(self) -> None:
        self.itself = self


async def test_garbage_is_collected_under_a_form(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = gc.get_threshold()
    monkeypatch.setattr("roadmap_tui.tui.workers.input_priority._GARBAGE_COLLECTIONS", 0)
    async with opened(path) as drive:
        assert gc.isenabled()
        assert gc.get_threshold() == usual
        await show_form(drive)
        timer = drive.workspace.controller._idle_timer
        assert timer is not None
        timer.pause()  # the one of the main screen
        loop = Loop()
        gc.collect()
        gone = weakref.ref(loop)
        del loop
        await drive.until(lambda: gone() is None, "the garbage to be collected")


OPENING_KEYS = ("e", "E", "T", "a", "d", "?", "space", "=", "x", "s", "w", "R", "ctrl+p", "S")


@pytest.mark.parametrize("key", OPENING_KEYS)
async def test_a_closed_dialog_is_freed(path: Path, key: str) -> None:
    async with opened(path) as drive:

        async def open_and_close() -> None:
            await drive.press(key)
            await drive.until(lambda: not drive.at_work, "the dialog")
            await drive.drained()
            shown = drive.app.screen
            await drive.press("escape")
            await drive.until(lambda: drive.at_work, "the board")
            await drive.until(partial(is_gone, shown), "it to be unmounted")

        def count_widgets() -> int:
            gc.collect()
            return sum(isinstance(each, Widget) for each in gc.get_objects())

        await open_and_close()
        await drive.settled()
        before = count_widgets()
        for _ in range(4):
            await open_and_close()
        # a closed dialog is freed some time after the board is back
        await drive.until(lambda: count_widgets() - before < 4, "the widgets to be freed")
