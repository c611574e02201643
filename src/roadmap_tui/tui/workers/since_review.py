"""Looking back in the background: what moved since the last review."""

import datetime as dt

from textual import work
from textual.message import Message
from textual.widget import Widget

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
from roadmap_tui.storage.snapshots import last_snapshot, save_snapshot
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.workers.forecast import interruptible
from roadmap_tui.tui.workers.input_priority import InputPriority


class Lookback(Widget):
    """Finds out what moved since the last review; it shows nothing itself."""

    DEFAULT_CSS = "Lookback { display: none; }"

    class Done(Message):
        """It was found out."""

        def __init__(self, since: ReviewComparison) -> None:
            super().__init__()
            self.since = since

    def __init__(self, session: Session, courtesy: InputPriority) -> None:
        super().__init__()
        self._session = session
        self._courtesy = courtesy
        self._past: tuple[str, dt.date | None, ReviewBaseline | GitUnavailable] | None = None
        self._before: tuple[ReviewBaseline, Forecast | None] | None = None

    def on_unmount(self) -> None:
        """Keep what was looked at last."""
        save_snapshot(self._session.path, self._session.saved.raw, dt.date.today())

    def update(self) -> None:
        """Find out, once the forecast is whole and nothing is being tried; a newer request puts an older one aside."""
        session, now = self._session, self._session.forecast
        if (
            now is not None
            and session.is_current
            and session.has_full_forecast
            and session.what_if is None
        ):
            self._look(session.path, session.document, now)

    @work(thread=True, exclusive=True, group="lookback", description="lookback")
    def _look(self, path: str, document: Document, now: Forecast) -> None:
        plan = document.plan
        past = self._past_of(path, plan.roadmap.reviewed if plan is not None else None)
        if isinstance(past, GitUnavailable):
            return
        with interruptible(self._courtesy) as check:
            before = now if past.document.raw == document.raw else self._before_of(past, now, check)
            check()
            if before is not None:
                self.post_message(self.Done(compare_with_baseline(past, before, document, now)))

    def _past_of(self, path: str, reviewed: dt.date | None) -> ReviewBaseline | GitUnavailable:
        """What git had at the last review; asked once."""
        if self._past is None or self._past[:2] != (path, reviewed):
            self._past = path, reviewed, _last_review(path, reviewed, dt.date.today())
        return self._past[2]

    def _before_of(self, past: ReviewBaseline, now: Forecast, check: Checkpoint) -> Forecast | None:
        """Its forecast, as of the day of the one that is now."""
        known = self._before
        if (
            known is None
            or known[0] is not past
            or known[1] is None
            or not _is_comparable(known[1], now)
        ):
            self._before = known = past, baseline_forecast(past, now, check)
        return known[1]


def _last_review(
    path: str, reviewed: dt.date | None, today: dt.date
) -> ReviewBaseline | GitUnavailable:
    """What git had at the last review or, where it has nothing, what there was at the last look of before today."""
    repo = find_repository(path)
    found = repo if isinstance(repo, GitUnavailable) else review_baseline(repo, reviewed, today)
    look = last_snapshot(path, today) if isinstance(found, GitUnavailable) else None
    return (
        ReviewBaseline(look.day, False, read_document(look.raw, path))
        if look is not None
        else found
    )


def _is_comparable(before: Forecast, now: Forecast) -> bool:
    """Whether two forecasts have the same day and the same random numbers."""
    return (before.as_of, before.seed, before.runs) == (now.as_of, now.seed, now.runs)
