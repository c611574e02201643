"""Pass a step: what follows, and what was learned."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.forms.field_values import unescape
from roadmap_tui.tui.next_step import NextStep
from roadmap_tui.tui.widgets.radio import RadioList, RadioOption


@dataclass(frozen=True, slots=True)
class StepOutcome:
    """The chosen outcome, and what was learned."""

    outcome: str
    learned: str


class StepDialog(Dialog[StepOutcome]):
    """Ask what follows from a step, and what was learned."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "done", "done", show=False)]

    def __init__(self, title: str, step: NextStep) -> None:
        super().__init__(f"{title}: {step.label}", "Enter save   Tab next   Esc cancel")
        self._step = step

    def ask(self) -> ComposeResult:
        """The outcomes, and what was learned."""
        with RadioList(id="way", compact=True):
            for nth, words in enumerate(self._step.outcomes.values()):
                yield RadioOption(Content(words), value=nth == 0)
        yield Static(Content(self._step.note), classes="note")
        yield from self.field(
            "Learned", "learned", "What you found out. It stays in the plan.", is_long=True
        )

    def on_mount(self) -> None:
        """Focus the outcomes, if there are several."""
        (
            self.query_one(RadioList)
            if len(self._step.outcomes) > 1
            else self.query_one("#learned", Input)
        ).focus()

    def on_radio_list_done(self) -> None:
        """Submit."""
        self.action_done()

    def on_input_submitted(self) -> None:
        """Submit."""
        self.action_done()

    def action_done(self) -> None:
        """Submit."""
        ways = list(self._step.outcomes)
        chosen = ways[max(0, self.query_one(RadioList).pressed_index)]
        self.dismiss(StepOutcome(chosen, unescape(self.query_one("#learned", Input).value.strip())))
