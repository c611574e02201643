"""Starting without a file: nearby and recent roadmaps, and four ways to a new one."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
import tomli
from textual.pilot import Pilot
from textual.widgets import Input, OptionList, Select, Static

from roadmap_tui.document.document import Document
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.narrative.headline import headline_sentence
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.storage.templates import load_templates
from roadmap_tui.tui.dialogs.map_columns import MapColumnsDialog
from roadmap_tui.tui.dialogs.new_roadmap import ImportDialog, PathDialog
from roadmap_tui.tui.dialogs.select import SelectDialog
from roadmap_tui.tui.onboarding import PlanAnswers, plan_from_answers, unused_path
from roadmap_tui.tui.recent_files import recent_roadmaps, remember_roadmap
from roadmap_tui.tui.settings import UserSettings
from roadmap_tui.tui.start_app import StartApp, nearby_roadmaps
from roadmap_tui.tui.workers.forecast import compute_forecast
from tests.tui.driver import until
from tests.tui.strips import hard_to_read, strips

Begun = tuple[str, bool]


@asynccontextmanager
async def start(folder: Path) -> AsyncIterator[tuple[StartApp, Pilot[Begun]]]:
    app = StartApp(nearby_roadmaps(folder), folder)
    async with app.run_test(size=(80, 24)) as pilot:
        yield app, pilot


def offered(app: StartApp) -> list[str]:
    ways = app.query_one("#ways", OptionList)
    return [str(ways.get_option_at_index(at).prompt) for at in range(ways.option_count)]


async def write(pilot: Pilot[Begun], name: str, text: str) -> None:
    box = pilot.app.screen.query_one(f"#{name}", Input)
    box.value = text
    box.focus()
    await pilot.pause()
    await pilot.press("enter")


async def test_what_is_near_and_what_was_opened_last_is_offered(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        folder.mkdir()
    (here / "a.toml").write_text("[roadmap]\n")
    (here / "pyproject.toml").write_text("[roadmap]\n")
    (there / "[b]b.toml").write_text("[product.x]\n")
    remember_roadmap(str(here / "a.toml"))
    remember_roadmap(str(there / "gone.toml"))
    remember_roadmap(str(there / "[b]b.toml"))
    async with start(here) as (app, pilot):
        options = offered(app)
        assert options[:2] == ["a.toml", str(there / "[b]b.toml")]
        assert len(options) == 6
        await pilot.press("down", "enter")
    assert app.return_value == (str(there / "[b]b.toml"), False)


async def test_three_answers_are_a_plan(tmp_path: Path) -> None:
    async with start(tmp_path) as (app, pilot):
        await pilot.press("d")
        await until(pilot, lambda: len(app.screen_stack) == 2, "the questions")
        await write(pilot, "ship", 'Draft "replies" [/]')
        await write(pilot, "first", "Reply model")
        await pilot.press("down", "enter")
        await until(pilot, lambda: app.return_value is not None, "the plan")
    assert app.return_value == ("draft-replies.toml", True)
    data = tomli.loads((tmp_path / "draft-replies.toml").read_text())
    assert data["product"]["draft-replies"] == {
        "title": 'Draft "replies" [/]',
        "effort": "L",
        "needs": ["reply-model"],
    }
    assert data["model"]["reply-model"] == {"title": "Reply model"}


async def test_nothing_is_begun_without_a_name(tmp_path: Path) -> None:
    async with start(tmp_path) as (app, pilot):
        await pilot.press("d")
        await until(pilot, lambda: len(app.screen_stack) == 2, "the questions")
        for _ in range(3):
            await pilot.press("enter")
        assert "Enter a feature" in str(app.screen.query_one("#fault", Static).render())
        await pilot.press("escape", "q")
    assert app.return_value is None
    assert list(tmp_path.iterdir()) == []


async def test_an_example_opens_without_a_file_in_the_folder(tmp_path: Path) -> None:
    async with start(tmp_path) as (app, pilot):
        await pilot.press("x")
        await until(pilot, lambda: app.return_value is not None, "the plan")
    assert app.return_value is not None
    path, is_new = app.return_value
    assert is_new
    assert tomli.loads(Path(path).read_text())["product"]
    assert list(tmp_path.iterdir()) == []


async def test_no_file_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text("# mine\n")
    async with start(tmp_path) as (app, pilot):
        await pilot.press("t")
        await until(pilot, lambda: isinstance(app.screen, SelectDialog), "the templates")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, PathDialog), "the path")
        await write(pilot, "path", "mine.toml")
        await pilot.pause()
        assert app.return_value is None
    assert (tmp_path / "mine.toml").read_text() == "# mine\n"


async def test_a_file_that_cannot_be_read_is_asked_for_again(tmp_path: Path) -> None:
    async with start(tmp_path) as (app, pilot):
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, SelectDialog), "which")
        await write(pilot, "words", "missing.csv")
        await until(pilot, lambda: bool(app.screen.query("#words")), "which, again")
        assert app.screen.query_one("#words", Input).value == "missing.csv"


async def test_each_role_is_chosen_once_and_the_title_always(tmp_path: Path) -> None:
    (tmp_path / "odd.csv").write_text("What,Who\nSearch,Ann\n")
    async with start(tmp_path) as (app, pilot):
        await pilot.press("c")
        await until(pilot, lambda: isinstance(app.screen, SelectDialog), "which")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MapColumnsDialog), "the columns")
        first, second = app.screen.query(Select)
        fault = app.screen.query_one("#fault", Static)
        await pilot.press("ctrl+s")
        assert "Choose the column that holds the feature name." in str(fault.render())
        first.value = second.value = "title"
        await pilot.press("ctrl+s")
        assert "Feature name is chosen for What and Who." in str(fault.render())
        second.value = "owner"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: isinstance(app.screen, ImportDialog), "the preview")


async def test_a_table_is_shown_before_it_is_taken(tmp_path: Path) -> None:
    csv = tmp_path / "backlog.csv"
    csv.write_text(
        "Name,Reach,Impact,Confidence,Effort\nSearch [/],400,2,80%,3\nExport,100,1,50%,?\n"
    )
    async with start(tmp_path) as (app, pilot):
        await pilot.press("c")
        await until(pilot, lambda: len(app.screen_stack) == 2, "which")
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, MapColumnsDialog), "the columns")
        shown = [str(each.render()) for each in app.screen.query(".name")]
        assert shown[0] == "Name  e.g. Search [/]"
        assert app.screen.query_one("#column-0", Select).value == "title"
        await pilot.press("ctrl+s")
        await until(pilot, lambda: type(app.screen).__name__ == "ImportDialog", "the table")
        listed = " ".join(str(each.render()) for each in app.screen.query(Static))
        assert "Search [/]" in listed
        assert "line 3" in listed
        assert not list(tmp_path.glob("*.toml"))
        await pilot.press("enter")
        await until(pilot, lambda: type(app.screen).__name__ == "PathDialog", "where it shall be")
        await pilot.press("enter")
        await until(pilot, lambda: app.return_value is not None, "the plan")
    assert tomli.loads((tmp_path / "backlog.toml").read_text())["product"]["search"]["reach"] == 400


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe\x00", b"nothing,known\n1,2\n"])
async def test_a_table_that_cannot_be_read_writes_nothing(tmp_path: Path, raw: bytes) -> None:
    csv = tmp_path / "odd.csv"
    csv.write_bytes(raw)
    async with start(tmp_path) as (app, pilot):
        await pilot.press("c")
        await until(pilot, lambda: len(app.screen_stack) == 2, "which")
        await write(pilot, "words", str(csv))
        await pilot.pause()
        await pilot.press("ctrl+s")
        assert app.return_value is None
        assert not isinstance(app.screen, ImportDialog)
    assert [each.name for each in tmp_path.iterdir()] == ["odd.csv"]


def forecast_of(said: PlanAnswers) -> Forecast:
    document = plan_from_answers(said, "plan.toml")
    assert isinstance(document, Document)
    assert document.plan is not None
    return compute_forecast(resolve_plan(document.plan), 2000)


def test_the_first_sentence_names_what_holds_it_back() -> None:
    forecast = forecast_of(PlanAnswers("Draft replies", "Reply model", "L"))
    assert "mostly because of Reply model, ~35%" in headline_sentence(forecast)
    forecast = forecast_of(PlanAnswers("Draft replies", "", "S"))
    assert "% chance that Draft replies ships by " in headline_sentence(forecast)
    assert "because" not in headline_sentence(forecast)


def test_a_name_that_is_taken_is_not_taken_again(tmp_path: Path) -> None:
    (tmp_path / "roadmaps").mkdir()
    first_path = unused_path(tmp_path, "Same thing")
    assert first_path == tmp_path / "roadmaps" / "same-thing.toml"
    first_path.symlink_to(tmp_path / "nowhere")
    assert unused_path(tmp_path, "Same thing").name == "same-thing-2.toml"


def test_the_latest_come_first_and_only_so_many(tmp_path: Path) -> None:
    assert recent_roadmaps() == ()
    for nth in range(20):
        (tmp_path / f"{nth}.toml").write_text("")
        remember_roadmap(str(tmp_path / f"{nth}.toml"))
    remember_roadmap(str(tmp_path / "15.toml"))
    names = [path.stem for path in recent_roadmaps()]
    assert names[:3] == ["15", "19", "18"]
    assert len(names) == len(set(names)) == 12


def test_there_are_ten_templates_to_begin_with() -> None:
    assert len(load_templates()) == 10


@pytest.mark.parametrize("theme", ["textual-light", "high-contrast"])
async def test_the_beginning_wears_the_colours_of_the_settings(tmp_path: Path, theme: str) -> None:
    app = StartApp((), tmp_path, UserSettings(theme=theme, ascii=True))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("d")
        await until(pilot, lambda: bool(app.screen.query(".frame")), "the questions")
        assert app.theme == theme
        assert all(strip.text.isascii() for strip in strips(app))
        assert not list(hard_to_read(strips(app)))
