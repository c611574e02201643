"""The commit that a file's text comes from."""

from dataclasses import dataclass

from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.revisions import Commit, file_at, file_revisions, find_repository


@dataclass(frozen=True, slots=True)
class Origin:
    """Origin of a text.

    Attributes:
        commit: the last one that touched the file.
        is_modified: whether the text differs from the file in that commit, ignoring line ends.
    """

    commit: Commit
    is_modified: bool


def text_origin(path: str, raw: bytes) -> Origin | None:
    """Return the last commit that touched a file; None if git does not track it.

    Args:
        path: the file.
        raw: its current content.
    """
    repo = find_repository(path)
    if isinstance(repo, GitUnavailable):
        return None
    found = file_revisions(repo, 1)
    if isinstance(found, GitUnavailable) or not found:
        return None
    held = file_at(repo, found[0])
    return Origin(found[0], isinstance(held, GitUnavailable) or _lines(held) != _lines(raw))


def _lines(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n")
