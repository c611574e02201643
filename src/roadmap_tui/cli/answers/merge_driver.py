"""`roadmap merge-driver`: what git calls to merge a roadmap."""

import os
from dataclasses import replace
from typing import Any

from roadmap_tui.cli.reply import GOOD, Reply
from roadmap_tui.files.atomic import write_whole
from roadmap_tui.files.conflict_marks import Labels, Marks
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.load import Unreadable, load
from roadmap_tui.history.driver import Merge, conflict_style, merge_for_git, merge_lines
from roadmap_tui.history.driver_line import CONFLICT, DONE

_LARGEST = 100_000_000
_FAILED = 129
"""What git takes as a merge that did not happen; the driver's line then merges by lines."""
_UNKNOWN = {"%S", "%X", "%Y", ""}
"""What a git before 2.44 hands over for labels, or none."""


def answer(base: str, ours: str, theirs: str, size: int, **named: Any) -> Reply:
    """What was merged, into the file of our side; exit code 64 if there is a conflict."""
    called = named["name"] or ours
    paths = base, ours, theirs
    marks = Marks(size, _labels(named["labels"]), conflict_style(os.curdir))
    found = load(base), load(ours), load(theirs)
    unreadable = [each for each in found if isinstance(each, Unreadable)]
    if unreadable:
        lines = merge_lines(paths, marks) if all(map(_is_text_file, paths)) else None
        merged = None if lines is None else replace(lines, notes=(unreadable[0].wrong,))
    else:
        merged = _by_key(paths, found, called, marks)
    if merged is None:
        return Reply(err=f"roadmap: {unreadable[0].text}\n", code=_FAILED)
    reason = _write(ours, merged.raw)
    told = "".join(
        printable(f"roadmap: {called}: {note}") + "\n" for note in (*merged.notes, *reason)
    )
    if reason:
        return Reply(err=told, code=_FAILED)
    return Reply(DONE, told, GOOD if merged.clean else CONFLICT)


def _labels(given: tuple[str, ...]) -> Labels:
    """What git calls the ancestor, ours and theirs, as far as it says so."""
    names = dict(zip(("base", "ours", "theirs"), map(_one_line, given), strict=False))
    return Labels(**{name: label for name, label in names.items() if label not in _UNKNOWN})


def _one_line(label: str) -> str:
    return " ".join(printable(label).split())


def _is_text_file(path: str) -> bool:
    """Whether git can merge it by lines: it would wait for a pipe for ever, and read any size into memory."""
    return os.path.isfile(path) and os.path.getsize(path) <= _LARGEST


def _by_key(
    paths: tuple[str, str, str], found: tuple[Document | Unreadable, ...], called: str, marks: Marks
) -> Merge | None:
    documents = [each for each in found if isinstance(each, Document)]
    names = f"{called} (base)", called, f"{called} (theirs)"
    base, ours, theirs = (
        replace(each, name=name) for each, name in zip(documents, names, strict=True)
    )
    return merge_for_git(paths, (base, ours, theirs), marks)


def _write(path: str, raw: bytes) -> tuple[str, ...]:
    """Replace git's own copy of our side, which stays whole if this ends halfway; the reason if that fails."""
    try:
        refused = write_whole(
            os.path.realpath(path), raw, lambda: None, fresh=False, recoverable=False
        )
    except OSError as error:
        return (f"the merged file can't be written: {error.strerror}",)
    return (refused.text,) if refused else ()
