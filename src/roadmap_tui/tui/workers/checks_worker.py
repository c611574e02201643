"""Looking for mistakes in the plan, in the background."""

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.document.document import Document
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.git_process import GitUnavailable
from roadmap_tui.history.plan_history import PlanHistory, plan_history
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.workers.check_results import CheckResults, run_document_checks
from roadmap_tui.tui.workers.forecast import interruptible
from roadmap_tui.tui.workers.input_priority import InputPriority


class Checker(Widget):
    """Checks a document's plan; it shows nothing itself."""

    DEFAULT_CSS = "Checker { display: none; }"

    class Done(Message):
        """A plan was looked through."""

        def __init__(self, checked: CheckResults) -> None:
            super().__init__()
            self.checked = checked

    def __init__(self, session: Session, courtesy: InputPriority) -> None:
        super().__init__()
        self._session = session
        self._courtesy = courtesy
        self._past: tuple[str, PlanHistory | GitUnavailable] | None = None

    def look(self, document: Document, forecast: Forecast) -> None:
        """Look for mistakes; a newer document puts an older one aside."""
        self._look(document, forecast, self._session.saved)

    @work(thread=True, exclusive=True, group="check", description="check")
    def _look(self, document: Document, forecast: Forecast, saved: Document) -> None:
        told = self._past_of(saved, forecast)
        with interruptible(self._courtesy) as check:
            found = run_document_checks(document, forecast, told, check)
            check()
            self.post_message(self.Done(found))

    def _past_of(self, saved: Document, forecast: Forecast) -> PlanHistory | GitUnavailable:
        """What git tells, asked anew for each version of the file that is saved."""
        if self._past is None or self._past[0] != saved.sha256:
            self._past = saved.sha256, plan_history(self._session.path, saved, forecast.as_of)
        return self._past[1]
