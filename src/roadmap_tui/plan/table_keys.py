"""The shape of the format: which keys a table may have."""

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Union, get_args, get_origin

from roadmap_tui.plan.base import Table
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.roadmap import Plan


def known_keys(path: KeyPath) -> tuple[str, ...]:
    """The keys that the table at `path` may have; none if it is no table of the format."""
    return tuple(key for table in _tables_at(Plan, path) for key in _field_types(table))


def _field_types(table: type[Table]) -> dict[str, object]:
    fields = table.model_fields
    return {info.alias or name: info.annotation for name, info in fields.items()}


def _tables_at(annotation: object, path: KeyPath) -> Iterator[type[Table]]:
    """The table types that stand at `path` below a value of type `annotation`."""
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
    elif origin is tuple and path:
        yield from _tables_at(get_args(annotation)[0], path[1:])
