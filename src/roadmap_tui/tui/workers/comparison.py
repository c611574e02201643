"""Comparison of the plan with the saved file or a git revision."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.history.compare import Comparison, ComparisonOptions, compare
from roadmap_tui.history.git_process import FileAbsent, GitUnavailable
from roadmap_tui.history.revisions import (
    Commit,
    Repository,
    file_at,
    file_revisions,
    find_repository,
    resolve_revision,
)
from roadmap_tui.text.dates import format_date
from roadmap_tui.tui.limits import ANALYSIS_LIMIT, full_run_count
from roadmap_tui.tui.workers.background import Task

SAVED_FILE = "the saved file"
_MOST_REVISIONS = 500

CompareTo: TypeAlias = str | None
"""A git revision, `SAVED_FILE`, or None: the saved file if there are changes, else HEAD."""


@dataclass(frozen=True, slots=True)
class PlanComparison:
    """A comparison with an earlier version.

    Attributes:
        document: the current document.
        base: name of the earlier version.
        result: the comparison, or why there is none.
    """

    document: Document
    base: str
    result: Comparison | str


@dataclass(frozen=True, slots=True)
class ComparisonBase:
    """The version to compare with.

    Attributes:
        name: its name.
        document: its document; None if there was no file.
        unavailable: why it is unavailable; empty if it isn't.
    """

    name: str
    document: Document | None = None
    unavailable: str = ""


def find_comparison_base(
    path: str, document: Document, saved: Document, against: CompareTo
) -> ComparisonBase:
    """The version to compare a document with; may run git.

    Args:
        path: path of the file.
        document: the current document.
        saved: the document as last read or saved.
        against: what to compare with.
    """
    if against == SAVED_FILE or (against is None and document.raw != saved.raw):
        return ComparisonBase(SAVED_FILE, saved)
    repo = find_repository(path)
    if isinstance(repo, GitUnavailable):
        if against:
            return ComparisonBase(SAVED_FILE, unavailable=unavailable_text(repo))
        return ComparisonBase(SAVED_FILE, saved)
    return _revision(repo, document, against or "HEAD")


def _revision(repo: Repository, document: Document, rev: str) -> ComparisonBase:
    commit = resolve_revision(repo, rev)
    if isinstance(commit, GitUnavailable):
        return ComparisonBase(rev, unavailable=unavailable_text(commit))
    name = (
        f"{', '.join(commit.tags) or (rev if rev not in commit.sha else commit.short)},"
        f" {format_date(commit.date)}"
    )
    held = file_at(repo, commit)
    if isinstance(held, GitUnavailable):
        if isinstance(held, FileAbsent):
            return ComparisonBase(name)
        return ComparisonBase(name, unavailable=unavailable_text(held))
    return ComparisonBase(name, read_document(held, f"{document.name}@{commit.short}"))


def compare_documents(
    document: Document, base: ComparisonBase, check: Checkpoint = no_checkpoint
) -> PlanComparison:
    """Compare a document with an earlier version.

    Raises:
        CalculationCancelledError: from `check`.
    """
    if base.unavailable:
        return PlanComparison(document, base.name, base.unavailable)
    items = len(document.plan.items) if document.plan is not None else 0
    found = compare(
        base.document,
        document,
        ComparisonOptions(runs=full_run_count(items), attribution_limit=ANALYSIS_LIMIT),
        check,
    )
    if isinstance(found, Comparison):
        return PlanComparison(document, base.name, found)
    if found:
        fault = f"{base.name} can't be compared: {found[0].message}"
    else:
        fault = f"{base.name}: no plan"
    return PlanComparison(document, base.name, fault)


def unavailable_text(unavailable: GitUnavailable) -> str:
    """Why git has no result, and what to do about it."""
    return f"{unavailable.text}; {unavailable.remedy}" if unavailable.remedy else unavailable.text


def comparison_job(
    task: Task, path: str, document: Document, saved: Document, against: CompareTo
) -> Iterator[PlanComparison]:
    """Job that compares a document with an earlier version."""
    base = find_comparison_base(path, document, saved, against)
    with task.calculation() as check:
        compared = compare_documents(document, base, check)
        check()
        yield compared


@dataclass(frozen=True, slots=True)
class RevisionList:
    """Revisions to compare with, the newest first.

    Attributes:
        unavailable: why there are none; empty if there are some.
    """

    commits: tuple[Commit, ...]
    unavailable: str = ""


def revisions_job(_task: Task, path: str) -> Iterator[RevisionList]:
    """Job that lists the revisions of a file."""
    repo = find_repository(path)
    found = repo if isinstance(repo, GitUnavailable) else file_revisions(repo, _MOST_REVISIONS)
    if isinstance(found, GitUnavailable):
        yield RevisionList((), unavailable_text(found))
    else:
        yield RevisionList(found)
