"""Tables of text for a terminal: aligned in cells, as wide as there is room."""

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from rich.cells import cell_len, set_cell_size

GAP = "  "
_MIN_WIDTH = 12
_UNLIMITED = 10_000


@dataclass(frozen=True, slots=True)
class TextColumn:
    """A column.

    Attributes:
        head: what stands above it.
        right: whether it holds figures.
        yields: whether it gives way where room is short.
        spare: whether it is left out before the others where there is no room for all; then the last one is.
        called: its name where it is left out, if its head does not say it.
    """

    head: str
    right: bool = False
    yields: bool = False
    spare: bool = False
    called: str = ""


def format_table(
    columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], indent: str = ""
) -> list[str]:
    """The lines of a table, its head first.

    Where a terminal has no room for it, the columns that yield are cut, then columns are left out; a last line names
    those.
    """
    cells = [[column.head for column in columns], *rows]
    wanted = [max(map(cell_len, column)) for column in zip_longest(*cells, fillvalue="")]
    all_of_it = output_width()
    kept = _visible_columns(columns, wanted, all_of_it - cell_len(indent))
    shown = [columns[at] for at in kept]
    room = all_of_it - cell_len(indent) - len(GAP) * (len(kept) - 1)
    widths = _fit_widths(shown, [wanted[at] for at in kept], room)
    lines = [
        truncate_cells(indent + _format_row(shown, [row[at] for at in kept], widths), all_of_it)
        for row in cells
    ]
    return [*lines, *_omitted_line(columns, kept, indent)]


def _visible_columns(columns: Sequence[TextColumn], wanted: list[int], room: int) -> list[int]:
    """The columns that there is room for once those that yield have done so, at least the first that must stay."""
    kept = list(range(len(columns)))
    first = next((at for at, column in enumerate(columns) if column.yields and not column.spare), 0)
    while (
        sum(_min_width(columns[at], wanted[at]) for at in kept) + len(GAP) * (len(kept) - 1) > room
    ):
        others = [at for at in kept if at > first]
        if not others:
            break
        kept.remove(max(others, key=lambda at: (columns[at].spare, at)))
    return kept


def _min_width(column: TextColumn, wanted: int) -> int:
    return min(wanted, _MIN_WIDTH) if column.yields else wanted


def _omitted_line(columns: Sequence[TextColumn], kept: list[int], indent: str) -> list[str]:
    """What was left out, in a line."""
    left_out = [column for at, column in enumerate(columns) if at not in kept]
    if not left_out:
        return []
    names = ", ".join(column.called or column.head.strip() for column in left_out)
    # a pipe would have the same width
    is_stated = "COLUMNS" in os.environ
    remedy = (
        "A larger COLUMNS shows all"
        if is_stated
        else "A wider terminal shows all, and so does a pipe: | less -S"
    )
    return wrap_text(f"No room for: {names}. {remedy}", indent, indent)


def output_width() -> int:
    """The terminal's width in cells; endless where nobody looks at it in a terminal."""
    if _is_terminal():
        return shutil.get_terminal_size().columns
    if "COLUMNS" in os.environ:
        return shutil.get_terminal_size((_UNLIMITED, 0)).columns
    return _UNLIMITED


def bold(text: str) -> str:
    """The text in bold, where there is a terminal that shows it and nobody minds."""
    plain = os.environ.get("NO_COLOR") or not supports_styling() or not _is_terminal()
    return text if plain else f"\x1b[1m{text}\x1b[0m"


def supports_styling() -> bool:
    """Whether the terminal obeys codes for looks and for the cursor."""
    return os.environ.get("TERM", "dumb") not in {"", "dumb"} or os.name == "nt"


def truncate_cells(text: str, cells: int) -> str:
    """The text in at most that many cells."""
    return text if cell_len(text) <= cells else set_cell_size(text, cells - 1).rstrip() + "…"


def wrap_text(text: str, indent: str = "", hang: str = "") -> list[str]:
    """The text in lines that fit, broken between words; all but the first begin with `hang`."""
    lines, line = [], indent
    for word in text.split():
        joined = f"{line}{word}" if line in {indent, hang} else f"{line} {word}"
        if cell_len(joined) > output_width() and line not in {indent, hang}:
            lines.append(line)
            joined = hang + word
        line = joined
    return [*lines, line]


def title_lines(text: str) -> list[str]:
    """A title in bold, in lines that fit; a word that is wider than a line is cut."""
    return [bold(truncate_cells(line, output_width())) for line in wrap_text(text)]


def _is_terminal() -> bool:
    return sys.stdout is not None and sys.stdout.isatty()


def _fit_widths(columns: Sequence[TextColumn], wanted: list[int], room: int) -> list[int]:
    """Column widths that fit the room, taken from the widest of those that yield."""
    widths = list(wanted)
    while sum(widths) > room:
        yielding = [
            at for at, column in enumerate(columns) if column.yields and widths[at] > _MIN_WIDTH
        ]
        if not yielding:
            break
        widths[max(yielding, key=widths.__getitem__)] -= 1
    return widths


def _format_row(columns: Sequence[TextColumn], row: Sequence[str], widths: list[int]) -> str:
    parts = []
    for column, text, cells in zip(columns, row, widths, strict=True):
        shown = truncate_cells(text, cells)
        space = " " * (cells - cell_len(shown))
        parts.append(space + shown if column.right else shown + space)
    return GAP.join(parts).rstrip()
