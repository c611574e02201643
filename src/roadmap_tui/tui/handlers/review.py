"""The weekly review."""

from functools import partial

from roadmap_tui.document.edits import SetValue
from roadmap_tui.narrative.review import ReviewOutcome, review_summary, review_visits
from roadmap_tui.plan.roadmap import item_kind
from roadmap_tui.tui.dialogs.review import REVIEW_DONE, ReviewDialog
from roadmap_tui.tui.handlers.files import has_what_if
from roadmap_tui.tui.keymap import BY_NAME
from roadmap_tui.tui.screens.plan_screen import PlanScreen


def start_review(screen: PlanScreen) -> None:
    """Walk through active bets, ending spikes, live models, and what moved since last time."""
    session, scene = screen.session, screen.session.view_model(screen.size.width)
    if has_what_if(screen, "review"):
        return
    if scene is None or not session.is_current:
        screen.defer(partial(start_review, screen))
        return
    day, since, now = scene.forecast.as_of, session.since_review, scene.forecast
    walk = review_visits(scene.plan, now, scene.readiness, since)

    def summarize(outcomes: list[ReviewOutcome]) -> str:
        skipped = [ReviewOutcome(each.id) for each in walk[len(outcomes) :]]
        return review_summary(session.plan, day, [*outcomes, *skipped], since, now)

    dialog = ReviewDialog(session, walk, partial(_act, screen), summarize)
    screen.app.push_screen(dialog, partial(_finish, screen))


def _act(screen: PlanScreen, action: str, name: str) -> None:
    """Do something about the item that is reviewed."""
    session = screen.session
    session.selected = name if name in session.plan.items else session.selected
    match action:
        case "right":
            _confirm(screen, name)
        case "undo":
            session.undo()
            screen.controller.recalculate()
        case _:
            command = BY_NAME[action].command(screen.NAME)
            screen.call_later(screen.run_action, command)


def _confirm(screen: PlanScreen, name: str) -> None:
    """Record with an item that it was reviewed and is still right."""
    session, forecast = screen.session, screen.session.forecast
    item = session.plan.items.get(name)
    if item is not None and forecast is not None and item.reviewed != forecast.as_of:
        edit = SetValue((item_kind(item), name, "reviewed"), forecast.as_of)
        session.edit_without_recalculation(f"{screen.title_of(name)} still right", edit)


def _finish(screen: PlanScreen, way: str | None) -> None:
    forecast = screen.session.forecast
    if way != REVIEW_DONE or forecast is None:
        screen.controller.recalculate()
        return
    edit = SetValue(("roadmap", "reviewed"), forecast.as_of)
    if screen.change("reviewed the plan", (edit,)):
        screen.notify_done(
            f"the review is recorded · {screen.key_label('commit')} commits the file"
        )
