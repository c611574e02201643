"""A figure with how it is made."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from roadmap_tui.report.inputs import Given

PlanSubject: TypeAlias = Literal["plan value", "move", "price", "load", "cost", "upkeep", "record"]
"""A figure of the whole plan."""
WHOLE: frozenset[str] = frozenset(get_args(PlanSubject))
Subject: TypeAlias = Literal[
    "ships",
    "finish",
    "score",
    "value",
    "bucket",
    "answer",
    "worth",
    "takes",
    "npv",
    "fit",
    PlanSubject,
]


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure with how it is made.

    Attributes:
        figure: its name and its value: ``ships 57% by Nov 2027``.
        formula: in words, line by line.
    """

    subject: Subject
    figure: str
    formula: tuple[str, ...]
    givens: tuple[Given, ...]
