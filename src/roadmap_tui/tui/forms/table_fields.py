"""All fields of the format: those of an item beyond its essentials, and those of each table."""

import datetime as dt
import types
from collections.abc import Iterable, Iterator
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.plan.base import Table
from roadmap_tui.plan.estimate import Estimate, number_kind
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.field_docs import field_doc_of
from roadmap_tui.plan.item_fields import ItemBase
from roadmap_tui.plan.items import Item
from roadmap_tui.plan.model_fields import ModelFields
from roadmap_tui.tui.forms.field_values import (
    COMMON_FIELDS,
    TYPED_EXAMPLES,
    Field,
    FieldKind,
)

_OWN_FORM = {"stages"}


def item_tables(item: Item) -> Iterator[tuple[str, ...]]:
    """Paths of the tables that an item may have, including its named ones."""
    for name, info in type(item).model_fields.items():
        if name in _OWN_FORM or _table_type(info.annotation) is None:
            continue
        if _is_named_table(info.annotation):
            yield from ((name, each) for each in getattr(item, name))
        else:
            yield (name,)


def parse_table_path(item: Item, text: str) -> tuple[str, ...] | None:
    """The path that ``trust``, ``bars.recall`` or a new ``bars.f1`` names; None if invalid."""
    name, _, key = text.partition(".")
    info = type(item).model_fields.get(name)
    if (
        info is None
        or name in _OWN_FORM
        or _table_type(info.annotation) is None
        or _is_named_table(info.annotation) != bool(key)
    ):
        return None
    return (name, key) if key else (name,)


def table_fields(item: Item, table: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields of a table of an item, in the order of the format."""
    model = model_at(type(item), table)
    fields = _fields_by_key(model).items() if model is not None else ()
    return tuple(_table_field(table, name, info) for name, info in fields)


def _table_field(table: tuple[str, ...], name: str, info: FieldInfo) -> Field:
    doc = field_doc_of(info)
    kind = number_kind(info) or "toml"
    path = (*table, name)
    return Field(path, name, kind, doc.unit, example=_example(info), default=_default(info))


def remaining_fields(item: Item, but: Iterable[Field]) -> tuple[Field, ...]:
    """The scalar fields of an item beyond these and beyond what its stages replace."""
    known = {field.path[0] for field in but} | _OWN_FORM
    if isinstance(item, ModelFields) and item.stages is not None:
        known.add("effort")
    return tuple(each for each in scalar_fields(type(item)) if each.path[0] not in known)


def scalar_fields(model: type[Table]) -> tuple[Field, ...]:
    """The fields of a table that aren't tables themselves."""
    known = COMMON_FIELDS if issubclass(model, ItemBase) else {}
    return tuple(
        known.get(name) or _scalar_field(name, info)
        for name, info in _fields_by_key(model).items()
        if _table_type(info.annotation) is None
    )


def _scalar_field(name: str, info: FieldInfo) -> Field:
    way = next(
        (each for each in _alternatives(info.annotation) if each is not type(None)), info.annotation
    )
    words = tuple(map(str, get_args(way))) if get_origin(way) is Literal else ()
    return Field(
        (name,),
        info.title or name,
        number_kind(info) or _kind(way, words),
        field_doc_of(info).unit,
        example=_example(info),
        default=_default(info),
        options=words,
    )


def model_at(model: type[Table], path: KeyPath) -> type[Table] | None:
    """The model of the table at a path; None if there is no table."""
    if not path:
        return model
    info = _fields_by_key(model).get(str(path[0]))
    inside = None if info is None else _table_type(info.annotation)
    if info is None or inside is None:
        return None
    named = _is_named_table(info.annotation) and not _is_plain(info.annotation, inside, path[1:])
    return model_at(inside, path[1 + named :]) if len(path) > named else None


def _is_plain(annotation: object, inside: type[Table], path: KeyPath) -> bool:
    """Whether a field that may be a table or named tables is the table at this path."""
    has_table = any(isinstance(each, type) for each in _alternatives(annotation) if each is inside)
    return has_table and (not path or str(path[0]) in _fields_by_key(inside))


def subtables(model: type[Table]) -> Iterator[str]:
    """The tables within a table, except named ones."""
    for name, info in _fields_by_key(model).items():
        if _table_type(info.annotation) is not None and not _is_named_table(info.annotation):
            yield name


def _fields_by_key(model: type[Table]) -> dict[str, FieldInfo]:
    """The fields of a table, by the key in the file."""
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _kind(way: object, words: tuple[str, ...]) -> FieldKind:
    """How a value is typed."""
    while get_origin(way) is Annotated:
        way = get_args(way)[0]
    if words:
        return "word"
    if get_origin(way) is tuple:
        if get_args(way)[0] is str or get_origin(get_args(way)[0]) is Literal:
            return "list"
        return "toml"
    return "text" if way is str else "toml"


def _is_named_table(annotation: object) -> bool:
    """Whether it is a table of named tables."""
    return get_origin(annotation) is dict or any(
        _is_named_table(each) for each in _alternatives(annotation)
    )


def _table_type(annotation: object) -> type[Table] | None:
    """The model of the table, or of the named tables, of a field; None if it isn't one."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    if get_origin(annotation) is dict:
        inside = get_args(annotation)[1:]
    else:
        inside = _alternatives(annotation)
    return next((found for each in inside if (found := _table_type(each)) is not None), None)


def _alternatives(annotation: object) -> tuple[object, ...]:
    """The alternatives of an annotation."""
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[:1]
    return get_args(annotation) if get_origin(annotation) in {Union, types.UnionType} else ()


def _example(info: FieldInfo) -> str:
    """Placeholder of a field."""
    kind = number_kind(info)
    hint = TYPED_EXAMPLES.get(kind, "") if kind else ""
    return f"{'needed: ' if info.is_required() else ''}{hint or _type_hint(info.annotation)}"


def _default(info: FieldInfo) -> str:
    """Its default as text, where that is the same for all items."""
    default = None if info.is_required() else info.get_default(call_default_factory=True)
    if isinstance(default, str):
        return default
    return serialize_value(default) if isinstance(default, int | float) else ""


def _type_hint(annotation: object) -> str:
    """How a value is typed."""
    ways = [each for each in _alternatives(annotation) if each is not type(None)]
    if ways:
        return _type_hint(ways[0])
    if get_origin(annotation) is Literal:
        return ", ".join(map(str, get_args(annotation)))
    if get_origin(annotation) is tuple:
        return f"[{_type_hint(get_args(annotation)[0])}, …]"
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return f"{{ {', '.join(f'{name} =' for name in annotation.model_fields)} }}"
    words: dict[object, str] = {
        Estimate: "3, 3–9 or 3 4 9",
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        dt.date: "2026-11-30",
        str: "words",
    }
    return words.get(annotation, "a TOML value")
