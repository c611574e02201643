"""Finding out in the background what the screen that is shown wants to know beside the forecast."""

from functools import partial

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.forecast.simulation.cancellation import Checkpoint
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.tui.workers.forecast import interruptible_with_progress
from roadmap_tui.tui.workers.input_priority import InputPriority
from roadmap_tui.tui.workers.insights import (
    InsightRequest,
    Insights,
    compute_insights,
    preview_money,
    with_assumptions,
    with_option_scenarios,
    with_plan_costs,
)


class Studier(Widget):
    """Studies a plan; it shows nothing itself."""

    DEFAULT_CSS = "Studier { display: none; }"

    class Done(Message):
        """Something was found out."""

        def __init__(self, study: Insights) -> None:
            super().__init__()
            self.study = study

    def __init__(self, courtesy: InputPriority) -> None:
        super().__init__()
        self._courtesy = courtesy

    def study(self, known: Insights, forecast: Forecast, question: InsightRequest) -> None:
        """Find out what a screen wants to know; a newer question puts an older one aside."""
        self._study(known, forecast, question)

    @work(thread=True, exclusive=True, group="study", description="study")
    def _study(self, known: Insights, forecast: Forecast, question: InsightRequest) -> None:
        with interruptible_with_progress(self._courtesy, self, "study, Esc stops it") as check:
            found = known
            while (more := preview_money(found, forecast, question, check)) is not found:
                found = more
                self._tell(found, check)
            found = compute_insights(found, forecast, question, check)
            self._tell(found, check)
            for finds in (
                partial(with_option_scenarios, forecast=forecast, question=question, check=check),
                partial(with_plan_costs, forecast=forecast, question=question, check=check),
                partial(with_assumptions, forecast=forecast, check=check),
            ):
                before, found = found, finds(found)
                if found is not before:
                    self._tell(found, check)

    def _tell(self, found: Insights, check: Checkpoint) -> None:
        check()
        self.post_message(self.Done(found))
