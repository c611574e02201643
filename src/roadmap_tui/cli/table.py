"""Tables of text for a terminal: aligned in cells, as wide as there is room."""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size

GAP = "  "
_LEAST = 12
_ENDLESS = 10_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, whether it holds figures, and whether it gives way where room is short."""

    head: str
    right: bool = False
    yields: bool = False


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]], indent: str = "") -> list[str]:
    """The lines of a table, its head first; the columns that yield are cut to what room there is."""
    cells = [[column.head for column in columns], *rows]
    wanted = [max(map(cell_len, column)) for column in zip_longest(*cells, fillvalue="")]
    room = width() - cell_len(indent) - len(GAP) * (len(columns) - 1)
    widths = _fitted(columns, wanted, room)
    return [indent + _line(columns, row, widths) for row in cells]


def width() -> int:
    """The terminal's width in cells; endless where nobody looks at it in a terminal."""
    if "COLUMNS" in os.environ or _is_terminal():
        return shutil.get_terminal_size().columns
    return _ENDLESS


def bold(text: str) -> str:
    """The text in bold, where there is a terminal that shows it and nobody minds."""
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" or not _is_terminal()
    return text if plain else f"\x1b[1m{text}\x1b[0m"


def cut(text: str, cells: int) -> str:
    """The text in at most that many cells."""
    return text if cell_len(text) <= cells else set_cell_size(text, cells - 1).rstrip() + "…"


def wrapped(text: str, indent: str = "", hang: str = "") -> list[str]:
    """The text in lines that fit, broken between words; all but the first begin with `hang`."""
    lines, line = [], indent
    for word in text.split():
        joined = f"{line}{word}" if line in {indent, hang} else f"{line} {word}"
        if cell_len(joined) > width() and line not in {indent, hang}:
            lines.append(line)
            joined = hang + word
        line = joined
    return [*lines, line]


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _fitted(columns: Sequence[Column], wanted: list[int], room: int) -> list[int]:
    """Column widths that fit the room, taken from the widest of those that yield."""
    widths = list(wanted)
    while sum(widths) > room:
        yielding = [at for at, column in enumerate(columns) if column.yields and widths[at] > _LEAST]
        if not yielding:
            break
        widths[max(yielding, key=widths.__getitem__)] -= 1
    return widths


def _line(columns: Sequence[Column], row: Sequence[str], widths: list[int]) -> str:
    parts = []
    for column, text, cells in zip(columns, row, widths, strict=True):
        shown = cut(text, cells)
        space = " " * (cells - cell_len(shown))
        parts.append(space + shown if column.right else shown + space)
    return GAP.join(parts).rstrip()
