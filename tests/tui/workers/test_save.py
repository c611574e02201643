"""Saving, quitting, and files that others change."""

from pathlib import Path

import pytest

from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from tests.tui.driver import Drive, opened, rendered
from tests.tui.plans import SMALL, TEN_LINES


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


async def change(drive: Drive) -> None:
    """Pin the item that is selected."""
    before = drive.session.document
    await drive.press(">")
    if drive.session.document is before:
        await drive.press("<")
    assert drive.session.document is not before
    await drive.settled()


async def ask_to_quit(drive: Drive) -> None:
    await drive.press("q")
    await drive.until(lambda: isinstance(drive.app.screen, ConfirmDialog), "the question")


async def test_saving_and_quitting(path: Path) -> None:
    async with opened(path) as drive:
        await change(drive)
        assert "not saved" in drive.bars
        changed = drive.session.document.raw
        await drive.press("ctrl+s")
        await drive.until(lambda: drive.session.is_saved, "saving")
        assert path.read_bytes() == changed
        assert any("Saved" in each for each in drive.notices)
        await drive.drained()
        assert "not saved" not in drive.bars
        await drive.press("u")
        assert not drive.session.is_saved
        await drive.press("ctrl+y", "q")
        await drive.until(lambda: drive.app.return_code is not None, "the end")
        assert drive.app.return_code == 0


@pytest.mark.parametrize(("key", "saved"), [("s", True), ("d", False)])
async def test_quitting_asks_if_something_is_not_saved(path: Path, key: str, saved: bool) -> None:
    async with opened(path) as drive:
        await change(drive)
        changed = drive.session.document.raw
        for ask in ("q", "ctrl+q"):
            await drive.press(ask)
            await drive.until(lambda: isinstance(drive.app.screen, ConfirmDialog), "the question")
            await drive.press("escape")
            await drive.until(lambda: drive.at_work, "going on")
        assert drive.app.return_code is None
        await ask_to_quit(drive)
        await drive.press(key)
        await drive.until(lambda: drive.app.return_code is not None, "the end")
        assert path.read_bytes() == (changed if saved else SMALL.encode())


async def test_ctrl_s_in_a_form_keeps_it_and_does_not_save(path: Path) -> None:
    async with opened(path) as drive:
        await drive.press("e")
        await drive.until(lambda: not drive.at_work, "the form")
        await drive.write("Another title", "title")
        await drive.press("ctrl+s")
        await drive.until(lambda: drive.at_work, "the form to close")
        await drive.settled()
        assert b"Another title" in drive.session.document.raw
        assert path.read_bytes() == SMALL.encode()


async def test_a_newer_format_may_only_be_looked_at(path: Path) -> None:
    path.write_text(f"schema = 99\n{SMALL}", encoding="utf-8")
    async with opened(path) as drive:
        await drive.until(
            lambda: any("Read-only" in each for each in drive.notices), "the word about it"
        )
        await drive.press(">", "<")
        await drive.until(
            lambda: any("is read-only" in each for each in drive.notices), "the refusal"
        )
        assert drive.session.undo_label is None


async def test_a_ten_line_file_opens_with_its_guesses_marked(path: Path) -> None:
    path.write_text(TEN_LINES, encoding="utf-8")
    async with opened(path) as drive:
        assert "Draft replies" in drive.drawn()
        assert "~" in drive.drawn()
        await drive.press("2", "enter")
        await drive.until(lambda: not drive.at_work, "the item")
        shown = "\n".join("\n".join(rendered(each)) for each in drive.app.screen.query(".facts"))
        assert "Assumptions" in shown
