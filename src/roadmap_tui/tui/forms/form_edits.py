"""The edits that a form's fields make, and their faults by field."""

from collections.abc import Mapping
from dataclasses import dataclass

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import Edit, EditRejected, SetValue, Unset
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.tui.forms.field_values import InvalidInput, value_at
from roadmap_tui.tui.forms.form_model import FormModel
from roadmap_tui.tui.widgets.form_rows import FieldRow
from roadmap_tui.tui.workers.forecast import PlanPreview


@dataclass(frozen=True, slots=True)
class Preview:
    """What the typed edits do.

    Attributes:
        faults: what is wrong with them, by field.
        now, then: the plan without and with them, on the same runs, once they are calculated.
    """

    edits: tuple[Edit, ...]
    faults: dict[int, str]
    now: PlanPreview | None = None
    then: PlanPreview | None = None


class FormEdits:
    """Edits of a form.

    Args:
        model: what the form shows.
        rows: its field rows by the index of the field; grows as sections are unfolded.
        initial_field: the field that the form was opened for; empty for none.

    Attributes:
        table_edits: edits of tables, made in forms of their own.
    """

    def __init__(
        self, model: FormModel, rows: Mapping[int, FieldRow], initial_field: tuple[str, ...]
    ) -> None:
        self._model = model
        self._rows = rows
        self._initial_field = initial_field
        self.table_edits: tuple[Edit, ...] = ()

    def typed(self) -> tuple[tuple[Edit, ...], dict[int, str]]:
        """The typed edits, and what is wrong with them, by field."""
        edits: list[Edit] = []
        faults: dict[int, str] = {}
        for at, row in sorted(self._rows.items()):
            if not row.has_changed:
                continue
            value, path = row.value, (*self._model.place, *row.field.path)
            if isinstance(value, InvalidInput):
                faults[at] = value.text
            else:
                edits.append(Unset(path) if value is None else SetValue(path, value))
        return (*edits, *self.table_edits), faults

    def confirmed_assumption(self, edits: tuple[Edit, ...]) -> tuple[Edit, ...]:
        """The edit that confirms the assumption for which the form was opened.

        Setting a number, even unchanged, removes its field from the item's assumptions.
        """
        item = self._model.plan.items.get(self._model.name or "")
        initial = self._initial_field
        if item is None or not initial or initial[-1] not in item.guesses:
            return ()
        rows = (each for each in self._rows.values() if each.field.path[-len(initial) :] == initial)
        row = next(rows, None)
        if row is None:
            return ()
        path = (*self._model.place, *row.field.path)
        value = value_at(self._model.document.data, path)
        is_typed = any(isinstance(edit, SetValue | Unset) and edit.path == path for edit in edits)
        return () if value is None or is_typed else (SetValue(path, value),)

    def faults_of(self, refusal: EditRejected, typing: int) -> dict[int, str]:
        """The faults of rejected edits by field; those of no field at the one being typed in."""
        return {self._field_at(fault.path, typing): fault.text for fault in refusal.faults} or {
            typing: refusal.text
        }

    def unresolved_ids(self, document: Document, typing: int) -> dict[int, str]:
        """Warnings on unresolved ids, at the fields that have them."""
        known = {fault for fault, _ in self._model.document.unlocated_faults}
        new = [fault for fault, _ in document.unlocated_faults if fault not in known]
        return {self._field_at(fault.path, typing): fault.text for fault in new}

    def _field_at(self, path: KeyPath, typing: int) -> int:
        place = self._model.place
        for at, row in self._rows.items():
            if path[: len(place) + len(row.field.path)] == (*place, *row.field.path):
                return at
        return typing
