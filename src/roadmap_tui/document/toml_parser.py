"""Text to data; the first fault of the syntax if it is not TOML."""

import re
from typing import TypeAlias

import tomli

from roadmap_tui.document.positions import BOM
from roadmap_tui.document.syntax_errors import deepest_bracket, explain_syntax_error
from roadmap_tui.document.values import Values
from roadmap_tui.plan.faults import Fault

FaultAtOffset: TypeAlias = tuple[Fault, int | None]
"""A fault, and where it stands as an offset into the text, if its path does not tell."""

MAX_DEPTH = 40
"""How many tables and lists may stand in one another; far from where a recursion would end."""

_LONG_NUMBER = re.compile(r"[0-9][0-9_]{4000,}")


def parse_toml(
    text: str, known_data: Values | None = None
) -> tuple[Values | None, tuple[FaultAtOffset, ...]]:
    """What `text`, byte order mark allowed, says as TOML, which may be known; None and a fault if it can't be read."""
    begin = int(text.startswith(BOM))
    try:
        data: Values = tomli.loads(text[begin:]) if known_data is None else known_data
    except tomli.TOMLDecodeError as error:
        return None, (
            explain_syntax_error(error.msg, text, _offset(text, error.lineno, error.colno)),
        )
    except RecursionError:
        return None, (_too_deep_fault(text),)
    except ValueError:
        number = _LONG_NUMBER.search(text)
        fault = Fault("syntax", (), "a number with too many digits", "write a shorter one")
        return None, ((fault, number.start() if number else begin),)
    return (None, (_too_deep_fault(text),)) if _nesting_depth(data) > MAX_DEPTH else (data, ())


def _offset(text: str, line: int, column: int) -> int:
    start = int(text.startswith(BOM))
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def _too_deep_fault(text: str) -> FaultAtOffset:
    fault = Fault(
        "too-deep",
        (),
        "lists or tables within each other too deeply",
        f"{MAX_DEPTH} levels at most",
    )
    return fault, deepest_bracket(text)


def _nesting_depth(data: Values) -> int:
    level: list[dict[str, object] | list[object]] = [dict(data)]
    depth = 0
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            child
            for each in level
            for child in (each.values() if isinstance(each, dict) else each)
            if isinstance(child, (dict, list))
        ]
    return depth
