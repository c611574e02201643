"""Exporting in the background."""

import os
from threading import Event

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.forecast.engine import simulated_forecast
from roadmap_tui.forecast.simulation.cancellation import CalculationCancelledError
from roadmap_tui.history.origin import text_origin
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan, display_title
from roadmap_tui.storage.export_file import write_export
from roadmap_tui.tui.dialogs.export import ExportRequest
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.workers.forecast import interruptible_with_progress
from roadmap_tui.tui.workers.input_priority import InputPriority


class Exporter(Widget):
    """Makes documents and writes them; it shows nothing itself."""

    DEFAULT_CSS = "Exporter { display: none; }"

    class Exported(Message):
        """A document was written, or it is known why not."""

        def __init__(
            self, path: str, refusal: EditRejected | None, *, was_stopped: bool = False
        ) -> None:
            super().__init__()
            self.was_stopped = was_stopped
            self.path = path
            self.refusal = refusal

    def __init__(self, session: Session, courtesy: InputPriority) -> None:
        super().__init__()
        self._session = session
        self._courtesy = courtesy
        self._stopped = Event()
        self._under_way = 0

    def cancel(self) -> bool:
        """Stop exports that are under way, before anything is written; whether there are any."""
        if self._under_way:
            self._stopped.set()
        return bool(self._under_way)

    def _check(self) -> None:
        if self._stopped.is_set():
            raise CalculationCancelledError

    def export(self, order: ExportRequest) -> None:
        """Make a document of the plan as it is, and write it."""
        if not self._under_way:
            self._stopped.clear()
        self._under_way += 1
        self._export(order, self._session.path, self._session.document, self._session.plan)

    @work(thread=True, group="export", description="export")
    def _export(self, order: ExportRequest, path: str, document: Document, plan: Plan) -> None:
        from roadmap_tui.export.pipeline import ExportSpec, render_export
        from roadmap_tui.narrative.context import ReportContext, ReportSource

        about = ReportSource(
            display_title(os.path.basename(path), plan.roadmap.title),
            None,
            text_origin(path, document.raw),
        )
        # what was asked for is written, also if somebody quits in the meantime
        written = False
        with interruptible_with_progress(
            self._courtesy, self, "export, Esc stops it", stops=self._check
        ) as check:
            subject = ReportContext(
                document,
                plan,
                simulated_forecast(resolve_plan(plan), checkpoint=check),
                about,
                check=check,
            )
            text = render_export(
                subject, ExportSpec(order.format.name, order.audience.name, order.picture.name)
            )
            check()
            self.post_message(
                self.Exported(order.path, write_export(order.path, text, replace=order.replaces))
            )
            written = True
        if not written:
            self.post_message(self.Exported(order.path, None, was_stopped=True))

    def on_exporter_exported(self) -> None:
        """Count it."""
        self._under_way -= 1
