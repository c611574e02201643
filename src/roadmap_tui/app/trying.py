"""Trying things out: what-ifs, explanations, and the guess that is most worth replacing."""

from functools import partial

from roadmap_tui.app.changes import free_id
from roadmap_tui.app.dialogs.ask import NameDialog
from roadmap_tui.app.dialogs.confirm import Choose
from roadmap_tui.app.dialogs.explain import ExplainDialog, Explaining
from roadmap_tui.app.dialogs.pick import Pick, PickDialog
from roadmap_tui.app.doing import Doing
from roadmap_tui.app.planning import when_forecast
from roadmap_tui.app.scale import STUDIED, is_large, too_many
from roadmap_tui.app.study import Study
from roadmap_tui.app.whatif import Idea, ideas
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import Refusal
from roadmap_tui.forecast.calibration import calibrated
from roadmap_tui.forecast.spikes import Options
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.report import swings
from roadmap_tui.report.explain import Explainer
from roadmap_tui.report.explain_plan import Known, plan_explained
from roadmap_tui.report.explained import Subject

_FREE = "anything"
_SUBJECTS: dict[str, tuple[Subject, ...]] = {
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
            text = f"What if {printable(session.what_if.what)}? The plan as it is stands beside it."
            self.app.push_screen(
                Choose("A what-if is under way", text, ways, "Esc go on trying"), self._ended
            )
        elif session.forecast is None or not session.is_current:
            self.put_off(self.action_what_if)
        else:
            tried = ideas(session.document, session.plan, session.forecast, session.selected)
            found = {each.what: each for each in tried}
            ways = {
                _FREE: "change anything, beside the plan as it is",
                **{what: printable(what) for what in found},
            }
            note = (
                f"Nothing is saved until you keep it: {self.key('what-if')} again keeps, stores or"
                " discards it."
            )
            dialog = PickDialog(
                Pick("What if …", "try", ways, "What if", "words to look for", note=note)
            )
            self.app.push_screen(dialog, partial(self._begun, found))

    @when_forecast
    def _begun(self, found: dict[str, Idea], what: str | None) -> None:
        if what is None:
            return
        idea = found.get(what, Idea("something is changed", ()))
        self.session.begin(idea.what)
        if idea.edits and not self.change(f"what if {printable(idea.what)}", idea.edits):
            self.session.keep()
            return
        if not idea.edits:
            key = self.key("what-if")
            self.say(
                f"change what you like: the plan as it is stands beside it · {key} ends the trial"
            )
            self.recalculate()

    def _ended(self, way: str | None) -> None:
        if way == "k":
            self.session.keep()
            self.say(f"kept · {self.key('save')} saves it")
            self.recalculate()
        elif way == "d":
            self.session.discard()
            self.say("discarded: the plan is as it was")
            self.recalculate()
        elif way == "s" and self.session.what_if is not None:
            name = free_id(self.session.plan, self.session.what_if.what)
            self.app.push_screen(NameDialog("Store as a scenario", "Name", name), self._stored)

    def _stored(self, name: str | None) -> None:
        if not name:
            return
        refusal = self.session.store(name)
        if isinstance(refusal, Refusal):
            self.refuse(refusal)
            return
        self.say(
            f"stored as scenario {printable(name)}, the plan is as it was · {self.key('save')}"
            " saves it"
        )
        self.recalculate()

    def action_replan(self) -> None:
        """Let the plan on trial have a queue of its own."""
        if self.session.what_if is None:
            self.warn(f"re-planning is a step of a what-if: press {self.key('what-if')} first")
        elif self.session.what_if.replanned:
            self.warn(
                f"it has a queue of its own already; {self.key('what-if')} keeps, stores or"
                " discards it"
            )
        else:
            self.session.replan()
            self.say(f"planned anew · {self.key('what-if')} keeps, stores or discards it")
            self.recalculate()

    @when_forecast
    def action_explain(self) -> None:
        """Show how the figures of this screen are made, and what would change them."""
        session = self.session
        scene = session.scene(self.size.width)
        if scene is None:
            return
        study = scene.study or Study(session.document)
        worths = study.books.findings.options if study.books is not None else Options(None)
        resolved = calibrated(resolve(scene.plan))
        explainer = Explainer(
            session.document, scene.plan, resolved, scene.forecast, worths, study.money
        )
        known = Known(study.money, study.loads, study.moves, study.record, worths.price)
        whole = plan_explained(explainer.inputs, scene.forecast, known)
        name, first = session.selected, _SUBJECTS.get(self.view, ("ships",))
        title = "The whole plan" if name is None else scene.title(name)
        self.app.push_screen(
            ExplainDialog(title, Explaining(explainer, name, whole, first), self.courtesy)
        )

    def action_next_guess(self) -> None:
        """Open the form at the guess that is most worth replacing."""
        session = self.session
        guesses = session.study.guesses if session.study.document is session.document else None
        if is_large(items := len(session.plan.items)):
            self.warn(
                too_many(
                    items,
                    "assumptions are compared",
                    STUDIED,
                    "sort the ranking or filter, and press e",
                )
            )
        elif guesses is None or session.forecast is None:
            self.put_off(self.action_next_guess)
        elif not guesses:
            self.say("no guess moves a rank or a finish: nothing needs typing")
        else:
            best = guesses[0].given
            session.selected = best.item
            self.edit(best.item, best.field)
            self.call_after_refresh(self.say, swings.guess(session.forecast, guesses[0]))
