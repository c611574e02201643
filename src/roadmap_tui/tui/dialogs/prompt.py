"""Short questions: a new item, the answer of a spike, a reason, a name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar, get_args

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from roadmap_tui.evidence.spike_answer import SpikeVerdict
from roadmap_tui.plan.base import Kind
from roadmap_tui.text.stored_value import stored_text
from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.forms.field_values import InvalidInput, parse_field, unescape
from roadmap_tui.tui.widgets.radio import RadioList, RadioOption

_KEYS = "Enter save   Tab next   Esc cancel"


@dataclass(frozen=True, slots=True)
class NewItem:
    """A new item."""

    kind: Kind
    title: str
    fields: dict[str, object]


class AddItemDialog(Dialog[NewItem]):
    """Ask for the title, kind, size and dependencies of a new item."""

    def __init__(self, kind: Kind, why_not: Callable[[NewItem], str]) -> None:
        super().__init__("Add to the plan", _KEYS)
        self._kind = kind
        self._rejection = why_not

    def ask(self) -> ComposeResult:
        """The four questions."""
        yield from self.field("Title", "title", "What to ship, or what to find out")
        with RadioList(id="kind", compact=True):
            for kind, label in (
                ("product", "Feature"),
                ("model", "Model or data"),
                ("spike", "Spike: a question"),
            ):
                yield RadioOption(label, value=kind == self._kind)
        yield from self.field("Size", "effort", "S, M, L, XL, 3 4 9 person-weeks, or 2 months")
        yield from self.field("Needs", "needs", "ids: a, b, or one of c | d; of a spike, its bet")
        yield Static("", classes="fault", id="fault", markup=False)

    def on_mount(self) -> None:
        """Focus the title."""
        self.query_one("#title", Input).focus()

    def on_input_changed(self) -> None:
        """Show what will be stored as the effort, or what is wrong with it."""
        typed = self.query_one("#effort", Input).value
        effort = parse_field(typed, "effort")
        if isinstance(effort, InvalidInput):
            self.show_under("effort", effort.text, is_fault=True)
        else:
            self.show_under("effort", stored_text(effort, "effort", "person-weeks", typed))

    def on_input_submitted(self) -> None:
        """Submit the answers, or show what is wrong with them."""
        title = self.query_one("#title", Input).value.strip()
        kinds: tuple[Kind, ...] = get_args(Kind)
        kind = kinds[max(0, self.query_one(RadioList).pressed_index)]
        effort = parse_field(self.query_one("#effort", Input).value, "effort")
        needs = self.query_one("#needs", Input).value.strip()
        fields: dict[str, object] = {} if effort is None else {"effort": effort}
        if needs:
            fields |= (
                {"informs": needs} if kind == "spike" else {"needs": parse_field(needs, "needs")}
            )
        added = NewItem(kind, title, fields)
        if isinstance(effort, InvalidInput):
            self.query_one("#effort", Input).focus()
            return
        fault = self._rejection(added) if title else "Enter a title."
        if fault:
            self.query_one("#fault", Static).update(Content(fault))
        else:
            self.dismiss(added)

    def on_radio_list_done(self) -> None:
        """Go on to the size."""
        self.set_focus(self.query_one("#effort", Input))


@dataclass(frozen=True, slots=True)
class SpikeAnswer:
    """The answer of a spike."""

    verdict: SpikeVerdict
    learned: str


class AnswerDialog(Dialog[SpikeAnswer]):
    """Ask for the verdict of a spike, and what was learned."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("ctrl+s", "done", "done", show=False)]

    def __init__(self, question: str, follows: dict[SpikeVerdict, str]) -> None:
        super().__init__(question, _KEYS)
        self._effects = follows

    def ask(self) -> ComposeResult:
        """The verdict and what was learned."""
        labels: dict[SpikeVerdict, str] = {
            "confirmed": "Yes",
            "refuted": "No",
            "inconclusive": "Unclear",
        }
        with RadioList(id="verdict", compact=True):
            for nth, (verdict, label) in enumerate(labels.items()):
                yield RadioOption(Content(f"{label}: {self._effects[verdict]}"), value=nth == 0)
        yield from self.field(
            "Learned", "learned", "What you found out. It stays in the plan.", is_long=True
        )

    def on_mount(self) -> None:
        """Focus the verdict."""
        self.query_one(RadioList).focus()

    def on_radio_list_done(self) -> None:
        """Submit."""
        self.action_done()

    def on_input_submitted(self) -> None:
        """Submit."""
        self.action_done()

    def action_done(self) -> None:
        """Submit."""
        verdicts: tuple[SpikeVerdict, ...] = get_args(SpikeVerdict)
        chosen = verdicts[max(0, self.query_one(RadioList).pressed_index)]
        self.dismiss(SpikeAnswer(chosen, unescape(self.query_one("#learned", Input).value.strip())))


class ReasonDialog(Dialog[str]):
    """Ask for a reason."""

    def ask(self) -> ComposeResult:
        """The reason."""
        yield from self.field("Why", "why", "It is saved with the item.", is_long=True)

    def on_mount(self) -> None:
        """Focus the reason."""
        self.query_one(Input).focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Submit."""
        self.dismiss(unescape(event.value.strip()))


class NameDialog(Dialog[str]):
    """Ask for a name or a path; a new name if none is suggested."""

    def __init__(self, heading: str, label: str, suggested: str = "") -> None:
        super().__init__(heading, "Enter save   Esc cancel")
        self._label = label
        self._suggested = suggested

    def ask(self) -> ComposeResult:
        """The name."""
        yield from self.field(
            self._label, "name", self._suggested or "lower-case letters, digits and hyphens"
        )

    def on_mount(self) -> None:
        """Focus the name."""
        box = self.query_one(Input)
        box.value = self._suggested
        box.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Submit."""
        self.dismiss(event.value.strip())
