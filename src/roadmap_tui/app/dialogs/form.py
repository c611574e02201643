"""The form of an item or of a table: its fields, and what they do to the plan while they are typed."""

from functools import partial
from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, Static

from roadmap_tui.app.about import about
from roadmap_tui.app.courtesy import Courtesy
from roadmap_tui.app.density import density
from roadmap_tui.app.dialogs.ask import NameDialog
from roadmap_tui.app.dialogs.confirm import keep_typed
from roadmap_tui.app.dialogs.modal import Modal
from roadmap_tui.app.dialogs.rows import FieldRow, FoldLine, Line, Steady, WayLine
from roadmap_tui.app.dialogs.source import IN_BROWSER, source_of
from roadmap_tui.app.dressed import LOW
from roadmap_tui.app.effect import effect
from roadmap_tui.app.fields import Field, Mistyped, assumed, spell_as, value_at
from roadmap_tui.app.forecaster import calculate, working
from roadmap_tui.app.forms import Ground, Group, Opened
from roadmap_tui.app.outside import edit_outside
from roadmap_tui.app.planning import told
from roadmap_tui.app.session import edited
from roadmap_tui.app.suggest import suggester
from roadmap_tui.app.tables import model_at
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Edit, Refusal, SetValue, Unset
from roadmap_tui.forecast.run import PREVIEW
from roadmap_tui.forecast.summary import Forecast
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.resolve import resolve
from roadmap_tui.plan.roadmap import Plan

_FRAME, _LEAST = 9, 2
"""Lines round the fields, and where there is hardly room for any."""


