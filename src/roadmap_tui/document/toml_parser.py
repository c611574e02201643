"""Text to data; if it isn't TOML, the first fault of its syntax."""

import re
from typing import TypeAlias

import tomli

from roadmap_tui.document.limits import MAX_DEPTH
from roadmap_tui.document.positions import BOM
from roadmap_tui.document.syntax_errors import deepest_bracket, explain_syntax_error
from roadmap_tui.document.values import Values
from roadmap_tui.plan.faults import Fault

FaultAtOffset: TypeAlias = tuple[Fault, int | None]
"""A fault, and its offset in the text if its path doesn't show the place."""

_Nested: TypeAlias = dict[str, object] | list[object]

# Python refuses to convert longer numbers, without saying where they are.
_LONG_NUMBER = re.compile(r"[0-9][0-9_]{4000,}")


def parse_toml(
    text: str, known_data: Values | None = None
) -> tuple[Values | None, tuple[FaultAtOffset, ...]]:
    """The data of a TOML text, or None and the fault that prevents it.

    Args:
        text: the text; it may begin with a byte order mark.
        known_data: its data, where that is known already.
    """
    begin = int(text.startswith(BOM))
    try:
        data: Values = tomli.loads(text[begin:]) if known_data is None else known_data
    except tomli.TOMLDecodeError as error:
        offset = _offset(text, error.lineno, error.colno)
        return None, (explain_syntax_error(error.msg, text, offset),)
    except RecursionError:
        return None, (_too_deep_fault(text),)
    except ValueError:
        number = _LONG_NUMBER.search(text)
        fault = Fault("syntax", (), "a number with too many digits", "write a shorter one")
        return None, ((fault, number.start() if number else begin),)
    if _nesting_depth(data) > MAX_DEPTH:
        return None, (_too_deep_fault(text),)
    return data, ()


def _offset(text: str, line: int, column: int) -> int:
    start = int(text.startswith(BOM))
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def _too_deep_fault(text: str) -> FaultAtOffset:
    problem = "lists or tables are nested too deeply"
    fault = Fault("too-deep", (), problem, f"{MAX_DEPTH} levels at most")
    return fault, deepest_bracket(text)


def _nesting_depth(data: Values) -> int:
    """How deep tables and lists are nested; counting ends beyond the limit."""
    level: list[_Nested] = [dict(data)]
    depth = 0
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = _nested_values(level)
    return depth


def _nested_values(values: list[_Nested]) -> list[_Nested]:
    """The tables and lists directly inside of tables and lists."""
    inside: list[_Nested] = []
    for value in values:
        parts = value.values() if isinstance(value, dict) else value
        inside += [part for part in parts if isinstance(part, (dict, list))]
    return inside
