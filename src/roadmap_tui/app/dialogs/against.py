"""What to compare the plan with."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from roadmap_tui.app.compared import SAVED
from roadmap_tui.app.dialogs.base import Dialog
from roadmap_tui.files.display import printable
from roadmap_tui.history.git import Commit
from roadmap_tui.report.words import date


class AgainstDialog(Dialog[str]):
    """Choose the saved file, a commit that touched the file, or any revision by its name; its result names it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "go(1)", show=False, priority=True),
        Binding("up", "go(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    AgainstDialog {
        & > .frame { width: 90; }
        & OptionList { height: auto; max-height: 14; margin-top: 1; border: none; padding: 0; background: $surface; }
    }
    """

    def __init__(self, commits: tuple[Commit, ...], why: str) -> None:
        super().__init__("Compare with", "↑ ↓ choose   Enter compare   Esc cancel")
        self._ways = {SAVED: SAVED, **{commit.sha: _told(commit) for commit in commits}}
        self._why = why

    def ask(self) -> ComposeResult:
        """A word to look for, and the versions."""
        yield from self.field("Version", "version", "a tag, a branch, a day, words of the message, HEAD~2 …")
        yield OptionList(id="versions", markup=False)
        yield Static(Content(printable(self._why)), classes="note")

    def on_mount(self) -> None:
        """Begin typing."""
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._list("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what the words fit."""
        self._list(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the version that is chosen or, if none fits, what was typed."""
        options = self.query_one(OptionList)
        chosen = options.highlighted
        name = event.value.strip() if chosen is None else options.get_option_at_index(chosen).id
        if name:
            self.dismiss(name)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Take what was clicked."""
        self.dismiss(event.option_id)

    def action_go(self, by: int) -> None:
        """Choose the next version."""
        options = self.query_one(OptionList)
        if options.option_count:
            options.highlighted = max(0, min(options.option_count - 1, (options.highlighted or 0) + by))

    def _list(self, words: str) -> None:
        fitting = {name: told for name, told in self._ways.items() if _fits(words, f"{name} {told}")}
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(Option(Content(told), id=name) for name, told in fitting.items())
        options.highlighted = 0 if fitting else None


def _fits(words: str, text: str) -> bool:
    return all(word in text.casefold() for word in words.casefold().split())


def _told(commit: Commit) -> str:
    names = f"  [{', '.join((*commit.tags, *commit.branches))}]" if commit.tags or commit.branches else ""
    return printable(f"{commit.short}  {date(commit.date)}  {commit.subject}{names}")
