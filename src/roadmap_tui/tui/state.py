"""State of the app: the document, its history, its forecast, and the selection."""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

from roadmap_tui.diagrams.graph import DependencyGraph
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import Edit, EditRejected, SetValue
from roadmap_tui.document.reader import read_document
from roadmap_tui.forecast.engine import NO_REFERENCE, ReferenceOrder
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.history.review_comparison import ReviewComparison
from roadmap_tui.narrative.readiness.assessment import Readiness
from roadmap_tui.plan.faults import format_path
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.storage.journal import Journal, UnsavedSession
from roadmap_tui.storage.load import Unreadable
from roadmap_tui.storage.save import SavedFile, save_document
from roadmap_tui.storage.watch import FileStamp
from roadmap_tui.tui.edit_history import EditHistory, edit_plan
from roadmap_tui.tui.keymap import Keymap
from roadmap_tui.tui.limits import full_run_count
from roadmap_tui.tui.readiness_cache import ReadinessCache
from roadmap_tui.tui.search.item_filter import FilterCache
from roadmap_tui.tui.search.plan_texts import PlanTextCache, PlanTexts
from roadmap_tui.tui.view_options import ViewOptions
from roadmap_tui.tui.views.figure_widths import FigureWidths
from roadmap_tui.tui.views.view_model import ViewModel
from roadmap_tui.tui.what_if import WhatIf, scenario_tables
from roadmap_tui.tui.workers.check_results import CheckResults, Grouping
from roadmap_tui.tui.workers.comparison import CompareTo, PlanComparison
from roadmap_tui.tui.workers.insights import Insights

_STEPS = 20
"""Steps of recovered work that can be undone one by one; earlier ones are one step."""


