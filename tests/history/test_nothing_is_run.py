"""Whatever a repository's configuration names, nothing of it is run, and nothing in the repository
changes.
"""

from pathlib import Path

import pytest

from roadmap_tui.history.clone_state import clone_notices
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.gitattributes import merge_attributes
from roadmap_tui.history.revisions import (
    Commit,
    Repository,
    file_at,
    file_revisions,
    find_repository,
    resolve_revision,
)
from roadmap_tui.history.roadmap_files import TomlFiles, toml_files
from tests.history.repositories import Repo

RUNS_SCRIPT = [
    "core.fsmonitor",
    "core.pager",
    "core.editor",
    "core.sshCommand",
    "core.askPass",
    "core.gitProxy",
    "core.alternateRefsCommand",
    "credential.helper",
    "diff.external",
    "diff.mark.command",
    "diff.mark.textconv",
    "filter.mark.clean",
    "filter.mark.smudge",
    "filter.mark.process",
    "gpg.program",
    "pager.rev-list",
    "pager.cat-file",
    "uploadpack.packObjectsHook",
]
COMMANDS = (
    "rev-parse",
    "rev-list",
    "ls-tree",
    "cat-file",
    "for-each-ref",
    "ls-files",
    "check-attr",
    "config",
)
HOOKS = (
    "post-checkout",
    "post-index-change",
    "pre-auto-gc",
    "fsmonitor-watchman",
    "reference-transaction",
)


@pytest.fixture
def hostile(repo: Repo, tmp_path: Path) -> Repo:
    """A repository with everything in it that could run a program, which would leave a mark."""
    repo.commit(".gitattributes", "*.toml diff=mark filter=mark\n")
    repo.commit("plan.toml", "1")
    script = tmp_path / "script"
    script.write_text(f"#!/bin/sh\necho marked >> '{tmp_path / 'mark'}'\ncat\n")
    script.chmod(0o755)
    hooks = repo.folder / ".git" / "hooks"
    for folder in (hooks, tmp_path / "hooks"):
        folder.mkdir(exist_ok=True)
        for name in HOOKS:
            (folder / name).write_bytes(script.read_bytes())
            (folder / name).chmod(0o755)
    repo.git("config", "core.hooksPath", str(tmp_path / "hooks"))
    for name in RUNS_SCRIPT:
        repo.git("config", name, str(script))
    for name in COMMANDS:
        repo.git("config", f"alias.{name}", f"!{script}")
    repo.git("config", "log.showSignature", "true")
    repo.git("config", "core.untrackedCache", "true")
    return repo


def state(folder: Path) -> dict[str, tuple[int, bytes]]:
    """Every file below a folder, with when it was written and what is in it."""
    files = (path for path in folder.rglob("*") if not path.is_dir())
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def ask_everything(path: Path) -> None:
    there = find_repository(str(path))
    assert isinstance(there, Repository)
    for rev in (
        "HEAD",
        "main",
        "nowhere",
        "--output=x",
        f"--output={path.parent / 'x'}",
        "HEAD^{tree}",
        "@{u}",
    ):
        commit = resolve_revision(there, rev)
        if isinstance(commit, Commit):
            assert file_at(there, commit) == b"1"
    assert file_revisions(there, 10)
    assert clone_notices(str(path)) == ()
    assert isinstance(toml_files(Path(there.root)), TomlFiles)
    merging = merge_attributes(Path(there.root), ["plan.toml"])
    assert merging == {"plan.toml": "unspecified"}


def test_no_mark_is_left(hostile: Repo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (
        "GIT_EXTERNAL_DIFF",
        "GIT_SSH_COMMAND",
        "GIT_ASKPASS",
        "GIT_PAGER",
        "GIT_EDITOR",
        "PAGER",
    ):
        monkeypatch.setenv(name, str(tmp_path / "script"))
    monkeypatch.chdir(hostile.folder)
    (hostile.folder / "plan.toml").write_text("changed")
    before = state(hostile.folder)
    ask_everything(hostile.folder / "plan.toml")
    assert not (tmp_path / "mark").exists()
    assert state(hostile.folder) == before


def test_the_trap_does_close_on_others(hostile: Repo, tmp_path: Path) -> None:
    """The same repository does leave a mark where git is asked without care."""
    (hostile.folder / "plan.toml").write_text("changed")
    hostile.git("diff")
    assert (tmp_path / "mark").exists()


def test_a_partial_clone_fetches_nothing(hostile: Repo, tmp_path: Path) -> None:
    hostile.git("config", "uploadpack.allowFilter", "true")
    hostile.git("config", "--unset", "uploadpack.packObjectsHook")
    partial = tmp_path / "partial"
    hostile.git(
        "clone",
        "-q",
        "--no-checkout",
        "--filter=blob:none",
        f"file://{hostile.folder}",
        str(partial),
    )
    (tmp_path / "mark").unlink(missing_ok=True)
    for url in (
        f"file://{hostile.folder}",
        "ssh://example.invalid/x",
        f"ext::{tmp_path / 'script'}",
    ):
        hostile.git("-C", str(partial), "config", "remote.origin.url", url)
        hostile.git("-C", str(partial), "config", "core.sshCommand", str(tmp_path / "script"))
        hostile.git("-C", str(partial), "config", "protocol.allow", "always")
        there = find_repository(str(partial / "plan.toml"))
        assert isinstance(there, Repository)
        commit = resolve_revision(there, "HEAD")
        assert isinstance(commit, Commit)
        assert isinstance(file_at(there, commit), GitUnavailable)
    assert not (tmp_path / "mark").exists()
