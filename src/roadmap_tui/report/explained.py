"""A figure with how it is made."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.report.inputs import Given

Subject: TypeAlias = Literal["ships", "finish", "score", "answer", "worth", "takes", "npv", "fit"]


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
