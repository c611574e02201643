"""Differences between two versions of a plan, by table and field."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.document.serializer import TRACKS
from roadmap_tui.document.values import Values, get_at, is_same_value
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.parser import without_custom_tables

ChangeKind: TypeAlias = Literal["added", "removed", "dropped", "answered", "status", "changed"]
_KEYED = (*TRACKS, "teams", "scenario")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A value that differs.

    Attributes:
        path: from the top of the file; for a list that grew, to the added element.
        old: None if it was added.
        new: None if it was removed.
    """

    path: KeyPath
    old: object | None
    new: object | None


@dataclass(frozen=True, slots=True)
class TableChange:
    """A table that differs: an item, a team, a scenario, or a roadmap-wide one such as the policy.

    Attributes:
        place: its path, such as ``("model", "triage")`` or ``("roadmap",)``.
        before: None if it was added.
        after: None if it was removed.
        fields: the fields that differ; empty if it was added or removed.
    """

    place: KeyPath
    before: Values | None
    after: Values | None
    fields: tuple[FieldChange, ...] = ()

    @property
    def id(self) -> str | None:
        """Id of an item; None for other tables."""
        if self.place[0] in TRACKS:
            return str(self.place[1])
        return None

    @property
    def table(self) -> Values:
        """The current table, or else the removed one."""
        if self.after is not None:
            return self.after
        return self.before or {}

    @property
    def is_answer(self) -> bool:
        """Whether a spike got a verdict, or was added with one."""
        verdict = (self.after or {}).get("verdict")
        return (
            self.place[0] == "spike"
            and bool(verdict)
            and verdict != (self.before or {}).get("verdict")
        )

    @property
    def kind(self) -> ChangeKind:
        """The most informative kind of this change."""
        if self.before is None:
            return "added"
        if self.after is None:
            return "removed"
        if self.id is None:
            return "changed"
        size = len(self.place) + 1
        changed = {field.path[-1]: field.new for field in self.fields if len(field.path) == size}
        if changed.get("status") == "dropped":
            return "dropped"
        if self.is_answer:
            return "answered"
        return "status" if "status" in changed else "changed"


def table_changes(before: Values, after: Values) -> tuple[TableChange, ...]:
    """Return what differs between two files' data, items first, in the order of the newer file.

    Tables called ``x`` belong to the user and are left out; so is the version of the format.
    """
    old, new = _tables(without_custom_tables(before)), _tables(without_custom_tables(after))
    places = sorted({**new, **old}, key=lambda place: place[0] not in TRACKS)
    found = (_table_change(place, old.get(place), new.get(place)) for place in places)
    return tuple(change for change in found if change is not None)


def _tables(data: Values) -> dict[KeyPath, Values]:
    tables: dict[KeyPath, Values] = {}
    for key, value in data.items():
        if isinstance(value, Mapping):
            inside = value.items() if key in _KEYED else ()
            tables |= {(key, name): table for name, table in inside if isinstance(table, Mapping)}
            if key not in _KEYED:
                tables[(key,)] = value
    return tables


def _table_change(place: KeyPath, old: Values | None, new: Values | None) -> TableChange | None:
    if old is None or new is None:
        return TableChange(place, old, new)
    fields = tuple(_field_changes(place, old, new))
    if fields:
        return TableChange(place, old, new, fields)
    return None


def _field_changes(path: KeyPath, old: object | None, new: object | None) -> Iterator[FieldChange]:
    match old, new:
        case Mapping(), Mapping():
            for key in {**new, **old}:
                yield from _field_changes((*path, key), get_at(old, (key,)), get_at(new, (key,)))
        case list(), list():
            yield from _list_changes(path, old, new)
        case _ if _differ(old, new):
            yield FieldChange(path, old, new)


def _list_changes(path: KeyPath, old: list[object], new: list[object]) -> Iterator[FieldChange]:
    if _has_grown(old, new):
        for at in range(len(old), len(new)):
            yield FieldChange((*path, at), None, new[at])
    elif len(old) == len(new) and _are_tables(old) and _are_tables(new):
        for at, (one, other) in enumerate(zip(old, new, strict=True)):
            yield from _field_changes((*path, at), one, other)
    elif not is_same_value(old, new):
        yield FieldChange(path, old, new)


def _differ(old: object | None, new: object | None) -> bool:
    if old is None or new is None:
        return (old, new) != (None, None)
    return not is_same_value(old, new)


def _has_grown(old: list[object], new: list[object]) -> bool:
    """Return whether a list got elements at its end.

    A list of numbers is one estimate, which doesn't grow.
    """
    is_estimate = any(isinstance(each, int | float) for each in new)
    return not is_estimate and len(old) < len(new) and is_same_value(old, new[: len(old)])


def _are_tables(values: list[object]) -> bool:
    return all(isinstance(each, Mapping) for each in values)
