"""Plain TOML values: comparing them, and changing them as dicts and lists."""

import datetime as dt
import math
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from roadmap_tui.plan.faults import KeyPath

Values: TypeAlias = Mapping[str, object]

_MAX_DEPTH = 30


class NotTomlError(ValueError):
    """A value that TOML has no word for."""


def to_toml_value(value: object, depth: int = 0) -> object:
    """A copy of `value` in dicts, lists and scalars of TOML.

    Raises:
        NotTomlError: TOML can't represent it.
    """
    if depth > _MAX_DEPTH:
        raise NotTomlError("lists or tables are nested too deeply")
    match value:
        case Mapping():
            if not all(isinstance(key, str) for key in value):
                raise NotTomlError("a key that is not text")
            return {_valid_text(key): to_toml_value(each, depth + 1) for key, each in value.items()}
        case list() | tuple():
            return [to_toml_value(each, depth + 1) for each in value]
        case str():
            return _valid_text(value)
        case dt.time() if value.tzinfo:
            raise NotTomlError("a time of day with a time zone")
        case bool() | int() | float() | dt.date() | dt.time():
            return value
    raise NotTomlError(
        "nothing" if value is None else f"a value of the kind {type(value).__name__}"
    )


def is_same_value(one: object, other: object) -> bool:
    """Whether two values are the same: true isn't 1, nan is nan, and a time zone counts."""
    if one is other:
        return True
    match one, other:
        case Mapping(), Mapping():
            return one.keys() == other.keys() and all(
                is_same_value(each, other[key]) for key, each in one.items()
            )
        case list(), list():
            return len(one) == len(other) and all(map(is_same_value, one, other))
        case ((int() | float()), (int() | float())) if bool not in (type(one), type(other)):
            return one == other or (math.isnan(one) and math.isnan(other))
        case dt.datetime(), dt.datetime():
            return one.isoformat() == other.isoformat()
    return type(one) is type(other) and one == other


def get_at(data: object, path: KeyPath) -> object | None:
    """What stands at `path`, or None: TOML has no null."""
    for step in path:
        match data, step:
            case Mapping(), str() if step in data:
                data = data[step]
            case list(), int() if 0 <= step < len(data):
                data = data[step]
            case _:
                return None
    return data


def with_value_at(data: object, path: KeyPath, value: object) -> object:
    """A copy of `data` with `value` at `path`; missing tables are made, and a list may grow by one.

    Raises:
        LookupError: the path leads through something that is no table, or no list of that length.
    """
    match data, path:
        case Mapping(), (str() as step, *rest):
            inside = value
            if rest:
                inside = with_value_at(data.get(step, {}), tuple(rest), value)
            return {**data, step: inside}
        case list(), (int() as step, *rest) if 0 <= step <= len(data):
            inside = value
            if rest:
                # One step behind the end, a new table is begun.
                inside = with_value_at((*data, {})[step], tuple(rest), value)
            return [*data[:step], inside, *data[step + 1 :]]
    raise LookupError(path)


def without_path(data: object, path: KeyPath) -> object:
    """A copy of `data` without what stands at `path`, where something does."""
    step, rest = path[0], path[1:]
    match data, step:
        case Mapping(), str():
            if rest:
                return {**data, step: without_path(data[step], rest)}
            return {key: each for key, each in data.items() if key != step}
        case list(), int():
            return [
                *data[:step],
                *([without_path(data[step], rest)] if rest else []),
                *data[step + 1 :],
            ]
    raise LookupError(step)


def pruned_variants(data: Values, path: KeyPath) -> Iterator[object]:
    """`data` without `path`, then without each table around it that this left empty.

    Removing the last key of a table removes the table too if no header of its own declares it.
    """
    smaller = without_path(data, path)
    yield smaller
    while len(path) > 1 and not isinstance(path[-2], int) and get_at(smaller, path[:-1]) == {}:
        path = path[:-1]
        smaller = without_path(smaller, path)
        yield smaller


def first_missing_path(data: Values, path: KeyPath, value: object) -> tuple[KeyPath, object]:
    """`path` up to its first missing step, and `value` wrapped in tables for the rest."""
    length = 1
    while length < len(path) and get_at(data, path[:length]) is not None:
        length += 1
    for step in reversed(path[length:]):
        value = {step: value}
    return path[:length], value


def _valid_text(value: str) -> str:
    try:
        value.encode()
    except UnicodeEncodeError:
        raise NotTomlError("text with half a character in it") from None
    return "".join(value)
