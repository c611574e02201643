"""Working forecasts out in the background."""

from time import perf_counter

from textual import work
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from roadmap_tui.app.session import calculate
from roadmap_tui.files.document import Document
from roadmap_tui.forecast.run import FUTURES, PREVIEW
from roadmap_tui.forecast.summary import Forecast

_QUICK = 0.08


class Forecaster(Widget):
    """Works the forecast of a document out, a preview first where the whole takes long; it shows nothing itself."""

    DEFAULT_CSS = "Forecaster { display: none; }"

    class Done(Message):
        """A forecast was worked out of a document."""

        def __init__(self, document: Document, forecast: Forecast | None) -> None:
            super().__init__()
            self.document = document
            self.forecast = forecast

    def __init__(self) -> None:
        super().__init__()
        self._seconds = 0.0

    def work_out(self, document: Document) -> None:
        """Work it out; a newer document puts an older one aside."""
        self._work_out(document, (PREVIEW, FUTURES) if self._seconds > _QUICK else (FUTURES,))

    @work(thread=True, exclusive=True, group="forecast")
    def _work_out(self, document: Document, counts: tuple[int, ...]) -> None:
        worker = get_current_worker()
        for futures in counts:
            begin = perf_counter()
            forecast = calculate(document, futures)
            if worker.is_cancelled:
                return
            if futures == FUTURES:
                self._seconds = perf_counter() - begin
            self.post_message(self.Done(document, forecast))
