"""Repositories, revisions and blobs, against git itself."""

import datetime as dt
import os
from collections import Counter
from pathlib import Path

import pytest

from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.history.git_process import FileAbsent, GitUnavailable
from roadmap_tui.history.revisions import (
    Commit,
    Repository,
    file_at,
    file_revisions,
    find_repository,
    resolve_revision,
)
from tests.history.repositories import Repo


def found(path: Path | str) -> Repository:
    there = find_repository(str(path))
    assert isinstance(there, Repository)
    return there


def commit_of(repo: Repository, rev: str) -> Commit:
    commit = resolve_revision(repo, rev)
    assert isinstance(commit, Commit)
    return commit


NAMES = [
    "plan.toml",
    "a b.toml",
    'it\'s "q".toml',
    "-x.toml",
    "--output=x",
    ":(glob)*.toml",
    "*.toml",
    "ж é.toml",
    "a\\b",
]


@pytest.mark.parametrize("name", [*NAMES, "sub folder/plan.toml", "tab\tand\nline.toml"])
def test_file_with_any_name_is_found(repo: Repo, name: str) -> None:
    for other in NAMES:
        repo.commit(other, f"other {other}")
    sha = repo.commit(name, "mine\r\n", message="Mine")
    there = found(repo.folder / name)
    assert (Path(there.root), there.path) == (repo.folder, name)
    commit = commit_of(there, "HEAD")
    assert (commit.sha, file_at(there, commit)) == (sha, b"mine\r\n")
    touched = file_revisions(there, 50)
    assert isinstance(touched, tuple)
    assert [each.sha for each in touched] == repo.git(
        "--literal-pathspecs", "log", "--format=%H", "--", name
    ).split()


def test_a_commit_has_its_day_subject_and_names(repo: Repo) -> None:
    first = repo.commit(
        "plan.toml", "1", day="2025-02-28", message="Begin ünder way\n\nwith a body"
    )
    repo.git("tag", "-a", "-m", "the plan of the first quarter", "q1-plan")
    repo.git("tag", "light")
    second = repo.commit("plan.toml", "2", day="2026-01-01")
    there = found(repo.folder / "plan.toml")
    commit = commit_of(there, "q1-plan")
    assert commit == Commit(
        first,
        repo.git("rev-parse", "--short", first),
        dt.date(2025, 2, 28),
        "Begin ünder way",
        ("light", "q1-plan"),
    )
    touched = file_revisions(there, 50)
    assert isinstance(touched, tuple)
    assert [(each.sha, each.tags, each.branches) for each in touched] == [
        (second, (), ("main",)),
        (first, ("light", "q1-plan"), ()),
    ]
    assert file_revisions(there, 1) == touched[:1]


@pytest.mark.parametrize(
    "rev",
    [
        "HEAD",
        "HEAD^",
        "HEAD~1",
        "main",
        "refs/heads/main",
        "light",
        "q1",
        ":/second",
        "HEAD^{/first}",
        "main@{0}",
        "@",
    ],
)
def test_a_revision_is_what_git_takes_it_for(repo: Repo, rev: str) -> None:
    repo.commit("plan.toml", "1", message="first")
    repo.git("tag", "-a", "-m", "q", "q1")
    repo.git("tag", "light")
    repo.commit("plan.toml", "2", message="the second")
    commit = commit_of(found(repo.folder / "plan.toml"), rev)
    assert commit.sha == repo.git("rev-list", "-1", rev)


