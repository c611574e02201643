"""Measurements from a CSV file: one in each row, below a row of column names."""

import csv
import datetime as dt
import io
import math
from collections.abc import Mapping
from itertools import chain

from roadmap_tui.evidence.measurement import IDENTITY_FIELDS, MEASUREMENT_FORMS
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.storage.load import Unreadable, load_bytes
from roadmap_tui.text.number_grammar import NumberFault
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.text.typed_numbers import read_count, read_level

_COUNT_COLUMNS = {*MEASUREMENT_FORMS[0], *MEASUREMENT_FORMS[2], "groups"}
_COLUMNS = ("on", *IDENTITY_FIELDS, "groups", *chain.from_iterable(MEASUREMENT_FORMS))


def read_measurements(path: str) -> list[dict[str, object]] | str:
    """The measurements in a file, by column; or what is wrong with it."""
    lines = _read_lines(path)
    if isinstance(lines, str):
        return lines
    head = [name.strip().lower() for name in lines[0]] if lines else []
    wrong = _head_error(head)
    return f"{path}:1: {wrong}" if wrong else _parse_rows(path, head, lines[1:])


def _read_lines(path: str) -> list[list[str]] | str:
    raw = load_bytes(path)
    if isinstance(raw, Unreadable):
        return raw.text
    try:
        text = raw.decode("utf-8-sig")
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            return f"{path}:{line}: a zero byte, so it is no CSV; export it as CSV UTF-8"
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return f"{path}:{line}: not UTF-8 text; save it as CSV UTF-8"
    except csv.Error as error:
        return f"{path}: no CSV: {error}"


def _head_error(head: list[str]) -> str:
    """What is wrong with the column names; empty if nothing is."""
    unknown = next((name for name in head if name not in _COLUMNS), "")
    if not head:
        wrong = "no columns"
    elif unknown or "" in head:
        wrong = f"no column {unknown}"
    elif len({*head}) < len(head):
        wrong = "a column twice"
    else:
        return ""
    known = f"its first line names columns: {', '.join(_COLUMNS)}"
    return f"{escape_control(wrong)}; {did_you_mean(unknown, _COLUMNS) or known}"


def _parse_rows(
    path: str, head: list[str], lines: list[list[str]]
) -> list[dict[str, object]] | str:
    rows: list[dict[str, object]] = []
    for number, cells in enumerate(lines, start=2):
        if not any(each.strip() for each in cells):
            continue
        if len(cells) != len(head):
            return f"{path}:{number}: {len(cells)} cells, where the first line has {len(head)}"
        given = {name: cell.strip() for name, cell in zip(head, cells, strict=True) if cell.strip()}
        row = _parse_row(given)
        if isinstance(row, str):
            return f"{path}:{number}: {row}"
        rows.append(row)
    return rows or f"{path}: no measurement in it"


def _parse_row(given: Mapping[str, str]) -> dict[str, object] | str:
    try:
        return {name: _parse_cell(name, cell) for name, cell in given.items()}
    except ValueError as error:
        shown = escape_control(", ".join(f"{name} {cell}" for name, cell in given.items()))
        return f"{shown}: {error}; counts are whole numbers, days such as 2026-11-23"


def _parse_cell(name: str, cell: str) -> object:
    if name in IDENTITY_FIELDS:
        return cell
    if name == "on":
        return dt.date.fromisoformat(cell)
    number = read_count(cell) if name in _COUNT_COLUMNS else _read_level(cell)
    if isinstance(number, NumberFault):
        raise ValueError(number.text)
    return number


def _read_level(cell: str) -> float | NumberFault:
    """A level; a CSV has points before decimals unless they are typed otherwise."""
    try:
        number = float(cell)
    except ValueError:
        return read_level(cell)
    return number if math.isfinite(number) else read_level(cell)
