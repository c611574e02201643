"""Looking back in the background: what moved since the last review."""

import datetime as dt

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.forecaster import working
from roadmap_tui.app.session import Session
from roadmap_tui.files.document import Document
from roadmap_tui.files.looks import keep, last
from roadmap_tui.files.reader import read
from roadmap_tui.forecast.pace import Check
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.git import repository
from roadmap_tui.history.since import Past, Since, as_forecast, last_review, since


class Lookback(Widget):
    """Finds out what moved since the last review; it shows nothing itself."""

    DEFAULT_CSS = "Lookback { display: none; }"

    class Done(Message):
        """It was found out."""

        def __init__(self, since: Since) -> None:
            super().__init__()
            self.since = since

    def __init__(self, session: Session, courtesy: Courtesy) -> None:
        super().__init__()
        self._session = session
        self._courtesy = courtesy
        self._past: tuple[str, dt.date | None, Past | Unavailable] | None = None
        self._before: tuple[Past, Forecast | None] | None = None

    def on_unmount(self) -> None:
        """Keep what was looked at last."""
        keep(self._session.path, self._session.saved.raw, dt.date.today())

    def update(self) -> None:
        """Find out, once the forecast is whole and nothing is being tried; a newer request puts an older one aside."""
        session, now = self._session, self._session.forecast
        if now is not None and session.is_current and session.is_whole and session.what_if is None:
            self._look(session.path, session.document, now)

    @work(thread=True, exclusive=True, group="lookback", description="lookback")
    def _look(self, path: str, document: Document, now: Forecast) -> None:
        plan = document.plan
        past = self._past_of(path, plan.roadmap.reviewed if plan is not None else None)
        if isinstance(past, Unavailable):
            return
        with working(self._courtesy) as check:
            before = now if past.document.raw == document.raw else self._before_of(past, now, check)
            check()
            if before is not None:
                self.post_message(self.Done(since(past, before, document, now)))

    def _past_of(self, path: str, reviewed: dt.date | None) -> Past | Unavailable:
        """What git had at the last review; asked once."""
        if self._past is None or self._past[:2] != (path, reviewed):
            self._past = path, reviewed, _past_of(path, reviewed, dt.date.today())
        return self._past[2]

    def _before_of(self, past: Past, now: Forecast, check: Check) -> Forecast | None:
        """Its forecast, as of the day of the one that is now."""
        known = self._before
        if known is None or known[0] is not past or known[1] is None or not _beside(known[1], now):
            self._before = known = past, as_forecast(past, now, check)
        return known[1]


def _past_of(path: str, reviewed: dt.date | None, today: dt.date) -> Past | Unavailable:
    """What git had at the last review or, where it has nothing, what there was at the last look of before today."""
    repo = repository(path)
    found = repo if isinstance(repo, Unavailable) else last_review(repo, reviewed, today)
    look = last(path, today) if isinstance(found, Unavailable) else None
    return Past(look.day, False, read(look.raw, path)) if look is not None else found


def _beside(before: Forecast, now: Forecast) -> bool:
    """Whether two forecasts have the same day and the same random numbers."""
    return (before.as_of, before.seed, before.futures) == (now.as_of, now.seed, now.futures)
