"""Start screen: recent and nearby roadmaps, and ways to create one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from roadmap_tui.storage import regular_file
from roadmap_tui.text.numbers import format_count
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.base_app import COMMON_CSS, BaseApp
from roadmap_tui.tui.dialogs.new_roadmap import (
    ImportDialog,
    ImportSummary,
    PathDialog,
    PlanAnswersDialog,
)
from roadmap_tui.tui.dialogs.select import SelectDialog, SelectOptions
from roadmap_tui.tui.recent_files import recent_roadmaps
from roadmap_tui.tui.settings import UserSettings
from roadmap_tui.tui.views.lines import truncate

if TYPE_CHECKING:
    from roadmap_tui.document.document import Document
    from roadmap_tui.document.edits import EditRejected
    from roadmap_tui.importers.csv_table import CsvTable
    from roadmap_tui.importers.preview import ImportPreview

_MAX_SNIFFED = 65_536
_WIDEST, _NAME, _FRAME = 90, 22, 8
"""Widths of the list of templates, of their names, and of the frame."""
_EXAMPLE = "ai-feature-launch"
_KINDS = {"product": "Feature", "model": "Model  ", "spike": "Spike  "}
_WAYS = {
    "d": ("describe", "New roadmap: answer three questions"),
    "t": ("template", "Start from a template: ten AI roadmaps"),
    "c": ("table", "Import a RICE sheet, or issues from Jira, Linear or GitHub (CSV)"),
    "x": ("example", "Open an example"),
}
NO_ROADMAP_TEXT = """There is no roadmap here. A few lines in a file such as plan.toml are one:

    [roadmap]
    title = "Support copilot"
    users = 4000
    [product.draft-replies]
    effort = "M"
    needs = ["reply-model"]
    [model.reply-model]
    effort = "L"

