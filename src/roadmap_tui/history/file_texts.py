"""A file's content at many commits: few git processes, each text read once."""

import os
import re
from collections.abc import Iterator, Sequence

from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.history.git_process import GitUnavailable, run_git
from roadmap_tui.history.revisions import Commit, Repository

_BATCH = 64
_TEXT = re.compile(rb"([0-9a-f]{40,64}) blob (\d+)")


def blob_names(repo: Repository, commits: Sequence[Commit]) -> dict[str, str] | GitUnavailable:
    """Return, by commit, git's name of the file's content.

    Commits without it, or with too large a one, are left out.
    """
    if "\n" in repo.path:
        return GitUnavailable("a line break in the file's name", "rename it")
    wanted = b"".join(
        commit.sha.encode() + b":" + os.fsencode(repo.path) + b"\n" for commit in commits
    )
    found = run_git(repo.root, "cat-file", "--batch-check", stdin=wanted)
    if isinstance(found, GitUnavailable):
        return found
    heads = (_TEXT.fullmatch(line) for line in found.split(b"\n"))
    pairs = zip(commits, heads, strict=False)
    return {
        commit.sha: head[1].decode() for commit, head in pairs if head and int(head[2]) <= MAX_BYTES
    }


def blob_texts(repo: Repository, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the texts of these names, each with its name.

    Those that git doesn't have are left out.
    """
    for first in range(0, len(names), _BATCH):
        wanted = "".join(f"{name}\n" for name in names[first : first + _BATCH])
        found = run_git(repo.root, "cat-file", "--batch", stdin=wanted.encode())
        if isinstance(found, bytes):
            yield from _split_answer(found)


def _split_answer(found: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield the texts in an answer: after each header that many bytes, and a line end."""
    at = 0
    while at < len(found):
        end = found.index(b"\n", at)
        head = _TEXT.fullmatch(found, at, end)
        at = end + 1
        if head:
            yield head[1].decode(), found[at : at + int(head[2])]
            at += int(head[2]) + 1