class Session:
    """One open roadmap.

    Attributes:
        disk_version: what others made of the file since it was read or saved; None if nothing.
        other_sessions: number of other sessions with the same file.
        is_unmerged: whether git has the file as unmerged.
        keys: the keys in force.
        folder: the only folder that may be written to; None for any.
        is_new_plan: whether it was just created, and people weren't welcomed yet.
        check_results: findings, as of the last check.
        selected_finding: the key of the highlighted finding.
        finding_grouping: what findings are grouped by.
        since_review: what moved since the last review, as of the last time it was computed.
        view_options: sorting, grouping, columns and zoom.
        progress: progress of long background work.
        commit_message: the message of a commit that failed, for the next try.
    """

    def __init__(self, path: str, document: Document, plan: Plan, read_only: str | None) -> None:
        self.path = path
        self.read_only = read_only
        self.document = document
        self.journal = Journal(path)
        self.keys = Keymap()
        self.folder: Path | None = None
        self.is_new_plan, self.is_unmerged = False, False
        self.disk = FileStamp(document.sha256)
        self.disk_version: Document | Unreadable | None = None
        self.other_sessions = 0
        self._plan = plan
        self._graph = DependencyGraph(plan, frozenset())
        self._search_texts, self._filter_cache = PlanTextCache(), FilterCache()
        self._readiness = ReadinessCache()
        self._figure_widths: FigureWidths | None = None
        self._saved = document
        self._history = EditHistory()
        self.forecast: Forecast | None = None
        self._forecast_of: Document | None = None
        self.selected: str | None = None
        self.filter_text, self.progress = "", ""
        self.commit_message = ""
        self.what_if: WhatIf | None = None
        self.insights = Insights(document)
        self.compare_to: CompareTo = None
        self.comparison: PlanComparison | None = None
        self.check_results: CheckResults | None = None
        self.selected_finding: str | None = None
        self.finding_grouping: Grouping = "severity"
        self.since_review: ReviewComparison | None = None
        self.view_options = ViewOptions()
        self.journal.mark_saved(document.text)

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
    def has_full_forecast(self) -> bool:
        """Whether the forecast has the full number of runs, and is no preview."""
        return self.forecast is not None and self.forecast.runs == full_run_count(
            len(self.forecast.items)
        )

    @property
    def undo_label(self) -> str | None:
        """Label of the change that undo takes back."""
        return self._history.label

    @property
    def undo_depth(self) -> int:
        """Number of changes that can be undone."""
        return self._history.depth

    @property
    def forecast_plan(self) -> Plan:
        """The plan of the forecast."""
        document = self._forecast_of
        if self.is_current or document is None or document.plan is None:
            return self._plan
        return document.plan

    def edit(self, what: str, *edits: Edit) -> EditRejected | None:
        """Make an undoable change; the reason if it is rejected."""
        after = edit_plan(self.document, *edits)
        if isinstance(after, EditRejected):
            return after
        self._push(what, after)
        return None

    def edit_without_recalculation(self, what: str, *edits: Edit) -> EditRejected | None:
        """Make a change that doesn't affect the forecast."""
        was_current = self.is_current
        refused = self.edit(what, *edits)
        if refused is None and was_current:
            self._forecast_of = self.document
        return refused

    def _push(self, what: str, after: Document) -> None:
        if after.raw != self.document.raw:
            self._history.push(self.document, after, what)
            self._set_document(after, what)

    # What-ifs

    def begin_what_if(self, what: str) -> bool:
        """Begin a what-if; not while the forecast is calculated."""
        if self.forecast is None or not self.is_current:
            return False
        self.insights = replace(self.insights, plan_costs=None)
        self.what_if = WhatIf(what, self.document, self.forecast, self._history.depth)
        return True

    def keep_what_if(self) -> None:
        """Make the what-if the plan."""
        self.what_if = None

    def discard_what_if(self) -> None:
        """Return to the plan before the what-if."""
        if self.what_if is not None:
            base = self.what_if.base_document
            self._history.truncate(self.what_if.undo_depth)
            self.what_if = None
            self._set_document(base, "discarded a what-if")

    def store_scenario(self, name: str) -> EditRejected | None:
        """End the what-if, and store it as a scenario of the file; the reason if rejected."""
        if self.what_if is None:
            return None
        if name in self._plan.scenario:
            return EditRejected(f"there is a scenario {name} already", "choose another name")
        try:
            tables = scenario_tables(self.what_if, self.document)
        except LookupError as error:
            return EditRejected(
                f"{format_path(error.args[0])} was taken out, which a scenario can't say",
                "drop it instead",
            )
        if not tables:
            return EditRejected("nothing was changed", "change something, or discard the what-if")
        refused = edit_plan(self.what_if.base_document, SetValue(("scenario", name), tables))
        if isinstance(refused, EditRejected):
            return refused
        self.discard_what_if()
        return self.edit(f"stored scenario {name}", SetValue(("scenario", name), tables))

    def replan_what_if(self) -> None:
        """Give the what-if its own build order."""
        if self.what_if is not None:
            self.what_if = replace(self.what_if, is_replanned=True)
            self._forecast_of = None
            self.insights = Insights(self.document)

    @property
    def reference_order(self) -> ReferenceOrder:
        """The build order that forecasts keep: during a what-if that of the base."""
        if self.what_if is None or self.what_if.is_replanned:
            return NO_REFERENCE
        return ReferenceOrder.from_forecast(self.what_if.base_forecast)

    # Undoing

    def undo(self) -> str | None:
        """Undo the last change, within a what-if; its label, or None without one."""
        step = self._history.undo(self.what_if.undo_depth if self.what_if else 0)
        if step is None:
            return None
        self._set_document(step.before, f"undone: {step.label}")
        return step.label

    def redo(self) -> str | None:
        """Redo the last undone change; its label, or None without one."""
        step = self._history.redo()
        if step is None:
            return None
        self._set_document(step.after, step.label)
        return step.label

    def _set_document(self, document: Document, what: str) -> None:
        self.journal.record(what, document.text)
        self.document = document
        if document.plan is not None:
            self._plan = document.plan
        if self.selected not in self._plan.items:
            self.selected = None

    def accept_forecast(
        self, document: Document, forecast: Forecast | None, measured: FigureWidths | None = None
    ) -> bool:
        """Accept a forecast, if it is of the current document."""
        if document is not self.document or forecast is None:
            return False
        self.forecast, self._figure_widths = forecast, measured
        self._forecast_of = document
        return True

    # The file

    def _what_if_rejection(self) -> EditRejected:
        """Why nothing is written during a what-if."""
        key = self.keys.label("what-if")
        return EditRejected("a what-if is not the plan", f"press {key}: keep, store or discard it")

    def save(self, *, recreate: bool = False) -> SavedFile | EditRejected:
        """Save, if the file is still the one that was read; `recreate` if it is missing."""
        if self.what_if is not None:
            return self._what_if_rejection()
        result = save_document(self.document, self.path, None if recreate else self._saved.sha256)
        if isinstance(result, SavedFile):
            self._set_saved(self.document)
        return result

    def outside_folder(self, path: str) -> EditRejected | None:
        """Why a path outside the only writable folder is rejected; None if it isn't."""
        if self.folder is None or Path(os.path.realpath(path)).is_relative_to(
            self.folder.resolve()
        ):
            return None
        return EditRejected(
            "from here, only the roadmap's own folder can be written in",
            f"choose a name in {self.folder}",
        )

    def save_as(self, path: str) -> SavedFile | EditRejected:
        """Save to a new file, and continue with that one."""
        if self.what_if is not None:
            return self._what_if_rejection()
        if refused := self.outside_folder(path):
            return refused
        result = save_document(self.document, path, None)
        if isinstance(result, SavedFile):
            self.journal.close()
            self.path, self.journal = path, Journal(path)
            self._set_saved(self.document)
        return result

    def adopt(self, what: str, on_disk: Document, document: Document) -> None:
        """Continue with `document` in one undoable step; `on_disk` becomes the saved document.

        Args:
            what: label of the step.
            on_disk: the current file on disk.
            document: that document, or a merge with it.
        """
        before = self.document
        self.what_if = None
        self._set_saved(on_disk)
        self._push(what, document)
        if before.raw == document.raw:
            self.journal.record(what, document.text)

    def recover(self, left: UnsavedSession) -> None:
        """Take over the unsaved work of a crashed session in undoable steps.

        If the file has changed since, the work is based on the earlier version.
        """
        on_disk = self.document
        name = on_disk.name
        if left.base != on_disk.text:
            self._set_saved(read_document(left.base.encode(), name))
            self.document = self._saved
            self.disk_version, self.disk = on_disk, FileStamp(on_disk.sha256)
        for step in left.entries[-_STEPS:]:
            self._push(step.action, read_document(step.text.encode(), name))
        left.discard()

    def close(self) -> None:
        """Close; unsaved changes are discarded."""
        self.journal.close()

    def _set_saved(self, document: Document) -> None:
        self._saved = document
        self.disk = FileStamp(document.sha256)
        self.disk_version = None
        self.journal.mark_saved(document.text)

    def view_model(self, width: int, height: int = 0) -> ViewModel | None:
        """What the screens show; None without a forecast. Newer items wait for the next one."""
        if self.forecast is None:
            return None
        plan = self.forecast_plan
        shown = frozenset(plan.items) if not self.filter_text else self._matching_items(plan)
        if self._graph.plan is not plan or self._graph.shown != shown:
            self._graph = DependencyGraph(plan, shown, self._graph)
        base = self.what_if.base_forecast if self.what_if is not None and self.is_current else None
        if self.is_current and self.insights.document is self.document:
            insights = self.insights
        else:
            insights = None
        judged = self._readiness.of(plan, self.forecast.as_of)
        self._figure_widths = FigureWidths.cached(self.forecast, base, self._figure_widths)
        return ViewModel(
            self._graph,
            self.forecast,
            self.selected,
            width,
            self.comparison,
            base,
            insights,
            judged,
            self.check_results,
            self.selected_finding,
            self.finding_grouping,
            self.since_review if self.what_if is None else None,
            height,
            self.view_options,
            self.keys,
            self._figure_widths,
        )

    def set_filter(self, query: str) -> None:
        """Show only the items that match a filter."""
        if query != self.filter_text:
            self.filter_text = query
            self.insights = replace(self.insights, joint_chance=None)

    def _matching_items(self, plan: Plan) -> frozenset[str]:
        """The items that match the filter."""
        texts = self._search_texts.of(plan).of_items
        return self._filter_cache.of(
            plan,
            self.filter_text,
            self.check_results,
            lambda name: (texts[name], self._check_ids(name)),
        )

    @property
    def search_texts(self) -> PlanTexts:
        """All texts of the current plan."""
        return self._search_texts.of(self._plan)

    def _check_ids(self, name: str) -> tuple[str, ...]:
        """Ids of the checks with findings on an item."""
        if self.check_results is None:
            return ()
        return tuple(each.check for each in self.check_results.findings.of_item(name))

    @property
    def readiness(self) -> Readiness:
        """Readiness of the AI items of the current plan."""
        return self._readiness.of(self._plan, self._plan.roadmap.as_of or dt.date.today())
