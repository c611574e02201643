"""Changes by others while the file is open, and recovery after a crash."""

import os
from functools import partial
from pathlib import Path

import pytest

from roadmap_tui.document.edits import SetValue
from roadmap_tui.document.values import get_at
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.storage.journal import unsaved_sessions
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.merge import MergeDialog
from roadmap_tui.tui.dialogs.prompt import NameDialog
from roadmap_tui.tui.keymap import Keymap
from roadmap_tui.tui.views.bars import render_bars
from roadmap_tui.tui.views.lines import line_text
from roadmap_tui.tui.views.status import PlanStatus
from tests.history.clone import Clone
from tests.tui.driver import Drive, opened, opened_with_work, screen_lines
from tests.tui.plans import SMALL

HORIZON = ("roadmap", "horizon")
USERS = ("roadmap", "users")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


def with_users(count: int) -> bytes:
    return SMALL.replace("users = 4000", f"users = {count}").encode()


def value(drive: Drive, where: KeyPath) -> object:
    return get_at(drive.session.document.data, where)


def put(drive: Drive, where: KeyPath, new: object) -> None:
    assert drive.workspace.change("edited", (SetValue(where, new),))


async def dialog(drive: Drive, kind: type[object]) -> None:
    await drive.until(lambda: isinstance(drive.app.screen, kind), kind.__name__)
    await drive.drained()


async def test_without_own_changes_the_file_is_read_again(path: Path) -> None:
    async with opened(path) as drive:
        await drive.press("2", "down", "down")
        selected = drive.session.selected
        path.write_bytes(with_users(5000))
        await drive.until(lambda: value(drive, USERS) == 5000, "the new file")
        await drive.settled()
        assert drive.session.selected == selected
        assert drive.session.is_saved
        assert any(
            "Reloaded: the file changed on disk. Press u to undo." in each for each in drive.notices
        )
        await drive.press("u")
        assert drive.session.document.raw == SMALL.encode()
        assert not drive.session.is_saved


async def test_both_sides_are_merged_only_on_consent(path: Path) -> None:
    async with opened(path) as drive:
        put(drive, HORIZON, 40)
        path.write_bytes(with_users(5000))
        await dialog(drive, MergeDialog)
        shown = "\n".join(screen_lines(drive.app))
        assert "roadmap.horizon" in shown
        assert "roadmap.users" in shown
        await drive.press("escape")
        await drive.until(lambda: drive.at_work, "going on")
        assert (value(drive, HORIZON), value(drive, USERS)) == (40, 4000)
        assert "changed on disk" in drive.bars
        await drive.press("ctrl+s")
        await dialog(drive, MergeDialog)
        assert path.read_bytes() == with_users(5000)
        await drive.press("enter")
        await drive.until(lambda: drive.at_work, "the merge")
        assert (value(drive, HORIZON), value(drive, USERS)) == (40, 5000)
        assert path.read_bytes() == with_users(5000)
        await drive.press("ctrl+s")
        await drive.until(lambda: drive.session.is_saved, "saving")
        assert path.read_bytes() == with_users(5000).replace(
            b"users = 5000", b"users = 5000\nhorizon = 40"
        )
        await drive.press("u")
        assert (value(drive, HORIZON), value(drive, USERS)) == (40, 4000)


@pytest.mark.parametrize(("key", "taken"), [("m", 6000), ("t", 5000)])
async def test_a_conflict_is_chosen(path: Path, key: str, taken: int) -> None:
    async with opened(path) as drive:
        put(drive, USERS, 6000)
        path.write_bytes(with_users(5000))
        await dialog(drive, MergeDialog)
        await drive.press("enter")
        assert "1 still to choose" in "\n".join(screen_lines(drive.app))
        await drive.press(key, "enter")
        await drive.until(lambda: drive.at_work, "the merge")
        assert value(drive, USERS) == taken
        assert drive.session.is_saved == (key == "t")


async def test_an_item_that_was_removed_there_is_not_lost_here(path: Path) -> None:
    async with opened(path) as drive:
        name = next(iter(drive.session.plan.product))
        put(drive, ("product", name, "owner"), "Me")
        start = SMALL.index(f"[product.{name}]")
        path.write_text(SMALL[:start] + SMALL[SMALL.index("\n[", start) + 1 :])
        await dialog(drive, MergeDialog)
        await drive.press("m", "enter")
        await drive.until(lambda: drive.at_work, "the merge")
        assert value(drive, ("product", name, "owner")) == "Me"


