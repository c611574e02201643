"""`roadmap merge-driver`: what git calls to merge a roadmap."""

import os
from collections.abc import Sequence
from dataclasses import replace

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
"""What a git before 2.44 passes for labels, or no label."""


def merge_driver_reply(
    paths: tuple[str, str, str], size: int, name: str, labels: tuple[str, ...]
) -> Reply:
    """Merge into the file of our side; exit code 64 if there is a conflict.

    Args:
        paths: the files of the base, ours and theirs.
        size: the length of conflict marks.
        name: the roadmap's path in the repository.
        labels: the names that git has for the three sides.
    """
    marks = MarkerFormat(size, _side_labels(labels), conflict_style(os.curdir))
    found = [load_document(path) for path in paths]
    unreadable = [each for each in found if isinstance(each, Unreadable)]
    if unreadable:
        merged = _merge_by_line(paths, unreadable[0], marks)
    else:
        documents = [each for each in found if isinstance(each, Document)]
        merged = _merge_by_key(paths, documents, name, marks)
    if merged is None:
        return Reply(err=f"roadmap: {unreadable[0].text}\n", code=_FAILURE_CODE)
    return _written_reply(paths[1], merged, name)


def _written_reply(path: str, merged: GitMergeResult, name: str) -> Reply:
    errors = _write(path, merged.raw)
    notes = [escape_control(f"roadmap: {name}: {note}") + "\n" for note in (*merged.notes, *errors)]
    if errors:
        return Reply(err="".join(notes), code=_FAILURE_CODE)
    return Reply(DONE_MARKER, "".join(notes), SUCCESS if merged.clean else CONFLICT_EXIT_CODE)


def _side_labels(given: tuple[str, ...]) -> ConflictLabels:
    """The labels of the base, ours and theirs, as far as git passes them."""
    names = dict(zip(("base", "ours", "theirs"), map(_single_line, given), strict=False))
    return ConflictLabels(
        **{side: label for side, label in names.items() if label not in _UNSET_LABELS}
    )


def _single_line(label: str) -> str:
    return " ".join(escape_control(label).split())


def _merge_by_line(
    paths: tuple[str, str, str], unreadable: Unreadable, marks: MarkerFormat
) -> GitMergeResult | None:
    """Git's own merge, with the reason; None if a file isn't one that git can merge by lines."""
    if not all(map(_is_text_file, paths)):
        return None
    lines = merge_by_lines(paths, marks)
    return None if lines is None else replace(lines, notes=(unreadable.problem,))


def _is_text_file(path: str) -> bool:
    """Whether git can merge it: it would wait for a pipe, and read any size into memory."""
    return os.path.isfile(path) and os.path.getsize(path) <= _MAX_BYTES


def _merge_by_key(
    paths: tuple[str, str, str], documents: Sequence[Document], name: str, marks: MarkerFormat
) -> GitMergeResult | None:
    names = f"{name} (base)", name, f"{name} (theirs)"
    base, ours, theirs = (
        replace(document, name=each) for document, each in zip(documents, names, strict=True)
    )
    return merge_for_git(paths, (base, ours, theirs), marks)


def _write(path: str, raw: bytes) -> tuple[str, ...]:
    """Replace git's copy of our side as a whole or not at all; the reason if that fails."""
    try:
        refusal = write_atomically(
            os.path.realpath(path), raw, lambda: None, must_be_new=False, recoverable=False
        )
    except OSError as error:
        return (f"the merged file can't be written: {error.strerror}",)
    return (refusal.text,) if refusal else ()