class ItemForm(Modal[tuple[Edit, ...] | None]):
    """The fields of a table, those of an item's essentials first; gives back the edits, None if nothing is kept."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "leave", "discard", show=False),
        Binding("ctrl+s", "keep", "keep", show=False, priority=True),
        Binding("ctrl+t,f6", "toml", "TOML", show=False, priority=True),
        Binding("ctrl+e,f4", "outside", "editor", show=False, priority=True),
        Binding("down", "app.focus_next", "next", show=False, priority=True),
        Binding("up", "app.focus_previous", "previous", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    ItemForm {
        align: center middle;
        & > .frame {
            width: 110; max-width: 98%; height: auto; max-height: 100%;
            padding: 0 1; background: $surface; border: round $primary;
        }
        & .heading, & .keys { height: 1; width: 1fr; text-wrap: nowrap; text-overflow: ellipsis; }
        & .heading { text-style: bold; margin-bottom: 1; }
        & .halves { height: auto; }
        & .left { width: 1fr; height: auto; scrollbar-size-vertical: 1; }
        & .right { width: 34; height: auto; padding: 0 0 0 2; }
        & .part { height: auto; width: 1fr; }
        & .about { height: 3; color: $recede; margin-top: 1; }
        & .keys { color: $recede; }
        &.-narrow .right, &.-narrow .density, &.-low .about { display: none; }
        &.-low > .frame { border: none; width: 100%; max-width: 100%; height: 100%; }
        &.-low .heading { margin-bottom: 0; }
    }
    """

    class Tried(Message):
        """What was typed was tried: what is wrong with it, by field, and the forecast that it makes."""

        def __init__(
            self, edits: tuple[Edit, ...], faults: dict[int, str], forecast: Forecast | None = None
        ) -> None:
            super().__init__()
            self.edits = edits
            self.faults = faults
            self.forecast = forecast

    def __init__(self, opened: Opened, courtesy: Courtesy, first: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._first = first
        self._opened = opened
        self._courtesy = courtesy
        self._edits: tuple[Edit, ...] = ()
        self._beside: tuple[Edit, ...] = ()
        self._fields = opened.fields
        self._rows: dict[int, FieldRow] = {}

    # What is shown

    def compose(self) -> ComposeResult:
        """The fields on the left, their effect on the right; the parts that are folded below."""
        with Vertical(classes="frame"):
            yield Static(Content(self._opened.heading), classes="heading")
            with Horizontal(classes="halves"):
                with VerticalScroll(classes="left", can_focus=False):
                    for at, group in enumerate(self._opened.groups):
                        if group.title:
                            yield FoldLine(group.title, group.note, at)
                        with Vertical(classes="part", id=f"part-{at}"):
                            yield from () if group.title else self._parts(group)
                yield Steady("", classes="right", id="effect", markup=False)
            yield Static("", classes="about", markup=False)
            yield Static(
                "Enter keep   Esc leave   Tab next   ^T as TOML   ^E in $EDITOR", classes="keys"
            )

    def _parts(self, group: Group) -> list[FieldRow | WayLine]:
        """The lines of a part."""
        rows = [self._row(self._fields.index(field), field) for field in group.fields]
        self._rows |= {row.at: row for row in rows}
        return [*rows, *(WayLine(way.text, way.path) for way in group.ways)]

    def _row(self, at: int, field: Field) -> FieldRow:
        opened = self._opened
        given = spell_as(value_at(opened.document.data, (*opened.place, *field.path)), field.kind)
        terms = opened.resolved.terms.get(opened.name or "") if len(opened.place) == 2 else None
        taken = assumed(field, terms, opened.plan.policy)
        row = FieldRow(at, field, given, taken, suggester(field, opened.plan, opened.name))
        row.is_wide = len(opened.place) != 2 or opened.name is None
        return row

    async def on_mount(self) -> None:
        """Begin with the field that was asked for or the first number, and show where things stand."""
        first = next(
            (at for at, field in enumerate(self._fields) if field.kind not in {"text", "word"}), 0
        )
        for at, field in enumerate(self._fields):
            if self._first and field.path[-len(self._first) :] == self._first:
                first = at
                break
        await self._go_to(first)
        self._draw()
        self._show_effect(None)

    def on_resize(self) -> None:
        """Leave room for the frame and the keys round the fields."""
        lines = self.app.size.height
        self.query_one(".left").styles.max_height = max(
            3, lines - (_LEAST if lines < LOW else _FRAME)
        )

    async def _go_to(self, at: int) -> None:
        """Go to a field, and unfold what it stands in."""
        if not self._fields:
            self.screen.focus_next()
            return
        if at not in self._rows:
            for nth, group in enumerate(self._opened.groups):
                if self._fields[at] in group.fields:
                    await self._unfold(nth)
        self._rows[at].input.focus()

    async def _unfold(self, nth: int) -> None:
        """Show a part, or fold it again."""
        fold = next(each for each in self.query(FoldLine) if each.at == nth)
        part = self.query_one(f"#part-{nth}", Vertical)
        fold.show(is_open=not fold.is_open)
        part.display = fold.is_open
        if fold.is_open and not part.children:
            await part.mount_all(self._parts(self._opened.groups[nth]))
            self._draw()

    async def on_line_pressed(self, event: Line.Pressed) -> None:
        """Unfold a part, or go where a line leads."""
        if isinstance(event.line, FoldLine):
            await self._unfold(event.line.at)
        elif isinstance(event.line, WayLine):
            await self._lead(event.line.path)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Tell what the field that is typed in does."""
        widget = event.widget
        row = (
            widget.parent.parent
            if isinstance(widget, Input) and widget.parent is not None
            else None
        )
        lines = [""]
        if isinstance(row, FieldRow):
            field = row.field
            taken = f"{field.default} unless told" if field.default else ""
            how = " · ".join(filter(None, (taken, field.unit, field.example)))
            does = about(self._opened.place, field)
            lines = [f"{field.label}: {does or how}", how if does else ""]
        elif isinstance(widget, WayLine):
            lines = [widget.told]
        self.query_one(".about", Static).update(Content("\n".join(lines)))

    def _draw(self) -> None:
        """Show what ranges look like."""
        for row in self._rows.values():
            row.draw(lambda value: density(value, self._opened.plan.policy))

    # What was typed

    def _typed(self) -> tuple[tuple[Edit, ...], dict[int, str]]:
        """The edits that what was typed means, and what is wrong with it, by field."""
        edits: list[Edit] = []
        faults: dict[int, str] = {}
        for at, row in sorted(self._rows.items()):
            if not row.has_changed:
                continue
            value, path = row.value, (*self._opened.place, *row.field.path)
            if isinstance(value, Mistyped):
                faults[at] = value.text
            else:
                edits.append(Unset(path) if value is None else SetValue(path, value))
        return (*edits, *self._beside), faults

    def _stood_for(self, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        """The number that the form was opened for, if the file calls it a guess and it is kept: it is one no more.

        Setting a number, be it to what it is, takes its name out of the item's guesses.
        """
        item = self._opened.plan.items.get(self._opened.name or "")
        row = next(
            (
                each
                for each in self._rows.values()
                if each.field.path[-len(self._first) :] == self._first
            ),
            None,
        )
        if item is None or row is None or not self._first or self._first[-1] not in item.guesses:
            return ()
        path = (*self._opened.place, *row.field.path)
        value = value_at(self._opened.document.data, path)
        is_typed = any(isinstance(edit, SetValue | Unset) and edit.path == path for edit in edits)
        return () if value is None or is_typed else (SetValue(path, value),)

    def _by_field(self, refusal: Refusal, typing: int) -> dict[int, str]:
        return {self._field_at(fault.path, typing): fault.text for fault in refusal.faults} or {
            typing: refusal.text
        }

    def _dangling(self, document: Document, typing: int) -> dict[int, str]:
        """Warnings about ids that lead nowhere, at the fields that name them."""
        known = {fault for fault, _ in self._opened.document.found}
        new = [fault for fault, _ in document.found if fault not in known]
        return {self._field_at(fault.path, typing): fault.text for fault in new}

    def _field_at(self, path: KeyPath, typing: int) -> int:
        place = self._opened.place
        for at, row in self._rows.items():
            if path[: len(place) + len(row.field.path)] == (*place, *row.field.path):
                return at
        return typing

    @property
    def _typing(self) -> int:
        """The field that is being typed in."""
        return next(
            (at for at, row in self._rows.items() if row.input.has_focus),
            min(self._rows, default=0),
        )

    def on_input_changed(self) -> None:
        """Check what is typed, and show soon what it does."""
        self._draw()
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
        with working(self._courtesy) as check:
            after = edited(self._opened.document, *edits)
            if isinstance(after, Refusal):
                self.post_message(self.Tried(edits, self._by_field(after, typing)))
                return
            faults = self._dangling(after, typing)
            self.post_message(self.Tried(edits, faults))
            if after.plan is not None:
                forecast = calculate(
                    resolve(after.plan), PREVIEW, check=check, recall=self._opened.recall
                )
                check()
                self.post_message(self.Tried(edits, faults, forecast))

    def on_item_form_tried(self, event: Tried) -> None:
        """Show it, if it is still what is typed."""
        if event.edits is self._edits:
            self._show_faults(event.faults)
            if event.forecast is not None:
                self._show_effect(event.forecast)

    def _show_faults(self, faults: dict[int, str]) -> None:
        for at, row in self._rows.items():
            row.tell(faults.get(at, ""))

    def _show_effect(self, after: Forecast | None) -> None:
        for panel in self.query("#effect").results(Steady):  # none, once the form is closing
            panel.show(effect(self._opened.forecast, after, self._opened.name))

    # Where it leads

    async def _lead(self, path: tuple[str, ...]) -> None:
        """Go to a field, or open the form of a table; ask for a name where a table needs one."""
        at = next(
            (
                at
                for at, field in enumerate(self._fields)
                if path and field.path == path[: len(field.path)]
            ),
            None,
        )
        if at is not None:
            await self._go_to(at)
            return
        place = self._opened.place
        table = next(
            (
                path[:end]
                for end in range(len(path), 0, -1)
                if model_at(Plan, (*place, *path[:end]))
            ),
            None,
        )
        if table is not None:
            self._open(table, path[len(table) :])
        elif path and model_at(Plan, (*place, path[0], "new")):
            self.app.push_screen(
                NameDialog(f"One more of {path[0]}", "Name"), partial(self._named, path[0])
            )
        else:
            self.app.bell()

    def _named(self, table: str, name: str | None) -> None:
        if name:
            self._open((table, name), ())

    def _open(self, table: tuple[str, ...], field: tuple[str, ...]) -> None:
        """Open the form of a table, on what was typed so far."""
        after = self._checked()
        if after is not None and after.plan is not None:
            opened = self._opened
            known = (after, after.plan, opened.resolved, opened.forecast, opened.recall)
            ground = Ground(*known, is_guest=opened.is_guest)
            form = ItemForm(ground.table((*opened.place, *table)), self._courtesy, field)
            self.app.push_screen(form, self._take)

    def _take(self, edits: tuple[Edit, ...] | None) -> None:
        """Take in what was edited in a table."""
        if edits:
            self._beside = (*self._beside, *edits)
            self.on_input_changed()

    # As text

    def action_toml(self) -> None:
        """Show the lines that the table has in the file."""
        self._show_lines(outside=False)

    def _show_lines(self, *, outside: bool) -> None:
        """Show the lines that the table has in the file, with what was typed so far; what is kept there is kept."""
        after = self._checked()
        if after is None:
            return
        dialog = source_of(after, self._opened.place, is_guest=self._opened.is_guest)
        if dialog is None:
            self._say(
                "it has no lines of its own in the file yet: type into a field and keep that first"
            )
            return
        dialog.begins_outside = outside
        self.app.push_screen(dialog, self._rewritten)

    def _rewritten(self, edits: tuple[Edit, ...] | None) -> None:
        if edits:
            self.dismiss((*self._typed()[0], *edits))

    def action_outside(self) -> None:
        """Edit the text of the field in an editor; where it is no text, the lines of the table."""
        row = next((row for row in self._rows.values() if row.input.has_focus), None)
        if row is None or row.field.kind != "text":
            self._show_lines(outside=True)
        elif self._opened.is_guest:
            self._say(IN_BROWSER)
        else:
            given = row.value
            text = edit_outside(self.app, f"{given}\n" if isinstance(given, str) else "", ".md")
            if isinstance(text, Refusal):
                self._say(told(text))
            else:
                row.input.value = spell_as(text.removesuffix("\n") or None, row.field.kind)

    def _say(self, text: str) -> None:
        self.query_one(".about", Static).update(Content(text))

    # Ending

    def on_input_submitted(self) -> None:
        """Keep what was typed."""
        self.action_keep()

    def _checked(self) -> Document | None:
        """The document with what was typed; None, and why is told, if something is wrong with it."""
        edits, faults = self._typed()
        edits = (*edits, *self._stood_for(edits))
        after = edited(self._opened.document, *edits) if not faults else None
        if isinstance(after, Refusal):
            faults = self._by_field(after, self._typing)
        if isinstance(after, Document):
            return after
        self._show_faults(faults)
        if min(faults) in self._rows:
            self._rows[min(faults)].input.focus()
        self.app.bell()
        return None

    def action_keep(self) -> None:
        """Give the edits back, unless something is wrong with them."""
        if self._checked() is not None:
            edits, _ = self._typed()
            self.dismiss((*edits, *self._stood_for(edits)))

    def action_leave(self) -> None:
        """Leave without keeping anything; ask first if something was typed."""
        edits, faults = self._typed()
        if not edits and not faults:
            self.dismiss(None)
            return
        self.app.push_screen(keep_typed(), self._decided)

    def _decided(self, way: str | None) -> None:
        if way == "k":
            self.action_keep()
        elif way == "d":
            self.dismiss(None)
