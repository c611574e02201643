"""Every screen and dialog in every size, and resizing between sizes."""

from pathlib import Path

import pytest
from textual.widgets import Input, TextArea

from roadmap_tui.tui.base_app import LOW
from roadmap_tui.tui.handlers.forms import edit_item
from roadmap_tui.tui.views.lines import text_cells
from roadmap_tui.tui.widgets.detail_pane import PANE_FROM
from roadmap_tui.tui.widgets.form_rows import FieldRow, FoldLine
from tests.tui.driver import Drive, opened, rendered, screen_lines
from tests.tui.plans import SHIPPED, nasty_plan

SIZES = ((40, 10), (80, 24), (100, 30), (160, 45))
DIALOGS = ("enter", "e", "a", "d", "delete", "question_mark", "S", "c")


@pytest.fixture(params=["nasty", "assistant"])
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    shipped = {each.stem: each.read_text(encoding="utf-8") for each in SHIPPED}
    made.write_text(shipped.get(request.param, nasty_plan()), encoding="utf-8")
    return made


async def resize(drive: Drive, size: tuple[int, int]) -> None:
    await drive.pilot.resize_terminal(*size)
    await drive.until(lambda: drive.app.screen.size == size, "the new size")
    await drive.drained()


def dialog_keys(size: tuple[int, int]) -> tuple[str, ...]:
    """The keys of dialogs; Enter goes into the pane where there is one."""
    return DIALOGS[1:] if size[0] >= PANE_FROM else DIALOGS


def is_seen(drive: Drive) -> bool:
    """Whether what is typed in is in sight."""
    focused, frame = drive.app.focused, drive.app.screen.query_one(".frame")
    return focused is not None and frame.region.contains_region(focused.region)


def whole(drive: Drive, size: tuple[int, int]) -> None:
    """The app takes the whole terminal and no more, and its bars are there."""
    assert len(screen_lines(drive.app)) <= size[1]
    for name, height in (("tabs", 2 if size[1] >= LOW else 1), ("footer", 1)):
        canvas = drive.workspace.query_one(f"#{name}")
        assert canvas.size == (size[0], height)
        assert "".join(rendered(canvas)).strip()


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_screens_and_dialogs(path: Path, size: tuple[int, int]) -> None:
    async with opened(path, size) as drive:
        for key in "1234":
            await drive.press(key, "end", "home", "down")
            whole(drive, size)
            assert "▌" in drive.drawn()
        for key in dialog_keys(size):
            await drive.press(key)
            await drive.until(
                lambda: not drive.at_work and bool(drive.app.screen.query(".frame")), "the dialog"
            )
            assert drive.app.screen.region.contains_region(
                drive.app.screen.query_one(".frame").region
            )
            await drive.press("escape")
            await drive.until(lambda: drive.at_work, "the dialog to close")


async def test_resizing_back_and_forth(path: Path) -> None:
    async with opened(path, SIZES[2]) as drive:
        await drive.press("3", "end")
        selected = drive.session.selected
        for size in (*SIZES, (1, 1), (20, 5), (200, 60), *reversed(SIZES), SIZES[2]):
            await resize(drive, size)
        assert drive.session.selected == selected
        await drive.until(lambda: "▌" in drive.drawn(), "the selected item to be in sight")
        whole(drive, SIZES[2])


async def test_resizing_dialogs(path: Path) -> None:
    async with opened(path, SIZES[2]) as drive:
        await drive.press("2")
        for key in dialog_keys(SIZES[2]):
            await drive.press(key)
            await drive.until(
                lambda: not drive.at_work and bool(drive.app.screen.query(".frame")), "the dialog"
            )
            for size in (SIZES[0], SIZES[3], SIZES[1]):
                await resize(drive, size)
                assert drive.app.screen.region.contains_region(
                    drive.app.screen.query_one(".frame").region
                ), (key, size)
            await drive.press("escape")
            await drive.until(lambda: drive.at_work, "the dialog to close")


