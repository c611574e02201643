"""Where to start if no file is named: the roadmaps that are near."""

from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

_LOOKED_AT = 65_536
NOTHING = """There is no roadmap here. A few lines in a file such as plan.toml are one:

    [roadmap]
    title = "Support copilot"
    users = 4000
    [product.draft-replies]
    effort = "M"
    needs = ["reply-model"]
    [model.reply-model]
    effort = "L"

Then: roadmap plan.toml"""


def nearby(folder: Path) -> tuple[Path, ...]:
    """The files in a folder, and in ``roadmaps`` below it, that look like roadmaps."""
    return tuple(sorted(path for place in (folder, folder / "roadmaps") for path in _roadmaps(place)))


def _roadmaps(folder: Path) -> Iterator[Path]:
    for path in folder.glob("*.toml"):
        if path.is_file() and path.name != "pyproject.toml":
            with path.open("rb") as file:
                text = file.read(_LOOKED_AT)
            if b"[roadmap]" in text or b"[product." in text:
                yield path


class Picker(App[str]):
    """Choose a roadmap; its result is the path."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape", "quit", "quit", show=False)]
    CSS = """
    Static { height: auto; padding: 1 2; }
    OptionList { border: none; padding: 0 2; height: 1fr; background: $background; }
    """

    def __init__(self, paths: tuple[Path, ...], folder: Path) -> None:
        super().__init__()
        self._paths = paths
        self._folder = folder

    def compose(self) -> ComposeResult:
        """The list."""
        yield Static("Open a roadmap   Enter opens, q quits", markup=False)
        yield OptionList(*(Option(Content(str(path.relative_to(self._folder)))) for path in self._paths))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """Close, and give the path back."""
        self.exit(str(self._paths[event.option_index]))
