"""`roadmap merge-driver`: what git calls to merge a roadmap."""

import os
from dataclasses import replace
from typing import Any

from roadmap_tui.cli.reply import SUCCESS, Reply
from roadmap_tui.document.conflict_markers import ConflictLabels, MarkerFormat
from roadmap_tui.document.document import Document
from roadmap_tui.history.merge_command import CONFLICT_EXIT_CODE, DONE_MARKER
from roadmap_tui.history.merge_driver import (
    GitMergeResult,
    conflict_style,
    merge_by_lines,
    merge_for_git,
)
from roadmap_tui.storage.atomic_write import write_atomically
from roadmap_tui.storage.load import Unreadable, load_document
from roadmap_tui.text.terminal_text import escape_control

_MAX_BYTES = 100_000_000
_FAILURE_CODE = 129
"""What git takes as a merge that did not happen; the driver's line then merges by lines."""
_UNSET_LABELS = {"%S", "%X", "%Y", ""}
"""What a git before 2.44 hands over for labels, or none."""


def answer(base: str, ours: str, theirs: str, size: int, **named: Any) -> Reply:
    """What was merged, into the file of our side; exit code 64 if there is a conflict."""
    called = named["name"] or ours
    paths = base, ours, theirs
    marks = MarkerFormat(size, _side_labels(named["labels"]), conflict_style(os.curdir))
    found = load_document(base), load_document(ours), load_document(theirs)
    unreadable = [each for each in found if isinstance(each, Unreadable)]
    if unreadable:
        lines = merge_by_lines(paths, marks) if all(map(_is_text_file, paths)) else None
        merged = None if lines is None else replace(lines, notes=(unreadable[0].problem,))
    else:
        merged = _merge_by_key(paths, found, called, marks)
    if merged is None:
        return Reply(err=f"roadmap: {unreadable[0].text}\n", code=_FAILURE_CODE)
    reason = _write(ours, merged.raw)
    told = "".join(
        escape_control(f"roadmap: {called}: {note}") + "\n" for note in (*merged.notes, *reason)
    )
    if reason:
        return Reply(err=told, code=_FAILURE_CODE)
    return Reply(DONE_MARKER, told, SUCCESS if merged.clean else CONFLICT_EXIT_CODE)


def _side_labels(given: tuple[str, ...]) -> ConflictLabels:
    """What git calls the ancestor, ours and theirs, as far as it says so."""
    names = dict(zip(("base", "ours", "theirs"), map(_single_line, given), strict=False))
    return ConflictLabels(
        **{name: label for name, label in names.items() if label not in _UNSET_LABELS}
    )


def _single_line(label: str) -> str:
    return " ".join(escape_control(label).split())


def _is_text_file(path: str) -> bool:
    """Whether git can merge it by lines: it would wait for a pipe for ever, and read any size into memory."""
    return os.path.isfile(path) and os.path.getsize(path) <= _MAX_BYTES


def _merge_by_key(
    paths: tuple[str, str, str],
    found: tuple[Document | Unreadable, ...],
    called: str,
    marks: MarkerFormat,
) -> GitMergeResult | None:
    documents = [each for each in found if isinstance(each, Document)]
    names = f"{called} (base)", called, f"{called} (theirs)"
    base, ours, theirs = (
        replace(each, name=name) for each, name in zip(documents, names, strict=True)
    )
    return merge_for_git(paths, (base, ours, theirs), marks)


def _write(path: str, raw: bytes) -> tuple[str, ...]:
    """Replace git's own copy of our side, which stays whole if this ends halfway; the reason if that fails."""
    try:
        refused = write_atomically(
            os.path.realpath(path), raw, lambda: None, must_be_new=False, recoverable=False
        )
    except OSError as error:
        return (f"the merged file can't be written: {error.strerror}",)
    return (refused.text,) if refused else ()
