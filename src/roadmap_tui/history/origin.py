"""Which commit a file's text comes from."""

from dataclasses import dataclass

from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.git import Commit, blob, repository, revisions


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a text comes from.

    Attributes:
        commit: the last one that touched the file.
        changed: whether the text says anything else than the file did there, line ends aside.
    """

    commit: Commit
    changed: bool


def origin(path: str, raw: bytes) -> Origin | None:
    """The last commit that touched a file; None where git does not keep it.

    Args:
        path: the file.
        raw: its text by now.
    """
    repo = repository(path)
    if isinstance(repo, Unavailable):
        return None
    found = revisions(repo, 1)
    if isinstance(found, Unavailable) or not found:
        return None
    held = blob(repo, found[0])
    return Origin(found[0], isinstance(held, Unavailable) or _lines(held) != _lines(raw))


def _lines(raw: bytes) -> bytes:
    return raw.replace(b"\r\n", b"\n")
