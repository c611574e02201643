"""Finding out in the background what the screen that is shown wants to know beside the forecast."""

from textual import work
from textual.message import Message
from textual.widget import Widget
from textual.worker import get_current_worker

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.forecaster import wanted
from roadmap_tui.app.study import Question, Study, studied, with_costs, with_guesses
from roadmap_tui.forecast.simulation import StoppedError
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
        check = wanted(get_current_worker(), self._courtesy)
        try:
            check()
            found = studied(known, forecast, question, check)
            check()
            self.post_message(self.Done(found))
            priced = with_costs(found, forecast, question, check)
            check()
            if priced is not found:
                self.post_message(self.Done(priced))
            found = priced
            more = with_guesses(found, forecast, check)
            check()
            if more is not found:
                self.post_message(self.Done(more))
        except StoppedError:
            return
