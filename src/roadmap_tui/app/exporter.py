"""Exporting in the background."""

import os

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.dialogs.export import Order
from roadmap_tui.app.forecaster import working
from roadmap_tui.app.session import Session
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal
from roadmap_tui.files.writing import write_out
from roadmap_tui.forecast.run import run
from roadmap_tui.history.origin import origin
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan, title_of


class Exporter(Widget):
    """Makes documents and writes them; it shows nothing itself."""

    DEFAULT_CSS = "Exporter { display: none; }"

    class Exported(Message):
        """A document was written, or it is known why not."""

        def __init__(self, path: str, refusal: Refusal | None) -> None:
            super().__init__()
            self.path = path
            self.refusal = refusal

    def __init__(self, session: Session, courtesy: Courtesy) -> None:
        super().__init__()
        self._session = session
        self._courtesy = courtesy

    def export(self, order: Order) -> None:
        """Make a document of the plan as it is, and write it."""
        self._export(order, self._session.path, self._session.document, self._session.plan)

    @work(thread=True, group="export", description="export")
    def _export(self, order: Order, path: str, document: Document, plan: Plan) -> None:
        from roadmap_tui.report.export.making import Wanted, export
        from roadmap_tui.report.export.subject import About, Subject

        about = About(title_of(os.path.basename(path), plan.roadmap.title), None, origin(path, document.raw))
        # what was asked for is written, also if somebody quits in the meantime
        with working(self._courtesy, ends=False) as check:
            subject = Subject(document, plan, run(resolve(plan), check=check), about, check=check)
            text = export(subject, Wanted(order.form.name, order.audience.name, order.picture.name))
            self.post_message(self.Exported(order.path, write_out(order.path, text, replaces=order.replaces)))
