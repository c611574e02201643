"""The one state of the app: the document, what it was before, its forecast, and what is selected."""

import datetime as dt
import os
from dataclasses import dataclass, replace
from pathlib import Path

from roadmap_tui.app.checked import Checked, Grouping
from roadmap_tui.app.compared import Against, Compared
from roadmap_tui.app.filter import Matching
from roadmap_tui.app.keymap import Keymap
from roadmap_tui.app.look import Look
from roadmap_tui.app.measured import Measured
from roadmap_tui.app.scale import runs_of
from roadmap_tui.app.study import Study
from roadmap_tui.app.texts import Read, Texts
from roadmap_tui.app.view import Scene
from roadmap_tui.app.whatif import WhatIf, scenario_of
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Edit, Refusal, SetValue, apply
from roadmap_tui.files.journal import Journal, Leftover
from roadmap_tui.files.load import Unreadable
from roadmap_tui.files.reader import read
from roadmap_tui.files.save import Saved, save
from roadmap_tui.files.watch import Stamp
from roadmap_tui.forecast.recall import Recall
from roadmap_tui.forecast.run import OWN, Base
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.history.since import Since
from roadmap_tui.plan.faults import spell_path
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.report.fitness import Fitness
from roadmap_tui.report.net import Net

_STEPS = 20
"""How many steps of recovered work can be undone one by one; the ones before are one."""


@dataclass(frozen=True, slots=True)
class Step:
    """A change that can be undone: the document before and after it, and what it did, in words."""

    before: Document
    after: Document
    what: str


def edited(document: Document, *edits: Edit) -> Document | Refusal:
    """The document with the edits made; refused if no forecast could be made of it."""
    after = apply(document, *edits)
    return after if isinstance(after, Refusal) else usable(after)


def usable(document: Document) -> Document | Refusal:
    """The document, if a forecast can be made of it."""
    fatal = tuple(each for each in document.faults if each.fault.fatal)
    if document.plan is None or fatal:
        text = fatal[0].fault.text if fatal else "the file could not be read any more"
        return Refusal(text, "", tuple(each.fault for each in fatal))
    return document


