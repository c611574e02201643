"""Merge driver for git: by key, with git's own result where it is equivalent or keys don't help."""

import subprocess
from dataclasses import dataclass, replace

from roadmap_tui.document.conflict_markers import (
    ConflictLabels,
    MarkerFormat,
    split_conflict_sides,
    with_three_way_markers,
)
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.merge import (
    MergeResult,
    merge_documents,
    merge_with_base,
    with_conflict_markers,
)
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.three_way import differing_paths
from roadmap_tui.document.values import is_same_value
from roadmap_tui.history.git_process import run_git
from roadmap_tui.plan.faults import KeyPath, format_path

_MOST_CONFLICTS = 127
_STYLES = ("diff3", "zdiff3")
_NESTED = 2
"""How many signs more the marks of a conflict in the ancestor have, as git does it."""


@dataclass(frozen=True, slots=True)
class GitMergeResult:
    """Result for git.

    Attributes:
        raw: the merged file.
        clean: whether there are no conflicts.
        notes: messages, a line each.
    """

    raw: bytes
    clean: bool
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Ancestor:
    """The common ancestor; if git built it from two that conflict, both sides of those conflicts.

    Attributes:
        base: the ancestor with the upper side of its conflicts.
        other: with the lower side; the same without conflicts.
        disputed: where the two differ.
    """

    base: Document
    other: Document
    disputed: frozenset[KeyPath] = frozenset()


def conflict_style(folder: str) -> str:
    """Return how git marks conflicts in a repository."""
    style = run_git(folder, "config", "--get", "merge.conflictStyle")
    if isinstance(style, bytes):
        return style.decode(errors="replace").strip().lower()
    return "merge"


def merge_for_git(
    paths: tuple[str, str, str], documents: tuple[Document, Document, Document], marks: MarkerFormat
) -> GitMergeResult:
    """Merge the three files that git provides.

    Args:
        paths: the files: ancestor, ours, theirs.
        documents: read from them; "ours" has the name of the roadmap.
        marks: how conflicts are marked.
    """
    ancestor, ours, theirs = _ancestor(documents[0]), documents[1], documents[2]
    by_lines = merge_by_lines(paths, marks)
    merged = merge_documents(ancestor.base, ours, theirs, disputed=ancestor.disputed)
    if isinstance(merged, EditRejected):
        lines = _only_if_conflicted(by_lines) if merged.faults else by_lines
        return _without_keys(lines, ours, theirs, marks, merged)
    if not merged.conflicts:
        notes = tuple(
            f"after the merge, {format_path(each.path)}: {each.text}" for each in merged.warnings
        )
        return GitMergeResult(_lines_if_equal(by_lines, merged), clean=True, notes=notes)
    text = _with_marks(ancestor, ours, theirs, merged, marks)
    if not _has_marks(text, marks.size):
        why = EditRejected("the sides can't stand beside each other")
        return _without_keys(_only_if_conflicted(by_lines), ours, theirs, marks, why)
    both = ", ".join(format_path(each.path) for each in merged.conflicts)
    return GitMergeResult(text.encode(), clean=False, notes=(f"changed on both sides: {both}",))


def merge_by_lines(paths: tuple[str, str, str], marks: MarkerFormat) -> GitMergeResult | None:
    """Return git's own merge of ancestor, ours and theirs; None if there is none."""
    base, ours, theirs = paths
    labels: list[str] = []
    for label in (marks.labels.ours, marks.labels.base, marks.labels.theirs):
        labels += ["-L", label]
    options = ["-p", "-q", f"--marker-size={marks.size}", *labels]
    command = ["git", "merge-file", *options, "--", ours, base, theirs]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except OSError:
        return None
    # the exit code is the number of conflicts; other values are errors
    if not 0 <= done.returncode <= _MOST_CONFLICTS:
        return None
    return GitMergeResult(done.stdout, done.returncode == 0)


