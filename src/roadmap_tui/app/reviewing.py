"""The weekly review, and steps passed."""

from functools import partial

from roadmap_tui.app.boarding import Boarding
from roadmap_tui.app.dialogs.review import DONE, ReviewDialog
from roadmap_tui.app.dialogs.step import Passed, StepDialog
from roadmap_tui.app.planning import when_forecast
from roadmap_tui.app.steps import Step, next_step, passed
from roadmap_tui.files.edits import SetValue
from roadmap_tui.plan.roadmap import kind_of
from roadmap_tui.report.review import Outcome, summary, visits


class Reviewing(Boarding):
    """Walking through what is under way."""

    @when_forecast
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

    def _passed(self, name: str, step: Step, said: Passed | None) -> None:
        session = self.session
        if said is not None and session.forecast is not None and name in session.plan.items:
            edits = passed(session.plan, session.forecast, name, said.way, said.learned)
            self.change(f"{self.title_of(name)}: {step.what}", edits)

    def action_review(self) -> None:
        """Walk through active bets, spikes that end, live models, and what moved since the last review."""
        session, scene = self.session, self.session.scene(self.size.width)
        if session.what_if is not None:
            self.warn(
                f"a what-if is under way; press {self.key('what-if')}: keep, store or discard it,"
                " then review the plan"
            )
        elif scene is None or not session.is_current:
            self.put_off(self.action_review)
        else:
            day, since, now = scene.forecast.as_of, session.since, scene.forecast
            walk = visits(scene.plan, now, scene.fitness, since)

            def told(outcomes: list[Outcome]) -> str:
                every = [*outcomes, *(Outcome(each.id) for each in walk[len(outcomes) :])]
                return summary(session.plan, day, every, since, now)

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
            session.note(
                f"{self.title_of(name)} still right",
                SetValue((kind_of(item), name, "reviewed"), forecast.as_of),
            )

    def _reviewed(self, way: str | None) -> None:
        forecast = self.session.forecast
        if way == DONE and forecast is not None:
            done = self.change(
                "reviewed the plan", (SetValue(("roadmap", "reviewed"), forecast.as_of),)
            )
            if done:
                self.say(f"the review is recorded · {self.key('commit')} commits the file")
        else:
            self.recalculate()
