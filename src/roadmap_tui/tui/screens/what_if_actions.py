"""Trying things out: what-ifs, explanations, and the guess that is most worth replacing."""

from functools import partial

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.forecast.analysis.value_of_information import ValueOfInformation
from roadmap_tui.forecast.simulation.calibration import calibrate
from roadmap_tui.narrative import sensitivity
from roadmap_tui.narrative.explanations.explanation import FigureName
from roadmap_tui.narrative.explanations.item import Explainer
from roadmap_tui.narrative.explanations.plan import PlanAnalyses, explain_plan
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.explain import ExplainDialog, ExplanationContent
from roadmap_tui.tui.dialogs.prompt import NameDialog
from roadmap_tui.tui.dialogs.select import PickDialog, SelectOptions
from roadmap_tui.tui.limits import ANALYSIS_LIMIT, is_large_plan, limit_message
from roadmap_tui.tui.plan_edits import unused_id
from roadmap_tui.tui.screens.item_actions import Doing
from roadmap_tui.tui.screens.plan_screen import needs_forecast
from roadmap_tui.tui.what_if import WhatIfIdea, what_if_ideas
from roadmap_tui.tui.workers.insights import Insights

_FREE = "anything"
_SUBJECTS: dict[str, tuple[FigureName, ...]] = {
    "board": ("ships", "bucket"),
    "ranking": ("score", "value", "move"),
    "timeline": ("finish", "load"),
    "map": ("finish",),
    "findings": ("worth", "price", "record"),
    "money": ("takes", "npv", "cost"),
    "fitness": ("fit", "upkeep"),
}
"""What each screen is about."""


class Trying(Doing):
    """What-ifs, explanations, guesses."""

    view = "board"

    def action_what_if(self) -> None:
        """Ask what to try or, while something is tried, what is to become of it."""
        session = self.session
        if session.what_if is not None:
            ways = {"k": "keep", "s": "store as a scenario", "d": "discard"}
            text = f"What if {escape_control(session.what_if.label)}? The plan as it is stands beside it."
            self.app.push_screen(
                ConfirmDialog("A what-if is under way", text, ways, "Esc go on trying"), self._ended
            )
        elif session.forecast is None or not session.is_current:
            self.defer(self.action_what_if)
        else:
            tried = what_if_ideas(
                session.document, session.plan, session.forecast, session.selected
            )
            found = {each.label: each for each in tried}
            ways = {
                _FREE: "change anything, beside the plan as it is",
                **{what: escape_control(what) for what in found},
            }
            note = (
                f"Nothing is saved until you keep it: {self.key_label('what-if')} again keeps, stores or"
                " discards it."
            )
            dialog = PickDialog(
                SelectOptions("What if …", "try", ways, "What if", "words to look for", note=note)
            )
            self.app.push_screen(dialog, partial(self._begun, found))

    @needs_forecast
    def _begun(self, found: dict[str, WhatIfIdea], what: str | None) -> None:
        if what is None:
            return
        idea = found.get(what, WhatIfIdea("something is changed", ()))
        self.session.begin_what_if(idea.label)
        if idea.edits and not self.change(f"what if {escape_control(idea.label)}", idea.edits):
            self.session.keep_what_if()
            return
        if not idea.edits:
            key = self.key_label("what-if")
            self.notify_done(
                f"change what you like: the plan as it is stands beside it · {key} ends the trial"
            )
            self.recalculate()

    def _ended(self, way: str | None) -> None:
        if way == "k":
            self.session.keep_what_if()
            self.notify_done(f"kept · {self.key_label('save')} saves it")
            self.recalculate()
        elif way == "d":
            self.session.discard_what_if()
            self.notify_done("discarded: the plan is as it was")
            self.recalculate()
        elif way == "s" and self.session.what_if is not None:
            name = unused_id(self.session.plan, self.session.what_if.label)
            self.app.push_screen(NameDialog("Store as a scenario", "Name", name), self._stored)

    def _stored(self, name: str | None) -> None:
        if not name:
            return
        refusal = self.session.store_scenario(name)
        if isinstance(refusal, EditRejected):
            self.show_rejection(refusal)
            return
        self.notify_done(
            f"stored as scenario {escape_control(name)}, the plan is as it was · {self.key_label('save')}"
            " saves it"
        )
        self.recalculate()

    def action_replan(self) -> None:
        """Let the plan on trial have a queue of its own."""
        if self.session.what_if is None:
            self.warn(
                f"re-planning is a step of a what-if: press {self.key_label('what-if')} first"
            )
        elif self.session.what_if.is_replanned:
            self.warn(
                f"it has a queue of its own already; {self.key_label('what-if')} keeps, stores or"
                " discards it"
            )
        else:
            self.session.replan_what_if()
            self.notify_done(
                f"planned anew · {self.key_label('what-if')} keeps, stores or discards it"
            )
            self.recalculate()

    @needs_forecast
    def action_explain(self) -> None:
        """Show how the figures of this screen are made, and what would change them."""
        session = self.session
        scene = session.view_model(self.size.width)
        if scene is None:
            return
        study = scene.insights or Insights(session.document)
        worths = (
            study.ledger.findings.information
            if study.ledger is not None
            else ValueOfInformation(None)
        )
        resolved = calibrate(resolve_plan(scene.plan))
        explainer = Explainer(
            session.document, scene.plan, resolved, scene.forecast, worths, study.money
        )
        known = PlanAnalyses(
            study.money, study.utilisation, study.moves, study.calibration, worths.person_week_price
        )
        whole = explain_plan(explainer.input_locator, scene.forecast, known)
        name, first = session.selected, _SUBJECTS.get(self.view, ("ships",))
        title = "The whole plan" if name is None else scene.title(name)
        self.app.push_screen(
            ExplainDialog(title, ExplanationContent(explainer, name, whole, first), self.courtesy)
        )

    def action_next_guess(self) -> None:
        """Open the form at the guess that is most worth replacing."""
        session = self.session
        guesses = (
            session.insights.assumptions if session.insights.document is session.document else None
        )
        if is_large_plan(items := len(session.plan.items)):
            self.warn(
                limit_message(
                    items,
                    "assumptions are compared",
                    ANALYSIS_LIMIT,
                    "sort the ranking or filter, and press e",
                )
            )
        elif guesses is None or session.forecast is None:
            self.defer(self.action_next_guess)
        elif not guesses:
            self.notify_done("no guess moves a rank or a finish: nothing needs typing")
        else:
            best = guesses[0].input
            session.selected = best.item
            self.edit(best.item, best.field)
            self.call_after_refresh(
                self.notify_done, sensitivity.assumption_line(session.forecast, guesses[0])
            )
