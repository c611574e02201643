"""How a figure is made, and what would change it."""

from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.dialogs.base import Dialog
from roadmap_tui.app.forecaster import working
from roadmap_tui.app.lines import clip, fit, wrapped
from roadmap_tui.app.scale import STUDIED, is_large, too_many
from roadmap_tui.forecast.levers import levers
from roadmap_tui.forecast.swings import Figure, tornadoes
from roadmap_tui.forecast.trials import FUTURES, Trials
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report import swings
from roadmap_tui.report.explain import FIGURES, Explainer
from roadmap_tui.report.explain_money import MONEY, money_told
from roadmap_tui.report.explained import WHOLE, Explained, Subject
from roadmap_tui.report.inputs import shown

_LABEL, _VALUE, _WIDEST, _MOST = 34, 18, 94, 6


@dataclass(frozen=True, slots=True)
class Explaining:
    """What is to be explained.

    Attributes:
        name: the item; None if none is selected.
        whole: how the figures of the whole plan are made.
        first: what the screen is about.
    """

    explainer: Explainer
    name: str | None
    whole: tuple[Explained, ...]
    first: tuple[Subject, ...]

    @property
    def in_order(self) -> tuple[Explained, ...]:
        """The figures of the item, then those of the plan; of both, what the screen is about comes first."""
        own = () if self.name is None else self.explainer.all(self.name)
        return (*sorted(own, key=self._place), *sorted(self.whole, key=self._place))

    def _place(self, each: Explained) -> int:
        return self.first.index(each.subject) if each.subject in self.first else len(self.first)


class ExplainDialog(Dialog[str]):
    """The figures of an item and of the plan, those first that the screen is about."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("p", "whole", "the plan as a whole", show=False)
    ]
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

    def __init__(self, title: str, explained: Explaining, courtesy: Courtesy) -> None:
        super().__init__(title, "↑ ↓ scroll   p the plan as a whole   Esc close")
        self._courtesy = courtesy
        self._explainer = explained.explainer
        self._item = explained.name
        self._all = explained.in_order
        self._told: dict[Subject, list[str]] = {}
        self._is_whole = self._item is None

    def action_whole(self) -> None:
        """Show the figures of the plan as a whole, or again those of the item first."""
        self._is_whole = self._item is None or not self._is_whole
        self._show()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    @property
    def _is_tried(self) -> bool:
        """Whether the item is one whose numbers may be otherwise."""
        return self._item is not None and self._explainer.forecast.items[self._item].status in OPEN

    def ask(self) -> ComposeResult:
        """The figures, one after the other."""
        with VerticalScroll():
            yield Static(classes="facts", markup=False)

    def on_mount(self) -> None:
        """Show what is known at once, and find out what would change it."""
        self._show()
        if (
            self._item is not None
            and self._is_tried
            and not is_large(len(self._explainer.plan.items))
        ):
            self._try(self._item)

    @work(thread=True, exclusive=True, group="explain")
    def _try(self, name: str) -> None:
        subjects = dict.fromkeys(each.subject for each in self._all)
        with working(self._courtesy) as check:
            trials = Trials(self._explainer.resolved, self._explainer.forecast.list, check)
            for some in (
                [each for each in subjects if each in FIGURES],
                *([each] for each in subjects),
            ):
                told = self._tried(trials, name, some)
                check()
                for subject, lines in told.items():
                    self.post_message(self.Tried(subject, lines))

    def _tried(
        self, trials: Trials, name: str, subjects: list[Subject]
    ) -> dict[Subject, list[str]]:
        """What would change figures, those of them that can be tried: all that the forecast tells of at once."""
        forecast, plan = self._explainer.forecast, self._explainer.plan
        money = {each: MONEY[each] for each in subjects if each in MONEY}
        if money:
            return {
                each: money_told(trials, plan, forecast, name, figure)[:_MOST]
                for each, figure in money.items()
            }
        if len(subjects) == 1:
            return {}
        figures: dict[Subject, Figure] = {each: FIGURES[each] for each in subjects}
        swung = tornadoes(trials, name, figures.values())
        told = {
            each: swings.told(forecast, figure, swung[figure])[:_MOST]
            for each, figure in figures.items()
        }
        if "score" in told:
            told["score"] += [swings.lever(forecast, each) for each in levers(trials, name)]
        return told

    def on_explain_dialog_tried(self, event: Tried) -> None:
        """Show it."""
        self._told[event.subject] = event.told
        self._show()

    def _show(self) -> None:
        room = min(_WIDEST, int(self.app.size.width * 0.96)) - 7
        parts = []
        own = [each for each in self._all if each.subject not in WHOLE]
        whole = [each for each in self._all if each.subject in WHOLE]
        for each in [*([] if self._is_whole else own), *whole]:
            if whole and each is whole[0]:
                parts.append(Content.styled("THE PLAN AS A WHOLE", "$recede bold"))
            parts.append(self._part(each, room))
        for text in self.query(".facts").results(Static):
            text.update(
                Content("\n\n").join(parts)
                if parts
                else Content("Nothing is forecast of it any more.")
            )

    def _part(self, each: Explained, room: int) -> Content:
        lines = [Content.styled(clip(each.figure, room), "bold")]
        lines += [Content(line) for text in each.formula for line in wrapped(text, room)]
        label = min(_LABEL, room // 2)
        for given in each.givens:
            place = clip(given.place, room - label - _VALUE - 2)
            lines.append(
                Content.assemble(
                    (fit(given.label, label), "$recede"),
                    f" {fit(shown(given), _VALUE)} ",
                    (place, "$recede"),
                )
            )
        return Content("\n").join([*lines, *self._changes(each.subject, room)])

    def _changes(self, subject: Subject, room: int) -> list[Content]:
        if subject not in {*FIGURES, *MONEY} or not self._is_tried:
            return []
        if is_large(items := len(self._explainer.plan.items)):
            words = too_many(items, "changes are tried", STUDIED, "run roadmap show FILE ID --why")
            return [Content.styled(words, "$recede")]
        if subject not in self._told:
            return [Content.styled("trying what would change it …", "$recede")]
        if not self._told[subject]:
            return [Content.styled("no single number within its range changes it", "$recede")]
        near = ", of what is near the selected item" if subject in WHOLE else ""
        head = Content.styled(
            f"what would change it most{near}, from low to high ({FUTURES:,} futures)", "$recede"
        )
        return [
            head,
            *(
                Content(f"  {line}")
                for text in self._told[subject]
                for line in wrapped(text, room - 2)
            ),
        ]
