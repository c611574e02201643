"""The form of an item: its essentials, and what they do to the plan while they are typed."""

from dataclasses import dataclass
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.screen import ModalScreen
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.dialogs.confirm import Choose
from roadmap_tui.app.effect import effect
from roadmap_tui.app.fields import Field, Mistyped, assumed, fields_of, parse, spell_as, value_at
from roadmap_tui.app.forecaster import wanted
from roadmap_tui.app.session import calculate, edited
from roadmap_tui.app.tables import table_fields
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Edit, Refusal, SetValue, Unset
from roadmap_tui.forecast.run import PREVIEW
from roadmap_tui.forecast.simulation import StoppedError
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.resolve import Resolved
from roadmap_tui.plan.roadmap import Plan, kind_of

_FRAME = 6


@dataclass(frozen=True, slots=True)
class Opened:
    """What a form is opened on: a document, its plan with defaults, its forecast, an item of it, and a table of that.

    Attributes:
        table: the table whose fields are shown; none is the essentials of the item.
        also: fields that are shown after those.
    """

    document: Document
    plan: Plan
    resolved: Resolved
    forecast: Forecast
    name: str
    table: tuple[str, ...] = ()
    also: tuple[Field, ...] = ()


class ItemForm(ModalScreen[tuple[Edit, ...] | None]):
    """The essentials of an item; gives back the edits, or None if nothing is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "discard", show=False),
        Binding("ctrl+s", "keep", "keep", show=False, priority=True),
        Binding("down", "app.focus_next", "next", show=False),
        Binding("up", "app.focus_previous", "previous", show=False),
    ]
    DEFAULT_CSS = """
    ItemForm {
        align: center middle;
        & > .frame {
            width: 110;
            max-width: 98%;
            height: auto;
            max-height: 100%;
            padding: 0 1;
            background: $surface;
            border: round $primary;
        }
        & .heading { text-style: bold; height: 1; width: 1fr; margin-bottom: 1; }
        & .halves { height: auto; }
        & .left { width: 1fr; height: auto; scrollbar-size-vertical: 1; }
        & .right { width: 34; height: auto; padding: 0 0 0 2; }
        & .row { height: 1; width: 1fr; }
        & .label { width: 14; height: 1; color: $recede; }
        & .wide { width: 18; }
        & Input { width: 1fr; }
        & .fault { color: $bad; height: auto; width: 1fr; padding-left: 14; display: none; }
        & .keys { height: auto; margin-top: 1; color: $recede; }
    }
    """

    class Tried(Message):
        """What was typed was tried: what is wrong with it, by field, and the forecast that it makes."""

        def __init__(self, edits: tuple[Edit, ...], faults: dict[int, str], forecast: Forecast | None = None) -> None:
            super().__init__()
            self.edits = edits
            self.faults = faults
            self.forecast = forecast

    def __init__(self, opened: Opened, courtesy: Courtesy, field: str = "") -> None:
        super().__init__()
        self._first = field
        self._opened = opened
        self._courtesy = courtesy
        self._edits: tuple[Edit, ...] = ()
        item = opened.plan.items[opened.name]
        self._place = (kind_of(item), opened.name)
        fields = table_fields(item, opened.table) if opened.table else fields_of(item)
        self._fields = (*fields, *opened.also)
        self._before = {
            field: spell_as(value_at(opened.document.data, (*self._place, *field.path)), field.kind)
            for field in self._fields
        }

    def compose(self) -> ComposeResult:
        """The fields on the left, their effect on the right."""
        name = self._opened.name
        terms = self._opened.resolved.terms[name]
        with Vertical(classes="frame"):
            place = " · ".join((terms.kind, name, printable(".".join(self._opened.table)))).removesuffix(" · ")
            yield Static(Content(f"{printable(terms.title)}   {place}"), classes="heading")
            with Horizontal(classes="halves"):
                with VerticalScroll(classes="left", can_focus=False):
                    for at, field in enumerate(self._fields):
                        with Horizontal(classes="row"):
                            yield Static(
                                field.label, classes="wide label" if self._opened.table else "label", markup=False
                            )
                            taken = assumed(field, terms, self._opened.plan.policy)
                            yield Input(self._before[field], placeholder=taken, id=f"field-{at}", compact=True)
                        yield Static("", classes="fault", id=f"fault-{at}", markup=False)
                yield Static("", classes="right", id="effect", markup=False)
            yield Static("Enter or ^S keep   Tab next   Esc discard   ~ a guess until you type it", classes="keys")

    def on_mount(self) -> None:
        """Begin with the first number, and show where things stand."""
        first = next((at for at, field in enumerate(self._fields) if field.kind not in {"text", "word"}), 0)
        first = next((at for at, field in enumerate(self._fields) if field.path[-1:] == (self._first,)), first)
        self.query_one(f"#field-{first}", Input).focus()
        self._show_effect(None)

    def on_resize(self) -> None:
        """Leave room for the frame and the keys round the fields."""
        self.query_one(".left").styles.max_height = max(3, self.app.size.height - _FRAME)

    def _typed(self) -> tuple[tuple[Edit, ...], dict[int, str]]:
        """The edits that what was typed means, and what is wrong with it, by field."""
        edits: list[Edit] = []
        faults: dict[int, str] = {}
        for at, field in enumerate(self._fields):
            text = self.query_one(f"#field-{at}", Input).value
            if text.strip() == self._before[field].strip():
                continue
            value = parse(text, field.kind)
            path = (*self._place, *field.path)
            if isinstance(value, Mistyped):
                faults[at] = value.text
            else:
                edits.append(Unset(path) if value is None else SetValue(path, value))
        return tuple(edits), faults

    def _stood_for(self, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        """The number that the form was opened for, if the file calls it a guess and it is kept: it is one no more.

        Setting a number, be it to what it is, takes its name out of the item's guesses.
        """
        if self._first not in self._opened.plan.items[self._opened.name].guesses:
            return ()
        path = next(((*self._place, *each.path) for each in self._fields if each.path[-1:] == (self._first,)), None)
        value = None if path is None else value_at(self._opened.document.data, path)
        is_typed = any(isinstance(edit, SetValue | Unset) and edit.path == path for edit in edits)
        return () if path is None or value is None or is_typed else (SetValue(path, value),)

    def _by_field(self, refusal: Refusal, typing: int) -> dict[int, str]:
        return {self._field_at(fault.path, typing): fault.text for fault in refusal.faults} or {typing: refusal.text}

    def _dangling(self, document: Document, typing: int) -> dict[int, str]:
        """Warnings about ids that lead nowhere, at the fields that name them."""
        known = {fault for fault, _ in self._opened.document.found}
        new = [fault for fault, _ in document.found if fault not in known]
        return {self._field_at(fault.path, typing): fault.text for fault in new}

    def _field_at(self, path: tuple[str | int, ...], typing: int) -> int:
        for at, field in enumerate(self._fields):
            if path[: 2 + len(field.path)] == (*self._place, *field.path):
                return at
        return typing

    @property
    def _typing(self) -> int:
        """The field that is being typed in."""
        focused = self.focused.id if self.focused is not None else None
        return int((focused or "field-0").removeprefix("field-"))

    def on_input_changed(self) -> None:
        """Check what is typed, and show soon what it does."""
        self._edits, faults = self._typed()
        self.workers.cancel_group(self, "preview")
        if faults or not self._edits:
            self._show_faults(faults)
        if not faults and not self._edits:
            self._show_effect(None)
        elif not faults:
            self._preview(self._edits, self._typing)

    @work(thread=True, exclusive=True, group="preview", description="preview")
    def _preview(self, edits: tuple[Edit, ...], typing: int) -> None:
        """Work out what would change; a newer keystroke puts it aside."""
        check = wanted(get_current_worker(), self._courtesy)
        try:
            check()
            after = edited(self._opened.document, *edits)
            check()
            if isinstance(after, Refusal):
                self.post_message(self.Tried(edits, self._by_field(after, typing)))
                return
            faults = self._dangling(after, typing)
            self.post_message(self.Tried(edits, faults))
            forecast = calculate(after, PREVIEW, check=check)
            check()
            self.post_message(self.Tried(edits, faults, forecast))
        except StoppedError:
            return

    def on_item_form_tried(self, event: Tried) -> None:
        """Show it, if it is still what is typed."""
        if event.edits is self._edits:
            self._show_faults(event.faults)
            if event.forecast is not None:
                self._show_effect(event.forecast)

    def _show_faults(self, faults: dict[int, str]) -> None:
        for at in range(len(self._fields)):
            label = self.query_one(f"#fault-{at}", Static)
            label.update(Content(faults.get(at, "")))
            label.display = at in faults

    def _show_effect(self, after: Forecast | None) -> None:
        for panel in self.query("#effect").results(Static):  # none, once the form is closing
            panel.update(effect(self._opened.forecast, after, self._opened.name))

    def on_input_submitted(self) -> None:
        """Keep what was typed."""
        self.action_keep()

    def action_keep(self) -> None:
        """Give the edits back, unless something is wrong with them."""
        edits, faults = self._typed()
        edits = (*edits, *self._stood_for(edits))
        after = edited(self._opened.document, *edits) if not faults else None
        if isinstance(after, Refusal):
            faults = self._by_field(after, self._typing)
        if not faults:
            self.dismiss(edits)
            return
        self._show_faults(faults)
        self.query_one(f"#field-{min(faults)}", Input).focus()
        self.app.bell()

    def action_leave(self) -> None:
        """Leave without keeping anything; ask first if something was typed."""
        edits, faults = self._typed()
        if not edits and not faults:
            self.dismiss(None)
            return
        ways = {"k": "keep it", "d": "discard it"}
        self.app.push_screen(Choose("Keep what you typed?", "The form has changes.", ways), self._decided)

    def _decided(self, way: str | None) -> None:
        if way == "k":
            self.action_keep()
        elif way == "d":
            self.dismiss(None)
