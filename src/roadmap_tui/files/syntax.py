"""Text to data; the first fault of the syntax if it is not TOML."""

import re
from collections.abc import Mapping
from typing import TypeAlias

import tomli

from roadmap_tui.files.positions import BOM
from roadmap_tui.plan.faults import Fault

Found: TypeAlias = tuple[Fault, int | None]
"""A fault, and where it stands as an offset into the text, if its path does not tell."""

MAX_DEPTH = 40
"""How many tables and lists may stand in one another; far from where a recursion would end."""

_LONG_NUMBER = re.compile(r"[0-9][0-9_]{4000,}")
_REMEDIES = {
    "Invalid value": 'text stands in quotes, key = "text"; numbers, dates and true or false do not',
    "Expected '=' after a key": "write key = value; a key with spaces or dots in it stands in quotes",
    "Invalid statement": "a line is key = value, a [table], or begins with #",
    "Cannot overwrite a value": "a key may stand once in its table; keep one of the two",
    "Cannot declare": "a table may have one header; move the keys of the second under the first",
    "Cannot mutate immutable": "it was given in one line already; add the key there",
    "Expected newline": "one key = value stands on a line",
    "Unclosed array": "close the list with ]",
    "Unterminated string": "close the text with a quote",
    "Expected \"'''\"": "close the text with three quotes",
    'Expected "\'"': "close the text with a quote",
    "Expected ']": "a header is [table], or [[table]] for one of several",
    "Invalid initial character": "a key has letters, digits, - and _, or stands in quotes",
    "Illegal character": "line ends within text are written \\n; longer text stands in three quotes",
    "Invalid date or datetime": "write a day that exists, such as 2026-11-23",
}


def parse(text: str) -> tuple[dict[str, object] | None, tuple[Found, ...]]:
    """What `text`, byte order mark allowed, says as TOML; None and a fault if it cannot be read."""
    begin = int(text.startswith(BOM))
    try:
        data: dict[str, object] = tomli.loads(text[begin:])
    except tomli.TOMLDecodeError as error:
        return None, ((_syntax(error.msg), _offset(text, error.lineno, error.colno)),)
    except RecursionError:
        return None, (_too_deep(begin),)
    except ValueError:
        number = _LONG_NUMBER.search(text)
        fault = Fault("syntax", (), "a number with too many digits", "write a shorter one")
        return None, ((fault, number.start() if number else begin),)
    return (None, (_too_deep(begin),)) if _depth(data) > MAX_DEPTH else (data, ())


def _syntax(message: str) -> Fault:
    wrong = f"{message[:1].lower()}{message[1:]}"
    right = next((remedy for start, remedy in _REMEDIES.items() if message.startswith(start)), "")
    return Fault("syntax", (), f"not valid TOML: {wrong}", right)


def _offset(text: str, line: int, column: int) -> int:
    start = int(text.startswith(BOM))
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column - 1


def _too_deep(offset: int) -> Found:
    return Fault("too-deep", (), "lists or tables within each other too deeply", f"{MAX_DEPTH} levels at most"), offset


def _depth(data: object) -> int:
    level, depth = [data], 0
    while level and depth <= MAX_DEPTH:
        depth += 1
        level = [
            child
            for each in level
            for child in (each.values() if isinstance(each, Mapping) else each if isinstance(each, list) else ())
            if isinstance(child, (Mapping, list))
        ]
    return depth
