"""Spelling new values and tables in TOML 1.0, as a person would lay them out."""

from collections.abc import Mapping
from typing import TypeGuard

import tomli_w

from roadmap_tui.document.values import Values
from roadmap_tui.plan.faults import KeyPath

TRACKS = ("product", "model", "spike")

_KEYED_TABLES = {*TRACKS, "teams", "market", "scenario", "bars"}
_MAX_LINE = 100
_MAX_EXACT_FLOAT = 2**53


def serialize_key(key: str) -> str:
    """A key, in quotes if it needs them."""
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def serialize_value(value: object, *, multiline: bool = False) -> str:
    """A value; if `multiline`, a list that may grow takes one line for each element.

    Lists of numbers are estimates, which stay on one line. A whole float becomes an integer.
    """
    match value:
        case Mapping():
            inside = ", ".join(
                f"{serialize_key(key)} = {serialize_value(each)}" for key, each in value.items()
            )
            return f"{{ {inside} }}" if inside else "{}"
        case list() if multiline and is_growing_list(value):
            return "[\n" + "".join(f"    {serialize_value(each)},\n" for each in value) + "]"
        case list():
            return f"[{', '.join(serialize_value(each) for each in value)}]"
        case float() if value.is_integer() and abs(value) < _MAX_EXACT_FLOAT:
            return str(int(value))
    return tomli_w.dumps({"v": value}).removeprefix("v = ").removesuffix("\n")


def needs_header(value: object, path: KeyPath) -> TypeGuard[Values]:
    """Whether `value` at `path` reads best as a table with a header, not as ``key = { … }``."""
    if not isinstance(value, Mapping) or not all(isinstance(step, str) for step in path):
        return False
    # Tables that people look for by name, such as [product.search], always get a header.
    if len(path) == 1 or (len(path) in (2, 4) and path[-2] in _KEYED_TABLES):
        return True
    if any(isinstance(each, Mapping) or is_growing_list(each) for each in value.values()):
        return True
    return len(f"{path[-1]} = {serialize_value(value)}") > _MAX_LINE


def serialize_table(path: KeyPath, table: Values) -> str:
    """A table with its header, and its sub-tables below it; lines end with a newline."""
    lines, blocks = [], []
    for key, value in table.items():
        if needs_header(value, (*path, key)):
            blocks.append(serialize_table((*path, key), value))
        else:
            lines.append(f"{serialize_key(key)} = {serialize_value(value, multiline=True)}\n")
    header = f"[{'.'.join(serialize_key(str(step)) for step in path)}]\n"
    # A table that only has sub-tables needs no header of its own.
    own = ["".join([header, *lines])] if lines or not blocks else []
    return "\n".join([*own, *blocks])


def is_growing_list(value: object) -> bool:
    """Whether a value is a list that may grow; lists of numbers are estimates, which don't."""
    return isinstance(value, list) and not all(isinstance(each, (int, float)) for each in value)
