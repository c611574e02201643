"""Committing one file, with real git: its hooks run, nothing else does, and nothing else is
committed.
"""

from pathlib import Path

import pytest

from roadmap_tui.history.commit import commit_file, commit_target
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.revisions import Commit, Repository, find_repository
from tests.history.repositories import Repo

TEXT = "[roadmap]\n[product.a]\n"


@pytest.fixture
def known(repo: Repo) -> Repo:
    """A repository with a plan, a change of it on disk, and another file that is staged."""
    repo.commit("plan.toml", TEXT)
    (repo.folder / "plan.toml").write_text(f"{TEXT}effort = 1\n", encoding="utf-8")
    (repo.folder / "other.txt").write_text("staged", encoding="utf-8")
    repo.git("add", "other.txt")
    return repo


def here(repo: Repo, name: str = "plan.toml") -> Repository:
    found = find_repository(str(repo.folder / name))
    assert not isinstance(found, GitUnavailable)
    return found


def hook(repo: Repo, name: str, script: str) -> None:
    path = repo.folder / ".git" / "hooks" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)


def test_only_the_file_is_committed_and_what_is_staged_stays_staged(known: Repo) -> None:
    done = commit_file(here(known), "Estimate a\n\n- effort set to 1\n# not a comment\n")
    assert isinstance(done, Commit)
    assert done.subject == "Estimate a"
    assert known.git("show", "--name-only", "--format=", "HEAD") == "plan.toml"
    assert known.git("show", "HEAD:plan.toml") == f"{TEXT}effort = 1"
    assert known.git("diff", "--cached", "--name-only") == "other.txt"
    assert "# not a comment" in known.git("log", "-1", "--format=%B")


@pytest.mark.parametrize("name", ["new.toml", "a b/-x's.toml", "*.toml"])
def test_untracked_file_with_any_name_is_added(known: Repo, name: str) -> None:
    (known.folder / name).parent.mkdir(exist_ok=True)
    (known.folder / name).write_text(TEXT, encoding="utf-8")
    assert isinstance(commit_file(here(known, name), "Add it"), Commit)
    assert (
        known.git("-c", "core.quotePath=false", "show", "--name-only", "--format=", "HEAD") == name
    )
    assert known.git("status", "--porcelain", "--", "plan.toml").startswith("M")


def test_the_first_commit_of_a_repository(repo: Repo) -> None:
    (repo.folder / "plan.toml").write_text(TEXT, encoding="utf-8")
    found = commit_target(here(repo))
    assert not isinstance(found, GitUnavailable)
    assert (found.branch, found.before) == ("main", None)
    assert isinstance(commit_file(here(repo), "Begin"), Commit)


def test_hooks_run_and_their_refusal_is_reported(known: Repo) -> None:
    hook(known, "pre-commit", "echo looked > looked; echo 'effort is too low' >&2; exit 1")
    refused = commit_file(here(known), "Estimate a")
    assert isinstance(refused, GitUnavailable)
    assert "effort is too low" in refused.text
    assert (known.folder / "looked").exists()
    assert known.git("rev-list", "--count", "HEAD") == "1"
    (known.folder / "new.toml").write_text(TEXT, encoding="utf-8")
    assert isinstance(commit_file(here(known, "new.toml"), "Add it"), GitUnavailable)
    assert known.git("status", "--porcelain", "--", "new.toml") == "?? new.toml"
    hook(known, "pre-commit", "exit 0")
    hook(known, "commit-msg", 'echo "Signed: me" >> "$1"')
    assert isinstance(commit_file(here(known), "Estimate a"), Commit)
    assert "Signed: me" in known.git("log", "-1", "--format=%B")


def test_a_hook_may_fetch_and_has_no_terminal(known: Repo) -> None:
    hook(
        known,
        "pre-commit",
        "env > seen; tty >> seen; true < /dev/tty && echo terminal >> seen; exit 0",
    )
    assert isinstance(commit_file(here(known), "Estimate a"), Commit)
    seen = (known.folder / "seen").read_text(encoding="utf-8").splitlines()
    assert "terminal" not in seen
    assert not any(line.startswith(("GIT_ALLOW_PROTOCOL=", "GIT_NO_LAZY_FETCH=")) for line in seen)


def test_what_the_configuration_names_beside_hooks_does_not_run(
    known: Repo, tmp_path: Path
) -> None:
    ran = tmp_path / "ran"
    script = tmp_path / "watch"
    script.write_text(f"#!/bin/sh\necho x > '{ran}'\n", encoding="utf-8")
    script.chmod(0o755)
    known.git("config", "core.fsmonitor", str(script))
    known.git("config", "core.pager", str(script))
    known.git("config", "core.editor", str(script))
    assert not isinstance(commit_target(here(known)), GitUnavailable)
    assert isinstance(commit_file(here(known), "Estimate a"), Commit)
    assert not ran.exists()


def test_a_refusal_has_its_reason_and_remedy(known: Repo, monkeypatch: pytest.MonkeyPatch) -> None:
    assert isinstance(commit_file(here(known), "Estimate a"), Commit)
    again = commit_file(here(known), "Estimate a")
    assert isinstance(again, GitUnavailable)
    assert again.text.startswith("nothing to commit")
    (known.folder / "plan.toml").write_text(TEXT, encoding="utf-8")
    known.git("config", "--unset", "user.name")
    known.git("config", "user.useConfigOnly", "true")
    without_name = commit_file(here(known), "Estimate a")
    assert isinstance(without_name, GitUnavailable)
    assert "user.name" in without_name.remedy
    known.git("config", "user.name", "A")
    (known.folder / ".git" / "index.lock").touch()
    locked = commit_file(here(known), "Estimate a")
    assert isinstance(locked, GitUnavailable)
    assert "another git" in locked.text
    monkeypatch.setenv("PATH", str(known.folder / "nowhere"))
    missing = commit_file(Repository(str(known.folder), "plan.toml"), "Estimate a")
    assert isinstance(missing, GitUnavailable)
    assert missing.text == "git is not installed"


def test_an_ignored_file_and_a_merge_under_way(known: Repo) -> None:
    (known.folder / ".gitignore").write_text("mine.toml\n", encoding="utf-8")
    (known.folder / "mine.toml").write_text(TEXT, encoding="utf-8")
    ignored = commit_file(here(known, "mine.toml"), "Add it")
    assert isinstance(ignored, GitUnavailable)
    assert ".gitignore" in ignored.remedy
    known.git("commit", "-qam", "mine")
    known.git("branch", "theirs", "HEAD~1")
    known.git("checkout", "-q", "theirs")
    known.commit("third.txt", "x")
    known.git("merge", "-q", "--no-commit", "main")
    (known.folder / "plan.toml").write_text(f"{TEXT}effort = 2\n", encoding="utf-8")
    merging = commit_file(here(known), "Estimate a")
    assert isinstance(merging, GitUnavailable)
    assert "merge" in merging.text