class Session:
    """One roadmap being looked at and edited.

    Attributes:
        elsewhere: what others made of the file on disk since it was read or saved; None if nothing.
        others: how many other sessions have the same file open.
        keys: that are in force.
        folder: the only one that may be written in; None if any may.
        is_new: whether it has just begun, and nothing was said about it yet.
        checked: what is wrong with the plan, as it was when it was last looked through.
        pointed: the name of the finding that is gone through.
        grouping: what findings are put together by.
        since: what moved since the last review, of the forecast that was there when it was found out.
        opened: the item that is opened in its place on the board.
        look: how people want to look at the ranking and the timeline.
        recall: what previews found, for the next ones.
        under_way: how far work in the background is, if it takes long.
    """

    def __init__(self, path: str, document: Document, plan: Plan, read_only: str | None) -> None:
        self.path = path
        self.read_only = read_only
        self.document = document
        self.journal = Journal(path)
        self.keys = Keymap()
        self.folder: Path | None = None
        self.is_new = False
        self.disk = Stamp(document.sha256)
        self.elsewhere: Document | Unreadable | None = None
        self.others = 0
        self._plan = plan
        self._net = Net(plan, frozenset())
        self._texts, self._matching_items = Read(), Matching()
        self._judged: tuple[Fitness, ...] = ()
        self._measured: Measured | None = None
        self._saved = document
        self._undo: list[Step] = []
        self._redo: list[Step] = []
        self.forecast: Forecast | None = None
        self._forecast_of: Document | None = None
        self.selected: str | None = None
        self.query, self.under_way = "", ""
        self.what_if: WhatIf | None = None
        self.study = Study(document)
        self.against: Against = None
        self.compared: Compared | None = None
        self.checked: Checked | None = None
        self.pointed: str | None = None
        self.grouping: Grouping = "severity"
        self.since: Since | None = None
        self.opened: str | None = None
        self.look, self.recall = Look(), Recall()
        self.journal.saved(document.text)

    @property
    def plan(self) -> Plan:
        """The current plan."""
        return self._plan

    @property
    def saved(self) -> Document:
        """The document as it was last read from disk or written to it."""
        return self._saved

    @property
    def is_saved(self) -> bool:
        """Whether the document is the one on disk."""
        return self.document.raw == self._saved.raw

    @property
    def is_current(self) -> bool:
        """Whether the forecast is of the current document."""
        return self.forecast is not None and self._forecast_of is self.document

    @property
    def is_whole(self) -> bool:
        """Whether the forecast is no preview: it has as many runs as the screens use for a plan of its size."""
        return self.forecast is not None and self.forecast.futures == runs_of(
            len(self.forecast.items)
        )

    @property
    def last(self) -> str | None:
        """What undo would take back, in words."""
        return self._undo[-1].what if self._undo else None

    @property
    def steps(self) -> int:
        """How many changes undo can take back."""
        return len(self._undo)

    @property
    def forecast_plan(self) -> Plan:
        """The plan that the forecast is of."""
        document = self._forecast_of
        return (
            self._plan
            if self.is_current or document is None or document.plan is None
            else document.plan
        )

    def edit(self, what: str, *edits: Edit) -> Refusal | None:
        """Make a change as one step that can be undone; the reason if it can't be made."""
        after = edited(self.document, *edits)
        if isinstance(after, Refusal):
            return after
        self._do(what, after)
        return None

    def note(self, what: str, *edits: Edit) -> Refusal | None:
        """Make a change, as `edit` does, on which no figure of the forecast hangs."""
        was_current = self.is_current
        refused = self.edit(what, *edits)
        if refused is None and was_current:
            self._forecast_of = self.document
        return refused

    def _do(self, what: str, after: Document) -> None:
        if after.raw != self.document.raw:
            self._undo.append(Step(self.document, after, what))
            self._redo.clear()
            self._show(after, what)

    # What-ifs

    def begin(self, what: str) -> bool:
        """Try something beside the plan as it is; not while its forecast is being worked out."""
        if self.forecast is None or not self.is_current:
            return False
        self.study = replace(self.study, takes=None)
        self.what_if = WhatIf(what, self.document, self.forecast, len(self._undo))
        return True

    def keep(self) -> None:
        """Let what was tried be the plan."""
        self.what_if = None

    def discard(self) -> None:
        """Go back to the plan as it was before the trial."""
        if self.what_if is not None:
            base, self._undo = self.what_if.base, self._undo[: self.what_if.steps]
            self._redo.clear()
            self.what_if = None
            self._show(base, "discarded a what-if")

    def store(self, name: str) -> Refusal | None:
        """Go back, and keep what was tried as a scenario of the file; the reason if that can't be."""
        if self.what_if is None:
            return None
        if name in self._plan.scenario:
            return Refusal(f"there is a scenario {name} already", "choose another name")
        try:
            tables = scenario_of(self.what_if, self.document)
        except LookupError as error:
            return Refusal(
                f"{spell_path(error.args[0])} was taken out, which a scenario can't say",
                "drop it instead",
            )
        if not tables:
            return Refusal("nothing was changed", "change something, or discard the what-if")
        refused = edited(self.what_if.base, SetValue(("scenario", name), tables))
        if isinstance(refused, Refusal):
            return refused
        self.discard()
        return self.edit(f"stored scenario {name}", SetValue(("scenario", name), tables))

    def replan(self) -> None:
        """Let the plan on trial have a list of its own."""
        if self.what_if is not None:
            self.what_if = replace(self.what_if, replanned=True)
            self._forecast_of = None
            self.study = Study(self.document)

    @property
    def base(self) -> Base:
        """The order that forecasts keep: that of the plan as it is while something is tried, else its own."""
        return (
            OWN
            if self.what_if is None or self.what_if.replanned
            else Base.of(self.what_if.forecast)
        )

    # Undoing

    def undo(self) -> str | None:
        """Take the last change back; what it was, or None if there is none. A what-if ends where it began."""
        if len(self._undo) <= (self.what_if.steps if self.what_if else 0):
            return None
        step = self._undo.pop()
        self._redo.append(step)
        self._show(step.before, f"undone: {step.what}")
        return step.what

    def redo(self) -> str | None:
        """Make the change again that was taken back last; what it was, or None if there is none."""
        if not self._redo:
            return None
        step = self._redo.pop()
        self._undo.append(step)
        self._show(step.after, step.what)
        return step.what

    def _show(self, document: Document, what: str) -> None:
        self.journal.record(what, document.text)
        self.document = document
        if document.plan is not None:
            self._plan = document.plan
        if self.selected not in self._plan.items:
            self.selected = None

    def learn(
        self, document: Document, forecast: Forecast | None, measured: Measured | None = None
    ) -> bool:
        """Take a forecast in, if it is of the current document."""
        if document is not self.document or forecast is None:
            return False
        self.forecast, self._measured = forecast, measured
        self._forecast_of = document
        return True

    # The file

    def _tried(self) -> Refusal:
        """Why nothing is written while something is tried."""
        key = self.keys.shown("what-if")
        return Refusal("a what-if is not the plan", f"press {key}: keep, store or discard it")

    def save(self, *, anew: bool = False) -> Saved | Refusal:
        """Write the document to disk, if the file there is still the one that was read; `anew` if there is none."""
        if self.what_if is not None:
            return self._tried()
        result = save(self.document, self.path, None if anew else self._saved.sha256)
        if isinstance(result, Saved):
            self._based_on(self.document)
        return result

    def outside(self, path: str) -> Refusal | None:
        """Why nothing may be written there, where only one folder is to be written in."""
        if self.folder is None or Path(os.path.realpath(path)).is_relative_to(
            self.folder.resolve()
        ):
            return None
        return Refusal(
            "from here, only the roadmap's own folder can be written in",
            f"choose a name in {self.folder}",
        )

    def save_as(self, path: str) -> Saved | Refusal:
        """Write the document to a file that is not there yet, and go on with that one."""
        if self.what_if is not None:
            return self._tried()
        if refused := self.outside(path):
            return refused
        result = save(self.document, path, None)
        if isinstance(result, Saved):
            self.journal.close()
            self.path, self.journal = path, Journal(path)
            self._based_on(self.document)
        return result

    def take(self, what: str, on_disk: Document, document: Document) -> None:
        """Go on with `document` in one step that can be undone, and take `on_disk` as what is saved.

        Args:
            what: what happened, in words.
            on_disk: the file as it is on disk now.
            document: the same, or a merge with it.
        """
        before = self.document
        self.what_if = None
        self._based_on(on_disk)
        self._do(what, document)
        if before.raw == document.raw:
            self.journal.record(what, document.text)

    def recover(self, left: Leftover) -> None:
        """Take in the unsaved work of a session that crashed, in steps that can be undone; then it is left no more.

        If the file is another by now, the work stands on the file as it was, and `elsewhere` tells what it is.
        """
        on_disk = self.document
        name = on_disk.name
        if left.base != on_disk.text:
            self._based_on(read(left.base.encode(), name))
            self.document = self._saved
            self.elsewhere, self.disk = on_disk, Stamp(on_disk.sha256)
        for step in left.steps[-_STEPS:]:
            self._do(step.what, read(step.text.encode(), name))
        left.discard()

    def close(self) -> None:
        """End it; what is not saved is not wanted."""
        self.journal.close()

    def _based_on(self, document: Document) -> None:
        self._saved = document
        self.disk = Stamp(document.sha256)
        self.elsewhere = None
        self.journal.saved(document.text)

    def scene(self, width: int, height: int = 0) -> Scene | None:
        """What the screens draw; None while there is no forecast. Items newer than the forecast wait for the next."""
        if self.forecast is None:
            return None
        plan = self.forecast_plan
        shown = frozenset(plan.items) if not self.query else self._matching(plan)
        if self._net.plan is not plan or self._net.shown != shown:
            self._net = Net(plan, shown, self._net)
        base = self.what_if.forecast if self.what_if is not None and self.is_current else None
        study = self.study if self.is_current and self.study.document is self.document else None
        judged = self._judge(plan, self.forecast.as_of)
        self._measured = Measured.of(self.forecast, base, self._measured)
        return Scene(
            self._net,
            self.forecast,
            self.selected,
            width,
            self.compared,
            base,
            study,
            judged,
            self.checked,
            self.pointed,
            self.grouping,
            self.since if self.what_if is None else None,
            height,
            self.opened,
            self.look,
            self.keys,
            self._measured,
        )

    def _matching(self, plan: Plan) -> frozenset[str]:
        """The items that pass the filter."""
        texts = self._texts.of(plan).of_items
        return self._matching_items.of(
            plan, self.query, self.checked, lambda name: (texts[name], self._found(name))
        )

    @property
    def texts(self) -> Texts:
        """All text of the current plan."""
        return self._texts.of(self._plan)

    def _found(self, name: str) -> tuple[str, ...]:
        """The ids of the checks that found something about an item."""
        return (
            ()
            if self.checked is None
            else tuple(each.check for each in self.checked.findings.of(name))
        )

    @property
    def fitness(self) -> Fitness:
        """How fit the AI items of the current plan are."""
        return self._judge(self._plan, self._plan.roadmap.as_of or dt.date.today())

    def _judge(self, plan: Plan, as_of: dt.date) -> Fitness:
        known = next(
            (each for each in self._judged if each.plan is plan and each.as_of == as_of), None
        )
        if known is None:
            known = Fitness(plan, as_of)
            # the plan and, while a forecast is under way, the one before it
            self._judged = (known, *self._judged[:1])
        return known
