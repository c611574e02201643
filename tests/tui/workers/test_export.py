"""Exporting from the app: questions, output, and files that are never overwritten."""

import asyncio
from pathlib import Path
from threading import Event
from time import monotonic

import pytest
from textual.widgets import Input

from roadmap_tui.export.formats import AUDIENCES, FORMATS, PICTURES
from roadmap_tui.forecast.engine import SimulatedForecast, simulated_forecast
from roadmap_tui.forecast.simulation.cancellation import Checkpoint
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.tui.dialogs.export import ExportDialog
from tests.tui.driver import DEADLINE, Drive, opened, texts_on
from tests.tui.plans import SMALL


async def dialog(drive: Drive) -> ExportDialog:
    await drive.press("x")
    await drive.until(lambda: isinstance(drive.app.screen, ExportDialog), "the dialog")
    await drive.drained()
    assert isinstance(drive.app.screen, ExportDialog)
    return drive.app.screen


def held_back(monkeypatch: pytest.MonkeyPatch) -> tuple[Event, Event]:
    """Exports that wait: what is set once one has begun, and what lets it go on."""
    began, gate = Event(), Event()

    def late(resolved: ResolvedPlan, *, checkpoint: Checkpoint) -> SimulatedForecast:
        began.set()
        gate.wait(DEADLINE)
        return simulated_forecast(resolved, checkpoint=checkpoint)

    monkeypatch.setattr("roadmap_tui.tui.workers.export.simulated_forecast", late)
    return began, gate


async def test_every_format_and_audience_is_offered_and_a_file_is_written_beside(
    tmp_path: Path,
) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    async with opened(path) as drive:
        asked = await dialog(drive)
        for label in (*(each.label for each in FORMATS), *(each.label for each in AUDIENCES)):
            assert label.replace(" ", "") in texts_on(asked)
        await drive.press(
            *["down"] * next(nth for nth, each in enumerate(FORMATS) if each.has_pictures)
        )
        for label in (each.label for each in PICTURES):
            assert label.replace(" ", "") in texts_on(asked)
        await drive.press("tab", "down")
        assert asked.query_one("#path", Input).value == str(
            tmp_path / f"plan-{PICTURES[1].name}.svg"
        )
        await drive.press(
            "shift+tab",
            *["up"] * next(nth for nth, each in enumerate(FORMATS) if each.has_pictures),
        )
        await drive.press("enter")
        made = tmp_path / "plan-team.md"
        await drive.until(lambda: any("Wrote" in each for each in drive.notices), "the document")
        assert made.read_text(encoding="utf-8").startswith("# Small plan")
        assert path.read_text(encoding="utf-8") == SMALL


async def test_what_is_there_is_written_over_only_when_asked_twice(tmp_path: Path) -> None:
    path, made = tmp_path / "plan.toml", tmp_path / "plan-team.md"
    path.write_text(SMALL, encoding="utf-8")
    made.write_text("mine", encoding="utf-8")
    async with opened(path) as drive:
        asked = await dialog(drive)
        await drive.press("enter")
        assert "existsalready.PressEnteragaintoreplaceit." in texts_on(asked)
        assert made.read_text(encoding="utf-8") == "mine"
        await drive.press("enter")
        await drive.until(lambda: any("Wrote" in each for each in drive.notices), "the document")
        assert made.read_text(encoding="utf-8") != "mine"


async def test_the_roadmap_itself_is_never_written_over(tmp_path: Path) -> None:
    path, link = tmp_path / "plan.toml", tmp_path / "link.md"
    path.write_text(SMALL, encoding="utf-8")
    link.symlink_to(path)
    async with opened(path) as drive:
        asked = await dialog(drive)
        for name in (path, link):
            await drive.fill(str(name), asked.query_one("#path", Input))
            await drive.press("enter", "enter")
            assert "Thatistheroadmapfileitself." in texts_on(asked)
        await drive.fill(str(tmp_path / "no folder" / "x.md"), asked.query_one("#path", Input))
        await drive.press("enter")
        await drive.until(lambda: any("No such file" in each for each in drive.notices), "why not")
        assert path.read_text(encoding="utf-8") == SMALL


async def test_running_export_finishes_after_quit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, made = tmp_path / "plan.toml", tmp_path / "plan-team.md"
    path.write_text(SMALL, encoding="utf-8")
    began, gate = held_back(monkeypatch)
    async with opened(path) as drive:
        await dialog(drive)
        await drive.press("enter")
        await drive.until(began.is_set, "the export to begin")
        drive.app.exit()
        gate.set()
        end = monotonic() + DEADLINE
        while not (made.exists() and made.read_text()) and monotonic() < end:
            await asyncio.sleep(0.01)
    assert made.read_text(encoding="utf-8").startswith("# Small plan")


async def test_escape_stops_an_export_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, made = tmp_path / "plan.toml", tmp_path / "plan-team.md"
    path.write_text(SMALL, encoding="utf-8")
    began, gate = held_back(monkeypatch)
    async with opened(path) as drive:
        await dialog(drive)
        await drive.press("enter")
        await drive.until(began.is_set, "the export to begin")
        await drive.press("escape")
        gate.set()
        await drive.until(
            lambda: (
                f"Stopped. {made} wasn't written."
                in "".join(n.message for n in drive.app._notifications)
            ),
            "its end",
        )
    assert not made.exists()