async def test_a_file_that_cannot_be_read_changes_nothing(path: Path) -> None:
    async with opened(path) as drive:
        put(drive, HORIZON, 40)
        path.write_text("[product.a\n")
        await drive.until(
            lambda: any("can't be read" in each and ":1:" in each for each in drive.notices),
            "the word",
        )
        assert drive.at_work
        assert value(drive, HORIZON) == 40
        await drive.press("ctrl+s")
        await dialog(drive, ConfirmDialog)
        await drive.press("escape")
        assert path.read_text() == "[product.a\n"
        path.write_bytes(SMALL.encode())
        await drive.until(lambda: drive.session.disk_version is None, "the old file again")
        await drive.press("ctrl+s")
        await drive.until(lambda: drive.session.is_saved, "saving")


async def test_a_file_that_is_gone_can_be_written_again(path: Path) -> None:
    async with opened(path) as drive:
        put(drive, HORIZON, 40)
        path.unlink()
        await drive.until(lambda: any("no such file" in each for each in drive.notices), "the word")
        await drive.press("ctrl+s")
        await dialog(drive, ConfirmDialog)
        assert not path.exists()
        await drive.press("w")
        await drive.until(lambda: drive.session.is_saved, "saving")
        assert path.read_bytes() == drive.session.document.raw


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_a_folder_that_cannot_be_written_leads_to_another_name(path: Path) -> None:
    other = path.parent / "other"
    other.mkdir()
    path.parent.chmod(0o500)
    try:
        async with opened(path) as drive:
            put(drive, HORIZON, 40)
            await drive.press("ctrl+s")
            await dialog(drive, ConfirmDialog)
            await drive.press("a")
            await dialog(drive, NameDialog)
    finally:
        path.parent.chmod(0o700)


async def test_saving_under_another_name_goes_on_there(path: Path) -> None:
    other = path.parent / "other.toml"
    async with opened(path) as drive:
        put(drive, HORIZON, 40)
        await drive.press("S")
        await dialog(drive, NameDialog)
        box = drive.app.screen.query_one("Input")
        assert getattr(box, "value", "") == str(path)
        await drive.press("end", "ctrl+u")
        await drive.paste(str(other))
        await drive.press("enter")
        await drive.until(lambda: drive.session.is_saved, "saving")
        assert other.read_bytes() == drive.session.document.raw
        assert path.read_bytes() == SMALL.encode()
        await drive.press("u", "ctrl+s")
        await drive.until(lambda: drive.session.is_saved, "saving")
        assert other.read_bytes() == SMALL.encode()


async def test_another_name_is_never_another_file(path: Path) -> None:
    other = path.parent / "other.toml"
    other.write_text("theirs")
    async with opened(path) as drive:
        put(drive, HORIZON, 40)
        await drive.press("S")
        await dialog(drive, NameDialog)
        await drive.press("end", "ctrl+u")
        await drive.paste(str(other))
        await drive.press("enter")
        await drive.until(
            lambda: any("already exists" in each for each in drive.notices), "the refusal"
        )
        assert other.read_text() == "theirs"
        assert not drive.session.is_saved


async def crash(path: Path, *horizons: int) -> None:
    """A session with unsaved work that ends as a crash does."""
    async with opened(path) as drive:
        for each in horizons:
            put(drive, HORIZON, each)
        lock = drive.session.journal._lock
    assert lock is not None
    lock.release()


@pytest.mark.parametrize("key", ["r", "d", "escape"])
async def test_what_a_crash_left_is_offered(path: Path, key: str) -> None:
    await crash(path, 40, 41)
    async with opened_with_work(path) as drive:
        assert "+horizon = 41" in "\n".join(screen_lines(drive.app))
        await drive.press(key)
        await drive.until(lambda: drive.at_work, "the answer")
        if key == "r":
            assert value(drive, HORIZON) == 41
            assert not drive.session.is_saved
            await drive.press("u", "u")
            assert drive.session.document.raw == SMALL.encode()
        else:
            assert drive.session.is_saved
    assert path.read_bytes() == SMALL.encode()
    assert bool(unsaved_sessions(str(path))) == (key == "escape")


async def test_recovered_work_meets_what_others_wrote_meanwhile(path: Path) -> None:
    await crash(path, 40)
    path.write_bytes(with_users(5000))
    async with opened_with_work(path) as drive:
        await drive.press("r")
        await dialog(drive, MergeDialog)
        await drive.press("enter")
        await drive.until(lambda: drive.at_work, "the merge")
        assert (value(drive, HORIZON), value(drive, USERS)) == (40, 5000)


