"""Watch for an unfinished merge of a file, without a git process for each check."""

import os
from pathlib import Path

from roadmap_tui.history.clone_state import Notice, merge_notice
from roadmap_tui.history.git_process import GitUnavailable, run_git
from roadmap_tui.history.revisions import find_repository


class MergeStatusWatch:
    """Runs git only if its index has changed; each merge and each `git add` replaces that file.

    Args:
        path: the file whose merge is watched.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self._index: Path | None = None
        self._is_located = False
        self._stamp: tuple[int, ...] | None = None
        self._notice: Notice | None = None

    def check(self) -> Notice | None:
        """Return a notice if the merge is unfinished; may be slow."""
        if not self._is_located:
            self._index, self._is_located = _index_path(self.path), True
        stamp = _index_stamp(self._index) if self._index is not None else None
        if stamp != self._stamp:
            self._stamp = stamp
            self._notice = merge_notice(self.path)
        return self._notice


def _index_path(path: str) -> Path | None:
    """Return the path of git's index; None outside a repository."""
    repo = find_repository(path)
    if isinstance(repo, GitUnavailable):
        return None
    found = run_git(repo.root, "rev-parse", "--git-path", "index")
    if isinstance(found, GitUnavailable):
        return None
    return Path(repo.root, os.fsdecode(found).removesuffix("\n"))


def _index_stamp(path: Path) -> tuple[int, ...] | None:
    """Return what changes when the index is replaced; None without an index."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino
