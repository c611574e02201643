"""Tables in CSV: bytes to rows, each with the line where it stands."""

import codecs
import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain

MAX_BYTES = 50_000_000
_DELIMITERS = ",;\t"
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class CsvRow:
    """One row of a table.

    Attributes:
        line: where it begins, from 1.
        cells: the values by column; columns with the same name have one value each.
    """

    line: int
    cells: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """Something in a table that could not be read.

    Attributes:
        line: its line, from 1.
        column: the column, if it is about one.
        text: what is wrong, and what was done about it.
    """

    line: int
    column: str
    text: str


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table.

    Attributes:
        column_names: the names of the columns, each once.
        has_decimal_comma: whether numbers have one, as is usual where semicolons separate columns.
        problems: rows that are left out, and why.
    """

    column_names: tuple[str, ...]
    rows: tuple[CsvRow, ...]
    has_decimal_comma: bool
    problems: tuple[ImportProblem, ...]

    def first_value(self, column: str) -> str:
        """The first value in a column; empty if there is none."""
        values = chain.from_iterable(row.cells.get(column, ()) for row in self.rows)
        return next(filter(None, values), "")


def read_csv_table(raw: bytes, encoding: str | None = None) -> CsvTable | str:
    """A table from bytes, or what is wrong with them.

    Args:
        raw: the whole file.
        encoding: left out, UTF-8, or UTF-16 with a byte order mark.
    """
    text = _decode(raw, encoding)
    if isinstance(text, _DecodingFault):
        return text.text
    if not text.strip():
        return "it is empty; its first line must name the columns"
    if "\0" in text:
        return "it contains null bytes, so it is not a CSV; export it as CSV"
    delimiter = _detect_delimiter(text)
    try:
        lines = _read_rows(text, delimiter)
    except _BrokenError as broken:
        return broken.text
    head = tuple(name.strip() for name in lines[0][1])
    if sum(1 for name in head if name) < 2:
        return (
            "line 1: fewer than two columns; the first line must name them, separated by commas,"
            " semicolons or tabs"
        )
    return _build_table(head, lines[1:], comma=delimiter == ";")


@dataclass(frozen=True, slots=True)
class _DecodingFault:
    text: str


class _BrokenError(Exception):
    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


def _decode(raw: bytes, encoding: str | None) -> str | _DecodingFault:
    is_utf16 = raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    wanted = encoding or ("utf-16" if is_utf16 else "utf-8-sig")
    try:
        text = raw.decode(wanted)
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        remedy = "name another"
        if encoding is None:
            remedy = "save it as CSV UTF-8, or name its encoding: --encoding cp1252"
        name = wanted.removesuffix("-sig").upper()
        return _DecodingFault(f"line {line}: not {name} text; {remedy}")
    except (LookupError, ValueError):
        return _DecodingFault(
            f'no encoding is called "{wanted}"; Windows in Western Europe and America uses cp1252'
        )
    half = _HALF_CHARACTER.search(text)
    if half is not None:
        line = text.count("\n", 0, half.start()) + 1
        return _DecodingFault(f"line {line}: an incomplete character; save it as CSV UTF-8")
    return text


def _detect_delimiter(text: str) -> str:
    """The most frequent separator in the first line, outside of quotes."""
    counts: Counter[str] = Counter()
    quoted = False
    for character in text:
        if character == '"':
            quoted = not quoted
        elif character in "\r\n" and not quoted and counts:
            break
        elif not quoted and character in _DELIMITERS:
            counts[character] += 1
    return max(_DELIMITERS, key=lambda each: counts[each])


def _read_rows(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    """The rows that aren't empty, each with its first line."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    found: list[tuple[int, list[str]]] = []
    begun = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                found.append((begun, cells))
            begun = reader.line_num + 1
    except csv.Error as error:
        raise _BrokenError(f"line {begun}: {_csv_error_text(str(error))}") from None
    return found


def _csv_error_text(error: str) -> str:
    if "unexpected end of data" in error:
        return "a quote that opens here is never closed; close it, or double it"
    if "field limit" in error:
        return "a cell of more than 131,072 characters; are its quotes closed?"
    return f"no CSV ({error}); double the quotes inside a cell"


def _build_table(
    head: tuple[str, ...], lines: list[tuple[int, list[str]]], *, comma: bool
) -> CsvTable:
    rows, problems = [], []
    for line, cells in lines:
        if len(cells) > len(head) and any(cell.strip() for cell in cells[len(head) :]):
            text = (
                f"{len(cells)} cells, but the first line names {len(head)} columns; the row is"
                " left out"
            )
            problems.append(ImportProblem(line, "", text))
            continue
        by_name: dict[str, tuple[str, ...]] = {}
        for name, cell in zip(head, cells, strict=False):
            if name and cell.strip():
                by_name[name] = (*by_name.get(name, ()), cell.strip())
        rows.append(CsvRow(line, by_name))
    names = tuple(dict.fromkeys(name for name in head if name))
    return CsvTable(names, tuple(rows), comma, tuple(problems))