async def test_a_small_terminal_shows_fields_before_all_else(path: Path) -> None:
    async with opened(path, SIZES[0]) as drive:
        await drive.press("e")
        await drive.until(lambda: not drive.at_work, "the form")
        await drive.drained()
        seen = drive.form.query_one(".left").region
        rows = [row for row in drive.form.query(FieldRow) if seen.contains_region(row.region)]
        assert len(rows) >= 7
        lines = screen_lines(drive.app)
        assert "Enter save   Esc cancel" in lines[-1]
        title = rows[0].input.value
        assert rows[0].field.label == "Title"
        assert title[:15] in lines[1]  # not its end


async def test_a_small_terminal_shows_lines_of_the_file(path: Path) -> None:
    async with opened(path, SIZES[0]) as drive:
        await drive.press("T")
        await drive.until(lambda: not drive.at_work, "the lines")
        await drive.drained()
        assert drive.app.screen.query_one(TextArea).size.height >= 4
        lines = screen_lines(drive.app)
        assert "^S save" in lines[-1]
        assert "   as it" in lines[0]


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_ranking_keeps_names_before_figures(size: tuple[int, int]) -> None:
    async with opened(SHIPPED[1], size) as drive:
        await drive.press("2")
        heading, first, *_ = drive.lines()
        name = drive.session.plan.items[drive.forecast.ranking[0].id].title
        assert name is not None
        assert name[:10] in first
        assert "score" in heading
        assert heading.count("×") == heading.count("÷") == first.count("×") == (size[0] >= 80)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_timeline_cuts_no_chance(size: tuple[int, int]) -> None:
    async with opened(SHIPPED[1], size) as drive:
        await drive.press("3")
        heading, _, first, *_ = drive.lines()
        assert "ships" in heading
        assert ">99%" in first
        assert "…" not in heading
        assert not first.rstrip().endswith("…")
        assert ("range" in heading) == (size[0] >= 80)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_to_find_out_ends_with_advice(size: tuple[int, int]) -> None:
    async with opened(SHIPPED[1], size) as drive:
        await drive.press("7")
        await drive.studied()
        heading, first, *_ = drive.lines()
        assert "…" not in heading
        assert first.rstrip(" █▁▂▃▄▅▆▇│").endswith("do it")
        assert ("value" in heading) == (size[0] >= 80)


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_what_may_be_typed_is_never_cut_in_a_word(size: tuple[int, int]) -> None:
    """A hint is there as a whole or, if it is a list, with its first words."""
    async with opened(SHIPPED[1], size) as drive:
        for name in ("triage-model", "keyword-routing", "finetune"):
            edit_item(drive.workspace, name)
            await drive.until(lambda: not drive.at_work, "the form")
            await drive.drained()
            for fold in drive.form.query(FoldLine):
                fold.action_press()
                await drive.drained()
            for row in drive.form.query(FieldRow):
                assert text_cells(row.input.placeholder) <= row.input.content_size.width, row.field
                if size[0] >= 80 and not row.initial and "," not in row.field.example:
                    assert "…" not in row.input.placeholder, row.field
            await drive.press("escape")
            await drive.until(lambda: drive.at_work, "the form to close")
        await drive.press("a")
        await drive.until(lambda: not drive.at_work, "the dialog")
        await drive.drained()
        for box in drive.app.screen.query(Input):
            assert text_cells(box.placeholder) <= box.content_size.width
            assert size[0] < 80 or "…" not in box.placeholder


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_field_in_hand_can_be_seen(path: Path, size: tuple[int, int]) -> None:
    async with opened(path, size) as drive:
        await drive.press("e")
        await drive.until(lambda: not drive.at_work, "the form")
        for _ in range(12):
            await drive.press("tab")
            await drive.until(lambda: is_seen(drive), "the field to be scrolled to")


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_selected_item_is_in_sight(path: Path, size: tuple[int, int]) -> None:
    async with opened(path, size) as drive:
        for key in "4321":
            await drive.press(key, "home")
            for step in (*["down"] * 6, "pagedown", "pagedown", "end", "pageup", "home"):
                await drive.press(step)
                await drive.until(
                    lambda: "▌" in drive.drawn(), f"{drive.session.selected} after {step} on {key}"
                )
