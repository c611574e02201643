"""All figures of one item."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.narrative.item_facts import Fact, item_facts
from roadmap_tui.plan.items import Product, Spike
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.views.lines import fit_cells, wrap_cells
from roadmap_tui.tui.views.view_model import ViewModel

_LABEL, _WIDEST = 14, 90


class ItemDialog(Dialog[str]):
    """The forecast of an item, and its texts in the file."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("e", "edit", "edit", show=False)]
    DEFAULT_CSS = """
    ItemDialog {
        & > .frame { width: 90; }
        & VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
        & .facts { width: 1fr; height: auto; }
    }
    """

    def __init__(self, scene: ViewModel, name: str) -> None:
        super().__init__(scene.title(name), "e edit   Esc close")
        self._scene = scene
        self._item = name

    def ask(self) -> ComposeResult:
        """The facts."""
        room = min(_WIDEST, int(self.app.size.width * 0.96)) - 7
        with VerticalScroll():
            yield Static(_facts(self._scene, self._item, room), classes="facts")

    def action_edit(self) -> None:
        """Close, and go on to the form."""
        self.dismiss("edit")


def _facts(scene: ViewModel, name: str, cells: int) -> Content:
    lines: list[Content] = []
    for fact in (*item_facts(scene.plan, scene.forecast, name)[1:], *_text_facts(scene, name)):
        for nth, line in enumerate(wrap_cells(fact.text, cells - _LABEL) if fact.text else ()):
            lines.append(
                Content.assemble((fit_cells("" if nth else fact.name, _LABEL), "$recede"), line)
            )
    return Content("\n").join(lines)


def _text_facts(scene: ViewModel, name: str) -> list[Fact]:
    """The texts of the file."""
    item = scene.plan.items[name]
    texts = {"owner": item.owner, "summary": item.summary, "learned": item.learned}
    if isinstance(item, Product):
        texts["or else"] = item.fallback
    if isinstance(item, Spike):
        texts |= {"yes if": item.success_if, "stop if": item.stop_if}
    return [Fact(label, escape_control(text or "")) for label, text in texts.items()]
