"""Where to start if no file is named: roadmaps that are near or were opened last, and ways to begin one."""

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

from roadmap_tui.app.dialogs.begin import DescribeDialog, Draw, ImportDialog, PathDialog
from roadmap_tui.app.dialogs.pick import Pick, PickDialog
from roadmap_tui.app.dressed import LOOKS, Dressed
from roadmap_tui.app.lines import clip
from roadmap_tui.app.recent import recent
from roadmap_tui.app.settings import Settings
from roadmap_tui.files import regular
from roadmap_tui.files.display import printable

if TYPE_CHECKING:
    from roadmap_tui.files.document import Document
    from roadmap_tui.files.edits import Refusal
    from roadmap_tui.files.importing.drafts import Draft

_LOOKED_AT = 65_536
_WIDEST, _NAME, _FRAME = 90, 22, 8
"""Cells of the list of templates, of their names, and of what is round them: each takes a line."""
_EXAMPLE = "ai-feature-launch"
_WAYS = {
    "d": ("describe", "Describe yours: three questions, and there is a board"),
    "t": ("template", "Begin with a template: ten AI plans to make your own"),
    "c": ("table", "Import a CSV: a RICE spreadsheet, or issues from Jira, Linear or GitHub"),
    "x": ("example", "Look at an example first"),
}
NOTHING = """There is no roadmap here. A few lines in a file such as plan.toml are one:

    [roadmap]
    title = "Support copilot"
    users = 4000
    [product.draft-replies]
    effort = "M"
    needs = ["reply-model"]
    [model.reply-model]
    effort = "L"

Then: roadmap plan.toml. Or begin with a template: roadmap templates"""


def nearby(folder: Path) -> tuple[Path, ...]:
    """The files in a folder, and in ``roadmaps`` below it, that look like roadmaps."""
    return tuple(
        sorted(path for place in (folder, folder / "roadmaps") for path in _roadmaps(place))
    )


def _roadmaps(folder: Path) -> Iterator[Path]:
    for path in folder.glob("*.toml"):
        if path.is_file() and path.name != "pyproject.toml":
            with suppress(OSError):
                if _looks_like_one(regular.read(str(path), _LOOKED_AT)):
                    yield path


def _looks_like_one(text: bytes) -> bool:
    return b"[roadmap]" in text or b"[product." in text


class Start(Dressed[tuple[str, bool]]):
    """Choose a roadmap or begin one; its result is the path, and whether it is new."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q,escape", "leave", "quit", show=False),
        *(Binding(key, f"begin('{key}')", show=False) for key in _WAYS),
    ]
    CSS = (
        LOOKS
        + """
    #name { height: auto; padding: 1 2 0 2; text-style: bold; }
    #keys { height: auto; padding: 0 2 1 2; color: $recede; }
    .-low #name, .-low #keys { padding: 0 2; }
    #ways { border: none; padding: 0 2; height: 1fr; background: $background; }
    """
    )

    def __init__(
        self, paths: tuple[Path, ...], folder: Path, settings: Settings | None = None
    ) -> None:
        super().__init__(settings)
        self._folder = folder
        known = {path.resolve() for path in paths}
        self._paths = (*paths, *(path for path in recent() if path not in known))

    def compose(self) -> ComposeResult:
        """What can be opened, and how to begin."""
        yield Static("Roadmap TUI", id="name", markup=False)
        yield Static("↑ ↓ and Enter, or a letter; q quits", id="keys", markup=False)
        options: list[Option | None] = [
            Option(Content(self._told(path)), id=f"@{path}") for path in self._paths
        ]
        if options:
            options.append(None)
        options += [Option(Content(f"{key}  {text}"), id=key) for key, (_, text) in _WAYS.items()]
        yield OptionList(*options, id="ways")

    def on_mount(self) -> None:
        """Begin with the first."""
        self.query_one("#ways", OptionList).highlighted = 0

    def _told(self, path: Path) -> str:
        inside = path.is_relative_to(self._folder)
        return printable(str(path.relative_to(self._folder) if inside else path))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Open it, or begin."""
        chosen = event.option_id or ""
        if chosen.startswith("@"):
            self.exit((chosen[1:], False))
        else:
            self.action_begin(chosen)

    def action_leave(self) -> None:
        """Close without a roadmap."""
        self.exit()

    def action_begin(self, key: str) -> None:
        """Ask what is to be known for a new roadmap."""
        match _WAYS[key][0]:
            case "describe":
                self.push_screen(DescribeDialog(), self._described)
            case "template":
                self._choose_template()
            case "table":
                self.push_screen(
                    PathDialog("Import which CSV?", "CSV", "~/backlog.csv"), self._imported
                )
            case "example":
                self._template(_EXAMPLE)

    def _described(self, answers: tuple[str, str, str] | None) -> None:
        if answers is not None:
            from roadmap_tui.app.begin import Described, described, free_path

            path = free_path(self._folder, answers[0])
            self._write(described(Described(*answers), path.name), path)

    def _choose_template(self) -> None:
        from roadmap_tui.files.templates import templates

        room = min(_WIDEST, self.size.width * 24 // 25) - _NAME - _FRAME
        ways = {each.name: f"{each.name:<{_NAME}} {clip(each.about, room)}" for each in templates()}
        self.push_screen(
            PickDialog(Pick("Begin with which?", "take", ways, "Template", "words")), self._template
        )

    def _template(self, name: str | None) -> None:
        if name is not None:
            from roadmap_tui.app.begin import free_path, from_template

            path = free_path(self._folder, name)
            self._ask_path(from_template(name, path.name), path)

    def _imported(self, csv: str | None) -> None:
        if csv is None:
            return
        from roadmap_tui.app.begin import free_path, from_table
        from roadmap_tui.files.edits import Refusal

        draft = from_table(csv)
        if isinstance(draft, Refusal):
            self._refuse(draft)
            return
        path = free_path(self._folder, Path(csv).stem)
        self.push_screen(
            ImportDialog(_drawn(draft), csv), partial(self._take, draft.document, path)
        )

    def _take(self, document: Document, path: Path, wanted: bool | None) -> None:
        if wanted:
            self._ask_path(document, path)

    def _ask_path(self, document: Document, path: Path) -> None:
        dialog = PathDialog("Where shall it be?", "File", self._told(path), self._told(path))
        self.push_screen(dialog, partial(self._placed, document))

    def _placed(self, document: Document, path: str | None) -> None:
        if path is not None:
            self._write(document, self._folder / Path(path).expanduser())

    def _write(self, document: Document | Refusal, path: Path) -> None:
        from roadmap_tui.app.begin import written
        from roadmap_tui.files.edits import Refusal

        saved = document if isinstance(document, Refusal) else written(document, path)
        if isinstance(saved, Refusal):
            self._refuse(saved)
        else:
            self.exit((self._told(path), True))

    def _refuse(self, refusal: Refusal) -> None:
        text = f"{refusal.text}; {refusal.remedy}" if refusal.remedy else refusal.text
        self.notify(text, title="Not done", severity="error", markup=False, timeout=8)


def _drawn(draft: Draft) -> Draw:
    """What an import would bring, in lines."""
    return Draw(
        found=f"{len(draft.added)} items, as {draft.columns.source}",
        titles=tuple(printable(f"{each.track}.{each.id}  {each.title}") for each in draft.added),
        problems=tuple(
            printable(f"line {each.line}, {each.column}: {each.text}") for each in draft.problems
        ),
    )
