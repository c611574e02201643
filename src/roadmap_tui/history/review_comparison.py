"""Movement since the last review: the current plan against its content in git at that time."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import forecast
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.diff import TableChange, table_changes
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.movement import MovedItem, moved_items
from roadmap_tui.history.revisions import Commit, Repository, file_at, file_revisions
from roadmap_tui.plan.resolver import resolve_plan

_MOST = 200
"""How many commits are looked through."""


@dataclass(frozen=True, slots=True)
class ReviewBaseline:
    """The plan at an earlier time.

    Attributes:
        day: of the review, or of the commit where no review is recorded.
        is_review: whether it is the state at the last review.
    """

    day: dt.date
    is_review: bool
    document: Document


@dataclass(frozen=True, slots=True)
class ReviewComparison:
    """Movement since the baseline.

    Both are forecast from the same day with the same random numbers.

    Attributes:
        document: the current plan.
        moved: the items that moved enough to be reported, largest first.
        changes: edits of the plan.
    """

    baseline: ReviewBaseline
    document: Document
    before: Forecast
    moved: tuple[MovedItem, ...]
    changes: tuple[TableChange, ...]

    def points(self, name: str) -> int:
        """Return by how many percentage points an item's chance to deliver moved, as displayed.

        0 if it isn't reported.
        """
        for item in self.moved:
            if item.id == name and "ships" in item.measures:
                return round(100 * item.after.ships) - round(100 * item.before.ships)
        return 0


def review_baseline(
    repo: Repository, reviewed: dt.date | None, today: dt.date
) -> ReviewBaseline | GitUnavailable:
    """Return the plan at its last review, or else in the newest commit before today.

    That is the oldest of the newest commits with `reviewed`, as it has the results of the review;
    if no commit has it, the newest one up to that day.

    Args:
        repo: repository of the file.
        reviewed: day of the last review in the file; None if there is none.
        today: the current day.
    """
    commits = file_revisions(repo, _MOST)
    if isinstance(commits, GitUnavailable):
        return commits
    if reviewed is not None:
        return _state_at_review(repo, commits, reviewed)
    older = next((commit for commit in commits if commit.date < today), None)
    if older is None:
        return GitUnavailable("nothing was committed before today")
    return _baseline_at(repo, older, None)


def _state_at_review(
    repo: Repository, commits: Iterable[Commit], reviewed: dt.date
) -> ReviewBaseline | GitUnavailable:
    """Return the state at the review; `commits` are newest first."""
    marked: ReviewBaseline | None = None
    for commit in commits:
        past = _baseline_at(repo, commit, reviewed)
        if isinstance(past, GitUnavailable):
            continue
        plan = past.document.plan
        if plan is not None and plan.roadmap.reviewed == reviewed:
            marked = past
        elif marked is not None:
            return marked
        elif commit.date <= reviewed:
            return past
    return marked or GitUnavailable(f"no commit goes back to {reviewed.isoformat()}")


def _baseline_at(
    repo: Repository, commit: Commit, reviewed: dt.date | None
) -> ReviewBaseline | GitUnavailable:
    held = file_at(repo, commit)
    if isinstance(held, GitUnavailable):
        return held
    return ReviewBaseline(
        reviewed or commit.date,
        reviewed is not None,
        read_document(held, f"{repo.path}@{commit.short}"),
    )


def baseline_forecast(
    past: ReviewBaseline, now: Forecast, checkpoint: Checkpoint = no_checkpoint
) -> Forecast | None:
    """Return what the baseline's forecast would be today; None if it can't be forecast.

    Args:
        past: the baseline.
        now: the forecast to compare it with.
        checkpoint: called regularly; exceptions from it are passed on.
    """
    plan = past.document.plan
    if plan is None or any(fault.fatal for fault, _ in past.document.unlocated_faults):
        return None
    return forecast(
        resolve_plan(plan, as_of=now.as_of, seed=now.seed), now.runs, checkpoint=checkpoint
    )


def compare_with_baseline(
    past: ReviewBaseline, before: Forecast, document: Document, now: Forecast
) -> ReviewComparison:
    """Return what has moved since the baseline.

    Args:
        past: the baseline.
        before: its forecast as of today.
        document: the current plan.
        now: its forecast.
    """
    return ReviewComparison(
        past,
        document,
        before,
        moved_items(before, now),
        table_changes(past.document.data, document.data),
    )