@pytest.mark.parametrize("broken", [None, "[product.a\n"])
async def test_work_on_a_file_that_is_gone_or_broken_is_offered(
    path: Path, broken: str | None
) -> None:
    await crash(path, 40)
    path.unlink()
    if broken is not None:
        path.write_text(broken)
    async with opened_with_work(path) as drive:
        await drive.press("r")
        await drive.until(lambda: drive.at_work, "the answer")
        assert value(drive, HORIZON) == 40
        await drive.press("ctrl+s")
        if broken is None:
            await dialog(drive, ConfirmDialog)
            await drive.press("w")
            await drive.until(lambda: drive.session.is_saved, "saving")
            assert path.read_bytes() == drive.session.document.raw
        else:
            await dialog(drive, ConfirmDialog)
            assert path.read_text() == broken


async def test_a_session_that_was_closed_leaves_nothing(path: Path) -> None:
    async with opened(path) as drive:
        put(drive, HORIZON, 40)
        await drive.press("q")
        await dialog(drive, ConfirmDialog)
        await drive.press("d")
        await drive.until(lambda: drive.app.return_code is not None, "the end")
    assert not unsaved_sessions(str(path))
    assert path.read_bytes() == SMALL.encode()


def _says(drive: Drive, words: str) -> bool:
    return words in drive.bars


async def test_two_apps_on_one_file_know_of_each_other(path: Path) -> None:
    async with opened(path) as one, opened(path) as other:
        for drive in (one, other):
            await drive.until(partial(_says, drive, "also open elsewhere"), "the note")
            assert sum("another Roadmap TUI" in each for each in drive.notices) == 1
        put(one, HORIZON, 40)
        put(other, USERS, 5000)
        await one.press("ctrl+s")
        await dialog(other, MergeDialog)
        await other.press("enter")
        await other.until(lambda: other.at_work, "the merge")
        await other.press("ctrl+s")
        await one.until(lambda: value(one, USERS) == 5000, "what the other saved")
        assert (value(one, HORIZON), value(other, HORIZON)) == (40, 40)
        assert path.read_bytes() == one.session.document.raw == other.session.document.raw


async def test_a_merge_that_is_not_finished_is_reported(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    clone.file = "plan.toml"
    clone.merge(
        SMALL,
        SMALL.replace("users = 4000", "users = 5000"),
        SMALL.replace("users = 4000", "users = 6000"),
    )
    path = tmp_path / "plan.toml"
    path.write_text(SMALL)
    async with opened(path) as drive:
        await drive.until(
            lambda: any("merge of this file" in each for each in drive.notices), "the notice"
        )


async def test_a_clone_without_the_driver_is_reported(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    clone.file = "plan.toml"
    (tmp_path / ".gitattributes").write_text("*.toml merge=roadmap\n")
    clone.commit(SMALL)
    async with opened(tmp_path / "plan.toml") as drive:
        await drive.until(
            lambda: any("roadmap git setup" in each for each in drive.notices), "the notice"
        )


async def test_an_unfinished_merge_stays_visible_until_it_is_finished(tmp_path: Path) -> None:
    clone = Clone(tmp_path)
    clone.file = "plan.toml"
    clone.commit(SMALL)
    ours = with_users(5000).decode()
    clone.merge(SMALL, ours, with_users(6000).decode())
    path = tmp_path / "plan.toml"
    path.write_text(ours, encoding="utf-8")  # ours alone, without conflict markers
    async with opened(path) as drive:
        await drive.until(lambda: "unmerged in git" in drive.bars, "the status of the merge")
        assert sum("A merge of this file is not finished" in each for each in drive.notices) == 1
        await drive.press("2", ">")
        await drive.until(lambda: "unmerged in git" in drive.bars, "the status on another screen")
        clone.git("add", "plan.toml")
        await drive.until(lambda: "unmerged" not in drive.bars, "the status to go")
        clone.git("reset", "-q", "--hard")
        clone.merge(SMALL, ours, with_users(7000).decode())
        path.write_text(ours, encoding="utf-8")
        await drive.until(lambda: "unmerged in git" in drive.bars, "the status of another merge")


@pytest.mark.parametrize("cells", [40, 60, 80, 100])
def test_an_unmerged_file_is_shown_first_at_every_width(cells: int) -> None:
    status = PlanStatus(
        "Small plan", notes=("unmerged in git", "● not saved"), day="as of 23 Nov 2026"
    )
    for height in (12, 30):
        top, bottom = render_bars(status, "board", (), Keymap(), (cells, height))
        assert "unmerged in git" in "".join(map(line_text, (*top, bottom)))
