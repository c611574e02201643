"""What moved since the last review."""

import datetime as dt
from collections.abc import Iterator

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.simulation.cancellation import Checkpoint
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.review_comparison import (
    ReviewBaseline,
    ReviewComparison,
    baseline_forecast,
    compare_with_baseline,
    review_baseline,
)
from roadmap_tui.history.revisions import find_repository
from roadmap_tui.storage.snapshots import last_snapshot
from roadmap_tui.tui.workers.background import Task


class LastReview:
    """The plan at the last review and its forecast, read and calculated once."""

    def __init__(self) -> None:
        self._past: tuple[str, dt.date | None, ReviewBaseline | GitUnavailable] | None = None
        self._before: tuple[ReviewBaseline, Forecast | None] | None = None

    def past(self, path: str, reviewed: dt.date | None) -> ReviewBaseline | GitUnavailable:
        """What git had at the last review."""
        if self._past is None or self._past[:2] != (path, reviewed):
            self._past = path, reviewed, _last_review(path, reviewed, dt.date.today())
        return self._past[2]

    def forecast(self, past: ReviewBaseline, now: Forecast, check: Checkpoint) -> Forecast | None:
        """Its forecast, as of the day of the current one."""
        known = self._before
        if (
            known is None
            or known[0] is not past
            or known[1] is None
            or not _is_comparable(known[1], now)
        ):
            self._before = known = past, baseline_forecast(past, now, check)
        return known[1]


def since_review_job(
    task: Task, review: LastReview, path: str, document: Document, now: Forecast
) -> Iterator[ReviewComparison]:
    """What moved between the last review and the current forecast; nothing where there was none."""
    plan = document.plan
    past = review.past(path, plan.roadmap.reviewed if plan is not None else None)
    if isinstance(past, GitUnavailable):
        return
    with task.calculation() as check:
        is_same = past.document.raw == document.raw
        before = now if is_same else review.forecast(past, now, check)
        check()
        if before is not None:
            yield compare_with_baseline(past, before, document, now)


def _last_review(
    path: str, reviewed: dt.date | None, today: dt.date
) -> ReviewBaseline | GitUnavailable:
    """What git had at the last review; without it, the last snapshot from before today."""
    repo = find_repository(path)
    found = repo if isinstance(repo, GitUnavailable) else review_baseline(repo, reviewed, today)
    look = last_snapshot(path, today) if isinstance(found, GitUnavailable) else None
    if look is not None:
        return ReviewBaseline(look.day, False, read_document(look.raw, path))
    return found


def _is_comparable(before: Forecast, now: Forecast) -> bool:
    """Whether two forecasts have the same day and the same random numbers."""
    return (before.as_of, before.seed, before.runs) == (now.as_of, now.seed, now.runs)