Then: roadmap plan.toml. Or begin with a template: roadmap templates"""


def nearby_roadmaps(folder: Path) -> tuple[Path, ...]:
    """The roadmaps in a folder, and in ``roadmaps`` below it."""
    return tuple(sorted([*_roadmaps(folder), *_roadmaps(folder / "roadmaps")]))


def nearby_tables(folder: Path) -> tuple[Path, ...]:
    """The CSV files in a folder."""
    return tuple(sorted(path for path in folder.glob("*.csv") if path.is_file()))


def _roadmaps(folder: Path) -> Iterator[Path]:
    for path in folder.glob("*.toml"):
        if path.is_file() and path.name != "pyproject.toml":
            with suppress(OSError):
                if _is_roadmap(regular_file.read_regular_file(str(path), _MAX_SNIFFED)):
                    yield path


def _is_roadmap(text: bytes) -> bool:
    return b"[roadmap]" in text or b"[product." in text


class StartApp(BaseApp[tuple[str, bool]]):
    """Open or create a roadmap; the result is its path, and whether it is new."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape", "leave", "quit", show=False),
        *(Binding(key, f"begin('{key}')", show=False) for key in _WAYS),
    ]
    CSS = (
        COMMON_CSS
        + """
    #name { height: auto; padding: 1 2 0 2; text-style: bold; }
    #keys { height: auto; padding: 0 2 1 2; color: $recede; }
    .-low #name, .-low #keys { padding: 0 2; }
    #ways { border: none; padding: 0 2; height: 1fr; background: $background; }
    """
    )

    def __init__(
        self, paths: tuple[Path, ...], folder: Path, settings: UserSettings | None = None
    ) -> None:
        super().__init__(settings)
        self._folder = folder
        known = {path.resolve() for path in paths}
        self._paths = (*paths, *(path for path in recent_roadmaps() if path not in known))

    def compose(self) -> ComposeResult:
        """The roadmaps, and the ways to create one."""
        yield Static("Roadmap TUI", id="name", markup=False)
        yield Static("↑ ↓ and Enter, or a letter; q quits", id="keys", markup=False)
        options: list[Option | None] = [
            Option(Content(self._display_path(path)), id=f"@{path}") for path in self._paths
        ]
        if options:
            options.append(None)
        options += [Option(Content(f"{key}  {text}"), id=key) for key, (_, text) in _WAYS.items()]
        yield OptionList(*options, id="ways")

    def on_mount(self) -> None:
        """Highlight the first."""
        self.query_one("#ways", OptionList).highlighted = 0

    def _display_path(self, path: Path) -> str:
        inside = path.is_relative_to(self._folder)
        return escape_control(str(path.relative_to(self._folder) if inside else path))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open it, or create one."""
        chosen = event.option_id or ""
        if chosen.startswith("@"):
            self.exit((chosen[1:], False))
        else:
            self.action_begin(chosen)

    def action_leave(self) -> None:
        """Close without a roadmap."""
        self.exit()

    def action_begin(self, key: str) -> None:
        """Ask what a new roadmap needs."""
        match _WAYS[key][0]:
            case "describe":
                self.push_screen(PlanAnswersDialog(), self._create_from_answers)
            case "template":
                self._choose_template()
            case "table":
                self._choose_table()
            case "example":
                self._open_example()

    def _open_example(self) -> None:
        from roadmap_tui.document.edits import EditRejected
        from roadmap_tui.tui.onboarding import save_example

        path = save_example(_EXAMPLE)
        if isinstance(path, EditRejected):
            self._refuse(path)
        else:
            self.exit((str(path), True))

    def _create_from_answers(self, answers: tuple[str, str, str] | None) -> None:
        if answers is not None:
            from roadmap_tui.tui.onboarding import PlanAnswers, plan_from_answers, unused_path

            path = unused_path(self._folder, answers[0])
            self._write(plan_from_answers(PlanAnswers(*answers), path.name), path)

    def _choose_template(self) -> None:
        from roadmap_tui.storage.templates import load_templates

        room = min(_WIDEST, self.size.width * 24 // 25) - _NAME - _FRAME
        ways = {
            each.name: f"{each.name:<{_NAME}} {truncate(each.about, room)}"
            for each in load_templates()
        }
        self.push_screen(
            SelectDialog(SelectOptions("Which template?", "take", ways, "Template", "words")),
            self._use_template,
        )

    def _use_template(self, name: str | None) -> None:
        if name is not None:
            from roadmap_tui.tui.onboarding import plan_from_template, unused_path

            path = unused_path(self._folder, name)
            self._ask_path(plan_from_template(name, path.name), path)

    def _choose_table(self, typed: str = "") -> None:
        """Choose one of the folder's tables, or type the path of another."""
        tables = {each.name: escape_control(each.name) for each in nearby_tables(self._folder)}
        options = SelectOptions(
            "Which CSV file?",
            "open",
            tables,
            "File",
            "~/backlog.csv",
            allows_other=True,
            typed=typed,
        )
        self.push_screen(SelectDialog(options), self._map_columns)

    def _map_columns(self, csv: str | None) -> None:
        if csv is None:
            return
        from roadmap_tui.document.edits import EditRejected
        from roadmap_tui.tui.dialogs.map_columns import MapColumnsDialog, MappedColumn
        from roadmap_tui.tui.onboarding import guess_roles, load_table

        table = load_table(str(self._folder / Path(csv).expanduser()))
        if isinstance(table, EditRejected):
            self._refuse(table)
            self._choose_table(csv)
            return
        roles = guess_roles(table)
        columns = tuple(
            MappedColumn(name, table.first_value(name), roles.get(name))
            for name in table.column_names
        )
        dialog = MapColumnsDialog(escape_control(Path(csv).name), columns)
        self.push_screen(dialog, partial(self._preview_import, table, csv))

    def _preview_import(self, table: CsvTable, csv: str, chosen: dict[str, str] | None) -> None:
        if chosen is None:
            self._choose_table(csv)
            return
        from roadmap_tui.document.edits import EditRejected
        from roadmap_tui.tui.onboarding import plan_from_table, unused_path

        draft = plan_from_table(table, csv, chosen)
        if isinstance(draft, EditRejected):
            self._refuse(draft)
            self._map_columns(csv)
            return
        path = unused_path(self._folder, Path(csv).stem)
        self.push_screen(
            ImportDialog(_import_summary(draft), escape_control(Path(csv).name)),
            partial(self._confirm_import, draft.document, path),
        )

    def _confirm_import(self, document: Document, path: Path, wanted: bool | None) -> None:
        if wanted:
            self._ask_path(document, path)

    def _ask_path(self, document: Document, path: Path) -> None:
        dialog = PathDialog("Save as", "File", self._display_path(path), self._display_path(path))
        self.push_screen(dialog, partial(self._write_to, document))

    def _write_to(self, document: Document, path: str | None) -> None:
        if path is not None:
            self._write(document, self._folder / Path(path).expanduser())

    def _write(self, document: Document | EditRejected, path: Path) -> None:
        from roadmap_tui.document.edits import EditRejected
        from roadmap_tui.tui.onboarding import save_new_plan

        saved = document if isinstance(document, EditRejected) else save_new_plan(document, path)
        if isinstance(saved, EditRejected):
            self._refuse(saved)
        else:
            self.exit((self._display_path(path), True))

    def _refuse(self, refusal: EditRejected) -> None:
        text = f"{refusal.text}; {refusal.remedy}" if refusal.remedy else refusal.text
        self.notify(
            text, title="Couldn't make this change", severity="error", markup=False, timeout=8
        )


def _import_summary(draft: ImportPreview) -> ImportSummary:
    """The summary of an import."""
    return ImportSummary(
        headline=format_count(len(draft.added), "item"),
        titles=tuple(escape_control(f"{_KINDS[each.track]}  {each.title}") for each in draft.added),
        problems=tuple(
            escape_control(f"line {each.line}, {each.column}: {each.text}")
            for each in draft.problems
        ),
    )
