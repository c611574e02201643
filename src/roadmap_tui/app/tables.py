"""The tables of an item as forms: every field that the format has, typed as the file spells it."""

import datetime as dt
import types
from collections.abc import Iterator
from typing import Annotated, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from roadmap_tui.app.fields import Field
from roadmap_tui.files.spell import spell_value
from roadmap_tui.plan.base import Table
from roadmap_tui.plan.estimate import Estimate
from roadmap_tui.plan.items import Item

_OWN_FORM = {"stages"}


def tables_of(item: Item) -> Iterator[tuple[str, ...]]:
    """Where an item may have tables: its own, and those that have names in a table of tables."""
    for name, info in type(item).model_fields.items():
        if name in _OWN_FORM or _table_in(info.annotation) is None:
            continue
        if _named(info.annotation):
            yield from ((name, each) for each in getattr(item, name))
        else:
            yield (name,)


def table_at(item: Item, text: str) -> tuple[str, ...] | None:
    """The table meant by ``trust``, ``bars.recall`` or a new name such as ``bars.f1``; None if there is none."""
    name, _, key = text.partition(".")
    info = type(item).model_fields.get(name)
    if info is None or name in _OWN_FORM or _table_in(info.annotation) is None or _named(info.annotation) != bool(key):
        return None
    return (name, key) if key else (name,)


def table_fields(item: Item, table: tuple[str, ...]) -> tuple[Field, ...]:
    """The fields of one of its tables, in the order of the format."""
    model = _table_in(type(item).model_fields[table[0]].annotation)
    fields = model.model_fields.items() if model is not None else ()
    return tuple(Field((*table, name), name, "toml", example=_example(info)) for name, info in fields)


def field_named(item: Item, name: str) -> Field:
    """A field of an item, typed as the file spells it."""
    return Field((name,), name, "toml", example=_example(type(item).model_fields[name]))


def _named(annotation: object) -> bool:
    """Whether it is a table of tables."""
    return get_origin(annotation) is dict or any(_named(each) for each in _ways(annotation))


def _table_in(annotation: object) -> type[Table] | None:
    """The kind of table that a field is, or has by name; None if it is none."""
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return annotation
    inside = get_args(annotation)[1:] if get_origin(annotation) is dict else _ways(annotation)
    return next((found for each in inside if (found := _table_in(each)) is not None), None)


def _ways(annotation: object) -> tuple[object, ...]:
    """What a field may be, what is said of it left aside."""
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[:1]
    return get_args(annotation) if get_origin(annotation) in {Union, types.UnionType} else ()


def _example(info: FieldInfo) -> str:
    """How a field is typed, and what is taken without it."""
    default = info.get_default(call_default_factory=True) if not info.is_required() else None
    taken = spell_value(default) if isinstance(default, str | int | float) else ""
    must = "needed: " if info.is_required() else f"{taken} unless told: " if taken else ""
    return f"{must}{_form(info.annotation)}"


def _form(annotation: object) -> str:
    """How a value is typed."""
    ways = [each for each in _ways(annotation) if each is not type(None)]
    if ways:
        return _form(ways[0])
    if get_origin(annotation) is Literal:
        return ", ".join(map(str, get_args(annotation)))
    if get_origin(annotation) is tuple:
        return f"[{_form(get_args(annotation)[0])}, …]"
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return f"{{ {', '.join(f'{name} =' for name in annotation.model_fields)} }}"
    words: dict[object, str] = {
        Estimate: "3 or [1, 3, 9]",
        bool: "true or false",
        int: "a whole number",
        float: "a number",
        dt.date: "2026-11-30",
        str: "words",
    }
    return words.get(annotation, "a value as in the file")
