"""How figures are calculated, and what would change them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.forecast.analysis.break_even import break_evens
from roadmap_tui.forecast.analysis.tornado import TornadoFigure, tornadoes
from roadmap_tui.forecast.analysis.what_if import WHAT_IF_RUNS, WhatIfPlan
from roadmap_tui.narrative import sensitivity
from roadmap_tui.narrative.explanations.explanation import PLAN_FIGURES, Explanation, FigureName
from roadmap_tui.narrative.explanations.inputs import marked_value
from roadmap_tui.narrative.explanations.item import SWING_FIGURES, Explainer
from roadmap_tui.narrative.explanations.money import MONEY_FIGURES, money_sensitivity
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.limits import ANALYSIS_LIMIT, is_large_plan, limit_message
from roadmap_tui.tui.views.lines import fit_cells, truncate, wrap_cells
from roadmap_tui.tui.workers.background import BackgroundService, Task

_LABEL, _VALUE, _WIDEST, _MOST = 34, 18, 94, 6


@dataclass(frozen=True, slots=True)
class ExplanationContent:
    """What to explain.

    Attributes:
        name: the item; None without a selection.
        whole: how the figures of the whole plan are calculated.
        first: the subjects of the screen.
    """

    explainer: Explainer
    name: str | None
    whole: tuple[Explanation, ...]
    first: tuple[FigureName, ...]

    @property
    def in_order(self) -> tuple[Explanation, ...]:
        """Figures of the item, then of the plan; the subjects of the screen first."""
        own = () if self.name is None else self.explainer.explain_all(self.name)
        return (*sorted(own, key=self._place), *sorted(self.whole, key=self._place))

    def _place(self, each: Explanation) -> int:
        return self.first.index(each.subject) if each.subject in self.first else len(self.first)


class ExplainDialog(Dialog[str]):
    """Explains the figures of an item and of the plan."""

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

    def __init__(
        self, title: str, explained: ExplanationContent, background: BackgroundService
    ) -> None:
        super().__init__(title, "↑ ↓ scroll   p the plan as a whole   Esc close")
        self._background = background
        self._explainer = explained.explainer
        self._item = explained.name
        self._all = explained.in_order
        self._changes_by_subject: dict[FigureName, list[str]] = {}
        self._is_whole = self._item is None

    def action_whole(self) -> None:
        """Show the figures of the plan only, or those of the item first."""
        self._is_whole = self._item is None or not self._is_whole
        self._show()
        self.query_one(VerticalScroll).scroll_home(animate=False)

    @property
    def _is_open_item(self) -> bool:
        """Whether the item is open, so that its inputs may still vary."""
        return (
            self._item is not None
            and self._explainer.forecast.items[self._item].status in OPEN_STATUSES
        )

    def ask(self) -> ComposeResult:
        """The figures, one after the other."""
        with VerticalScroll():
            yield Static(classes="facts", markup=False)

    def on_mount(self) -> None:
        """Show what is known, and start to explore changes."""
        self._show()
        if (
            self._item is not None
            and self._is_open_item
            and not is_large_plan(len(self._explainer.plan.items))
        ):
            job = partial(self._explore, name=self._item)
            self._background.submit("explain", job, self._show_tried)

    def _explore(self, task: Task, name: str) -> Iterator[dict[FigureName, list[str]]]:
        """What would change the figures, the forecast's own ones first."""
        subjects = dict.fromkeys(each.subject for each in self._all)
        with task.calculation() as check:
            trials = WhatIfPlan(
                self._explainer.resolved, self._explainer.forecast.build_order, check
            )
            for some in (
                [each for each in subjects if each in SWING_FIGURES],
                *([each] for each in subjects),
            ):
                changes = self._changes_of(trials, name, some)
                check()
                yield changes

    def _changes_of(
        self, trials: WhatIfPlan, name: str, subjects: list[FigureName]
    ) -> dict[FigureName, list[str]]:
        """What would change these figures."""
        forecast, plan = self._explainer.forecast, self._explainer.plan
        money = {each: MONEY_FIGURES[each] for each in subjects if each in MONEY_FIGURES}
        if money:
            return {
                each: money_sensitivity(trials, plan, forecast, name, figure)[:_MOST]
                for each, figure in money.items()
            }
        if len(subjects) == 1:
            return {}
        figures: dict[FigureName, TornadoFigure] = {each: SWING_FIGURES[each] for each in subjects}
        swung = tornadoes(trials, name, figures.values())
        changes = {
            each: sensitivity.swing_lines(forecast, figure, swung[figure])[:_MOST]
            for each, figure in figures.items()
        }
        if "score" in changes:
            changes["score"] += [
                sensitivity.break_even_line(forecast, each) for each in break_evens(trials, name)
            ]
        return changes

    def _show_tried(self, changes: dict[FigureName, list[str]]) -> None:
        self._changes_by_subject |= changes
        if self.is_attached:
            self._show()

    def on_unmount(self) -> None:
        """Cancel the exploration."""
        super().on_unmount()
        self._background.cancel("explain")

    def _show(self) -> None:
        room = min(_WIDEST, int(self.app.size.width * 0.96)) - 7
        parts = []
        own = [each for each in self._all if each.subject not in PLAN_FIGURES]
        whole = [each for each in self._all if each.subject in PLAN_FIGURES]
        for each in [*([] if self._is_whole else own), *whole]:
            if whole and each is whole[0]:
                parts.append(Content.styled("THE WHOLE PLAN", "$recede bold"))
            parts.append(self._part(each, room))
        for text in self.query(".facts").results(Static):
            text.update(
                Content("\n\n").join(parts)
                if parts
                else Content("This item is no longer in the forecast.")
            )

    def _part(self, each: Explanation, room: int) -> Content:
        lines = [Content.styled(truncate(each.figure, room), "bold")]
        for text in each.formula:
            lines += map(Content, wrap_cells(text, room))
        label = min(_LABEL, room // 2)
        for given in each.inputs:
            place = truncate(given.place, room - label - _VALUE - 2)
            lines.append(
                Content.assemble(
                    (fit_cells(given.label, label), "$recede"),
                    f" {fit_cells(marked_value(given), _VALUE)} ",
                    (place, "$recede"),
                )
            )
        return Content("\n").join([*lines, *self._changes(each.subject, room)])

    def _changes(self, subject: FigureName, room: int) -> list[Content]:
        if subject not in {*SWING_FIGURES, *MONEY_FIGURES} or not self._is_open_item:
            return []
        if is_large_plan(items := len(self._explainer.plan.items)):
            words = limit_message(
                items, "changes are tried", ANALYSIS_LIMIT, "run roadmap show FILE ID --why"
            )
            return [Content.styled(words, "$recede")]
        if subject not in self._changes_by_subject:
            return [Content.styled("Calculating what would change it …", "$recede")]
        if not self._changes_by_subject[subject]:
            return [Content.styled("No single estimate within its range changes it.", "$recede")]
        near = ", of what is near the selected item" if subject in PLAN_FIGURES else ""
        head = Content.styled(
            f"what changes it most{near}, from low to high ({WHAT_IF_RUNS:,} runs)",
            "$recede",
        )
        lines = [head]
        for text in self._changes_by_subject[subject]:
            lines += [Content(f"  {line}") for line in wrap_cells(text, room - 2)]
        return lines
