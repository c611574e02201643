"""How a figure is made, and what would change it."""

from textual import work
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.dialogs.base import Dialog
from roadmap_tui.app.forecaster import wanted
from roadmap_tui.app.lines import clip, fit, wrapped
from roadmap_tui.app.view import Scene
from roadmap_tui.forecast.levers import levers
from roadmap_tui.forecast.simulation import StoppedError
from roadmap_tui.forecast.swings import tornado
from roadmap_tui.forecast.trials import FUTURES, Trials
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report import swings
from roadmap_tui.report.explain import FIGURES, Explainer
from roadmap_tui.report.explain_money import MONEY, money_told
from roadmap_tui.report.explained import Explained, Subject
from roadmap_tui.report.inputs import shown

_LABEL, _VALUE, _WIDEST, _MOST = 34, 18, 94, 6


class ExplainDialog(Dialog[str]):
    """The figures of an item, the one first that the screen is about."""

    DEFAULT_CSS = """
    ExplainDialog {
        & > .frame { width: 94; }
        & VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
        & .facts { width: 1fr; height: auto; }
    }
    """

    class Tried(Message):
        """What would change a figure was found out."""

        def __init__(self, subject: Subject, told: list[str]) -> None:
            super().__init__()
            self.subject = subject
            self.told = told

    def __init__(self, scene: Scene, explainer: Explainer, name: str, first: Subject, courtesy: Courtesy) -> None:
        super().__init__(scene.title(name), "↑ ↓ scroll   Esc close")
        self._explainer = explainer
        self._courtesy = courtesy
        self._item = name
        self._all = sorted(explainer.all(name), key=lambda each: each.subject != first)
        self._told: dict[Subject, list[str]] = {}

    def ask(self) -> ComposeResult:
        """The figures, one after the other."""
        with VerticalScroll():
            yield Static(classes="facts", markup=False)

    def on_mount(self) -> None:
        """Show what is known at once, and find out what would change it."""
        self._show()
        if self._explainer.forecast.items[self._item].status in OPEN:
            self._try()

    @work(thread=True, exclusive=True, group="explain")
    def _try(self) -> None:
        check = wanted(get_current_worker(), self._courtesy)
        forecast = self._explainer.forecast
        trials = Trials(self._explainer.resolved, forecast.list, check)
        try:
            for each in self._all:
                told = self._tried(trials, each.subject)
                check()
                if told is not None:
                    self.post_message(self.Tried(each.subject, told))
        except StoppedError:
            return

    def _tried(self, trials: Trials, subject: Subject) -> list[str] | None:
        """What would change a figure; None where that can't be tried."""
        figure, money, forecast = FIGURES.get(subject), MONEY.get(subject), self._explainer.forecast
        if money is not None:
            return money_told(trials, self._explainer.plan, forecast, self._item, money)[:_MOST]
        if figure is None:
            return None
        told = swings.told(forecast, figure, tornado(trials, self._item, figure))[:_MOST]
        return told + (
            [swings.lever(forecast, each) for each in levers(trials, self._item)] if figure == "rank" else []
        )

    def on_explain_dialog_tried(self, event: Tried) -> None:
        """Show it."""
        self._told[event.subject] = event.told
        self._show()

    def _show(self) -> None:
        room = min(_WIDEST, int(self.app.size.width * 0.96)) - 7
        parts = [self._part(each, room) for each in self._all]
        for text in self.query(".facts").results(Static):
            text.update(Content("\n\n").join(parts) if parts else Content("Nothing is forecast of it any more."))

    def _part(self, each: Explained, room: int) -> Content:
        lines = [Content.styled(clip(each.figure, room), "bold")]
        lines += [Content(line) for text in each.formula for line in wrapped(text, room)]
        label = min(_LABEL, room // 2)
        for given in each.givens:
            place = clip(given.place, room - label - _VALUE - 2)
            lines.append(
                Content.assemble(
                    (fit(given.label, label), "$recede"), f" {fit(shown(given), _VALUE)} ", (place, "$recede")
                )
            )
        return Content("\n").join([*lines, *self._changes(each.subject, room)])

    def _changes(self, subject: Subject, room: int) -> list[Content]:
        if subject not in {*FIGURES, *MONEY} or self._explainer.forecast.items[self._item].status not in OPEN:
            return []
        if subject not in self._told:
            return [Content.styled("trying what would change it …", "$recede")]
        if not self._told[subject]:
            return [Content.styled("no single number within its range changes it", "$recede")]
        head = Content.styled(f"what would change it most, from low to high ({FUTURES:,} futures)", "$recede")
        return [head, *(Content(f"  {line}") for text in self._told[subject] for line in wrapped(text, room - 2))]
