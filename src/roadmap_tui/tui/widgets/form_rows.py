"""Rows of a form: fields with density and fault, links, section headings, and help."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, Static

from roadmap_tui.plan.estimate import is_number_kind
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.text.stored_value import stored_text, unusual_impact
from roadmap_tui.tui.forms.field_help import field_help
from roadmap_tui.tui.forms.field_values import Field, InvalidInput, parse_field
from roadmap_tui.tui.widgets.text_entry import TextEntry

_TIGHT = 50
_MESSAGE_LINES = 2
"""Lines of a message on a low screen."""


class FieldEntry(TextEntry):
    """Text input; Tab accepts the suggestion."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("tab", "take", show=False)]

    def __init__(
        self, value: str, hint: str, at: int, suggester: Suggester | None, *, is_long: bool
    ) -> None:
        super().__init__(value, hint=hint, name=f"field-{at}", suggester=suggester, is_long=is_long)
        self._value_at_focus = value

    def on_mount(self) -> None:
        """Show the start of the text until it is edited."""
        self.cursor_position = 0

    def on_blur(self) -> None:
        """Show the start of the text again."""
        self.cursor_position = 0

    def on_focus(self) -> None:
        """Remember the text from before any typing."""
        self._value_at_focus = self.value

    def action_take(self) -> None:
        """Accept the suggestion; without one, go to the next field."""
        before = self.value
        if self.suggester is not None and self.cursor_at_end and before != self._value_at_focus:
            self.action_cursor_right()
        if self.value == before:
            self.screen.focus_next()


class StableStatic(Static):
    """A text that triggers a new layout only if its height changes."""

    def show(self, text: Content) -> None:
        """Show another text."""
        size = self.content_size
        self.update(
            text,
            layout=not size.width
            or text.get_height(self.styles.get_rules(), size.width) != size.height,
        )


class FieldRow(Vertical):
    """A field with its density and its fault."""

    DEFAULT_CSS = """
    FieldRow {
        height: auto;
        & .row { height: 1; width: 1fr; }
        & .label {
            width: 16; height: 1; color: $recede; text-wrap: nowrap; text-overflow: ellipsis;
            padding-right: 1;
        }
        & .wide { width: 18; }
        &.-focused .label { color: $foreground; text-style: bold; }
        & Input { width: 1fr; }
        & .density { width: 9; height: 1; margin-left: 1; color: $recede; }
        & .fault { color: $bad; height: auto; width: 1fr; padding-left: 16; }
        & .stored {
            color: $recede; height: auto; width: 1fr; padding-left: 16; display: none;
        }
        &.-focused .stored { display: block; }
        & .stored.-unusual { color: $warn; }
        &.-tight .fault, &.-tight .stored { padding-left: 2; }
        & .-empty, &.-focused .-empty { display: none; }
    }
    """

    def __init__(
        self, at: int, field: Field, given: str, hint: str, suggester: Suggester | None
    ) -> None:
        super().__init__()
        self.at = at
        self.field = field
        self.initial = given
        self._hint = hint
        self._suggester = suggester
        self.is_wide = False
        self._fault = ""
        self._density = ""

    def compose(self) -> ComposeResult:
        """Label, input and density; the fault and what will be stored below."""
        with Horizontal(classes="row"):
            yield Static(
                self.field.label, classes="wide label" if self.is_wide else "label", markup=False
            )
            yield FieldEntry(
                self.initial, self._hint, self.at, self._suggester, is_long=self.field.is_long
            )
            yield StableStatic("", classes="density -empty", markup=False)
        yield StableStatic("", classes="fault -empty", id=f"fault-{self.at}", markup=False)
        yield StableStatic("", classes="stored -empty", id=f"stored-{self.at}", markup=False)

    def on_resize(self, event: events.Resize) -> None:
        """Begin messages at the left where there is little room under the input."""
        self.set_class(event.size.width < _TIGHT, "-tight")

    # Textual doesn't restyle the descendants of a widget when its :focus-within changes.

    def on_descendant_focus(self) -> None:
        """Highlight the label, and show what will be stored."""
        self.add_class("-focused")

    def on_descendant_blur(self) -> None:
        """Show it as the other rows."""
        self.remove_class("-focused")

    @property
    def input(self) -> Input:
        """The input."""
        return self.query_one(Input)

    @property
    def text(self) -> str:
        """Its text; the initial one before the input is mounted."""
        return self.input.value if self.query(Input) else self.initial

    @property
    def has_changed(self) -> bool:
        """Whether the text was changed."""
        return self.text.strip() != self.initial.strip()

    @property
    def value(self) -> object | InvalidInput | None:
        """The typed value, as the file has it."""
        return parse_field(self.text, self.field.kind, self.field.unit)

    @property
    def remark(self) -> str:
        """Why the changed value is unusual; empty if it isn't."""
        is_impact = self.field.path[-1] == "impact" and self.has_changed
        return unusual_impact(self.value) if is_impact else ""

    def show_fault(self, fault: str) -> None:
        """Show a fault; hide it if empty."""
        if fault != self._fault:
            self._fault = fault
            self._show(".fault", fault)
            self.show_stored()

    def show_stored(self) -> None:
        """Show what will be stored of a number that was typed, unless a fault is shown."""
        kind = self.field.kind
        stored = ""
        if is_number_kind(kind) and self.has_changed and not self._fault:
            stored = stored_text(self.value, kind, self.field.unit, self.text)
        remark = "" if self._fault else self.remark
        for each in self.query(".stored"):
            each.set_class(bool(remark), "-unusual")
        self._show(".stored", ": ".join(filter(None, (stored, remark))))

    def show_density(self, picture: Callable[[object], str]) -> None:
        """Show the density of the typed range."""
        drawn = picture(self.value) if self.field.kind in {"range", "effort"} else ""
        if drawn != self._density and self.query(".density"):
            self._density = drawn
            self._show(".density", drawn)

    def _show(self, label: str, text: str) -> None:
        for each in self.query(label).results(StableStatic):
            each.show(Content(text))
            each.set_class(not text, "-empty")


