"""The Changes screen: against the saved file, HEAD, and any revision."""

import os
import subprocess
from pathlib import Path

import pytest

from roadmap_tui.document.edits import SetValue
from roadmap_tui.document.reader import read_document
from roadmap_tui.tui.dialogs.compare_to import CompareToDialog
from roadmap_tui.tui.workers.comparison import SAVED_FILE, compare_documents, find_comparison_base
from tests.tui.driver import Drive, opened, screen_lines, texts_on
from tests.tui.plans import NASTY, SMALL, nasty_plan

USERS = SMALL.replace("users = 4000", "users = 9000")


def git(folder: Path, *words: str, day: str = "2026-11-20") -> None:
    dated = {
        "GIT_AUTHOR_DATE": f"{day}T12:00:00+00:00",
        "GIT_COMMITTER_DATE": f"{day}T12:00:00+00:00",
    }
    subprocess.run(
        ["git", *words], cwd=folder, env={**os.environ, **dated}, capture_output=True, check=True
    )


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan in a repository: first a tagged version with other users, then the current one."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    made = tmp_path / "plan.toml"
    git(tmp_path, "init", "-q", "-b", "main")
    git(tmp_path, "config", "user.name", "A")
    git(tmp_path, "config", "user.email", "a@example.org")
    for text, day, message in (
        (USERS, "2026-07-01", "Q1 plan [/]"),
        (SMALL, "2026-11-20", "Ask fewer users"),
    ):
        made.write_text(text, encoding="utf-8")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", message, day=day)
    git(tmp_path, "tag", "summer", "HEAD~1")
    return made


async def compared(drive: Drive) -> str:
    """The screen, once it is about what is there."""
    await drive.until(lambda: _is_compared(drive), "the comparison")
    await drive.drained()
    return drive.drawn()


def _is_compared(drive: Drive) -> bool:
    found = drive.session.comparison
    return found is not None and found.document is drive.session.document


async def test_saved_work_is_compared_with_head_and_unsaved_work_with_the_file(path: Path) -> None:
    async with opened(path) as drive:
        await drive.press("9")
        shown = await compared(drive)
        assert "Since HEAD, 20 Nov 2026" in shown
        assert "Nothing changed" in shown
        name = next(iter(drive.session.plan.model))
        drive.workspace.change("edited", (SetValue(("model", name, "chance"), 0.01),))
        await drive.until(lambda: "Since the saved file" in drive.drawn(), "the comparison")
        shown = drive.drawn()
        assert f"{name}: chance" in shown
        assert "MOVED" in shown
        assert f"because chance of {name}" in shown
        await drive.press("u")
        await drive.until(lambda: "Since HEAD" in drive.drawn(), "the comparison")


async def test_a_revision_is_chosen_by_a_word(path: Path) -> None:
    async with opened(path) as drive:
        await drive.press("c")
        await drive.until(lambda: isinstance(drive.app.screen, CompareToDialog), "the list")
        await drive.drained()
        listed = "\n".join(screen_lines(drive.app))
        assert "Q1 plan [/]" in listed
        assert "[summer]" in listed
        await drive.type("q1 pl")
        await drive.press("enter")
        shown = await compared(drive)
        assert "Since summer, 1 Jul 2026" in shown
        assert "users 9000 → 4000" in shown


@pytest.mark.parametrize(
    ("typed", "said"), [("main~1", "Since summer, 1 Jul 2026"), ("nosuch", "no revision")]
)
async def test_a_revision_is_typed(path: Path, typed: str, said: str) -> None:
    async with opened(path) as drive:
        await drive.press("c")
        await drive.until(lambda: isinstance(drive.app.screen, CompareToDialog), "the list")
        await drive.drained()
        await drive.type(typed)
        await drive.press("enter")
        assert said in await compared(drive)


async def test_an_item_is_selected_and_opened_from_here(path: Path) -> None:
    async with opened(path) as drive:
        name = next(iter(drive.session.plan.model))
        drive.workspace.change("edited", (SetValue(("model", name, "chance"), 0.01),))
        await drive.press("9")
        await compared(drive)
        await drive.press("home")
        await drive.select(name)
        assert "▌" in drive.drawn()
        await drive.press("2")
        assert drive.session.selected == name


async def test_nasty_texts_are_shown_as_they_are(path: Path) -> None:
    path.write_text(nasty_plan(), encoding="utf-8")
    async with opened(path, (160, 60)) as drive:
        await drive.press("9")
        await compared(drive)
        await drive.press("c")
        await drive.until(lambda: isinstance(drive.app.screen, CompareToDialog), "the list")
        await drive.drained()
        assert "Q1plan[/]" in texts_on(drive.app.screen)
        await drive.press("escape")
        await drive.until(lambda: drive.at_work, "going on")
        shown = "".join("".join(drive.lines()).split())
        assert any("".join(seen.split()) in shown for seen in NASTY.values())


async def test_without_git_the_saved_file_is_what_there_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    async with opened(path) as drive:
        await drive.press("9")
        assert "Since the saved file" in await compared(drive)
        await drive.press("c")
        await drive.until(lambda: isinstance(drive.app.screen, CompareToDialog), "the list")
        await drive.drained()
        assert "notinagitrepository" in texts_on(drive.app.screen)


def test_invalid_version_is_reported(path: Path) -> None:
    path.write_text("[product.a\n")
    git(path.parent, "commit", "-qam", "Break it")
    document = read_document(SMALL.encode(), str(path))
    found = compare_documents(document, find_comparison_base(str(path), document, document, "HEAD"))
    assert isinstance(found.result, str)
    assert ":1:" in found.result
    assert find_comparison_base(str(path), document, document, SAVED_FILE).name == SAVED_FILE
