"""`roadmap merge-driver`: what git calls to merge a roadmap."""

from dataclasses import replace

from roadmap_tui.cli.reply import FOUND, GOOD, Reply
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.load import Unreadable, load
from roadmap_tui.history.driver import Merge, merge_for_git, merge_lines

_FAILED = 129
"""What git takes as a merge that did not happen."""


def answer(base: str, ours: str, theirs: str, size: int, name: str) -> Reply:
    """What was merged, into the file of our side; exit code 1 if somebody has to choose."""
    called = name or ours
    found = load(base), load(ours), load(theirs)
    unreadable = [each for each in found if isinstance(each, Unreadable)]
    if unreadable:
        lines = merge_lines((base, ours, theirs), size)
        merged = None if lines is None else replace(lines, notes=(unreadable[0].wrong,))
    else:
        merged = _by_key((base, ours, theirs), found, called, size)
    if merged is None:
        return Reply(err=f"roadmap: {unreadable[0].text}\n", code=_FAILED)
    reason = _write(ours, merged.raw)
    told = "".join(printable(f"roadmap: {called}: {note}") + "\n" for note in (*merged.notes, *reason))
    return Reply(err=told, code=_FAILED if reason else GOOD if merged.clean else FOUND)


def _by_key(
    paths: tuple[str, str, str], found: tuple[Document | Unreadable, ...], called: str, size: int
) -> Merge | None:
    documents = [each for each in found if isinstance(each, Document)]
    names = f"{called} (base)", called, f"{called} (theirs)"
    base, ours, theirs = (replace(each, name=name) for each, name in zip(documents, names, strict=True))
    return merge_for_git(paths, (base, ours, theirs), size)


def _write(path: str, raw: bytes) -> tuple[str, ...]:
    """Write git's own copy of our side; the reason if that fails."""
    try:
        with open(path, "wb") as file:
            file.write(raw)
    except OSError as error:
        return (f"the merged file can't be written: {error.strerror}",)
    return ()
