"""Form of an item or of a table, with a preview of its effect while typing."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import Edit, EditRejected
from roadmap_tui.plan.resolver import resolve_plan
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.tui.base_app import LOW
from roadmap_tui.tui.dialogs.confirm import confirm_discard
from roadmap_tui.tui.dialogs.modal import Modal
from roadmap_tui.tui.dialogs.prompt import NameDialog
from roadmap_tui.tui.dialogs.source import IN_BROWSER, open_source
from roadmap_tui.tui.edit_history import edit_plan
from roadmap_tui.tui.forms.density import range_sparkline
from roadmap_tui.tui.forms.effect import effect_panel
from roadmap_tui.tui.forms.field_values import (
    Field,
    default_text,
    format_field,
    value_at,
)
from roadmap_tui.tui.forms.form_edits import FormEdits, Preview
from roadmap_tui.tui.forms.form_model import FormContext, FormModel, FormSection
from roadmap_tui.tui.forms.suggestions import field_suggester
from roadmap_tui.tui.forms.table_fields import model_at
from roadmap_tui.tui.screens.session_screen import rejection_text
from roadmap_tui.tui.terminal.external_editor import edit_externally
from roadmap_tui.tui.widgets.form_rows import (
    FieldRow,
    FoldLine,
    FormHelp,
    LinkLine,
    PressableLine,
    StableStatic,
)
from roadmap_tui.tui.workers.background import BackgroundService, Task
from roadmap_tui.tui.workers.forecast import PlanPreview, preview_plan

_FRAME, _LEAST = 9, 2
"""Lines around the fields, on high and on low screens."""


class ItemForm(Modal[tuple[Edit, ...] | None]):
    """Edit the fields of a table; the result is the edits, None without any."""

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
        & .right { width: 32; height: auto; padding: 0 0 0 2; }
        & .part { height: auto; width: 1fr; }
        & .keys { color: $recede; }
        &.-narrow .right, &.-narrow .density { display: none; }
        &.-low FormHelp { display: none; }
        &.-low FormHelp.-message { display: block; height: 2; margin-top: 0; }
        &.-low > .frame { border: none; width: 100%; max-width: 100%; height: 100%; }
        &.-low .heading { margin-bottom: 0; }
    }
    """

    def __init__(
        self, opened: FormModel, background: BackgroundService, first: tuple[str, ...] = ()
    ) -> None:
        super().__init__()
        self._initial_field = first
        self._model = opened
        self._background = background
        self._edits: tuple[Edit, ...] = ()
        self._fields = opened.fields
        self._rows: dict[int, FieldRow] = {}
        self._now: PlanPreview | None = None
        self._asked: dict[int, str] = {}
        """Remarks that were shown when the form was submitted, by field; none once one changes."""
        self._form_edits = FormEdits(opened, self._rows, first)

    def compose(self) -> ComposeResult:
        """The fields at the left, the effect at the right, folded sections below."""
        with Vertical(classes="frame"):
            yield Static(Content(self._model.heading), classes="heading")
            with Horizontal(classes="halves"):
                with VerticalScroll(classes="left", can_focus=False):
                    for at, group in enumerate(self._model.sections):
                        if group.title:
                            yield FoldLine(group.title, group.note, at)
                        with Vertical(classes="part", id=f"part-{at}"):
                            yield from () if group.title else self._section_rows(group)
                yield StableStatic("", classes="right", id="effect", markup=False)
            yield FormHelp("", markup=False)
            yield Static(
                "Enter save   Esc cancel   Tab next   ^T TOML   ^E in $EDITOR", classes="keys"
            )

    def _section_rows(self, group: FormSection) -> list[FieldRow | LinkLine]:
        """The rows of a section."""
        rows = [self._row(self._fields.index(field), field) for field in group.fields]
        self._rows |= {row.at: row for row in rows}
        return [*rows, *(LinkLine(way.text, way.path) for way in group.links)]

    def _row(self, at: int, field: Field) -> FieldRow:
        opened = self._model
        given = format_field(
            value_at(opened.document.data, (*opened.place, *field.path)), field.kind
        )
        terms = opened.resolved.items.get(opened.name or "") if len(opened.place) == 2 else None
        taken = default_text(field, terms, opened.plan.policy)
        if field.path == ("reach",):
            field = replace(field, unit=f"{field.unit} per {opened.plan.roadmap.reach_per}")
        row = FieldRow(at, field, given, taken, field_suggester(field, opened.plan, opened.name))
        row.is_wide = len(opened.place) != 2 or opened.name is None
        return row

    async def on_mount(self) -> None:
        """Focus the requested field, or the first number."""
        first = next(
            (at for at, field in enumerate(self._fields) if field.kind not in {"text", "word"}), 0
        )
        for at, field in enumerate(self._fields):
            if (
                self._initial_field
                and field.path[-len(self._initial_field) :] == self._initial_field
            ):
                first = at
                break
        await self._go_to(first)
        self._draw()
        self._show_effect(Preview((), {}))

    def on_resize(self) -> None:
        """Fit the fields to the screen."""
        lines = self.app.size.height
        chrome = _LEAST + self.query_one(FormHelp).min_lines if lines < LOW else _FRAME
        for half in self.query(".halves > *"):
            half.styles.max_height = max(3, lines - chrome)

    async def _go_to(self, at: int) -> None:
        """Focus a field, and unfold its section."""
        if not self._fields:
            self.screen.focus_next()
            return
        if at not in self._rows:
            for nth, group in enumerate(self._model.sections):
                if self._fields[at] in group.fields:
                    await self._unfold(nth)
        self._rows[at].input.focus()

    async def _unfold(self, nth: int) -> None:
        """Fold or unfold a section."""
        fold = next(each for each in self.query(FoldLine) if each.at == nth)
        part = self.query_one(f"#part-{nth}", Vertical)
        fold.show(is_open=not fold.is_open)
        part.display = fold.is_open
        if fold.is_open and not part.children:
            await part.mount_all(self._section_rows(self._model.sections[nth]))
            self._draw()

    async def on_pressable_line_pressed(self, event: PressableLine.Pressed) -> None:
        """Unfold a section, or follow a link."""
        if isinstance(event.line, FoldLine):
            await self._unfold(event.line.at)
        elif isinstance(event.line, LinkLine):
            await self._follow_link(event.line.path)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Show the help of the focused field."""
        self.query_one(FormHelp).describe(event.widget, self._model.place)
        self.on_resize()

    def _draw(self) -> None:
        """Show the densities of ranges, and what will be stored of numbers."""
        for row in self._rows.values():
            row.show_density(lambda value: range_sparkline(value, self._model.plan.policy))
            row.show_stored()

    # Edits

    @property
    def _focused_field(self) -> int:
        """Index of the focused field."""
        focused = (at for at, row in self._rows.items() if row.input.has_focus)
        return next(focused, min(self._rows, default=0))

    def on_input_changed(self) -> None:
        """Validate the input, and preview its effect."""
        self._asked = {}
        self._draw()
        self._edits, faults = self._form_edits.typed()
        self._background.cancel("preview")
        if faults or not self._edits:
            self._show_faults(faults)
        if not faults and not self._edits:
            self._show_effect(Preview((), {}))
        elif not faults:
            job = partial(self._preview, edits=self._edits, typing=self._focused_field)
            self._background.submit("preview", job, self._show_preview)

    def _preview(self, task: Task, edits: tuple[Edit, ...], typing: int) -> Iterator[Preview]:
        """Yield the faults of the edits, then also the forecast with them."""
        with task.calculation() as check:
            after = edit_plan(self._model.document, *edits)
            if isinstance(after, EditRejected):
                yield Preview(edits, self._form_edits.faults_of(after, typing))
                return
            faults = self._form_edits.unresolved_ids(after, typing)
            yield Preview(edits, faults)
            if after.plan is not None:
                if self._now is None and self._model.document.plan is not None:
                    self._now = preview_plan(resolve_plan(self._model.document.plan), check)
                then = preview_plan(resolve_plan(after.plan), check)
                check()
                yield Preview(edits, faults, self._now, then)

    def _show_preview(self, preview: Preview) -> None:
        """Show a preview, unless the input has changed since."""
        if preview.edits is self._edits and self.is_attached:
            self._show_faults(preview.faults)
            if preview.then is not None:
                self._show_effect(preview)

    def on_unmount(self) -> None:
        """Cancel the preview."""
        super().on_unmount()
        self._background.cancel("preview")

    def _show_faults(self, faults: dict[int, str]) -> None:
        for at, row in self._rows.items():
            asked = f"{self._asked[at]}: press Enter again to save it" if at in self._asked else ""
            row.show_fault(faults.get(at, asked))

    def _show_effect(self, preview: Preview) -> None:
        for panel in self.query("#effect").results(StableStatic):  # none, once the form is closing
            panel.show(effect_panel(self._model.forecast, preview, self._model.name))

    # Links

    async def _follow_link(self, path: tuple[str, ...]) -> None:
        """Go to a field, or to the form of a table; ask for the name of a new one."""
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
        place = self._model.place
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
                NameDialog(f"Add to {path[0]}", "Name"), partial(self._open_new_table, path[0])
            )
        else:
            self.app.bell()

    def _open_new_table(self, table: str, name: str | None) -> None:
        if name:
            self._open((table, name), ())

    def _open(self, table: tuple[str, ...], field: tuple[str, ...]) -> None:
        """Open the form of a table, with the edits so far."""
        after = self._validated()
        if after is not None and after.plan is not None:
            opened = self._model
            known = (after, after.plan, opened.resolved, opened.forecast)
            ground = FormContext(*known, is_guest=opened.is_guest)
            form = ItemForm(ground.table_form((*opened.place, *table)), self._background, field)
            self.app.push_screen(form, self._add_table_edits)

    def _add_table_edits(self, edits: tuple[Edit, ...] | None) -> None:
        """Add the edits of a table."""
        if edits:
            self._form_edits.table_edits += edits
            self.on_input_changed()

    # Source

    def action_toml(self) -> None:
        """Show the lines of the table in the file."""
        self._show_lines(outside=False)

    def _show_lines(self, *, outside: bool) -> None:
        """Show the lines of the table in the file, with the edits so far."""
        after = self._validated()
        if after is None:
            return
        dialog = open_source(after, self._model.place, is_guest=self._model.is_guest)
        if dialog is None:
            self._show_message("This isn't in the file yet. Fill in a field and save first.")
            return
        dialog.starts_in_editor = outside
        self.app.push_screen(dialog, self._keep_source)

    def _keep_source(self, edits: tuple[Edit, ...] | None) -> None:
        if edits:
            self.dismiss((*self._form_edits.typed()[0], *edits))

    def action_outside(self) -> None:
        """Edit the focused text in an external editor; else the lines of the table."""
        row = next((row for row in self._rows.values() if row.input.has_focus), None)
        if row is None or row.field.kind != "text":
            self._show_lines(outside=True)
        elif self._model.is_guest:
            self._show_message(IN_BROWSER)
        else:
            given = row.value
            text = edit_externally(self.app, f"{given}\n" if isinstance(given, str) else "", ".md")
            if isinstance(text, EditRejected):
                self._show_message(rejection_text(text))
            else:
                row.input.value = format_field(text.removesuffix("\n") or None, row.field.kind)

    def _show_message(self, text: str) -> None:
        self.query_one(FormHelp).show_message(text)
        self.on_resize()

    # Closing

    def on_input_submitted(self) -> None:
        """Submit."""
        self.action_keep()

    def _validated(self) -> Document | None:
        """The edited document; None, and the faults are shown, if it is invalid."""
        edits, faults = self._form_edits.typed()
        edits = (*edits, *self._form_edits.confirmed_assumption(edits))
        after = edit_plan(self._model.document, *edits) if not faults else None
        if isinstance(after, EditRejected):
            faults = self._form_edits.faults_of(after, self._focused_field)
        if isinstance(after, Document):
            return after
        self._show_faults(faults)
        if min(faults) in self._rows:
            self._rows[min(faults)].input.focus()
        self.app.bell()
        return None

    def action_keep(self) -> None:
        """Submit the edits, unless they are invalid."""
        if self._validated() is not None and self._confirms_remarks():
            edits, _ = self._form_edits.typed()
            self.dismiss((*edits, *self._form_edits.confirmed_assumption(edits)))

    def _confirms_remarks(self) -> bool:
        """Whether nothing typed is unusual; the second time, whatever was asked the first time."""
        remarks = {at: row.remark for at, row in self._rows.items() if row.remark}
        if not remarks or remarks == self._asked:
            return True
        self._asked = remarks
        self._show_faults({})
        self._rows[min(remarks)].input.focus()
        self.app.bell()
        return False

    def action_leave(self) -> None:
        """Close without edits; ask first if there are some."""
        edits, faults = self._form_edits.typed()
        if not edits and not faults:
            self.dismiss(None)
            return
        confirm_discard(self, self.action_keep)
