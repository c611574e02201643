"""Working forecasts out in the background."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import perf_counter

from textual import work
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.measured import Measured
from roadmap_tui.app.scale import FEW_RUNS, is_large, runs_of
from roadmap_tui.app.underway import Reporting
from roadmap_tui.files.document import Document
from roadmap_tui.forecast.draws import forget
from roadmap_tui.forecast.pace import Check, StoppedError, go_on
from roadmap_tui.forecast.recall import NONE, Recall
from roadmap_tui.forecast.run import FUTURES, OWN, PREVIEW, Base, forecast
from roadmap_tui.forecast.schedule import arrays
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.resolve import Resolved, resolve

_QUICK = 0.05
_MANY, _GLIMPSE = 500, 500
"""A plan of more items than that is first shown on that few futures."""
_RECALLED = 2_400
"""Arrays that previews may find for the next ones."""


def calculate(
    resolved: Resolved, futures: int, base: Base = OWN, check: Check = go_on, recall: Recall = NONE
) -> Forecast:
    """The forecast of a plan, in the order of another version of it.

    Of a plan of many items, or people, nothing is recalled: that would take much memory.
    """
    if arrays(resolved) > _RECALLED:
        recall.keep(())
        recall = NONE
    return forecast(resolved, futures, base, check, recall)


@contextmanager
def reporting(
    courtesy: Courtesy, widget: Widget, doing: str, *, stops: Check = go_on
) -> Iterator[Check]:
    """A calculation as in `working`, which shows in the bar how far it is.

    Args:
        courtesy: what it owes to keys and others.
        widget: whose work it is.
        doing: what it does, in a word.
        stops: called at every check; where it is given, cancelling the worker does not end the calculation.
    """
    with working(courtesy, ends=stops is go_on) as check:

        def both() -> None:
            stops()
            check()

        report = Reporting(both, widget.post_message, doing)
        try:
            yield report
        finally:
            report.end()


@contextmanager
def working(courtesy: Courtesy, *, ends: bool = True) -> Iterator[Check]:
    """A calculation in the worker of this thread: it lets keys and others go first.

    Args:
        courtesy: what it owes to them.
        ends: whether it ends once the worker is cancelled.
    """
    worker: Worker[object] = get_current_worker()

    def check() -> None:
        courtesy.wait()
        courtesy.pass_on()
        if ends and worker.is_cancelled:
            raise StoppedError

    with suppress(StoppedError), courtesy.turn():
        check()
        yield check


class Forecaster(Widget):
    """Works the forecast of a document out, a preview first where the whole takes long; it shows nothing itself."""

    DEFAULT_CSS = "Forecaster { display: none; }"

    class Done(Message):
        """A forecast was worked out of a document."""

        def __init__(
            self, document: Document, forecast: Forecast | None, measured: Measured | None = None
        ) -> None:
            super().__init__()
            self.measured = measured
            self.document = document
            self.forecast = forecast

    def __init__(self, courtesy: Courtesy) -> None:
        super().__init__()
        self._courtesy = courtesy
        self._seconds = 0.0

    def work_out(self, document: Document, base: Base, recall: Recall) -> None:
        """Work it out, in the order of another version if one is given; a newer document puts an older one aside."""
        self._work_out(document, base, recall, self._counts(document))

    def _counts(self, document: Document) -> tuple[int, ...]:
        """On how many futures it is worked out, one after the other."""
        items = len(document.plan.items) if document.plan is not None else 0
        if is_large(items):
            return (FEW_RUNS, runs_of(items))
        if self._seconds > _QUICK:
            return (PREVIEW, FUTURES)
        return (_GLIMPSE, FUTURES) if self._is_large(document) else (FUTURES,)

    def _is_large(self, document: Document) -> bool:
        return document.plan is not None and len(document.plan.items) > _MANY

    def tidy(self, document: Document) -> None:
        """Give memory back that is not needed now; to be called when nothing goes on."""
        if self._is_large(document):
            forget()
        self._courtesy.tidy()

    # without a description Textual makes one from all that it is given, which takes 60 ms for 1,000 items
    @work(thread=True, exclusive=True, group="forecast", description="forecast")
    def _work_out(
        self, document: Document, base: Base, recall: Recall, counts: tuple[int, ...]
    ) -> None:
        with reporting(self._courtesy, self, "forecast") as check:
            if document.plan is None:
                self.post_message(self.Done(document, None))
                return
            resolved = resolve(document.plan)
            for futures in counts:
                begin = perf_counter()
                forecast = calculate(
                    resolved, futures, base, check, recall if futures == PREVIEW else NONE
                )
                check()
                if futures == counts[-1]:
                    self._seconds = perf_counter() - begin
                measured = Measured(forecast)
                if is_large(len(forecast.items)):
                    measured.prepare()
                self.post_message(self.Done(document, forecast, measured))
