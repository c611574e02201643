"""What moved since the last review: the plan beside what git had of it then."""

import datetime as dt
from dataclasses import dataclass

from roadmap_tui.files.document import Document
from roadmap_tui.files.reader import read
from roadmap_tui.forecast.pace import Check, go_on
from roadmap_tui.forecast.run import forecast
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.changes import Change, changes
from roadmap_tui.history.git import Commit, Repository, blob, revisions
from roadmap_tui.history.moves import Moved, moves
from roadmap_tui.plan.resolve import resolve

_MOST = 200
"""How many commits are looked through."""


@dataclass(frozen=True, slots=True)
class Past:
    """The plan as it was at some time.

    Attributes:
        day: of the review, or of the commit or the look where none is written down.
        is_review: whether it is the state at the last review.
    """

    day: dt.date
    is_review: bool
    document: Document


@dataclass(frozen=True, slots=True)
class Since:
    """What has moved from then to now; both are forecast from the same day with the same random numbers.

    Attributes:
        document: the plan as it is now.
        moved: the items that moved enough to be told, the most first.
        changes: what was done to the plan.
    """

    past: Past
    document: Document
    before: Forecast
    moved: tuple[Moved, ...]
    changes: tuple[Change, ...]

    def points(self, name: str) -> int:
        """By how many percentage points an item's chance to deliver moved, as it is told; 0 if it is not."""
        found = next(
            (each for each in self.moved if each.id == name and "ships" in each.measures), None
        )
        return (
            0 if found is None else round(100 * found.after.ships) - round(100 * found.before.ships)
        )


def last_review(repo: Repository, reviewed: dt.date | None, today: dt.date) -> Past | Unavailable:
    """The plan as it was at its last review, or else as the newest commit of before today has it.

    That is the oldest of the newest commits that say `reviewed`, for it holds what the review came to; where no commit
    says so, the newest one up to that day.

    Args:
        repo: where the file's history is kept.
        reviewed: the day of the last review as the file says; None if it says none.
        today: the clock's day.
    """
    commits = revisions(repo, _MOST)
    if isinstance(commits, Unavailable):
        return commits
    if reviewed is None:
        older = next((each for each in commits if each.date < today), None)
        return (
            _past(repo, older, None)
            if older is not None
            else Unavailable("nothing was committed before today")
        )
    marked: Past | None = None
    for commit in commits:
        past = _past(repo, commit, reviewed)
        if isinstance(past, Unavailable):
            continue
        plan = past.document.plan
        if plan is not None and plan.roadmap.reviewed == reviewed:
            marked = past
        elif marked is not None or commit.date <= reviewed:
            return marked or past
    return marked or Unavailable(f"no commit goes back to {reviewed.isoformat()}")


def _past(repo: Repository, commit: Commit, reviewed: dt.date | None) -> Past | Unavailable:
    held = blob(repo, commit)
    if isinstance(held, Unavailable):
        return held
    return Past(
        reviewed or commit.date, reviewed is not None, read(held, f"{repo.path}@{commit.short}")
    )


def as_forecast(past: Past, now: Forecast, check: Check = go_on) -> Forecast | None:
    """What would be forecast of the past plan today; None if it can't be forecast.

    Args:
        past: the plan as it was.
        now: the forecast it is to be laid beside.
        check: is called now and then; what it raises ends it.
    """
    plan = past.document.plan
    if plan is None or any(fault.fatal for fault, _ in past.document.found):
        return None
    return forecast(resolve(plan, as_of=now.as_of, seed=now.seed), now.futures, check=check)


def since(past: Past, before: Forecast, document: Document, now: Forecast) -> Since:
    """What has moved since.

    Args:
        past: the plan as it was.
        before: what would be forecast of it today.
        document: the plan as it is.
        now: its forecast.
    """
    return Since(
        past, document, before, moves(before, now), changes(past.document.data, document.data)
    )
