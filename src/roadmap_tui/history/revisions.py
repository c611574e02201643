"""A file's repository, its revisions, and its content at each of them."""

import datetime as dt
import os
import re
from dataclasses import dataclass

from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.history.git_process import FileAbsent, GitUnavailable, run_git
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.storage.load import too_large_reason

_SHA = re.compile(rb"[0-9a-f]{40,64}\n")
_COMMIT = "--format=%H%x00%h%x00%cs%x00%s"
_NAMES = "--format=%(objectname) %(*objectname) %(refname:short)"
_MOST_NAMES = 2000


@dataclass(frozen=True, slots=True)
class Repository:
    """Repository of a file.

    Attributes:
        root: folder of the work tree.
        path: the file's path from there, with ``/`` between folders.
    """

    root: str
    path: str


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit.

    Attributes:
        sha: full hash.
        short: unique abbreviation of it.
        date: the day it was committed, by the committer's clock.
        subject: first line of its message.
        tags: that point to it.
        branches: that end in it.
    """

    sha: str
    short: str
    date: dt.date
    subject: str
    tags: tuple[str, ...] = ()
    branches: tuple[str, ...] = ()


def find_repository(path: str) -> Repository | GitUnavailable:
    """Return the repository of the file at `path`, which need not exist any more.

    Links are followed.
    """
    real = os.path.realpath(path)
    folder = os.path.dirname(real)
    while not os.path.isdir(folder) and folder != os.path.dirname(folder):
        folder = os.path.dirname(folder)
    root = run_git(folder, "rev-parse", "--show-toplevel")
    if isinstance(root, GitUnavailable):
        return root
    top = os.fsdecode(root).removesuffix("\n")
    inside = os.path.relpath(real, os.path.realpath(top)).replace(os.sep, "/")
    return Repository(top, inside)


def resolve_revision(repo: Repository, rev: str) -> Commit | GitUnavailable:
    """Return the commit of a revision: branch, tag, hash, ``HEAD~2``, ``main@{yesterday}`` etc."""
    found = run_git(repo.root, "rev-parse", "--verify", "--end-of-options", rev)
    commits = _list_commits(repo, "--no-walk", found) if _is_object(found) else ()
    if isinstance(commits, GitUnavailable) or not commits:
        return _no_revision(repo, rev, found)
    return commits[0]


def file_at(repo: Repository, commit: Commit) -> bytes | GitUnavailable:
    """Return the file's content at a commit, at most `MAX_BYTES` bytes.

    `FileAbsent` if it was not there.
    """
    entry = run_git(
        repo.root,
        "ls-tree",
        "-z",
        "-l",
        "--full-tree",
        "--end-of-options",
        commit.sha,
        "--",
        repo.path,
    )
    if isinstance(entry, GitUnavailable):
        return entry
    mode, kind, sha, size = entry.partition(b"\t")[0].decode().split() or [""] * 4
    if not mode:
        return FileAbsent(f"not in git at {commit.short}")
    if kind != "blob" or mode == "120000":
        return GitUnavailable(f"{'a link' if mode == '120000' else 'no file'} at {commit.short}")
    if int(size) > MAX_BYTES:
        return GitUnavailable(*too_large_reason(MAX_BYTES, int(size), commit.short))
    return run_git(repo.root, "cat-file", "blob", sha)


def file_revisions(repo: Repository, limit: int) -> tuple[Commit, ...] | GitUnavailable:
    """Return up to `limit` commits that touched the file under its name, newest first."""
    head = resolve_revision(repo, "HEAD")
    if isinstance(head, GitUnavailable):
        return head
    return _list_commits(repo, f"--max-count={limit}", head.sha.encode(), "--", repo.path)


def _list_commits(
    repo: Repository, how: str, start: bytes | GitUnavailable, *path: str
) -> tuple[Commit, ...] | GitUnavailable:
    words = ("rev-list", "--date-order", "--encoding=UTF-8", _COMMIT, how)
    sha = start.decode().strip() if isinstance(start, bytes) else ""
    found = run_git(repo.root, *words, "--end-of-options", sha, *(path or ("--",)))
    if isinstance(found, GitUnavailable):
        return found
    tags, branches = _names(repo, "refs/tags"), _names(repo, "refs/heads")
    lines = found.decode(errors="replace").split("\n")
    parts = [line.split("\0", 3) for line in lines if "\0" in line]
    return tuple(
        Commit(sha, short, _day(day), subject, tags.get(sha, ()), branches.get(sha, ()))
        for sha, short, day, subject in parts
    )


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        # git itself reads dates out of range as the epoch
        return dt.date(1970, 1, 1)


def _names(repo: Repository, *kinds: str) -> dict[str, tuple[str, ...]]:
    """Return the names of each commit that has any."""
    found = run_git(repo.root, "for-each-ref", f"--count={_MOST_NAMES}", _NAMES, *kinds)
    if isinstance(found, GitUnavailable):
        return {}
    names: dict[str, tuple[str, ...]] = {}
    for line in found.decode(errors="replace").split("\n"):
        *shas, name = line.split(" ")
        # an annotated tag names its own object first, then the commit
        sha = next((each for each in reversed(shas) if each), "")
        if sha:
            names[sha] = (*names.get(sha, ()), name)
    return names


def _is_object(found: bytes | GitUnavailable) -> bool:
    return isinstance(found, bytes) and _SHA.fullmatch(found) is not None


def _no_revision(repo: Repository, rev: str, found: bytes | GitUnavailable) -> GitUnavailable:
    if rev == "HEAD":
        return GitUnavailable("this repository has no commit yet", "commit the file first")
    if _is_object(found):
        return GitUnavailable(f'"{rev}" is no commit', "name a branch, a tag or a commit")
    if isinstance(found, GitUnavailable) and "ambiguous" in found.text:
        return GitUnavailable(f'"{rev}" is ambiguous', "write more of it")
    known: set[str] = set()
    for names in _names(repo, "refs/tags", "refs/heads", "refs/remotes").values():
        known.update(names)
    remedy = did_you_mean(rev, known) or "name a branch, a tag or a commit"
    if is_shallow(repo.root):
        remedy += " (this clone is shallow: git fetch --unshallow gets older commits)"
    return GitUnavailable(f'no revision "{rev}"', remedy)


def is_shallow(root: str) -> bool:
    """Return whether a clone has only the newest part of the history."""
    return run_git(root, "rev-parse", "--is-shallow-repository") == b"true\n"
