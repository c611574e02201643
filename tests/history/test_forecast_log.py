"""The forecasts of one file, commit by commit."""

import datetime as dt
from pathlib import Path

import pytest

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.history.forecast_log import FileVersion, LogEntry, file_versions, log_entry
from roadmap_tui.history.revisions import Repository, file_revisions, find_repository
from roadmap_tui.storage.load import load_document
from tests.history.repositories import Repo

BET = "[model.m]\neffort = 1\nchance = {}\n"


def followed(repo: Repo, *, as_of: dt.date | None = None) -> list[LogEntry]:
    """The points of ``plan.toml``, oldest first."""
    path = str(repo.folder / "plan.toml")
    there, disk = find_repository(path), load_document(path)
    assert isinstance(there, Repository)
    commits = file_revisions(there, 50)
    assert isinstance(commits, tuple)
    found = file_versions(there, commits[::-1], disk if isinstance(disk, Document) else None)
    return [log_entry(each, as_of=as_of, runs=100) for each in found]


def test_each_commit_is_forecast_as_of_its_day_or_else_the_file_s_own(repo: Repo) -> None:
    repo.commit("plan.toml", BET.format(0.25), day="2026-01-05")
    repo.commit("plan.toml", "[roadmap]\nas_of = 2025-12-24\n" + BET.format(0.5), day="2026-02-02")
    points = followed(repo)
    assert [each.forecast.as_of for each in points if each.forecast] == [
        dt.date(2026, 1, 5),
        dt.date(2025, 12, 24),
    ]
    assert [each.forecast.items["m"].ships for each in points if each.forecast] == [0.25, 0.5]
    day = dt.date(2027, 1, 1)
    assert [each.forecast.as_of for each in followed(repo, as_of=day) if each.forecast] == [
        day,
        day,
    ]


def test_no_commit_is_left_out(repo: Repo) -> None:
    repo.commit("plan.toml", "[model.other]\n")
    repo.commit("unrelated.toml", "1")
    repo.commit("plan.toml", "a = = 1\n" + BET.format(0.5))
    repo.commit("plan.toml", BET.format(0.5))
    repo.git("rm", "-q", "plan.toml")
    repo.git("commit", "-q", "-m", "Away")
    repo.commit("plan.toml", BET.format(0.75))
    points = followed(repo)
    assert [each.has("m") for each in points] == [False, False, True, False, True]
    assert [bool(each.missing) for each in points] == [False, True, False, True, False]
    assert points[1].missing.startswith("line 1: a value is missing")
    assert points[3].missing == "no file"
    assert None not in [each.commit for each in points]


@pytest.mark.parametrize(
    ("text", "differs"),
    [
        (BET.format(0.5), False),
        ("# said again\r\n" + BET.format(0.5).replace("\n", "\r\n"), False),
        (BET.format(0.75), True),
        ("a = = 1", True),
        ("", True),
    ],
)
def test_file_on_disk_comes_last_if_it_differs(repo: Repo, text: str, differs: bool) -> None:
    repo.commit("plan.toml", BET.format(0.5))
    (repo.folder / "plan.toml").write_bytes(text.encode())
    assert [each.commit is None for each in followed(repo)] == [False, *([True] if differs else [])]


def test_a_file_that_git_doesn_t_know_has_itself_only(repo: Repo) -> None:
    repo.commit("other.toml", "1")
    (repo.folder / "plan.toml").write_text(BET.format(0.5))
    [point] = followed(repo)
    assert (point.commit, point.has("m")) == (None, True)


def test_merges_bring_the_commits_of_both_sides(repo: Repo, tmp_path: Path) -> None:
    repo.commit(
        "plan.toml", BET.format(0.25) + "\n\n\n\n[product.p]\nreach = 1\n", day="2026-01-01"
    )
    repo.git("checkout", "-q", "-b", "side")
    repo.commit(
        "plan.toml", BET.format(0.25) + "\n\n\n\n[product.p]\nreach = 2\n", day="2026-01-02"
    )
    repo.git("checkout", "-q", "main")
    repo.commit(
        "plan.toml", BET.format(0.75) + "\n\n\n\n[product.p]\nreach = 1\n", day="2026-01-03"
    )
    repo.git("merge", "-q", "--no-edit", "side", day="2026-01-04")
    days = [each.commit.date.day for each in followed(repo) if each.commit]
    assert days == [1, 2, 3, 4]


def test_a_version_without_a_commit_is_as_of_today() -> None:
    before = dt.date.today()
    point = log_entry(
        FileVersion(None, read_document(BET.format(0.5).encode(), "plan.toml")), runs=100
    )
    assert point.forecast is not None
    assert point.forecast.as_of in {before, dt.date.today()}
