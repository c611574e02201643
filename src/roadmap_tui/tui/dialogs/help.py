"""Help: how a screen is read, its keys, and the glossary."""

from collections.abc import Iterator, Sequence
from typing import ClassVar, TypeAlias

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Input, Static

from roadmap_tui.tui.actions import ACTIONS, SCOPES, Action, footer_actions
from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.glossary import GLOSSARY
from roadmap_tui.tui.keymap import Keymap
from roadmap_tui.tui.screen_help import COMMON_SIGNS, ScreenHelp
from roadmap_tui.tui.search.case_folding import fold_case
from roadmap_tui.tui.views.lines import fit_cells, text_cells, wrap_cells
from roadmap_tui.tui.widgets.text_entry import TextEntry

HelpRows: TypeAlias = Sequence[tuple[str, str]]
_WIDEST, _FRAME = 90, 8
_MOVES = (
    ("← → ↑ ↓", "Select an item; h j k l work too"),
    ("a click", "Click selects, double click opens, right click shows all actions"),
)


class HelpDialog(Dialog[None]):
    """Help on the current screen first, then all keys and the glossary; typing filters it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "scroll(1)", show=False, priority=True),
        Binding("up", "scroll(-1)", show=False, priority=True),
        Binding("pagedown", "scroll(10)", show=False, priority=True),
        Binding("pageup", "scroll(-10)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    HelpDialog {
        & > .frame { width: 90; }
        & VerticalScroll { height: auto; scrollbar-size-vertical: 1; margin-top: 1; }
        & .words { width: 1fr; height: auto; }
    }
    """

    CHROME_LINES = 9

    def __init__(
        self,
        keymap: Keymap,
        view: str = "",
        kind: str | None = None,
        screen_help: ScreenHelp | None = None,
    ) -> None:
        super().__init__("Keys and words", "Type to search   ↑ ↓ scroll   Esc close")
        self._keymap = keymap
        self._view = view
        self._kind = kind
        self._screen_help = screen_help

    def ask(self) -> ComposeResult:
        """An input, and the lists."""
        yield TextEntry(hint="Search", name="words")
        with VerticalScroll(can_focus=False):
            yield Static(classes="words")

    def on_mount(self) -> None:
        """Show everything."""
        self._show("")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what contains the words."""
        self._show(event.value)

    def action_scroll(self, by: int) -> None:
        """Scroll the lists."""
        self.query_one(VerticalScroll).scroll_relative(y=by, animate=False)

    def _show(self, words: str) -> None:
        if not self.query(".words"):
            return
        cells = min(_WIDEST, int(self.app.size.width * 0.96)) - _FRAME
        wanted = fold_case(words).split()
        lines: list[Content] = []
        for heading, rows in self._sections():
            fitting = [row for row in rows if _matches(row, wanted)]
            if fitting:
                lines += [
                    *([Content("")] if lines else []),
                    Content.styled(heading, "bold"),
                    *_table(fitting, cells),
                ]
        self.query_one(".words", Static).update(
            Content("\n").join(lines or [Content("No matches.")])
        )

    def _sections(self) -> Iterator[tuple[str, HelpRows]]:
        """The sections, those of this screen first."""
        here: list[Action] = []
        if self._screen_help is not None:
            label = next(each.label for each in ACTIONS if each.name == self._view)
            here = footer_actions(self._view, self._kind)
            heading = f"{label}: {self._screen_help.purpose}"
            yield heading, (*self._screen_help.signs, *COMMON_SIGNS)
            yield "Keys here", (*self._key_rows(here), *_MOVES)
        for scope, title in SCOPES.items():
            rest = [each for each in ACTIONS if each.scope == scope and each not in here]
            yield title, self._key_rows(rest)
        yield "Words", GLOSSARY

    def _key_rows(self, actions: list[Action]) -> HelpRows:
        return [(self._keymap.label(action.name), action.help) for action in actions]


def _matches(row: tuple[str, str], wanted: list[str]) -> bool:
    text = fold_case(" ".join(row))
    return all(word in text for word in wanted)


def _table(rows: HelpRows, cells: int) -> Iterator[Content]:
    left = min(max(text_cells(name) for name, _ in rows), cells // 3) + 2
    for name, meaning in rows:
        for nth, line in enumerate(wrap_cells(meaning, cells - left)):
            yield Content.assemble((fit_cells("" if nth else name, left), "bold"), line)