class PressableLine(Static, can_focus=True):
    """A focusable line that can be pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,space", "press", show=False)]
    DEFAULT_CSS = """
    PressableLine {
        width: 1fr; height: 1; text-wrap: nowrap; text-overflow: ellipsis;
        &:focus { background: $primary 30%; text-style: bold; }
        &:hover { text-style: underline; }
    }
    """

    class Pressed(Message):
        """It was pressed."""

        def __init__(self, line: "PressableLine") -> None:
            super().__init__()
            self.line = line

    def on_click(self) -> None:
        """Press it."""
        self.action_press()

    def action_press(self) -> None:
        """Post that it was pressed."""
        self.post_message(self.Pressed(self))


class LinkLine(PressableLine):
    """A line that leads to a field or a table."""

    DEFAULT_CSS = "LinkLine { padding-left: 2; }"

    def __init__(self, text: str, path: tuple[str, ...]) -> None:
        super().__init__(Content(text))
        self.path = path
        self.text = text


class FoldLine(PressableLine):
    """The heading of a section that can be folded."""

    def __init__(self, title: str, note: str, at: int) -> None:
        super().__init__()
        self.at = at
        self._words = (title, note)
        self.is_open = False

    def on_mount(self) -> None:
        """Show it folded."""
        self.show(is_open=False)

    def show(self, *, is_open: bool) -> None:
        """Show it open or folded."""
        self.is_open = is_open
        title, note = self._words
        sign = "▾" if is_open else "▸"
        self.update(Content.assemble((f"{sign} {title}", "bold"), (f"   {note}", "$recede")))


class FormHelp(Static):
    """Help of the focused field, or a message; low screens show only messages."""

    DEFAULT_CSS = """
    FormHelp {
        height: 3; color: $recede; margin-top: 1;
        &.-message { color: $warn; }
    }
    """

    def describe(self, widget: Widget, place: KeyPath) -> None:
        """Show the help of a field of the table at `place`, or where a link leads."""
        row = None
        if isinstance(widget, Input) and widget.parent is not None:
            row = widget.parent.parent
        lines = [""]
        if isinstance(row, FieldRow):
            field = row.field
            default = f"{field.default} unless set" if field.default else ""
            how = " · ".join(filter(None, (default, field.unit, field.example)))
            does = field_help(place, field)
            lines = [f"{field.label}: {does or how}", how if does else ""]
        elif isinstance(widget, LinkLine):
            lines = [widget.text]
        self.update(Content("\n".join(lines)))
        self.remove_class("-message")

    def show_message(self, text: str) -> None:
        """Show a message until another field is focused."""
        self.update(Content(text))
        self.add_class("-message")

    @property
    def min_lines(self) -> int:
        """Lines that it takes on a low screen."""
        return _MESSAGE_LINES if self.has_class("-message") else 0
