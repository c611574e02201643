"""Exporting in the background."""

import os
from threading import Event

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.dialogs.export import Order
from roadmap_tui.app.forecaster import reporting
from roadmap_tui.app.session import Session
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal
from roadmap_tui.files.writing import write_out
from roadmap_tui.forecast.pace import StoppedError
from roadmap_tui.forecast.run import run
from roadmap_tui.history.origin import origin
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan, title_of


class Exporter(Widget):
    """Makes documents and writes them; it shows nothing itself."""

    DEFAULT_CSS = "Exporter { display: none; }"

    class Exported(Message):
        """A document was written, or it is known why not."""

        def __init__(
            self, path: str, refusal: Refusal | None, *, was_stopped: bool = False
        ) -> None:
            super().__init__()
            self.was_stopped = was_stopped
            self.path = path
            self.refusal = refusal

    def __init__(self, session: Session, courtesy: Courtesy) -> None:
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
            raise StoppedError

    def export(self, order: Order) -> None:
        """Make a document of the plan as it is, and write it."""
        if not self._under_way:
            self._stopped.clear()
        self._under_way += 1
        self._export(order, self._session.path, self._session.document, self._session.plan)

    @work(thread=True, group="export", description="export")
    def _export(self, order: Order, path: str, document: Document, plan: Plan) -> None:
        from roadmap_tui.report.export.making import Wanted, export
        from roadmap_tui.report.export.subject import About, Subject

        about = About(
            title_of(os.path.basename(path), plan.roadmap.title), None, origin(path, document.raw)
        )
        # what was asked for is written, also if somebody quits in the meantime
        written = False
        with reporting(self._courtesy, self, "export, Esc stops it", stops=self._check) as check:
            subject = Subject(document, plan, run(resolve(plan), check=check), about, check=check)
            text = export(subject, Wanted(order.form.name, order.audience.name, order.picture.name))
            check()
            self.post_message(
                self.Exported(order.path, write_out(order.path, text, replaces=order.replaces))
            )
            written = True
        if not written:
            self.post_message(self.Exported(order.path, None, was_stopped=True))

    def on_exporter_exported(self) -> None:
        """Count it."""
        self._under_way -= 1
