"""Values of single cells: numbers that a plan may have, words of scales and of statuses."""

import re

from pydantic_core import PydanticCustomError

from roadmap_tui.plan.base import Status
from roadmap_tui.plan.estimate import Size, parse_estimate
from roadmap_tui.text.number_grammar import NumberFault, quote_input
from roadmap_tui.text.number_runs import DecimalMark
from roadmap_tui.text.typed_numbers import (
    EffortUnit,
    NumberOrRange,
    read_effort,
    read_quantity,
)

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


def read_cell_quantity(cell: str, decimal: DecimalMark) -> NumberOrRange | NumberFault:
    """A number or a range that a plan may have."""
    return _checked(cell, read_quantity(cell, decimal=decimal))


def read_cell_effort(
    cell: str, unit: EffortUnit, decimal: DecimalMark
) -> NumberOrRange | Size | NumberFault:
    """An effort in person-weeks that a plan may have, or a size."""
    value = read_effort(cell, unit=unit, decimal=decimal)
    return value if isinstance(value, str) else _checked(cell, value)


def _checked(cell: str, value: NumberOrRange | NumberFault) -> NumberOrRange | NumberFault:
    if isinstance(value, NumberFault):
        return value
    try:
        parse_estimate(value)
    except PydanticCustomError as error:
        context = error.context or {}
        problem = f"{quote_input(cell)}: {context.get('problem', 'not an estimate')}"
        return NumberFault(0, problem, str(context.get("remedy", "")))
    return value


def split_words(cells: tuple[str, ...]) -> list[str]:
    """Words or phrases of cells that list them with commas, semicolons or line ends; each once."""
    words: dict[str, None] = {}
    for cell in cells:
        words |= dict.fromkeys(piece.strip() for piece in re.split(r"[,;\n]", cell))
    return [word for word in words if word]


def to_single_line(cell: str) -> str:
    """A text in one line, without spaces at its ends."""
    return " ".join(cell.split())
