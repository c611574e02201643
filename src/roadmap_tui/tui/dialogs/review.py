"""Weekly review, item by item."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.narrative.item_facts import item_facts
from roadmap_tui.narrative.review import ReviewOutcome, ReviewVisit
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.state import Session
from roadmap_tui.tui.views.lines import fit_cells, wrap_cells

_LABEL, _WIDEST = 12, 86
_FACTS = (
    "Summary",
    "Deadline",
    "Result",
    "If yes",
    "If no",
    "Needs",
    "Needed by",
    "Assumptions",
)
_MOMENT = 0.05
_KEYS = {"p": "step", "v": "answer", "m": "measure", "d": "drop", "e": "edit"}
_LABELS = {"p": "stage passed", "v": "answer", "m": "measure", "d": "drop", "e": "edit"}
REVIEW_DONE = "done"


class ReviewDialog(Dialog[str]):
    """Walks through items; each step can be undone."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "right", show=False),
        Binding("space", "skip", show=False),
        *(Binding(key, f"act('{action}')", show=False) for key, action in _KEYS.items()),
        Binding("y", "say", show=False),
        Binding("equals_sign", "act('explain')", show=False),
        Binding("u", "back", show=False),
    ]
    DEFAULT_CSS = """
    ReviewDialog {
        & > .frame { width: 90; }
        & VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
        & .facts { width: 1fr; height: auto; }
    }
    """

    def __init__(
        self,
        session: Session,
        visits: tuple[ReviewVisit, ...],
        act: Callable[[str, str], None],
        summary: Callable[[list[ReviewOutcome]], str],
    ) -> None:
        super().__init__("", "")
        self._session = session
        self._visits = visits
        self._on_action = act
        self._summary = summary
        self._outcomes: list[ReviewOutcome] = []
        self._seen_document = session.document
        self._steps_before = session.undo_depth

    @property
    def visit(self) -> ReviewVisit | None:
        """The current item; None at the end."""
        at = len(self._outcomes)
        return self._visits[at] if at < len(self._visits) else None

    def ask(self) -> ComposeResult:
        """The facts about the item."""
        with VerticalScroll():
            yield Static(classes="facts", markup=False)

    def on_mount(self) -> None:
        """Show the first item."""
        self._show()

    def on_screen_resume(self) -> None:
        """Go on to the next item if this one was changed."""
        session = self._session
        if session.document is self._seen_document:
            return
        grew, self._seen_document = session.undo_depth, session.document
        visit = self.visit
        if visit is not None and grew > self._steps_before:
            self._outcomes.append(ReviewOutcome(visit.id, action=session.undo_label or ""))
        self._show()

    def _show(self) -> None:
        self._steps_before = self._session.undo_depth
        visit = self.visit
        room = min(_WIDEST, int(self.app.size.width * 0.96) - 7)
        for name, content in (
            (".heading", self._headline(visit)),
            (
                ".facts",
                (
                    Content(self._summary(self._outcomes))
                    if visit is None
                    else self._visit_facts(visit, room)
                ),
            ),
            (".keys", self._keys_of(visit)),
        ):
            self.query_one(name, Static).update(content)

    def _headline(self, visit: ReviewVisit | None) -> Content:
        if visit is None:
            return Content("Review finished")
        session = self._session
        title = session.forecast.items[visit.id].title if session.forecast is not None else visit.id
        return Content(
            f"Review {len(self._outcomes) + 1} of {len(self._visits)}: {escape_control(title)}"
        )

    def _visit_facts(self, visit: ReviewVisit, room: int) -> Content:
        session = self._session
        if session.forecast is None or visit.id not in session.forecast.items:
            return Content("This item is no longer in the plan.")
        facts = [("Why now", " · ".join(visit.reasons))]
        facts += [
            (fact.name, fact.text)
            for fact in item_facts(session.forecast_plan, session.forecast, visit.id)
            if fact.name in _FACTS and fact.text
        ]
        lines: list[Content] = []
        for name, text in facts:
            for nth, line in enumerate(wrap_cells(text, room - _LABEL)):
                label = fit_cells("" if nth else name, _LABEL)
                lines.append(Content.assemble((label, "$recede"), line))
        return Content("\n").join(lines)

    def _keys_of(self, visit: ReviewVisit | None) -> Content:
        if visit is None:
            return Content("Enter copy and record the review   y copy   u undo   Esc cancel")
        item = self._session.plan.items.get(visit.id)
        kind = type(item).__name__.lower()
        keys = {"spike": "vd", "model": "pmd", "product": "pmd"}.get(kind, "d")
        acts = "   ".join(f"{key} {_LABELS[key]}" for key in f"{keys}e")
        return Content(
            f"Enter confirm, no change   {acts}   Space skip   y say   = why   u undo   Esc end"
        )

    # Actions

    def action_right(self) -> None:
        """Confirm the item; at the end, finish."""
        visit = self.visit
        if visit is None:
            self.app.copy_to_clipboard(self._summary(self._outcomes))
            self.dismiss(REVIEW_DONE)
            return
        self._on_action("right", visit.id)
        self._seen_document = self._session.document
        self._next(ReviewOutcome(visit.id, is_confirmed=True))

    def action_skip(self) -> None:
        """Skip the item."""
        if visit := self.visit:
            self._next(ReviewOutcome(visit.id))

    def _next(self, outcome: ReviewOutcome) -> None:
        self._outcomes.append(outcome)
        self._show()

    def action_act(self, action: str) -> None:
        """Run an action on the item, once the forecast is current."""
        if self.app.screen is not self or self.visit is None:
            return
        if self._session.is_current:
            self._on_action(action, self.visit.id)
        else:
            self.set_timer(_MOMENT, partial(self.action_act, action))

    def action_say(self) -> None:
        """Copy the sentence about the item; at the end, the summary."""
        if self.visit is None:
            self.app.copy_to_clipboard(self._summary(self._outcomes))
        else:
            self.action_act("say")

    def action_back(self) -> None:
        """Go back to the previous item, and undo what was done about it."""
        if not self._outcomes:
            return
        last = self._outcomes.pop()
        if last.action or last.is_confirmed:
            self._on_action("undo", last.id)
        self._seen_document = self._session.document
        self._show()
