"""Finding out in the background what the screen that is shown wants to know beside the forecast."""

from functools import partial

from textual import work
from textual.message import Message
from textual.widget import Widget

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.forecaster import reporting
from roadmap_tui.app.study import (
    Question,
    Study,
    previewed,
    studied,
    with_costs,
    with_guesses,
    with_sides,
)
from roadmap_tui.forecast.pace import Check
from roadmap_tui.forecast.summary import Forecast


class Studier(Widget):
    """Studies a plan; it shows nothing itself."""

    DEFAULT_CSS = "Studier { display: none; }"

    class Done(Message):
        """Something was found out."""

        def __init__(self, study: Study) -> None:
            super().__init__()
            self.study = study

    def __init__(self, courtesy: Courtesy) -> None:
        super().__init__()
        self._courtesy = courtesy

    def study(self, known: Study, forecast: Forecast, question: Question) -> None:
        """Find out what a screen wants to know; a newer question puts an older one aside."""
        self._study(known, forecast, question)

    @work(thread=True, exclusive=True, group="study", description="study")
    def _study(self, known: Study, forecast: Forecast, question: Question) -> None:
        with reporting(self._courtesy, self, "study, Esc stops it") as check:
            found = known
            while (more := previewed(found, forecast, question, check)) is not found:
                found = more
                self._tell(found, check)
            found = studied(found, forecast, question, check)
            self._tell(found, check)
            for finds in (
                partial(with_sides, forecast=forecast, question=question, check=check),
                partial(with_costs, forecast=forecast, question=question, check=check),
                partial(with_guesses, forecast=forecast, check=check),
            ):
                before, found = found, finds(found)
                if found is not before:
                    self._tell(found, check)

    def _tell(self, found: Study, check: Check) -> None:
        check()
        self.post_message(self.Done(found))
