"""Merging for git: by key, with git's own result where that says the same and where keys don't help."""

import subprocess
from dataclasses import dataclass

from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal
from roadmap_tui.files.merge import Merged, marked, merge
from roadmap_tui.files.reader import read
from roadmap_tui.files.values import same
from roadmap_tui.plan.faults import spell_path

LABELS = ("ours", "theirs")
_MOST_CONFLICTS = 127


@dataclass(frozen=True, slots=True)
class Merge:
    """What git is to be told.

    Attributes:
        raw: the merged file.
        clean: whether nobody has to choose.
        notes: what there is to say, a line each.
    """

    raw: bytes
    clean: bool
    notes: tuple[str, ...] = ()


def merge_for_git(paths: tuple[str, str, str], documents: tuple[Document, Document, Document], size: int) -> Merge:
    """Merge what git has put into three files.

    Args:
        paths: the files: ancestor, ours, theirs.
        documents: what was read from them; the name of ours is the roadmap's.
        size: how many signs a conflict's mark has.
    """
    base, ours, theirs = documents
    by_lines = merge_lines(paths, size)
    merged = merge(base, ours, theirs)
    if isinstance(merged, Refusal):
        lines = _if_marked(by_lines) if merged.faults else by_lines
        return _without_keys(lines, ours, theirs, size, merged)
    if not merged.conflicts:
        notes = tuple(f"after the merge, {spell_path(each.path)}: {each.text}" for each in merged.warnings)
        return Merge(_lines_if_equal(by_lines, merged), clean=True, notes=notes)
    other = merge(base, ours, theirs, {each.path: "theirs" for each in merged.conflicts})
    text = "" if isinstance(other, Refusal) else marked(merged.document, other.document, LABELS, size)
    if not _has_marks(text, size):
        why = Refusal("the sides can't stand beside each other")
        return _without_keys(_if_marked(by_lines), ours, theirs, size, why)
    both = ", ".join(spell_path(each.path) for each in merged.conflicts)
    return Merge(text.encode(), clean=False, notes=(f"changed on both sides: {both}",))


def merge_lines(paths: tuple[str, str, str], size: int) -> Merge | None:
    """Git's own merge of the files of ancestor, ours and theirs; None if there is none."""
    base, ours, theirs = paths
    labels = [word for label in (LABELS[0], "base", LABELS[1]) for word in ("-L", label)]
    command = ["git", "merge-file", "-p", "-q", f"--marker-size={size}", *labels, "--", ours, base, theirs]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except OSError:
        return None
    return Merge(done.stdout, done.returncode == 0) if 0 <= done.returncode <= _MOST_CONFLICTS else None


def _lines_if_equal(by_lines: Merge | None, merged: Merged) -> bytes:
    """Git's own result, if it is clean and says what the merge by key says."""
    if by_lines is not None and by_lines.clean:
        document = read(by_lines.raw, merged.document.name)
        if not document.barred and same(document.data, merged.document.data):
            return by_lines.raw
    return merged.document.raw


def _without_keys(by_lines: Merge | None, ours: Document, theirs: Document, size: int, why: Refusal) -> Merge:
    """Git's own merge, or both sides with marks wherever they differ."""
    notes = (why.text,)
    if by_lines is not None and not (by_lines.clean and _is_broken(by_lines, ours, theirs)):
        return Merge(by_lines.raw, by_lines.clean, notes)
    if any(each.raw != each.text.encode() for each in (ours, theirs)):
        return Merge(ours.raw, clean=False, notes=(*notes, "ours is left as it is; theirs is not in it"))
    return Merge(marked(ours, theirs, LABELS, size).encode(), clean=False, notes=notes)


def _if_marked(by_lines: Merge | None) -> Merge | None:
    """Git's own merge if that asks somebody too; where keys need a choice, a clean one has made it unasked."""
    return None if by_lines is None or by_lines.clean else by_lines


def _is_broken(by_lines: Merge, ours: Document, theirs: Document) -> bool:
    """Whether git made what can't be read out of two sides that can."""
    return not (ours.barred or theirs.barred) and bool(read(by_lines.raw, ours.name).barred)


def _has_marks(text: str, size: int) -> bool:
    return any(line.startswith("<" * size + " ") for line in text.split("\n"))