def _ancestor(base: Document) -> _Ancestor:
    """Return the ancestor, split if git left conflicts in it."""
    sides = split_conflict_sides(base.text) if base.edit_obstacle else None
    if sides is None:
        return _Ancestor(base, base)
    one, other = (read_document(side.encode(errors="replace"), base.name) for side in sides)
    if one.edit_obstacle or other.edit_obstacle:
        return _Ancestor(base, base)
    return _Ancestor(one, other, frozenset(differing_paths(one.data, other.data)))


def _with_marks(
    ancestor: _Ancestor, ours: Document, theirs: Document, merged: MergeResult, marks: MarkerFormat
) -> str:
    """Return the merged text with both sides of each conflict between marks.

    Empty if theirs is unavailable.
    """
    paths = [each.path for each in merged.conflicts]
    other = merge_documents(
        ancestor.base, ours, theirs, dict.fromkeys(paths, "theirs"), ancestor.disputed
    )
    if isinstance(other, EditRejected):
        return ""
    base = (
        _conflicting_base(ancestor, ours, theirs, paths, marks) if marks.style in _STYLES else None
    )
    if base is None:
        return with_conflict_markers(
            merged.document, other.document, (marks.labels.ours, marks.labels.theirs), marks.size
        )
    texts = merged.document.text, base, other.document.text
    return with_three_way_markers(*texts, marks)


def _conflicting_base(
    ancestor: _Ancestor, ours: Document, theirs: Document, paths: list[KeyPath], marks: MarkerFormat
) -> str | None:
    """Return the merged text with the ancestor's side of each conflict."""
    one = merge_with_base(ancestor.base, ours, theirs, paths)
    if one is None or not ancestor.disputed:
        return one
    other = merge_with_base(ancestor.other, ours, theirs, paths)
    if other is None:
        return one
    upper, lower = (replace(ancestor.base, text=each) for each in (one, other))
    return with_conflict_markers(
        upper, lower, (ConflictLabels().ours, ConflictLabels().theirs), marks.size + _NESTED
    )


def _lines_if_equal(by_lines: GitMergeResult | None, merged: MergeResult) -> bytes:
    """Return git's own result if it is clean and has the same data as the merge by key."""
    if by_lines is not None and by_lines.clean:
        document = read_document(by_lines.raw, merged.document.name)
        if not document.edit_obstacle and is_same_value(document.data, merged.document.data):
            return by_lines.raw
    return merged.document.raw


def _without_keys(
    by_lines: GitMergeResult | None,
    ours: Document,
    theirs: Document,
    marks: MarkerFormat,
    why: EditRejected,
) -> GitMergeResult:
    """Return git's own merge, or both sides with marks wherever they differ."""
    notes = (why.text,)
    if by_lines is not None and not (by_lines.clean and _is_broken(by_lines, ours, theirs)):
        return GitMergeResult(by_lines.raw, by_lines.clean, notes)
    if any(each.raw != each.text.encode() for each in (ours, theirs)):
        return GitMergeResult(
            ours.raw, clean=False, notes=(*notes, "ours is left unchanged; theirs is not in it")
        )
    text = with_conflict_markers(ours, theirs, (marks.labels.ours, marks.labels.theirs), marks.size)
    return GitMergeResult(text.encode(), clean=False, notes=notes)


def _only_if_conflicted(by_lines: GitMergeResult | None) -> GitMergeResult | None:
    """Return git's own merge if it has conflicts.

    A clean one would hide a conflict between keys.
    """
    if by_lines is None or by_lines.clean:
        return None
    return by_lines


def _is_broken(by_lines: GitMergeResult, ours: Document, theirs: Document) -> bool:
    """Return whether git produced an unreadable file out of two readable ones."""
    return not (ours.edit_obstacle or theirs.edit_obstacle) and bool(
        read_document(by_lines.raw, ours.name).edit_obstacle
    )


def _has_marks(text: str, size: int) -> bool:
    return any(line.startswith("<" * size + " ") for line in text.split("\n"))
