"""What moved since the last review: the plan beside what git had of it then."""

import datetime as dt
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
    """The plan as it was at some time.

    Attributes:
        day: of the review, or of the commit or the look where none is written down.
        is_review: whether it is the state at the last review.
    """

    day: dt.date
    is_review: bool
    document: Document


@dataclass(frozen=True, slots=True)
class ReviewComparison:
    """What has moved from then to now; both are forecast from the same day with the same random numbers.

    Attributes:
        document: the plan as it is now.
        moved: the items that moved enough to be told, the most first.
        changes: what was done to the plan.
    """

    baseline: ReviewBaseline
    document: Document
    before: Forecast
    moved: tuple[MovedItem, ...]
    changes: tuple[TableChange, ...]

    def points(self, name: str) -> int:
        """By how many percentage points an item's chance to deliver moved, as it is told; 0 if it is not."""
        found = next(
            (each for each in self.moved if each.id == name and "ships" in each.measures), None
        )
        return (
            0 if found is None else round(100 * found.after.ships) - round(100 * found.before.ships)
        )


def review_baseline(
    repo: Repository, reviewed: dt.date | None, today: dt.date
) -> ReviewBaseline | GitUnavailable:
    """The plan as it was at its last review, or else as the newest commit of before today has it.

    That is the oldest of the newest commits that say `reviewed`, for it holds what the review came to; where no commit
    says so, the newest one up to that day.

    Args:
        repo: where the file's history is kept.
        reviewed: the day of the last review as the file says; None if it says none.
        today: the clock's day.
    """
    commits = file_revisions(repo, _MOST)
    if isinstance(commits, GitUnavailable):
        return commits
    if reviewed is None:
        older = next((each for each in commits if each.date < today), None)
        return (
            _baseline_at(repo, older, None)
            if older is not None
            else GitUnavailable("nothing was committed before today")
        )
    marked: ReviewBaseline | None = None
    for commit in commits:
        past = _baseline_at(repo, commit, reviewed)
        if isinstance(past, GitUnavailable):
            continue
        plan = past.document.plan
        if plan is not None and plan.roadmap.reviewed == reviewed:
            marked = past
        elif marked is not None or commit.date <= reviewed:
            return marked or past
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
    """What would be forecast of the past plan today; None if it can't be forecast.

    Args:
        past: the plan as it was.
        now: the forecast it is to be laid beside.
        checkpoint: is called now and then; what it raises ends it.
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
    """What has moved since.

    Args:
        past: the plan as it was.
        before: what would be forecast of it today.
        document: the plan as it is.
        now: its forecast.
    """
    return ReviewComparison(
        past,
        document,
        before,
        moved_items(before, now),
        table_changes(past.document.data, document.data),
    )