@pytest.mark.parametrize(
    "rev",
    [
        "--output=x",
        "--all",
        "-h",
        "",
        " ",
        "nowhere",
        "HEAD~9",
        "^HEAD",
        "HEAD..HEAD",
        "HEAD\nHEAD",
        "a\0b",
        "plan.toml",
        "--",
        "\udcff",
    ],
)
def test_unknown_revision_is_reported_and_changes_nothing(
    repo: Repo, rev: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("plan.toml", "1")
    monkeypatch.chdir(repo.folder)
    refused = resolve_revision(found("plan.toml"), rev)
    assert isinstance(refused, GitUnavailable)
    assert refused.text == f'no revision "{rev}"'
    assert sorted(path.name for path in repo.folder.iterdir()) == [".git", "plan.toml"]


def test_a_mistyped_revision_brings_a_suggestion(repo: Repo) -> None:
    repo.commit("plan.toml", "1")
    repo.git("tag", "q1-plan")
    assert resolve_revision(found(repo.folder / "plan.toml"), "q1-plam") == GitUnavailable(
        'no revision "q1-plam"', 'did you mean "q1-plan"?'
    )


@pytest.mark.parametrize("rev", ["HEAD^{tree}", "HEAD:plan.toml"])
def test_unknown_commit_is_reported(repo: Repo, rev: str) -> None:
    repo.commit("plan.toml", "1")
    refused = resolve_revision(found(repo.folder / "plan.toml"), rev)
    assert isinstance(refused, GitUnavailable)
    assert refused.text == f'"{rev}" is no commit'


def test_a_hash_that_fits_two_commits_is_ambiguous(repo: Repo) -> None:
    # git takes four digits at least; of some hundred commits two begin alike
    shas = [repo.commit("plan.toml", "1")]
    tree = repo.git("rev-parse", "HEAD^{tree}")
    while len({sha[:4] for sha in shas}) == len(shas) and len(shas) < 2000:
        shas.append(repo.git("commit-tree", tree, "-m", str(len(shas))))
    starts = Counter(sha[:4] for sha in shas)
    twice = next(start for start, count in starts.items() if count == 2)
    refused = resolve_revision(found(repo.folder / "plan.toml"), twice)
    assert refused == GitUnavailable(f'"{twice}" is ambiguous', "write more of it")


def test_a_file_that_was_not_there_is_absent(repo: Repo) -> None:
    repo.commit("other.toml", "1")
    there = found(repo.folder / "plan.toml")
    assert isinstance(file_at(there, commit_of(there, "HEAD")), FileAbsent)
    assert file_revisions(there, 5) == ()


def test_a_folder_or_a_link_at_a_revision_is_no_file(repo: Repo) -> None:
    repo.commit("plan.toml/inside", "1")
    (repo.folder / "link.toml").symlink_to("/etc/hostname")
    repo.git("add", "link.toml")
    repo.git("commit", "-q", "-m", "link")
    root = found(repo.folder / "x.toml").root
    commit = commit_of(Repository(root, "plan.toml"), "HEAD")
    for name, said in (("plan.toml", "no file"), ("link.toml", "a link")):
        held = file_at(Repository(root, name), commit)
        assert isinstance(held, GitUnavailable)
        assert said in held.text


def test_a_blob_is_as_large_as_a_file_may_be(repo: Repo) -> None:
    repo.commit("plan.toml", "#" * MAX_BYTES)
    there = found(repo.folder / "plan.toml")
    assert file_at(there, commit_of(there, "HEAD")) == b"#" * MAX_BYTES
    repo.commit("plan.toml", "#" * (MAX_BYTES + 1))
    held = file_at(there, commit_of(there, "HEAD"))
    assert isinstance(held, GitUnavailable)
    assert held.text.startswith("larger than 5 MB at ")
    assert held.text.endswith(
        ", the largest size of a roadmap: it has 5,000,001 bytes, and the limit is 5,000,000"
    )


def test_links_lead_to_the_file_they_mean(repo: Repo, tmp_path: Path) -> None:
    repo.commit("sub/plan.toml", "1")
    outside = tmp_path / "outside.toml"
    outside.write_text("1")
    (repo.folder / "inner.toml").symlink_to("sub/plan.toml")
    (repo.folder / "out.toml").symlink_to(outside)
    (tmp_path / "in.toml").symlink_to(repo.folder / "sub" / "plan.toml")
    (tmp_path / "folder").symlink_to(repo.folder)
    for path in (
        repo.folder / "inner.toml",
        tmp_path / "in.toml",
        tmp_path / "folder" / "sub" / "plan.toml",
    ):
        assert found(path) == Repository(str(repo.folder), "sub/plan.toml")
    assert find_repository(str(repo.folder / "out.toml")) == find_repository(str(outside))
    refused = find_repository(str(outside))
    assert isinstance(refused, GitUnavailable)
    assert refused.text == "not in a git repository"


def test_worktrees_submodules_and_gone_folders(repo: Repo, tmp_path: Path) -> None:
    sha = repo.commit("sub/plan.toml", "1")
    repo.git("worktree", "add", "-q", str(tmp_path / "tree"))
    assert found(tmp_path / "tree" / "sub" / "plan.toml") == Repository(
        str(tmp_path / "tree"), "sub/plan.toml"
    )
    whole = Repo(tmp_path / "whole")
    whole.git(
        "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repo.folder), "part"
    )
    there = found(whole.folder / "part" / "sub" / "plan.toml")
    assert (there, commit_of(there, "HEAD").sha) == (
        Repository(str(whole.folder / "part"), "sub/plan.toml"),
        sha,
    )
    (repo.folder / "sub" / "plan.toml").unlink()
    (repo.folder / "sub").rmdir()
    there = found(repo.folder / "sub" / "plan.toml")
    assert file_at(there, commit_of(there, "HEAD")) == b"1"


def test_the_file_determines_the_repository_wherever_git_runs(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("plan.toml", "1")
    other = Repo(tmp_path / "other")
    other.commit("plan.toml", "2")
    monkeypatch.chdir(other.folder)
    there = Repository(str(repo.folder), "plan.toml")
    assert found(os.path.relpath(repo.folder / "plan.toml")) == there
    for name in ("GIT_DIR", "GIT_COMMON_DIR"):
        monkeypatch.setenv(name, str(other.folder / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    monkeypatch.setenv("GIT_PREFIX", "sub/")
    monkeypatch.setenv("GIT_ICASE_PATHSPECS", "1")
    assert found(repo.folder / "plan.toml") == there
    assert file_at(there, commit_of(there, "HEAD")) == b"1"


def test_a_repository_named_by_hand_is_taken(
    repo: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("plan.toml", "1")
    (repo.folder / ".git").rename(tmp_path / "kept.git")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_DIR", "kept.git")
    monkeypatch.setenv("GIT_WORK_TREE", repo.folder.name)
    there = found(repo.folder / "plan.toml")
    assert file_at(there, commit_of(there, "HEAD")) == b"1"


def test_repository_without_commits_is_reported(repo: Repo) -> None:
    there = found(repo.folder / "plan.toml")
    for refused in (resolve_revision(there, "HEAD"), file_revisions(there, 5)):
        assert isinstance(refused, GitUnavailable)
        assert refused.text == "this repository has no commit yet"


def test_bare_repositories_and_the_folder_of_git_hold_no_work(repo: Repo, tmp_path: Path) -> None:
    repo.git("init", "-q", "--bare", str(tmp_path / "bare.git"))
    for path in (repo.folder / ".git" / "config", tmp_path / "bare.git" / "config"):
        refused = find_repository(str(path))
        assert isinstance(refused, GitUnavailable)
        assert "work tree" in refused.text


def test_missing_git_is_reported(repo: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(repo.folder))
    refused = find_repository(str(repo.folder / "plan.toml"))
    assert isinstance(refused, GitUnavailable)
    assert (refused.text, bool(refused.remedy)) == ("git is not installed", True)


def test_a_repository_of_another_user_is_not_read(
    repo: Repo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    refused = find_repository(str(repo.folder / "plan.toml"))
    assert isinstance(refused, GitUnavailable)
    assert "belongs to another user" in refused.text
    assert "safe.directory" in refused.remedy
    assert repo.folder.name in refused.remedy


def test_replace_refs_do_not_change_commits(repo: Repo) -> None:
    first = repo.commit("plan.toml", "1")
    repo.git("replace", first, repo.commit("plan.toml", "2"))
    there = found(repo.folder / "plan.toml")
    assert file_at(there, commit_of(there, first)) == b"1"
