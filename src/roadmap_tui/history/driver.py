"""Merging for git: by key, with git's own result where that says the same and where keys don't help."""

import subprocess
from dataclasses import dataclass, replace

from roadmap_tui.files.conflict_marks import Labels, Marks, both_sides, marked_with_base
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal
from roadmap_tui.files.merge import Merged, marked, merge, with_base
from roadmap_tui.files.reader import read
from roadmap_tui.files.threeway import differing
from roadmap_tui.files.values import same
from roadmap_tui.history.asking import ask
from roadmap_tui.plan.faults import KeyPath, spell_path

_MOST_CONFLICTS = 127
_STYLES = ("diff3", "zdiff3")
_NESTED = 2
"""How many signs more the marks of a conflict in the ancestor have, as git does it."""


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


@dataclass(frozen=True, slots=True)
class _Ancestor:
    """The common ancestor; where git made it of two that conflict, as each side of the conflicts has it.

    Attributes:
        base: the ancestor with the upper side of its conflicts.
        other: with the lower side; the same without conflicts.
        disputed: where the two differ.
    """

    base: Document
    other: Document
    disputed: frozenset[KeyPath] = frozenset()


def conflict_style(folder: str) -> str:
    """How git marks conflicts in a repository."""
    said = ask(folder, "config", "--get", "merge.conflictStyle")
    return said.decode(errors="replace").strip().lower() if isinstance(said, bytes) else "merge"


def merge_for_git(
    paths: tuple[str, str, str], documents: tuple[Document, Document, Document], marks: Marks
) -> Merge:
    """Merge what git has put into three files.

    Args:
        paths: the files: ancestor, ours, theirs.
        documents: what was read from them; the name of ours is the roadmap's.
        marks: how conflicts are marked.
    """
    ancestor, ours, theirs = _ancestor(documents[0]), documents[1], documents[2]
    by_lines = merge_lines(paths, marks)
    merged = merge(ancestor.base, ours, theirs, disputed=ancestor.disputed)
    if isinstance(merged, Refusal):
        lines = _if_marked(by_lines) if merged.faults else by_lines
        return _without_keys(lines, ours, theirs, marks, merged)
    if not merged.conflicts:
        notes = tuple(
            f"after the merge, {spell_path(each.path)}: {each.text}" for each in merged.warnings
        )
        return Merge(_lines_if_equal(by_lines, merged), clean=True, notes=notes)
    text = _with_marks(ancestor, ours, theirs, merged, marks)
    if not _has_marks(text, marks.size):
        why = Refusal("the sides can't stand beside each other")
        return _without_keys(_if_marked(by_lines), ours, theirs, marks, why)
    both = ", ".join(spell_path(each.path) for each in merged.conflicts)
    return Merge(text.encode(), clean=False, notes=(f"changed on both sides: {both}",))


def merge_lines(paths: tuple[str, str, str], marks: Marks) -> Merge | None:
    """Git's own merge of the files of ancestor, ours and theirs; None if there is none."""
    base, ours, theirs = paths
    named = (marks.labels.ours, marks.labels.base, marks.labels.theirs)
    labels = [word for label in named for word in ("-L", label)]
    command = [
        "git",
        "merge-file",
        "-p",
        "-q",
        f"--marker-size={marks.size}",
        *labels,
        "--",
        ours,
        base,
        theirs,
    ]
    try:
        done = subprocess.run(command, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    except OSError:
        return None
    return (
        Merge(done.stdout, done.returncode == 0)
        if 0 <= done.returncode <= _MOST_CONFLICTS
        else None
    )


def _ancestor(base: Document) -> _Ancestor:
    """The ancestor, taken apart if git has left conflicts in it."""
    sides = both_sides(base.text) if base.barred else None
    if sides is None:
        return _Ancestor(base, base)
    one, other = (read(side.encode(errors="replace"), base.name) for side in sides)
    if one.barred or other.barred:
        return _Ancestor(base, base)
    return _Ancestor(one, other, frozenset(differing(one.data, other.data)))


def _with_marks(
    ancestor: _Ancestor, ours: Document, theirs: Document, merged: Merged, marks: Marks
) -> str:
    """The merged text with the sides of each conflict between marks; empty if theirs can't be had."""
    paths = [each.path for each in merged.conflicts]
    other = merge(ancestor.base, ours, theirs, dict.fromkeys(paths, "theirs"), ancestor.disputed)
    if isinstance(other, Refusal):
        return ""
    base = (
        _conflicting_base(ancestor, ours, theirs, paths, marks) if marks.style in _STYLES else None
    )
    if base is None:
        return marked(
            merged.document, other.document, (marks.labels.ours, marks.labels.theirs), marks.size
        )
    texts = merged.document.text, base, other.document.text
    return marked_with_base(*texts, marks)


def _conflicting_base(
    ancestor: _Ancestor, ours: Document, theirs: Document, paths: list[KeyPath], marks: Marks
) -> str | None:
    """The merged text with what the ancestor had of each conflict, which may be in conflict itself."""
    one = with_base(ancestor.base, ours, theirs, paths)
    if one is None or not ancestor.disputed:
        return one
    other = with_base(ancestor.other, ours, theirs, paths)
    if other is None:
        return one
    upper, lower = (replace(ancestor.base, text=each) for each in (one, other))
    return marked(upper, lower, (Labels().ours, Labels().theirs), marks.size + _NESTED)


def _lines_if_equal(by_lines: Merge | None, merged: Merged) -> bytes:
    """Git's own result, if it is clean and says what the merge by key says."""
    if by_lines is not None and by_lines.clean:
        document = read(by_lines.raw, merged.document.name)
        if not document.barred and same(document.data, merged.document.data):
            return by_lines.raw
    return merged.document.raw


def _without_keys(
    by_lines: Merge | None, ours: Document, theirs: Document, marks: Marks, why: Refusal
) -> Merge:
    """Git's own merge, or both sides with marks wherever they differ."""
    notes = (why.text,)
    if by_lines is not None and not (by_lines.clean and _is_broken(by_lines, ours, theirs)):
        return Merge(by_lines.raw, by_lines.clean, notes)
    if any(each.raw != each.text.encode() for each in (ours, theirs)):
        return Merge(
            ours.raw, clean=False, notes=(*notes, "ours is left as it is; theirs is not in it")
        )
    text = marked(ours, theirs, (marks.labels.ours, marks.labels.theirs), marks.size)
    return Merge(text.encode(), clean=False, notes=notes)


def _if_marked(by_lines: Merge | None) -> Merge | None:
    """Git's own merge if that asks somebody too; where keys need a choice, a clean one has made it unasked."""
    return None if by_lines is None or by_lines.clean else by_lines


def _is_broken(by_lines: Merge, ours: Document, theirs: Document) -> bool:
    """Whether git made what can't be read out of two sides that can."""
    return not (ours.barred or theirs.barred) and bool(read(by_lines.raw, ours.name).barred)


def _has_marks(text: str, size: int) -> bool:
    return any(line.startswith("<" * size + " ") for line in text.split("\n"))
