"""The one state of the app: the document, what it was before, its forecast, and what is selected."""

from dataclasses import dataclass

from roadmap_tui.app.filter import matches
from roadmap_tui.app.view import Scene
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Edit, Refusal, apply
from roadmap_tui.files.save import Saved, save
from roadmap_tui.forecast.run import forecast
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan


@dataclass(frozen=True, slots=True)
class Step:
    """A change that can be undone: the document before and after it, and what it did, in words."""

    before: Document
    after: Document
    what: str


def calculate(document: Document, futures: int) -> Forecast | None:
    """The forecast of a document's plan; None if it has no plan."""
    return None if document.plan is None else forecast(resolve(document.plan), futures)


def edited(document: Document, *edits: Edit) -> Document | Refusal:
    """The document with the edits made; refused if no forecast could be made of it."""
    after = apply(document, *edits)
    if isinstance(after, Refusal):
        return after
    fatal = tuple(each.fault for each in after.faults if each.fault.fatal)
    if after.plan is None or fatal:
        return Refusal(fatal[0].text if fatal else "the file could not be read any more", "", fatal)
    return after


class Session:
    """One roadmap being looked at and edited."""

    def __init__(self, path: str, document: Document, plan: Plan, read_only: str | None) -> None:
        self.path = path
        self.read_only = read_only
        self.document = document
        self._plan = plan
        self._saved = document
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self.forecast: Forecast | None = None
        self._forecast_of: Document | None = None
        self.selected: str | None = None
        self.query = ""

    @property
    def plan(self) -> Plan:
        """The current plan."""
        return self._plan

    @property
    def is_saved(self) -> bool:
        """Whether the document is the one on disk."""
        return self.document.raw == self._saved.raw

    @property
    def is_current(self) -> bool:
        """Whether the forecast is of the current document."""
        return self.forecast is not None and self._forecast_of is self.document

    @property
    def last(self) -> str | None:
        """What undo would take back, in words."""
        return self._undo[-1].what if self._undo else None

    def edit(self, what: str, *edits: Edit) -> Refusal | None:
        """Make a change as one step that can be undone; the reason if it can't be made."""
        after = edited(self.document, *edits)
        if isinstance(after, Refusal):
            return after
        if after.raw != self.document.raw:
            self._undo.append(Step(self.document, after, what))
            self._redo.clear()
            self._show(after)
        return None

    def undo(self) -> str | None:
        """Take the last change back; what it was, or None if there is none."""
        if not self._undo:
            return None
        step = self._undo.pop()
        self._redo.append(step)
        self._show(step.before)
        return step.what

    def redo(self) -> str | None:
        """Make the change again that was taken back last; what it was, or None if there is none."""
        if not self._redo:
            return None
        step = self._redo.pop()
        self._undo.append(step)
        self._show(step.after)
        return step.what

    def _show(self, document: Document) -> None:
        self.document = document
        if document.plan is not None:
            self._plan = document.plan
        if self.selected not in self._plan.items:
            self.selected = None

    def learn(self, document: Document, forecast: Forecast | None) -> bool:
        """Take a forecast in, if it is of the current document."""
        if document is not self.document or forecast is None:
            return False
        self.forecast = forecast
        self._forecast_of = document
        return True

    def save(self) -> Saved | Refusal:
        """Write the document to disk, if the file there is still the one that was read."""
        result = save(self.document, self.path, self._saved.sha256)
        if isinstance(result, Saved):
            self._saved = self.document
        return result

    def scene(self, width: int) -> Scene | None:
        """What the screens draw; None while there is no forecast. Items newer than the forecast wait for the next."""
        if self.forecast is None:
            return None
        plan = self._plan if self.is_current else self._plan_of_forecast()
        shown = frozenset(name for name, item in plan.items.items() if matches(name, item, self.query))
        return Scene(plan, self.forecast, self.selected, shown, width)

    def _plan_of_forecast(self) -> Plan:
        document = self._forecast_of
        return document.plan if document is not None and document.plan is not None else self._plan
