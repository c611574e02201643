"""Measurements from a CSV file: a line for each, its first line naming the columns."""

import csv
import datetime as dt
import io

from roadmap_tui.evidence.measurement import MEASUREMENT_FORMS
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.storage.load import Unreadable, load_bytes
from roadmap_tui.text.terminal_text import escape_control

_COUNT_COLUMNS = {*MEASUREMENT_FORMS[0], *MEASUREMENT_FORMS[2]}
_COLUMNS = ("on", "dataset", *(name for form in MEASUREMENT_FORMS for name in form))


def read_measurements(path: str) -> list[dict[str, object]] | str:
    """The measurements that a file holds, by column; or what is wrong with it."""
    raw = load_bytes(path)
    if isinstance(raw, Unreadable):
        return raw.text
    try:
        text = raw.decode("utf-8-sig")
        if "\0" in text:
            line = text.count("\n", 0, text.index("\0")) + 1
            return f"{path}:{line}: a zero byte, so it is no CSV; export it as CSV UTF-8"
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return f"{path}:{line}: not UTF-8 text; save it as CSV UTF-8"
    except csv.Error as error:
        return f"{path}: no CSV: {error}"
    return _parse_rows(path, lines)


def _parse_rows(path: str, lines: list[list[str]]) -> list[dict[str, object]] | str:
    head = [name.strip().lower() for name in lines[0]] if lines else []
    unknown = next((name for name in head if name not in _COLUMNS), None)
    if unknown is not None or len({*head}) < len(head) or not head:
        remedy = (
            did_you_mean(unknown or "", _COLUMNS)
            or f"its first line names columns: {', '.join(_COLUMNS)}"
        )
        wrong = (
            "no columns"
            if not head
            else f"no column {unknown}"
            if unknown is not None
            else "a column twice"
        )
        return f"{path}:1: {escape_control(wrong)}; {remedy}"
    rows: list[dict[str, object]] = []
    for at, cells in enumerate(lines[1:], start=2):
        if not any(each.strip() for each in cells):
            continue
        if len(cells) != len(head):
            return f"{path}:{at}: {len(cells)} cells, where the first line has {len(head)}"
        given = {name: cell.strip() for name, cell in zip(head, cells, strict=True) if cell.strip()}
        try:
            rows.append({name: _parse_cell(name, cell) for name, cell in given.items()})
        except ValueError:
            told = ", ".join(f"{name} {cell}" for name, cell in given.items())
            return f"{path}:{at}: {escape_control(told)}: counts are whole numbers, days such as 2026-11-23"
    return rows or f"{path}: no measurement in it"


def _parse_cell(name: str, cell: str) -> object:
    if name == "dataset":
        return cell
    if name == "on":
        return dt.date.fromisoformat(cell)
    return int(cell) if name in _COUNT_COLUMNS else float(cell)
