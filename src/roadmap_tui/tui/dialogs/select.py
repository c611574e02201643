"""Select one of many from a list that typing narrows down."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.search.case_folding import fold_case


@dataclass(frozen=True, slots=True)
class SelectOptions:
    """What can be selected.

    Attributes:
        heading: the heading.
        verb: what Enter does.
        options: the options: their texts by key.
        label, placeholder: of the input.
        note: a note below the list.
        allows_other: whether other text may be submitted where nothing matches.
        typed: the text of the input at first.
    """

    heading: str
    verb: str
    options: Mapping[str, str]
    label: str
    placeholder: str
    note: str = ""
    allows_other: bool = False
    typed: str = ""


class SelectDialog(Dialog[str]):
    """Select one of a list; the result is its key."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go(1)", show=False, priority=True),
        Binding("up", "go(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    SelectDialog {
        & > .frame { width: 90; }
        & OptionList {
            height: auto; max-height: 14; margin-top: 1; border: none; padding: 0;
            background: $surface;
        }
    }
    """

    def __init__(self, pick: SelectOptions) -> None:
        super().__init__(pick.heading, f"↑ ↓ choose   Enter {pick.verb}   Esc cancel")
        self._pick = pick

    def ask(self) -> ComposeResult:
        """An input, and the matching options."""
        yield from self.field(self._pick.label, "words", self._pick.placeholder)
        yield OptionList(markup=False)
        yield Static(Content(self._pick.note), classes="note")

    def on_mount(self) -> None:
        """Focus the input, unless the dialog is already closed."""
        if self.query(OptionList):
            self.query_one(OptionList).can_focus = False
            box = self.query_one(Input)
            box.value = self._pick.typed
            box.focus()
            self._list(self._pick.typed)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the matching options."""
        self._list(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Submit the highlighted option or, if nothing matches, the typed text."""
        options = self.query_one(OptionList)
        chosen, typed = options.highlighted, event.value.strip() if self._pick.allows_other else ""
        name = typed if chosen is None else options.get_option_at_index(chosen).id
        if name:
            self.accept(name)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Submit the clicked option."""
        self.accept(event.option_id or "")

    def action_go(self, by: int) -> None:
        """Highlight another option."""
        options = self.query_one(OptionList)
        if options.option_count:
            options.highlighted = max(
                0, min(options.option_count - 1, (options.highlighted or 0) + by)
            )

    def matches(self, words: str) -> Mapping[str, str]:
        """The options that match the words."""
        return {
            name: text
            for name, text in self._pick.options.items()
            if _matches_words(words, f"{name} {text}")
        }

    def accept(self, name: str) -> None:
        """Close with a key."""
        self.dismiss(name)

    def _list(self, words: str) -> None:
        fitting = self.matches(words)
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(Content(text), id=name) for name, text in fitting.items())
        options.highlighted = 0 if fitting else None


def _matches_words(words: str, text: str) -> bool:
    return all(word in fold_case(text) for word in fold_case(words).split())
