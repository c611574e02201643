"""Export dialog: format, audience or picture, and file."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, RadioSet, Static

from roadmap_tui.export.formats import (
    AUDIENCES,
    FORMATS,
    PICTURES,
    Audience,
    ExportFormat,
    PictureKind,
)
from roadmap_tui.tui.dialogs.dialog import Dialog
from roadmap_tui.tui.widgets.radio import RadioList, RadioOption


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """An export to make.

    Attributes:
        audience: used if the format is for audiences.
        picture: used if the format has pictures.
        replaces: whether an existing file may be overwritten.
    """

    format: ExportFormat
    audience: Audience
    picture: PictureKind
    path: str
    replaces: bool


class ExportDialog(Dialog[ExportRequest]):
    """Choose format, audience or picture, and file."""

    DEFAULT_CSS = """
    ExportDialog {
        & > .frame { width: 84; }
        & #audiences, & #pictures { display: none; }
    }
    """

    def __init__(self, path: str, why_not: Callable[[str], str]) -> None:
        super().__init__("Export", "↑ ↓ choose   Tab next   Enter export   Esc cancel")
        self._stem = os.path.splitext(path)[0]
        self._path_problem = why_not
        self._confirmed_path = ""

    def ask(self) -> ComposeResult:
        """The options, and the file."""
        yield from _choice("formats", FORMATS)
        yield from _choice("audiences", AUDIENCES)
        yield from _choice("pictures", PICTURES)
        yield from self.field("File", "path", "")
        yield Static("", classes="fault", id="fault", markup=False)

    def on_mount(self) -> None:
        """Focus the format."""
        self._suggest()
        self.query_one("#formats", RadioList).focus()

    @property
    def _form(self) -> ExportFormat:
        return FORMATS[max(0, self.query_one("#formats", RadioList).pressed_index)]

    @property
    def _audience(self) -> Audience:
        return AUDIENCES[max(0, self.query_one("#audiences", RadioList).pressed_index)]

    @property
    def _picture(self) -> PictureKind:
        return PICTURES[max(0, self.query_one("#pictures", RadioList).pressed_index)]

    def _suggest(self) -> None:
        """Suggest a file name; show audiences or pictures if the format has them."""
        form = self._form
        self.query_one("#audiences").display = form.for_audiences
        self.query_one("#pictures").display = form.has_pictures
        which = ""
        if form.for_audiences:
            which = self._audience.name
        elif form.has_pictures:
            which = self._picture.name
        whom = f"-{which}" if which else ""
        self.query_one("#path", Input).value = f"{self._stem}{whom}{self._form.extension}"
        self.query_one("#fault", Static).update(Content(""))

    def on_radio_set_changed(self, event: RadioSet.Changed) -> None:
        """Suggest a file name for the new choice."""
        event.stop()
        self._suggest()

    def on_radio_list_done(self) -> None:
        """Submit."""
        self._done()

    def on_input_submitted(self) -> None:
        """Submit."""
        self._done()

    def _done(self) -> None:
        path = self.query_one("#path", Input).value.strip()
        fault = self._path_problem(path) if path else "type a name"
        if not fault and os.path.lexists(path) and self._confirmed_path != path:
            self._confirmed_path, fault = (
                path,
                f"{path} exists already. Press Enter again to replace it.",
            )
        if fault:
            self.query_one("#fault", Static).update(Content(fault))
        else:
            self.dismiss(
                ExportRequest(
                    self._form, self._audience, self._picture, path, self._confirmed_path == path
                )
            )


def _choice(name: str, offered: Sequence[ExportFormat | Audience | PictureKind]) -> ComposeResult:
    """A radio list of options with their descriptions."""
    with RadioList(id=name, compact=True):
        for nth, each in enumerate(offered):
            yield RadioOption(Content(f"{each.label}: {each.help}"), value=nth == 0)
