"""Which keys each table of the format may have, and which of them had another name before."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from roadmap_tui.plan.base import Table
from roadmap_tui.plan.estimate import NumberKind, number_kind
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.field_docs import FieldDoc, field_docs
from roadmap_tui.plan.roadmap import Plan

RENAMED_KEYS = {
    "or_else": "fallback",
    "instead_of": "fallback_for",
    "shows_why": "explanation",
}
"""Old keys and their present names."""


def known_keys(path: KeyPath) -> tuple[str, ...]:
    """The keys that the table at `path` may have; none if it is no table of the format."""
    keys: list[str] = []
    for table in _tables_at(Plan, path):
        keys += _field_types(table)
    return tuple(keys)


def present_name(path: KeyPath) -> str | None:
    """The present name of the old key at `path`, in a scenario too; None if it is no old key."""
    if len(path) > 2 and path[0] == "scenario":
        path = path[2:]
    renamed = RENAMED_KEYS.get(str(path[-1])) if path else None
    keys = known_keys(path[:-1]) if renamed else ()
    return renamed if renamed in keys and path[-1] not in keys else None


def field_doc_at(path: KeyPath) -> FieldDoc | None:
    """The documentation of the field at `path`; None if the format has no such field."""
    for table in _tables_at(Plan, path[:-1]):
        doc = field_docs(table).get(str(path[-1]))
        if doc is not None:
            return doc
    return None


def number_kind_at(path: KeyPath) -> NumberKind | None:
    """The kind of number that the field at `path` holds; None if it holds none."""
    for table in _tables_at(Plan, path[:-1]):
        for name, info in table.model_fields.items():
            if path[-1] == (info.alias or name):
                return number_kind(info)
    return None


def all_tables() -> dict[str, type[Table]]:
    """Every table of the format by the name of its class, those that lend fields included."""
    found: dict[str, type[Table]] = {}
    waiting: list[object] = [Plan]
    while waiting:
        each = waiting.pop(0)
        if not isinstance(each, type) or get_origin(each) is not None:
            waiting += get_args(each)
        elif issubclass(each, Table) and each is not Table and each.__name__ not in found:
            found[each.__name__] = each
            waiting += each.__bases__
            waiting += _field_types(each).values()
    return found


def _field_types(table: type[Table]) -> dict[str, object]:
    fields = table.model_fields
    return {info.alias or name: info.annotation for name, info in fields.items()}


def _tables_at(annotation: object, path: KeyPath) -> Iterator[type[Table]]:
    """The table types at `path` below a value of type `annotation`."""
    origin = get_origin(annotation)
    if origin in {Union, UnionType}:
        for option in get_args(annotation):
            yield from _tables_at(option, path)
    elif origin is Annotated:
        yield from _tables_at(get_args(annotation)[0], path)
    elif isinstance(annotation, type) and origin is None and issubclass(annotation, Table):
        if not path:
            yield annotation
        else:
            yield from _tables_at(_field_types(annotation).get(str(path[0])), path[1:])
    elif origin is dict and path:
        yield from _tables_at(get_args(annotation)[1], path[1:])
    elif origin is tuple:
        # A list of tables may be written as one table, whose keys have no index before them.
        inside = path[1:] if path and isinstance(path[0], int) else path
        yield from _tables_at(get_args(annotation)[0], inside)
