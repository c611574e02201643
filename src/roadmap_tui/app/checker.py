"""Looking for mistakes in the plan, in the background."""

from textual import work
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from roadmap_tui.app.checked import Checked, checked
from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.forecaster import wanted
from roadmap_tui.files.document import Document
from roadmap_tui.forecast.simulation import StoppedError
from roadmap_tui.forecast.summary import Forecast


class Checker(Widget):
    """Checks a document's plan; it shows nothing itself."""

    DEFAULT_CSS = "Checker { display: none; }"

    class Done(Message):
        """A plan was looked through."""

        def __init__(self, checked: Checked) -> None:
            super().__init__()
            self.checked = checked

    def __init__(self, courtesy: Courtesy) -> None:
        super().__init__()
        self._courtesy = courtesy

    def look(self, document: Document, forecast: Forecast) -> None:
        """Look for mistakes; a newer document puts an older one aside."""
        self._look(document, forecast)

    @work(thread=True, exclusive=True, group="check", description="check")
    def _look(self, document: Document, forecast: Forecast) -> None:
        check = wanted(get_current_worker(), self._courtesy)
        try:
            check()
            found = checked(document, forecast, None, check)
            check()
        except StoppedError:
            return
        self.post_message(self.Done(found))
