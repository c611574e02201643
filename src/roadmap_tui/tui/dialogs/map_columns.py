"""Dialog that says which column of a table holds what."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, VerticalScroll
from textual.content import Content
from textual.widgets import Select, Static

from roadmap_tui.importers.columns import COLUMN_ROLES, ColumnRole
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.views.lines import truncate

ROLE_LABELS: Mapping[ColumnRole, str] = {
    "title": "Feature name",
    "key": "Ticket key",
    "link": "Link",
    "track": "Kind (feature, model, spike)",
    "status": "Status",
    "summary": "Summary",
    "owner": "Owner",
    "team": "Team",
    "tags": "Tags",
    "needs": "Dependencies",
    "reach": "Reach",
    "impact": "Impact",
    "confidence": "Confidence",
    "chance": "Chance it works",
    "effort": "Effort",
    "points": "Story points",
}
_LEFT_OUT = "Not imported"
_SAMPLE = 34


@dataclass(frozen=True, slots=True)
class MappedColumn:
    """A column of a table.

    Attributes:
        sample: its first value.
        role: what it seems to hold; None for nothing known.
    """

    name: str
    sample: str
    role: ColumnRole | None


class MapColumnsDialog(Dialog[dict[str, str]]):
    """A choice for each column; the result is the column for each role, empty for none."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+s,f2", "preview", show=False, priority=True)
    ]
    DEFAULT_CSS = """
    MapColumnsDialog {
        & > .frame { width: 110; }
        & VerticalScroll { height: auto; scrollbar-size-vertical: 1; }
        & .column { height: 1; width: 1fr; }
        & .column > .name { width: 1fr; }
        & .column > Select { width: 34; }
    }
    """
    CHROME_LINES: ClassVar[int] = 8

    def __init__(self, file: str, columns: tuple[MappedColumn, ...]) -> None:
        keys = "Tab next column   Enter choose   ^S preview the import   Esc cancel"
        super().__init__(f"What do the columns of {file} hold?", keys)
        self._columns = columns

    def ask(self) -> ComposeResult:
        """A row for each column: its name, a sample, and what it holds."""
        with VerticalScroll(can_focus=False):
            for nth, column in enumerate(self._columns):
                with Horizontal(classes="column"):
                    yield Static(_describe(column), classes="name")
                    yield _select(f"column-{nth}", column.role)
        yield Static("", classes="fault", id="fault", markup=False)

    def action_preview(self) -> None:
        """Submit, unless the feature name is missing or two columns hold the same."""
        chosen: dict[str, str] = dict.fromkeys(COLUMN_ROLES, "")
        for nth, column in enumerate(self._columns):
            role = self.query_one(f"#column-{nth}", Select).value
            if not isinstance(role, str):
                continue
            if chosen[role]:
                label = next(ROLE_LABELS[each] for each in COLUMN_ROLES if each == role)
                self._show_fault(f"{label} is chosen for {chosen[role]} and {column.name}.")
                return
            chosen[role] = column.name
        if chosen["title"]:
            self.dismiss(chosen)
        else:
            self._show_fault("Choose the column that holds the feature name.")

    def _show_fault(self, text: str) -> None:
        self.query_one("#fault", Static).update(text)


def _select(name: str, role: ColumnRole | None) -> Select[ColumnRole]:
    """The choice of what a column holds."""
    options = [(ROLE_LABELS[each], each) for each in COLUMN_ROLES]
    if role is None:
        return Select(options, prompt=_LEFT_OUT, id=name, compact=True)
    return Select(options, prompt=_LEFT_OUT, value=role, id=name, compact=True)


def _describe(column: MappedColumn) -> Content:
    """The name of a column, and a sample of what is in it."""
    sample = f"  e.g. {truncate(column.sample, _SAMPLE)}" if column.sample else ""
    return Content.assemble(escape_control(column.name), (escape_control(sample), "$recede"))
