"""The plan beside what it was: the saved file, or what git has of it."""

from dataclasses import dataclass
from typing import TypeAlias

from roadmap_tui.app.scale import STUDIED, runs_of
from roadmap_tui.files.document import Document
from roadmap_tui.files.reader import read
from roadmap_tui.forecast.pace import Check, go_on
from roadmap_tui.history.asking import Absent, Unavailable
from roadmap_tui.history.compare import Both, Comparison, compare
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


@dataclass(frozen=True, slots=True)
class Base:
    """What a plan is laid beside.

    Attributes:
        name: what it is, in words.
        document: the plan that it was; None if there was no file.
        why: why nothing can be told of it; empty if something can.
    """

    name: str
    document: Document | None = None
    why: str = ""


def base_of(path: str, document: Document, saved: Document, against: Against) -> Base:
    """What a document is to be compared with; git may be asked.

    Args:
        path: the file's path.
        document: as it is.
        saved: as it was read or saved last.
        against: what to compare with.
    """
    if against == SAVED or (against is None and document.raw != saved.raw):
        return Base(SAVED, saved)
    repo = repository(path)
    if isinstance(repo, Unavailable):
        return Base(SAVED, why=told_why(repo)) if against else Base(SAVED, saved)
    return _revision(repo, document, against or "HEAD")


def _revision(repo: Repository, document: Document, rev: str) -> Base:
    commit = resolve(repo, rev)
    if isinstance(commit, Unavailable):
        return Base(rev, why=told_why(commit))
    name = (
        f"{', '.join(commit.tags) or (rev if rev not in commit.sha else commit.short)},"
        f" {date(commit.date)}"
    )
    held = blob(repo, commit)
    if isinstance(held, Unavailable):
        return Base(name) if isinstance(held, Absent) else Base(name, why=told_why(held))
    return Base(name, read(held, f"{document.name}@{commit.short}"))


def compared_with(document: Document, base: Base, check: Check = go_on) -> Compared:
    """A document beside what it was.

    Raises:
        StoppedError: from `check`.
    """
    if base.why:
        return Compared(document, base.name, base.why)
    items = len(document.plan.items) if document.plan is not None else 0
    found = compare(base.document, document, Both(futures=runs_of(items), explained=STUDIED), check)
    if isinstance(found, Comparison):
        return Compared(document, base.name, found)
    fault = (
        f"{base.name} can't be compared: {found[0].message}" if found else f"{base.name}: no plan"
    )
    return Compared(document, base.name, fault)


def told_why(unavailable: Unavailable) -> str:
    """Why git has no answer, and what to do about it."""
    return f"{unavailable.text}; {unavailable.remedy}" if unavailable.remedy else unavailable.text
