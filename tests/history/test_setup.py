"""`roadmap git setup`: what it writes, and that undoing it leaves nothing."""

import os
import shlex
import sys
from pathlib import Path

import pytest

from roadmap_tui.files.edits import Refusal
from roadmap_tui.history.setup import set_up, take_back

from .clone import Clone

ODD = [
    "plan.toml",
    "a b.toml",
    'say "hi".toml',
    "-x.toml",
    "#1.toml",
    "!no.toml",
    "[a]*?.toml",
    "tschüß.toml",
    "it's.toml",
]


@pytest.fixture
def repository(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


@pytest.mark.parametrize("name", ODD)
def test_git_asks_for_the_driver_for_this_file_alone(repository: Clone, name: str) -> None:
    (repository.folder / name).touch()
    assert not isinstance(set_up(repository.folder, [name]), Refusal)
    others = ["other.toml", f"sub/{name}", "a.toml", "pyproject.toml"]
    said = repository.git("check-attr", "-z", "merge", "--", name, *others).stdout.split("\0")
    assert said[2::3] == ["roadmap", *["unspecified"] * len(others)]


def test_without_a_file_it_holds_for_the_folder_of_roadmaps(repository: Clone) -> None:
    set_up(repository.folder, [])
    said = repository.git("check-attr", "merge", "--", "roadmaps/a.toml", "a.toml", "x/roadmaps/a.toml").stdout
    assert [line.rsplit(" ", 1)[1] for line in said.splitlines()] == ["roadmap", "unspecified", "unspecified"]


def test_the_driver_is_named_by_an_absolute_path(repository: Clone) -> None:
    set_up(repository.folder, [])
    command = shlex.split(repository.git("config", "merge.roadmap.driver").stdout)
    assert command[0] == sys.executable
    assert os.path.isabs(command[0])
    assert command[1:6] == ["-P", "-m", "roadmap_tui", "merge-driver", "--"]


@pytest.mark.parametrize("old", [None, b"", b"*.png binary", b"*.png binary\r\n\r\n# x\n", b"\xff\n"])
def test_undoing_it_gives_the_same_bytes(repository: Clone, old: bytes | None) -> None:
    attributes, config = repository.folder / ".gitattributes", repository.folder / ".git/config"
    if old is not None:
        attributes.write_bytes(old)
    settings = repository.git("config", "--list", "--local").stdout
    for _ in range(2):
        assert not isinstance(set_up(repository.folder, []), Refusal)
    assert attributes.read_bytes().count(b"merge=roadmap") == 1
    assert not isinstance(take_back(repository.folder), Refusal)
    assert (attributes.read_bytes() if attributes.exists() else None) == (old or None)
    assert repository.git("config", "--list", "--local").stdout == settings
    assert b"roadmap" not in config.read_bytes()
    assert not isinstance(take_back(repository.folder), Refusal)


def test_nothing_outside_is_written(repository: Clone, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "there"
    outside.write_text("theirs\n")
    (repository.folder / ".gitattributes").symlink_to(outside)
    assert isinstance(set_up(repository.folder, []), Refusal)
    assert outside.read_text() == "theirs\n"
    (repository.folder / ".gitattributes").unlink()
    (repository.folder / "plan.toml").symlink_to(outside)
    for name in ("plan.toml", "../there", "missing.toml"):
        assert isinstance(set_up(repository.folder, [name]), Refusal)
    assert not (repository.folder / ".gitattributes").exists()


def test_outside_a_repository_it_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for done in (set_up(tmp_path, []), take_back(tmp_path)):
        assert isinstance(done, Refusal)
        assert "not in a git repository" in done.text
    monkeypatch.setenv("PATH", "")
    done = set_up(tmp_path, [])
    assert isinstance(done, Refusal)
    assert "not installed" in done.text
