"""The lines of an item, edited in the app and in an editor of one's own."""

import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.app import App

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.tui.dialogs.form import ItemForm
from roadmap_tui.tui.dialogs.source import IN_BROWSER, SourceDialog, TomlEditor
from roadmap_tui.tui.terminal.external_editor import editor_command
from tests.tui.driver import Drive, opened, rendered
from tests.tui.plans import SMALL


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_text(SMALL, encoding="utf-8")
    return made


async def source(drive: Drive, *keys: str) -> TomlEditor:
    await drive.press("3")
    await drive.select("drafts")
    await drive.press(*keys)
    await drive.until(lambda: isinstance(drive.app.screen, SourceDialog), "the lines")
    await drive.drained()
    return drive.app.screen.query_one(TomlEditor)


def problem(drive: Drive) -> str:
    return " ".join(rendered(drive.app.screen.query_one(".fault"))).strip()


async def test_the_lines_are_edited_with_faults_and_kept_as_one_step(path: Path) -> None:
    async with opened(path) as drive:
        area = await source(drive, "T")
        assert area.text in SMALL
        first = area.text.split("\n")[0]
        assert area.line_number_start == SMALL.split("\n").index(first) + 1
        given = area.text
        area.text = f"{given}\npublic = 3"
        await drive.until(lambda: "column 10" in problem(drive), "the fault, with its place")
        line = SMALL[: SMALL.index(given)].count("\n") + given.count("\n") + 2
        assert f"line {line}," in problem(drive)
        await drive.press("ctrl+s")
        assert isinstance(drive.app.screen, SourceDialog)
        assert area.cursor_location == (given.count("\n") + 1, 9)
        area.text = f'{given}\npublic = "Ada"  # she does'
        await drive.until(lambda: not problem(drive), "no fault")
        await drive.press("ctrl+s")
        await drive.until(lambda: drive.at_work, "the lines to close")
        assert drive.session.document.text == SMALL.replace(
            given, f'{given}\npublic = "Ada"  # she does'
        )
        await drive.press("u")
        assert drive.session.document.text == SMALL


async def test_what_was_typed_in_the_form_is_there_and_kept_together(path: Path) -> None:
    async with opened(path) as drive:
        await drive.press("3")
        await drive.select("drafts")
        await drive.press("e")
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
        await drive.write("1 2", "effort")
        await drive.press("ctrl+t")
        await drive.until(lambda: isinstance(drive.app.screen, SourceDialog), "the lines")
        await drive.drained()
        area = drive.app.screen.query_one(TomlEditor)
        assert "effort = [1, 2]" in area.text
        area.text += '\npublic = "Bo"'
        await drive.press("ctrl+s")
        await drive.until(lambda: drive.at_work, "both to close")
        assert drive.session.plan.product["drafts"].public == "Bo"
        await drive.press("u")
        assert drive.session.document.text == SMALL


@contextmanager
def _suspended() -> Iterator[None]:
    yield


@pytest.fixture
def editor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An editor that appends a line to its file and records its arguments."""
    script, seen = tmp_path / "an editor.py", tmp_path / "seen"
    script.write_text(
        f"import os, sys\nopen({str(seen)!r}, 'w').write(f'{{len(sys.argv)}}"
        " {os.stat(sys.argv[-1]).st_mode} {sys.argv[-1]}')\nopen(sys.argv[-1],"
        " 'a').write(sys.argv[1])\n"
    )
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", f"{sys.executable} '{script}' 'owner = \"$HOME; x\"'")
    monkeypatch.setattr(App, "suspend", lambda _: _suspended())
    return seen


async def test_the_lines_are_edited_in_an_editor_that_no_shell_runs(
    path: Path, editor: Path
) -> None:
    async with opened(path) as drive:
        area = await source(drive, "T")
        given = area.text
        await drive.press("ctrl+e")
        await drive.until(lambda: area.text != given, "what the editor left")
        assert area.text == f'{given}\nowner = "$HOME; x"'
        words, mode, name = editor.read_text().split(" ", 2)
        assert (words, stat.S_IMODE(int(mode))) == ("3", 0o600)
        assert not Path(name).exists()


async def test_a_long_text_is_edited_in_an_editor(path: Path, editor: Path) -> None:
    async with opened(path) as drive:
        await drive.press("3")
        await drive.select("drafts")
        await drive.press("e")
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
        await drive.write("rules stay", "fallback")
        await drive.press("ctrl+e")
        await drive.until(lambda: "HOME" in drive.field("fallback").value, "what the editor left")
        await drive.press("ctrl+s")
        await drive.until(lambda: drive.at_work, "the form to close")
        assert drive.session.plan.product["drafts"].fallback == 'rules stay\nowner = "$HOME; x"'
        assert editor.exists()


async def test_where_a_field_is_no_text_the_editor_gets_the_lines(path: Path, editor: Path) -> None:
    async with opened(path) as drive:
        await drive.press("3")
        await drive.select("drafts")
        await drive.press("e")
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the form")
        await drive.write("1 2", "effort")
        await drive.press("ctrl+e")
        await drive.until(lambda: isinstance(drive.app.screen, SourceDialog), "the lines")
        await drive.until(
            lambda: "HOME" in drive.app.screen.query_one(TomlEditor).text, "what the editor left"
        )
        await drive.until(lambda: "column" in problem(drive), "that it has an owner already")
        assert "effort = [1, 2]" in drive.app.screen.query_one(TomlEditor).text
        assert editor.exists()


async def test_a_browser_gets_no_editor(path: Path, editor: Path) -> None:
    async with opened(path) as drive:
        drive.session.folder = path.parent
        await source(drive, "T")
        await drive.press("ctrl+e")
        assert problem(drive) == IN_BROWSER
        assert not editor.exists()


@pytest.mark.parametrize(
    ("environment", "words"),
    [
        ({"EDITOR": "vi"}, ["vi"]),
        ({"EDITOR": "vi", "VISUAL": "code -w 'a b'"}, ["code", "-w", "a b"]),
        ({"EDITOR": "vi", "VISUAL": "  "}, ["vi"]),
        ({}, None),
        ({"EDITOR": "vi 'open"}, None),
    ],
)
def test_the_editor_is_the_one_that_was_chosen(
    environment: dict[str, str], words: list[str] | None
) -> None:
    found = editor_command(environment)
    assert isinstance(found, EditRejected) if words is None else found == words
