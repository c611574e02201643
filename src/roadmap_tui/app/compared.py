"""The plan beside what it was: the saved file, or what git has of it."""

from dataclasses import dataclass
from typing import TypeAlias

from roadmap_tui.files.document import Document
from roadmap_tui.files.reader import read
from roadmap_tui.forecast.pace import Check, go_on
from roadmap_tui.history.asking import Absent, Unavailable
from roadmap_tui.history.compare import Comparison, compare
from roadmap_tui.history.git import Repository, blob, repository, resolve
from roadmap_tui.report.words import date

SAVED = "the saved file"

Against: TypeAlias = str | None
"""A revision of git's, `SAVED`, or None for what fits: the saved file while there is unsaved work, else HEAD."""


@dataclass(frozen=True, slots=True)
class Compared:
    """The plan beside what it was.

    Attributes:
        document: the plan as it is.
        base: what it is compared with, in words.
        result: what changed and what moved, or why that can't be told.
    """

    document: Document
    base: str
    result: Comparison | str


def compared_with(path: str, document: Document, saved: Document, against: Against, check: Check = go_on) -> Compared:
    """A document beside what it was.

    Args:
        path: the file's path.
        document: as it is.
        saved: as it was read or saved last.
        against: what to compare with.
        check: called now and then.
    """
    if against == SAVED or (against is None and document.raw != saved.raw):
        return _beside(document, saved, SAVED, check)
    repo = repository(path)
    if isinstance(repo, Unavailable):
        return Compared(document, SAVED, told_why(repo)) if against else _beside(document, saved, SAVED, check)
    return _beside_revision(repo, document, against or "HEAD", check)


def _beside_revision(repo: Repository, document: Document, rev: str, check: Check) -> Compared:
    commit = resolve(repo, rev)
    if isinstance(commit, Unavailable):
        return Compared(document, rev, told_why(commit))
    name = f"{', '.join(commit.tags) or (rev if rev not in commit.sha else commit.short)}, {date(commit.date)}"
    held = blob(repo, commit)
    if isinstance(held, Unavailable) and not isinstance(held, Absent):
        return Compared(document, name, told_why(held))
    base = None if isinstance(held, Absent) else read(held, f"{document.name}@{commit.short}")
    return _beside(document, base, name, check)


def _beside(document: Document, base: Document | None, name: str, check: Check) -> Compared:
    found = compare(base, document, check=check)
    if isinstance(found, Comparison):
        return Compared(document, name, found)
    return Compared(document, name, f"{name} can't be compared: {found[0].message}" if found else f"{name}: no plan")


def told_why(unavailable: Unavailable) -> str:
    """Why git has no answer, and what to do about it."""
    return f"{unavailable.text}; {unavailable.remedy}" if unavailable.remedy else unavailable.text
