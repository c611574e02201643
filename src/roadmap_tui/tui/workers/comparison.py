"""The plan beside what it was: the saved file, or what git has of it."""

from dataclasses import dataclass
from typing import TypeAlias

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.history.compare import Comparison, ComparisonOptions, compare
from roadmap_tui.history.git_process import FileAbsent, GitUnavailable
from roadmap_tui.history.revisions import Repository, file_at, find_repository, resolve_revision
from roadmap_tui.text.dates import format_date
from roadmap_tui.tui.limits import ANALYSIS_LIMIT, full_run_count

SAVED_FILE = "the saved file"

CompareTo: TypeAlias = str | None
"""A revision of git's, `SAVED`, or None for what fits: the saved file while there is unsaved work, else HEAD."""


@dataclass(frozen=True, slots=True)
class PlanComparison:
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
class ComparisonBase:
    """What a plan is laid beside.

    Attributes:
        name: what it is, in words.
        document: the plan that it was; None if there was no file.
        unavailable: why nothing can be told of it; empty if something can.
    """

    name: str
    document: Document | None = None
    unavailable: str = ""


def find_comparison_base(
    path: str, document: Document, saved: Document, against: CompareTo
) -> ComparisonBase:
    """What a document is to be compared with; git may be asked.

    Args:
        path: the file's path.
        document: as it is.
        saved: as it was read or saved last.
        against: what to compare with.
    """
    if against == SAVED_FILE or (against is None and document.raw != saved.raw):
        return ComparisonBase(SAVED_FILE, saved)
    repo = find_repository(path)
    if isinstance(repo, GitUnavailable):
        return (
            ComparisonBase(SAVED_FILE, unavailable=unavailable_text(repo))
            if against
            else ComparisonBase(SAVED_FILE, saved)
        )
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
        return (
            ComparisonBase(name)
            if isinstance(held, FileAbsent)
            else ComparisonBase(name, unavailable=unavailable_text(held))
        )
    return ComparisonBase(name, read_document(held, f"{document.name}@{commit.short}"))


def compare_documents(
    document: Document, base: ComparisonBase, check: Checkpoint = no_checkpoint
) -> PlanComparison:
    """A document beside what it was.

    Raises:
        StoppedError: from `check`.
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
    fault = (
        f"{base.name} can't be compared: {found[0].message}" if found else f"{base.name}: no plan"
    )
    return PlanComparison(document, base.name, fault)


def unavailable_text(unavailable: GitUnavailable) -> str:
    """Why git has no answer, and what to do about it."""
    return f"{unavailable.text}; {unavailable.remedy}" if unavailable.remedy else unavailable.text
