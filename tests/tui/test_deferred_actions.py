"""Actions before the forecast is ready: independent ones run at once, of the others the last."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from threading import Event

import pytest

from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import ReferenceOrder
from roadmap_tui.forecast.simulation.cancellation import Checkpoint
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.resolver import ResolvedPlan
from roadmap_tui.tui.dialogs.explain import ExplainDialog
from roadmap_tui.tui.dialogs.form import ItemForm
from roadmap_tui.tui.dialogs.help import HelpDialog
from roadmap_tui.tui.dialogs.prompt import AddItemDialog, ReasonDialog
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.views.lines import line_text, text_cells
from roadmap_tui.tui.views.placeholder import render_placeholder
from roadmap_tui.tui.workers.forecast import compute_forecast
from tests.tui.driver import DEADLINE, Drive, opened, started
from tests.tui.plans import NASTY, SMALL, nasty_plan


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """Forecasts wait until it is set."""
    opens = Event()
    opens.set()

    def late(
        resolved: ResolvedPlan,
        runs: int,
        base: ReferenceOrder,
        check: Checkpoint,
    ) -> Forecast:
        opens.wait(DEADLINE)
        return compute_forecast(resolved, runs, base, check)

    monkeypatch.setattr("roadmap_tui.tui.workers.forecast.compute_forecast", late)
    yield opens
    opens.set()


@asynccontextmanager
async def early(path: Path, gate: Event) -> AsyncIterator[Drive]:
    """The app on a file of which there is no forecast yet."""
    gate.clear()
    async with started(path, (100, 30)) as drive:
        await drive.until(lambda: isinstance(drive.app.screen, PlanScreen), "the workspace")
        await drive.drained()
        try:
            yield drive
        finally:
            gate.set()  # else the app waits for the forecast when it ends


async def test_what_needs_no_forecast_is_done_at_once(path: Path, gate: Event) -> None:
    async with early(path, gate) as drive:
        await drive.press("3")
        assert drive.workspace.NAME == "timeline"
        for key, dialog in (("?", HelpDialog), ("a", AddItemDialog)):
            await drive.press(key)
            assert isinstance(drive.app.screen, dialog)
            await drive.press("escape")
            assert drive.at_work
        assert drive.session.forecast is None


@pytest.mark.parametrize(
    ("key", "dialog"), [("e", ItemForm), ("d", ReasonDialog), ("=", ExplainDialog)]
)
async def test_deferred_action_runs_once_the_forecast_is_ready(
    path: Path, gate: Event, key: str, dialog: type[object]
) -> None:
    async with early(path, gate) as drive:
        await drive.press("enter", key)
        assert drive.at_work
        assert drive.notices[-1] == "One moment, the forecast is still running."
        gate.set()
        await drive.until(lambda: isinstance(drive.app.screen, dialog), "the dialog")
        await drive.drained()


async def test_the_next_guess_comes_when_guesses_are_weighed(path: Path, gate: Event) -> None:
    path.write_text(SMALL.replace("effort = [4, 8, 16]", ""), encoding="utf-8")
    async with early(path, gate) as drive:
        await drive.press("i")
        gate.set()
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
        await drive.drained()


async def test_esc_lets_go_of_it(path: Path, gate: Event) -> None:
    async with early(path, gate) as drive:
        await drive.press("e", "escape")
        gate.set()
        await drive.settled()
        assert drive.at_work


async def test_it_is_not_done_over_a_dialog(path: Path, gate: Event) -> None:
    async with early(path, gate) as drive:
        await drive.press("e", "?")
        gate.set()
        await drive.settled()
        assert isinstance(drive.app.screen, HelpDialog)
        await drive.press("escape")
        assert drive.at_work


async def test_a_part_of_the_plan_opens_then(path: Path, gate: Event) -> None:
    async with early(path, gate) as drive:
        await drive.press("E")
        await drive.type("policy")
        await drive.press("enter")
        gate.set()
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
        await drive.drained()


async def test_a_key_while_figures_are_updated_is_about_the_item_it_was_pressed_on(
    path: Path, gate: Event
) -> None:
    path.write_text(
        SMALL.replace("[product.drafts]", "[product.drafts]\npin = 'later'"), encoding="utf-8"
    )
    async with opened(path) as drive:
        await drive.press("3")
        await drive.select("drafts")
        gate.clear()
        await drive.press("<", "<")
        assert drive.session.plan.items["drafts"].pin == "next"
        gate.set()
        await drive.until(
            lambda: drive.session.plan.items["drafts"].pin == "now", "the second move"
        )
        await drive.settled()

        gate.clear()
        await drive.press(">", ">", "home")
        assert drive.session.selected != "drafts"
        gate.set()
        await drive.settled()
        assert drive.session.plan.items["drafts"].pin == "next"
        assert drive.session.undo_depth == 3


async def test_items_stand_there_by_name_and_can_be_chosen(path: Path, gate: Event) -> None:
    async with early(path, gate) as drive:
        for key in "123456789":
            await drive.press(key)
            assert "Calculating the forecast" in drive.drawn()
            assert "Draft replies" in drive.drawn()
        await drive.press("1", "down", "down", "e")
        assert drive.session.selected == "macros"
        assert "▌Macro rules" in drive.drawn()
        gate.set()
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
        await drive.drained()
        assert "Calculating the forecast" not in drive.drawn()
        assert drive.session.selected == "macros"


def test_nasty_titles_are_shown_as_they_are() -> None:
    plan = read_document(nasty_plan().encode(), "plan.toml").plan
    assert plan is not None
    lines = [line_text(line) for line in render_placeholder(plan, 40).lines]
    for seen in NASTY.values():
        assert any(seen[:20] in line for line in lines), seen
    assert all(text_cells(line) <= 40 and "\x1b" not in line for line in lines)
