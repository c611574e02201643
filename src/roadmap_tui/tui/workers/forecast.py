"""Working forecasts out in the background."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from time import perf_counter

from textual import work
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from roadmap_tui.document.document import Document
from roadmap_tui.forecast.engine import (
    DEFAULT_RUNS,
    NO_REFERENCE,
    PREVIEW_RUNS,
    ReferenceOrder,
    forecast,
)
from roadmap_tui.forecast.simulation.cancellation import (
    CalculationCancelledError,
    Checkpoint,
    no_checkpoint,
)
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.forecast.simulation.sampling import clear_samples
from roadmap_tui.plan.resolver import ResolvedPlan, resolve_plan
from roadmap_tui.tui.limits import FEW_RUNS, full_run_count, is_large_plan
from roadmap_tui.tui.views.figure_widths import FigureWidths
from roadmap_tui.tui.workers.input_priority import InputPriority
from roadmap_tui.tui.workers.progress_report import ProgressReporter

_QUICK = 0.05
_MANY, _GLIMPSE = 500, 500
"""A plan of more items than that is first shown on that few runs."""


def compute_forecast(
    resolved: ResolvedPlan,
    runs: int,
    base: ReferenceOrder = NO_REFERENCE,
    check: Checkpoint = no_checkpoint,
) -> Forecast:
    """Return the forecast of a plan, in the order of another version of it."""
    return forecast(resolved, runs, base, check)


@contextmanager
def interruptible_with_progress(
    courtesy: InputPriority, widget: Widget, doing: str, *, stops: Checkpoint = no_checkpoint
) -> Iterator[Checkpoint]:
    """A calculation as in `working`, which shows in the bar how far it is.

    Args:
        courtesy: what it owes to keys and others.
        widget: whose work it is.
        doing: what it does, in a word.
        stops: called at every check; where it is given, cancelling the worker does not end the calculation.
    """
    with interruptible(courtesy, ends=stops is no_checkpoint) as check:

        def both() -> None:
            stops()
            check()

        report = ProgressReporter(both, widget.post_message, doing)
        try:
            yield report
        finally:
            report.end()


@contextmanager
def interruptible(courtesy: InputPriority, *, ends: bool = True) -> Iterator[Checkpoint]:
    """A calculation in the worker of this thread: it lets keys and others go first.

    Args:
        courtesy: what it owes to them.
        ends: whether it ends once the worker is cancelled.
    """
    worker: Worker[object] = get_current_worker()

    def check() -> None:
        courtesy.wait_for_input()
        courtesy.yield_turn()
        if ends and worker.is_cancelled:
            raise CalculationCancelledError

    with suppress(CalculationCancelledError), courtesy.exclusive():
        check()
        yield check


class Forecaster(Widget):
    """Works the forecast of a document out, a preview first where the whole takes long; it shows nothing itself."""

    DEFAULT_CSS = "Forecaster { display: none; }"

    class Done(Message):
        """A forecast was worked out of a document."""

        def __init__(
            self,
            document: Document,
            forecast: Forecast | None,
            measured: FigureWidths | None = None,
        ) -> None:
            super().__init__()
            self.measured = measured
            self.document = document
            self.forecast = forecast

    def __init__(self, courtesy: InputPriority) -> None:
        super().__init__()
        self._courtesy = courtesy
        self._seconds = 0.0

    def compute(self, document: Document, base: ReferenceOrder) -> None:
        """Work it out, in the order of another version if one is given; a newer document puts an older one aside."""
        self._work_out(document, base, self._counts(document))

    def _counts(self, document: Document) -> tuple[int, ...]:
        """On how many runs it is worked out, one after the other."""
        items = len(document.plan.items) if document.plan is not None else 0
        if is_large_plan(items):
            return (FEW_RUNS, full_run_count(items))
        if self._seconds > _QUICK:
            return (PREVIEW_RUNS, DEFAULT_RUNS)
        return (_GLIMPSE, DEFAULT_RUNS) if self._is_large(document) else (DEFAULT_RUNS,)

    def _is_large(self, document: Document) -> bool:
        return document.plan is not None and len(document.plan.items) > _MANY

    def free_memory(self, document: Document) -> None:
        """Give memory back that is not needed now; to be called when nothing goes on."""
        if self._is_large(document):
            clear_samples()
        self._courtesy.free_memory()

    # without a description Textual makes one from all that it is given, which takes 60 ms for 1,000 items
    @work(thread=True, exclusive=True, group="forecast", description="forecast")
    def _work_out(self, document: Document, base: ReferenceOrder, counts: tuple[int, ...]) -> None:
        with interruptible_with_progress(self._courtesy, self, "forecast") as check:
            if document.plan is None:
                self.post_message(self.Done(document, None))
                return
            resolved = resolve_plan(document.plan)
            for runs in counts:
                begin = perf_counter()
                forecast = compute_forecast(resolved, runs, base, check)
                check()
                if runs == counts[-1]:
                    self._seconds = perf_counter() - begin
                measured = FigureWidths(forecast)
                if is_large_plan(len(forecast.items)):
                    measured.prepare()
                self.post_message(self.Done(document, forecast, measured))
