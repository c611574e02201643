"""`git merge`, for real, with the merge driver: nothing lost, nothing wrong, no choice that is not needed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import tomli

from .branches import Cells, Expected, Place, Sheet, Writer, expected
from .conftest import own_git

FILE = "road map's.toml"


class Repository:
    """A git repository in a folder, whose settings nobody else's change."""

    def __init__(self, folder: Path, *, driver: bool) -> None:
        self.folder = folder
        self.git("init", "-q", "-b", "main")
        for key, value in (("user.name", "A"), ("user.email", "a@example.org"), ("core.autocrlf", "false")):
            self.git("config", key, value)
        (folder / FILE).touch()
        if driver:
            assert self.roadmap("git", "setup", FILE).returncode == 0

    def git(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(["git", *words], cwd=self.folder, capture_output=True, text=True, check=False)

    def roadmap(self, *words: str) -> subprocess.CompletedProcess[str]:
        program = [sys.executable, "-m", "roadmap_tui", *words]
        return subprocess.run(program, cwd=self.folder, capture_output=True, text=True, check=False)

    def commit(self, text: str) -> None:
        (self.folder / FILE).write_bytes(text.encode())
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Change the plan", "--allow-empty")

    def merge(self, base: str, ours: str, theirs: str) -> subprocess.CompletedProcess[str]:
        self.git("checkout", "-q", "-f", "--orphan", f"base{os.urandom(4).hex()}")
        self.commit(base)
        self.git("branch", "-f", "theirs")
        self.commit(ours)
        self.git("checkout", "-q", "theirs")
        self.commit(theirs)
        self.git("checkout", "-q", "-")
        return self.git("merge", "--no-edit", "theirs")

    def text(self) -> str:
        return (self.folder / FILE).read_bytes().decode()


def sides(text: str) -> tuple[str, str, int]:
    """A text with our side, and with their side, of each conflict that is marked in it; and how many there are."""
    ours, theirs, marks = [], [], 0
    where = {"both"}
    for line in text.split("\n"):
        mark = line[:7]
        if mark in {"<" * 7, "=" * 7, ">" * 7}:
            where = {"<": {"ours"}, "=": {"theirs"}, ">": {"both"}}[mark[0]]
            marks += mark[0] == "<"
            continue
        ours += [line] if where & {"both", "ours"} else []
        theirs += [line] if where & {"both", "theirs"} else []
    return "\n".join(ours), "\n".join(theirs), marks


def read(text: str) -> dict[Place, Cells]:
    data = tomli.loads(text)
    return {(track, name): item for track in ("product", "model") for name, item in data.get(track, {}).items()}


def bare(data: dict[Place, Cells]) -> dict[Place, Cells]:
    """The data with its lists as sets: an empty one is as good as none."""
    return {
        place: {
            key: sorted(map(str, value)) if isinstance(value, list) and key in {"needs", "tags"} else value
            for key, value in cells.items()
            if value != []
        }
        for place, cells in data.items()
    }


def lost_comments(base: Sheet, ours: Sheet, theirs: Sheet, text: str, want: Expected) -> set[str]:
    """Comments that nobody took out, on things that nobody took out and that are not in conflict."""
    old, mine, yours = base.comments(), ours.comments(), theirs.comments()
    words = (set(mine) & set(yours)) | (set(mine) - set(old)) | (set(yours) - set(old))
    lost = set()
    for word in words:
        owner = mine.get(word) or yours[word]
        around = {owner[:length] for length in range(2, len(owner) + 1)}
        gone = any(_gone(part, base, ours, theirs) for part in around)
        if f"# {word}" not in text and not gone and not around & want.conflicts:
            lost.add(word)
    return lost


def _gone(part: Place, base: Sheet, ours: Sheet, theirs: Sheet) -> bool:
    return any(_has(base, part) and not _has(side, part) for side in (ours, theirs))


def _has(sheet: Sheet, part: Place) -> bool:
    value: object = sheet.data().get(part[:2])
    for step in part[2:]:
        value = value.get(step) if isinstance(value, dict) else step in value if isinstance(value, list) else None
    return value not in {None, False} if not isinstance(value, list | dict) else True


def check_merge(repository: Repository, seed: int) -> None:
    writer = Writer(seed)
    base = writer.sheet()
    ours, theirs = writer.branch(base), writer.branch(base)
    want = expected(base, ours, theirs)
    done = repository.merge(base.text(), ours.text(), theirs.text())
    text = repository.text()
    assert (done.returncode != 0) == bool(want.conflicts), (want.conflicts, text)
    mine, yours, marks = sides(text)
    assert bare(read(mine)) == bare(want.ours)
    assert bare(read(yours)) == bare(want.theirs)
    assert bool(marks) == bool(want.conflicts)
    for place in want.conflicts:
        assert ".".join(place) in done.stderr
    assert not lost_comments(base, ours, theirs, text, want)
    words = [word for word in {**ours.comments(), **theirs.comments()} if mine.count(f"# {word}") > 1]
    assert not words


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A new repository with the driver set up."""
    folder = tmp_path / "our work"
    folder.mkdir()
    own_git(monkeypatch)
    return Repository(folder, driver=True)


@pytest.mark.parametrize("lot", range(6))
def test_random_branches_merge_by_key(repository: Repository, lot: int) -> None:
    for seed in range(lot * 10, lot * 10 + 10):
        check_merge(repository, seed)


@pytest.mark.soak
@pytest.mark.parametrize("lot", range(10))
def test_many_random_branches_merge_by_key(repository: Repository, lot: int) -> None:
    for seed in range(1000 + lot * 50, 1000 + lot * 50 + 50):
        check_merge(repository, seed)
