"""Meaning of the first argument."""

import sys
import types
from pathlib import Path

import pytest

from roadmap_tui import __version__
from roadmap_tui.cli.commands import command_names
from roadmap_tui.cli.group import find_command
from roadmap_tui.cli.program_help import command_summary
from tests.cli.conftest import Run


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str | None]:
    """The files that the planner was asked to open; it ends with exit code 7."""
    files: list[str | None] = []
    app = types.ModuleType("roadmap_tui.tui.launch")

    def open_app(path: str | None) -> int:
        files.append(path)
        return 7

    vars(app)["run_app"] = open_app
    monkeypatch.setitem(sys.modules, "roadmap_tui.tui.launch", app)
    return files


def test_version_and_help(run: Run) -> None:
    assert run("--version") == (f"roadmap {__version__}\n", "", 0)
    for flag in ("-h", "--help"):
        reply = run(flag)
        assert (reply.err, reply.code) == ("", 0)
        assert all(f"  {name} " in reply.out for name in command_names())
        assert max(map(len, reply.out.splitlines())) <= 80


WITHOUT_JSON = {"schema", "serve", "mcp", "completions", "merge-driver"}
"""What answers in a form of its own, or not at all."""


@pytest.mark.parametrize("name", command_names())
def test_every_command_has_help_and_json(run: Run, name: str) -> None:
    for flag in ("-h", "--help"):
        reply = run(name, flag)
        assert (reply.err, reply.code) == ("", 0)
        assert reply.out.startswith(f"Usage: roadmap {name} ")
        assert find_command(name).summary in reply.out
        assert ("--json" in reply.out) == (name not in WITHOUT_JSON)


def test_every_module_declares_the_command_of_its_name() -> None:
    assert [find_command(name).name for name in command_names()] == [*command_names()]


@pytest.mark.parametrize("name", command_names())
def test_the_summary_in_the_source_is_that_of_the_command(name: str) -> None:
    assert command_summary(name) == find_command(name).summary != ""


def test_commands_are_listed_by_their_use_and_others_follow_by_name() -> None:
    assert command_names()[:2] == ("check", "rank")
    assert command_names().index("git") < command_names().index("merge-driver")


def test_a_file_opens_the_planner(run: Run, plan: Path, opened: list[str | None]) -> None:
    (plan.parent / "there").touch()
    for words in ([], ["x.toml"], ["some/where"], ["there"]):
        assert run(*words) == ("", "", 7)
    assert opened == [None, "x.toml", "some/where", "there"]
    assert run("x.toml", "--bogus").code == 2
    assert len(opened) == 4


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("rnk", 'did you mean "rank"?'),
        ("forcast", '"forecast"'),
        ("--verison", '"--version"'),
        ("qqqqqq", "--help lists all"),
    ],
)
def test_a_word_that_is_nothing_is_answered(run: Run, plan: Path, word: str, said: str) -> None:
    reply = run(word)
    assert (reply.out, reply.code) == ("", 2)
    assert said in reply.err


@pytest.mark.parametrize(
    "words",
    [
        ["rank"],
        ["rank", "plan.toml", "more"],
        ["rank", "plan.toml", "--bogus"],
        ["rank", "plan.toml", "--as-of", "2026-02-30"],
        ["rank", "plan.toml", "--as-of", "20260230"],
        ["rank", "plan.toml", "--seed", "-1"],
        ["rank", "plan.toml", "--runs", "99"],
        ["rank", "plan.toml", "--runs", "1000001"],
        ["check"],
        ["show", "plan.toml"],
        ["show", "plan.toml", "frist"],
        ["set", "plan.toml", "first.effort"],
        ["set", "plan.toml", "frist.effort", "3"],
        ["set", "plan.toml", "first", "3"],
        ["set", "plan.toml", "first..effort", "3"],
        ["set", "-", "first.effort", "3"],
        ["unset", "plan.toml", "first.efort"],
        ["unset", "plan.toml", "first.reach.x"],
        ["unset", "plan.toml", "first"],
        ["unset", "-", "first.reach"],
        ["remove", "plan.toml", "frist"],
        ["remove", "plan.toml", "model.first"],
        ["rename", "plan.toml", "frist", "x"],
        ["rename", "plan.toml", "first"],
        ["fmt"],
        ["fmt", "-"],
        ["git"],
        ["git", "set-up"],
        ["git", "setup", "plan.toml", "--remove"],
        ["merge-driver", "a", "b"],
        ["add", "plan.toml", "produce", "x"],
        ["export", "plan.toml", "--format", "pptx"],
    ],
)
def test_wrong_use_is_exit_code_2(run: Run, plan: Path, words: list[str]) -> None:
    before = plan.read_bytes()
    reply = run(*words)
    assert (reply.out, reply.code) == ("", 2)
    assert "roadmap: " in reply.err
    assert plan.read_bytes() == before
