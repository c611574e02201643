"""The weekly review, and steps passed."""

from functools import partial

from roadmap_tui.document.edits import SetValue
from roadmap_tui.narrative.review import ReviewOutcome, review_summary, review_visits
from roadmap_tui.plan.roadmap import item_kind
from roadmap_tui.tui.dialogs.review import REVIEW_DONE, ReviewDialog
from roadmap_tui.tui.dialogs.step import StepDialog, StepOutcome
from roadmap_tui.tui.next_step import NextStep, complete_step, next_step
from roadmap_tui.tui.screens.board_actions import Boarding
from roadmap_tui.tui.screens.plan_screen import needs_forecast


class Reviewing(Boarding):
    """Walking through what is under way."""

    @needs_forecast
    def action_pass_step(self) -> None:
        """Ask what follows from the step that the selected item has passed."""
        if chosen := self.selected():
            name, scene = chosen
            step = next_step(scene.plan, name)
            if isinstance(step, str):
                self.warn(step)
            else:
                self.app.push_screen(
                    StepDialog(self.title_of(name), step), partial(self._passed, name, step)
                )

    def _passed(self, name: str, step: NextStep, said: StepOutcome | None) -> None:
        session = self.session
        if said is not None and session.forecast is not None and name in session.plan.items:
            edits = complete_step(session.plan, session.forecast, name, said.outcome, said.learned)
            self.change(f"{self.title_of(name)}: {step.label}", edits)

    def action_review(self) -> None:
        """Walk through active bets, spikes that end, live models, and what moved since the last review."""
        session, scene = self.session, self.session.view_model(self.size.width)
        if session.what_if is not None:
            self.warn(
                f"a what-if is under way; press {self.key_label('what-if')}: keep, store or discard it,"
                " then review the plan"
            )
        elif scene is None or not session.is_current:
            self.defer(self.action_review)
        else:
            day, since, now = scene.forecast.as_of, session.since_review, scene.forecast
            walk = review_visits(scene.plan, now, scene.readiness, since)

            def told(outcomes: list[ReviewOutcome]) -> str:
                every = [*outcomes, *(ReviewOutcome(each.id) for each in walk[len(outcomes) :])]
                return review_summary(session.plan, day, every, since, now)

            self.app.push_screen(ReviewDialog(session, walk, self._in_review, told), self._reviewed)

    def _in_review(self, action: str, name: str) -> None:
        """What is done about an item that is looked at."""
        session = self.session
        session.selected = name if name in session.plan.items else session.selected
        match action:
            case "right":
                self._right(name)
            case "undo":
                session.undo()
                self.recalculate()
            case _:
                self.call_later(self.run_action, action)

    def _right(self, name: str) -> None:
        """Keep with an item when somebody last found it right."""
        session, forecast = self.session, self.session.forecast
        item = session.plan.items.get(name)
        if item is not None and forecast is not None and item.reviewed != forecast.as_of:
            session.edit_without_recalculation(
                f"{self.title_of(name)} still right",
                SetValue((item_kind(item), name, "reviewed"), forecast.as_of),
            )

    def _reviewed(self, way: str | None) -> None:
        forecast = self.session.forecast
        if way == REVIEW_DONE and forecast is not None:
            done = self.change(
                "reviewed the plan", (SetValue(("roadmap", "reviewed"), forecast.as_of),)
            )
            if done:
                self.notify_done(
                    f"the review is recorded · {self.key_label('commit')} commits the file"
                )
        else:
            self.recalculate()
