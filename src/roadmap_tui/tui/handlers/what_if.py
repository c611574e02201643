"""What-ifs, explanations, and the assumption that is most worth replacing."""

from functools import partial

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.forecast.analysis.value_of_information import ValueOfInformation
from roadmap_tui.forecast.simulation.calibration import calibrate
from roadmap_tui.narrative import sensitivity
from roadmap_tui.narrative.explanations.item import Explainer
from roadmap_tui.narrative.explanations.plan import PlanAnalyses, explain_plan
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.explain import ExplainDialog, ExplanationContent
from roadmap_tui.tui.dialogs.prompt import NameDialog
from roadmap_tui.tui.dialogs.select import SelectDialog, SelectOptions
from roadmap_tui.tui.handlers.forms import edit_item
from roadmap_tui.tui.limits import ANALYSIS_LIMIT, is_large_plan, limit_message
from roadmap_tui.tui.plan_edits import unused_id
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.screens.session_screen import needs_forecast
from roadmap_tui.tui.what_if import WhatIfIdea, what_if_ideas
from roadmap_tui.tui.workers.insights import Insights

_FREE = "anything"


def ask_what_if(screen: PlanScreen) -> None:
    """Ask what to try; during a what-if, what is to become of it."""
    session = screen.session
    if session.what_if is not None:
        ways = {"k": "keep", "s": "Store as a scenario", "d": "discard"}
        text = (
            f"What if {escape_control(session.what_if.label)}? The current plan stands beside it."
        )
        dialog = ConfirmDialog("A what-if is open", text, ways, "Esc continue")
        screen.app.push_screen(dialog, partial(_end, screen))
    elif session.forecast is None or not session.is_current:
        screen.defer(partial(ask_what_if, screen))
    else:
        tried = what_if_ideas(session.document, session.plan, session.forecast, session.selected)
        found = {each.label: each for each in tried}
        ways = {
            _FREE: "Change anything and compare it with the current plan",
            **{what: escape_control(what) for what in found},
        }
        key = screen.key_label("what-if")
        note = f"Nothing is saved until you keep it: {key} again keeps, stores or discards it."
        pick = SelectOptions("What if …", "try", ways, "What if", "Type to search", note=note)
        screen.app.push_screen(SelectDialog(pick), partial(_begin, screen, found))


@needs_forecast
def _begin(screen: PlanScreen, found: dict[str, WhatIfIdea], what: str | None) -> None:
    if what is None:
        return
    idea = found.get(what, WhatIfIdea("something is changed", ()))
    screen.session.begin_what_if(idea.label)
    if not idea.edits:
        key = screen.key_label("what-if")
        screen.notify_done(
            f"Change anything; the current plan is shown for comparison · {key} ends the trial"
        )
        screen.controller.recalculate()
    elif not screen.change(f"what if {escape_control(idea.label)}", idea.edits):
        screen.session.keep_what_if()


def _end(screen: PlanScreen, way: str | None) -> None:
    session = screen.session
    if way == "k":
        session.keep_what_if()
        screen.notify_done(f"kept · {screen.key_label('save')} saves it")
        screen.controller.recalculate()
    elif way == "d":
        session.discard_what_if()
        screen.notify_done("Discarded. The plan is unchanged.")
        screen.controller.recalculate()
    elif way == "s" and session.what_if is not None:
        name = unused_id(session.plan, session.what_if.label)
        dialog = NameDialog("Store as a scenario", "Name", name)
        screen.app.push_screen(dialog, partial(_store, screen))


def _store(screen: PlanScreen, name: str | None) -> None:
    if not name:
        return
    refusal = screen.session.store_scenario(name)
    if isinstance(refusal, EditRejected):
        screen.show_rejection(refusal)
        return
    key = screen.key_label("save")
    screen.notify_done(
        f"stored as scenario {escape_control(name)}, the plan is as it was · {key} saves it"
    )
    screen.controller.recalculate()


def replan_what_if(screen: PlanScreen) -> None:
    """Give the what-if a build order of its own."""
    key = screen.key_label("what-if")
    if screen.session.what_if is None:
        screen.warn(f"re-planning is a step of a what-if: press {key} first")
    elif screen.session.what_if.is_replanned:
        screen.warn(f"it has a queue of its own already; {key} keeps, stores or discards it")
    else:
        screen.session.replan_what_if()
        screen.notify_done(f"planned again · {key} keeps, stores or discards it")
        screen.controller.recalculate()


@needs_forecast
def explain_figures(screen: PlanScreen) -> None:
    """Show how the figures of this screen are calculated, and what would change them."""
    session = screen.session
    scene = session.view_model(screen.size.width)
    if scene is None:
        return
    insights = scene.insights or Insights(session.document)
    if insights.ledger is not None:
        worths = insights.ledger.study.information
    else:
        worths = ValueOfInformation(None)
    resolved = calibrate(resolve_plan(scene.plan))
    explainer = Explainer(
        session.document, scene.plan, resolved, scene.forecast, worths, insights.money
    )
    known = PlanAnalyses(
        insights.money,
        insights.utilisation,
        insights.moves,
        insights.calibration,
        worths.person_week_price,
    )
    whole = explain_plan(explainer.input_locator, scene.forecast, known)
    name = session.selected
    title = "The whole plan" if name is None else scene.title(name)
    explaining = ExplanationContent(explainer, name, whole, screen.SUBJECTS)
    screen.app.push_screen(ExplainDialog(title, explaining, screen.controller.background))


def edit_next_assumption(screen: PlanScreen) -> None:
    """Open the form at the assumption that is most worth replacing."""
    session = screen.session
    items = len(session.plan.items)
    if session.insights.document is session.document:
        guesses = session.insights.assumptions
    else:
        guesses = None
    if is_large_plan(items):
        remedy = "sort the ranking or filter, and press e"
        screen.warn(limit_message(items, "assumptions are compared", ANALYSIS_LIMIT, remedy))
    elif guesses is None or session.forecast is None:
        screen.defer(partial(edit_next_assumption, screen))
    elif not guesses:
        screen.notify_done("No assumption moves a rank or a date noticeably.")
    else:
        best = guesses[0].input
        session.selected = best.item
        edit_item(screen, best.item, best.field)
        effect = sensitivity.assumption_line(session.forecast, guesses[0])
        screen.call_after_refresh(screen.notify_done, f"Biggest open assumption: {effect}")
