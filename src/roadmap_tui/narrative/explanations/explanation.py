"""A figure with its explanation."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from roadmap_tui.narrative.explanations.inputs import ExplanationInput

PlanFigure: TypeAlias = Literal["plan value", "move", "price", "load", "cost", "upkeep", "record"]
"""Figures of the whole plan."""
PLAN_FIGURES: frozenset[str] = frozenset(get_args(PlanFigure))
FigureName: TypeAlias = Literal[
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
    PlanFigure,
]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A figure with its explanation.

    Attributes:
        figure: name and value: ``ships 57% by Nov 2027``.
        formula: in words, line by line.
    """

    subject: FigureName
    figure: str
    formula: tuple[str, ...]
    inputs: tuple[ExplanationInput, ...]
