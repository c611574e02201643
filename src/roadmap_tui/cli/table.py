"""Text tables for a terminal: aligned by cell width, and fitted to the terminal."""

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
    """A column of a table.

    Attributes:
        head: its heading.
        right: whether its cells are aligned to the right, as figures are.
        shrinks: whether its cells may be cut where there is too little room.
        optional: whether it is left out before the others; after these, the last one is.
        name: its name in the note on columns left out, if that isn't the heading.
    """

    head: str
    right: bool = False
    shrinks: bool = False
    optional: bool = False
    name: str = ""

    def min_width(self, wanted: int) -> int:
        """The width that it needs at least, of the one that it wants."""
        return min(wanted, _MIN_WIDTH) if self.shrinks else wanted


def format_table(
    columns: Sequence[TextColumn], rows: Sequence[Sequence[str]], indent: str = ""
) -> list[str]:
    """The lines of a table, its head first.

    In a terminal that is too narrow, columns that shrink are cut, then columns are left out; a
    last line names those.
    """
    cells = [[column.head for column in columns], *rows]
    wanted = [max(map(cell_len, column)) for column in zip_longest(*cells, fillvalue="")]
    total = output_width()
    kept = _visible_columns(columns, wanted, total - cell_len(indent))
    shown = [columns[at] for at in kept]
    room = total - cell_len(indent) - len(GAP) * (len(kept) - 1)
    widths = _fit_widths(shown, [wanted[at] for at in kept], room)
    lines = list[str]()
    for row in cells:
        line = _format_row(shown, [row[at] for at in kept], widths)
        lines.append(truncate_cells(indent + line, total))
    return [*lines, *_omitted_line(columns, kept, indent)]


def _visible_columns(columns: Sequence[TextColumn], wanted: list[int], room: int) -> list[int]:
    """The columns that fit once those that shrink have, at least the first that names the rows."""
    kept = list(range(len(columns)))
    naming = (at for at, column in enumerate(columns) if column.shrinks and not column.optional)
    first = next(naming, 0)
    while _min_total(columns, wanted, kept) > room:
        others = [at for at in kept if at > first]
        if not others:
            break
        kept.remove(max(others, key=lambda at: (columns[at].optional, at)))
    return kept


def _min_total(columns: Sequence[TextColumn], wanted: list[int], kept: list[int]) -> int:
    gaps = len(GAP) * (len(kept) - 1)
    return gaps + sum(columns[at].min_width(wanted[at]) for at in kept)


def _omitted_line(columns: Sequence[TextColumn], kept: list[int], indent: str) -> list[str]:
    """A note that names the columns left out, if there are any."""
    left_out = [column for at, column in enumerate(columns) if at not in kept]
    if not left_out:
        return []
    names = ", ".join(column.name or column.head.strip() for column in left_out)
    remedy = "A wider terminal shows all, and so does a pipe: | less -S"
    if "COLUMNS" in os.environ:  # a pipe would have the same width
        remedy = "A larger COLUMNS shows all"
    return wrap_text(f"No room for: {names}. {remedy}", indent, indent)


def output_width() -> int:
    """The terminal's width in cells; unlimited where the output isn't a terminal."""
    if _is_terminal():
        return shutil.get_terminal_size().columns
    if "COLUMNS" in os.environ:
        return shutil.get_terminal_size((_UNLIMITED, 0)).columns
    return _UNLIMITED


def bold(text: str) -> str:
    """The text in bold, if the output is a terminal that supports it and NO_COLOR is unset."""
    plain = os.environ.get("NO_COLOR") or not supports_styling() or not _is_terminal()
    return text if plain else f"\x1b[1m{text}\x1b[0m"


def supports_styling() -> bool:
    """Whether the terminal supports escape sequences for style and cursor."""
    return os.environ.get("TERM", "dumb") not in {"", "dumb"} or os.name == "nt"


def truncate_cells(text: str, cells: int) -> str:
    """The text, shortened to at most that many cells."""
    if cell_len(text) <= cells:
        return text
    return set_cell_size(text, cells - 1).rstrip() + "…"


def wrap_text(text: str, indent: str = "", hang: str = "") -> list[str]:
    """The text in lines that fit, broken between words; lines after the first begin with `hang`."""
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
    """Column widths that fit the room; the widest column that shrinks gives way first."""
    widths = list(wanted)
    while sum(widths) > room:
        shrinking = [
            at for at, column in enumerate(columns) if column.shrinks and widths[at] > _MIN_WIDTH
        ]
        if not shrinking:
            break
        widths[max(shrinking, key=widths.__getitem__)] -= 1
    return widths


def _format_row(columns: Sequence[TextColumn], row: Sequence[str], widths: list[int]) -> str:
    parts = []
    for column, text, cells in zip(columns, row, widths, strict=True):
        shown = truncate_cells(text, cells)
        space = " " * (cells - cell_len(shown))
        parts.append(space + shown if column.right else shown + space)
    return GAP.join(parts).rstrip()
