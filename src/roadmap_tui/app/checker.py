"""Looking for mistakes in the plan, in the background."""

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.app.checked import Checked, checked
from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.forecaster import working
from roadmap_tui.app.session import Session
from roadmap_tui.files.document import Document
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.asking import Unavailable
from roadmap_tui.history.past import Past, past


class Checker(Widget):
    """Checks a document's plan; it shows nothing itself."""

    DEFAULT_CSS = "Checker { display: none; }"

    class Done(Message):
        """A plan was looked through."""

        def __init__(self, checked: Checked) -> None:
            super().__init__()
            self.checked = checked

    def __init__(self, session: Session, courtesy: Courtesy) -> None:
        super().__init__()
        self._session = session
        self._courtesy = courtesy
        self._past: tuple[str, Past | Unavailable] | None = None

    def look(self, document: Document, forecast: Forecast) -> None:
        """Look for mistakes; a newer document puts an older one aside."""
        self._look(document, forecast, self._session.saved)

    @work(thread=True, exclusive=True, group="check", description="check")
    def _look(self, document: Document, forecast: Forecast, saved: Document) -> None:
        told = self._past_of(saved, forecast)
        with working(self._courtesy) as check:
            found = checked(document, forecast, told, check)
            check()
            self.post_message(self.Done(found))

    def _past_of(self, saved: Document, forecast: Forecast) -> Past | Unavailable:
        """What git tells, asked anew for each version of the file that is saved."""
        if self._past is None or self._past[0] != saved.sha256:
            self._past = saved.sha256, past(self._session.path, saved, forecast.as_of)
        return self._past[1]
