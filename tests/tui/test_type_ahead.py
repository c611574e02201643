"""Keys that arrive faster than the app can follow act on what is on screen."""

import asyncio
from pathlib import Path
from threading import Event

import pytest
from textual import events

from roadmap_tui.forecast.simulation.cancellation import Checkpoint
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.tui.app import RoadmapApp
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.open_session import open_session as read_and_opened
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.screens.timeline import TimelineScreen
from roadmap_tui.tui.workers.forecast import PlanPreview, preview_plan
from tests.tui.driver import DEADLINE, opened, texts_on, until
from tests.tui.plans import SMALL


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


async def test_letters_after_the_slash_are_the_filter(path: Path) -> None:
    async with opened(path) as drive:
        drive.post("slash", *"draft", "enter")
        await drive.until(lambda: drive.session.filter_text == "draft", "the filter")
        await drive.drained()
        assert drive.at_work
        assert drive.session.document.raw == SMALL.encode()


@pytest.mark.parametrize("key", ["d", "e", "enter", "delete"])
async def test_a_key_after_an_arrow_is_about_the_item_it_leads_to(path: Path, key: str) -> None:
    async with opened(path) as drive:
        await drive.press("3")
        await drive.select("macros")
        drive.post("down", key)
        await drive.until(lambda: not drive.at_work, "the dialog")
        await drive.until(lambda: bool(texts_on(drive.app.screen)), "its text")
        await drive.drained()
        assert drive.session.selected == "drafts"
        assert "Draftreplies" in texts_on(drive.app.screen)


async def test_an_effect_that_is_known_while_the_form_closes_is_let_go(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()

    def late(resolved: ResolvedPlan, check: Checkpoint) -> PlanPreview:
        known = preview_plan(resolved, check)
        gate.wait(DEADLINE)
        return known

    monkeypatch.setattr("roadmap_tui.tui.dialogs.form.preview_plan", late)
    async with opened(path) as drive:
        for turns in range(6, 34, 2):
            gate.clear()
            await drive.press("e")
            await drive.until(lambda: not drive.at_work, "the form")
            await drive.type("9")
            await drive.press("escape")
            await drive.until(lambda: isinstance(drive.app.screen, ConfirmDialog), "the question")
            drive.post("d")
            for _ in range(turns):
                await asyncio.sleep(0)
            gate.set()
            await drive.until(lambda: drive.at_work, "the form to close")
            await drive.settled()


async def test_keys_while_the_file_is_read_are_done_once_it_is_there_each_once(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = Event()

    def late(name: str, folder: Path | None) -> object:
        gate.wait(DEADLINE)
        return read_and_opened(name, folder)

    monkeypatch.setattr("roadmap_tui.tui.open_session.open_session", late)
    app = RoadmapApp(str(path))
    async with app.run_test(size=(100, 30)) as pilot:
        for key in ("3", "ctrl+c", "/", "d", "r"):
            app.post_message(
                events.Key("slash" if key == "/" else key, key if len(key) == 1 else None)
            )
        await pilot.pause(0.05)
        gate.set()
        for key in "aft":
            app.post_message(events.Key(key, key))
        await until(pilot, lambda: len(app.screen_stack) > 1, "the plan")
        first = app.screen
        assert isinstance(first, PlanScreen)
        await until(pilot, lambda: "aft" in first.session.filter_text, "the filter")
        assert first.session.filter_text == "draft"
        assert isinstance(app.screen, TimelineScreen)


async def test_help_that_is_open_while_the_file_is_read_makes_way_for_the_plan(path: Path) -> None:
    app = RoadmapApp(str(path))
    async with app.run_test(size=(100, 30)) as pilot:
        app.action_words()
        await until(pilot, lambda: isinstance(app.screen, PlanScreen), "the plan")
        assert len(app.screen_stack) == 2


@pytest.mark.parametrize("key", ["R", "e", "?", "ctrl+p"])
async def test_keys_after_the_one_that_quits_open_nothing(path: Path, key: str) -> None:
    async with opened(path) as drive:
        await drive.press(">", "q")
        await drive.until(lambda: isinstance(drive.app.screen, ConfirmDialog), "the question")
        drive.post("s", key)
        await drive.until(lambda: drive.app.return_code is not None, "the end")
