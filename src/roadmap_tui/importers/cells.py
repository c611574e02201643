"""Values of single cells: numbers in any notation, sizes, words of scales and of statuses."""

import re
from typing import TypeAlias

from roadmap_tui.importers.columns import EffortUnit
from roadmap_tui.plan.base import Status
from roadmap_tui.plan.estimate import SIZES, parse_estimate

CellQuantity: TypeAlias = float | int | list[float | int] | str
_NUMBER = re.compile(
    r"(?P<number>\d[\d.,'\u00a0\u202f ]*)(?P<scale>[km]?)", re.IGNORECASE | re.ASCII
)
_THOUSANDS = re.compile(r"\d{1,3}([.,'\u00a0\u202f ])\d{3}(?:\1\d{3})*", re.ASCII)
_RANGE_SEPARATOR = re.compile(r"\s*(?:\.\.+|–|—|-|;|/|\bto\b)\s*")
_LIST_SEPARATOR = re.compile(r",\s+|;\s*")
_WEEKS_PER_UNIT: dict[EffortUnit, float] = {
    "seconds": 1 / 144_000,
    "hours": 1 / 40,
    "days": 1 / 5,
    "weeks": 1,
    "months": 365.25 / 84,
}
"""Person-weeks of 40 hours in one of each."""
IMPACT_WORDS = {
    "massive": 3,
    "very high": 3,
    "high": 2,
    "medium": 1,
    "low": 0.5,
    "minimal": 0.25,
    "very low": 0.25,
}
CONFIDENCE_WORDS = {"high": 1.0, "medium": 0.8, "low": 0.5}
_STATUS_WORDS: dict[Status, str] = {
    "idea": "idea, ideas, backlog, icebox, triage, discovery, parked, later, someday",
    "planned": (
        "planned, to do, todo, open, new, ready, next, selected for development, ready for"
        " development, reopened, not started, unstarted, blocked"
    ),
    "active": (
        "active, in progress, in review, doing, started, now, testing, in testing, in qa, in"
        " development, code review, review, building"
    ),
    "done": "done, closed, resolved, complete, completed, shipped, delivered, merged",
    "live": "live, released, launched, in production",
    "failed": "failed",
    "dropped": (
        "dropped, cancelled, canceled, won't do, wont do, won't fix, rejected, declined, duplicate,"
        " not planned, obsolete"
    ),
}


def _statuses_by_word() -> dict[str, Status]:
    found: dict[str, Status] = {}
    for status, words in _STATUS_WORDS.items():
        found |= dict.fromkeys(words.split(", "), status)
    return found


_STATUS_BY_WORD = _statuses_by_word()


def parse_status(cell: str) -> Status | None:
    """The status for a state of another tool; None if the state is unknown."""
    return _STATUS_BY_WORD.get(cell.casefold().replace("_", " ").replace("’", "'"))


def parse_number(cell: str, *, decimal_comma: bool) -> float | None:
    """The number in a cell such as ``1,200``, ``12k`` or ``1.5``; None if it holds none.

    Args:
        cell: its text.
        decimal_comma: whether a comma comes before decimals, so that points group thousands.
    """
    found = _NUMBER.fullmatch(cell.strip().lstrip("$€£~≈").strip())
    if found is None:
        return None
    decimal, other = (",", ".") if decimal_comma else (".", ",")
    whole, point, part = found["number"].strip().partition(decimal)
    if not point and re.fullmatch(rf"\d+{re.escape(other)}\d{{1,2}}", whole):
        # Where points are decimal, 1,5 is no thousand but has a decimal comma.
        whole, point, part = whole.partition(other)
    grouped = _THOUSANDS.fullmatch(whole) is not None and decimal not in whole
    if not (grouped or whole.isdigit()) or (point and not part.isdigit()):
        return None
    number = float(f"{re.sub(r'[^0-9]', '', whole)}.{part or 0}")
    return number * {"": 1, "k": 1e3, "m": 1e6}[found["scale"].casefold()]


def parse_quantity(cell: str, *, decimal_comma: bool, factor: float = 1) -> CellQuantity | None:
    """A number or a range such as ``3-9`` or ``[3, 4, 9]``, times a factor.

    Returns:
        The quantity; None if the cell holds none, or none that a plan may have.
    """
    parts = _parse_numbers(cell, decimal_comma=decimal_comma)
    if not parts:
        return None
    values = [_round_value(part * factor) for part in parts]
    value: float | int | list[float | int] = values[0] if len(values) == 1 else values
    try:
        parse_estimate(value)
    except ValueError:
        return None
    return value


def _parse_numbers(cell: str, *, decimal_comma: bool) -> list[float] | None:
    text = cell.strip()
    bare = text.strip("[]()")
    if bare == text:
        alone = parse_number(bare, decimal_comma=decimal_comma)
        if alone is not None:
            return [alone]
        pieces = _RANGE_SEPARATOR.split(bare)
    else:
        pieces = _LIST_SEPARATOR.split(bare)
    numbers = [parse_number(piece, decimal_comma=decimal_comma) for piece in pieces]
    known = [number for number in numbers if number is not None]
    return known if len(known) == len(numbers) else None


def parse_effort_cell(cell: str, unit: EffortUnit, *, decimal_comma: bool) -> CellQuantity | None:
    """An effort in person-weeks, or a size."""
    if cell.strip().upper() in SIZES:
        return cell.strip().upper()
    return parse_quantity(cell, decimal_comma=decimal_comma, factor=_WEEKS_PER_UNIT[unit])


def parse_share_cell(cell: str, *, decimal_comma: bool) -> float | None:
    """A share from 0 to 1 in a cell such as ``80%``, ``80`` or ``0.8``."""
    number = parse_number(cell.rstrip("% "), decimal_comma=decimal_comma)
    if number is None:
        return None
    share = number / 100 if "%" in cell or number > 1 else number
    return _round_value(share) if 0 <= share <= 1 else None


def split_words(cells: tuple[str, ...]) -> list[str]:
    """Words or phrases of cells that list them with commas, semicolons or line ends; each once."""
    words: dict[str, None] = {}
    for cell in cells:
        words |= dict.fromkeys(piece.strip() for piece in re.split(r"[,;\n]", cell))
    return [word for word in words if word]


def to_single_line(cell: str) -> str:
    """A text in one line, without spaces at its ends."""
    return " ".join(cell.split())


def _round_value(number: float) -> float | int:
    """The number to four digits, whole if it is."""
    is_short = number == round(number, 6) and abs(number) < 1e6
    value = float(number) if is_short else float(f"{number:.4g}")
    return int(value) if value.is_integer() else value
