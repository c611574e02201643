"""A judgement: how one aspect of an AI item stands, and the evidence that it rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

JudgementLevel: TypeAlias = Literal["not applicable", "ok", "unknown", "watch", "bad"]
JUDGEMENT_LEVELS: tuple[JudgementLevel, ...] = (
    "not applicable",
    "ok",
    "unknown",
    "watch",
    "bad",
)
"""From best to worst."""
FINDING_LEVELS: frozenset[JudgementLevel] = frozenset({"unknown", "watch", "bad"})
"""The levels that ask for something to be done."""
Aspect: TypeAlias = Literal[
    "quality",
    "segments",
    "failure modes",
    "trust",
    "cohorts",
    "activation",
    "churn",
    "latency",
    "data",
    "monitoring",
    "retraining",
    "oversight",
]
ASPECTS: tuple[Aspect, ...] = (
    "quality",
    "segments",
    "failure modes",
    "trust",
    "cohorts",
    "activation",
    "churn",
    "latency",
    "data",
    "monitoring",
    "retraining",
    "oversight",
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """One judgement of an item.

    Attributes:
        aspect: what is judged.
        issue: what exactly is judged of it; the checks find a judgement by this name.
        path: the keys of the field that it is about, below the item.
        level: how it stands.
        reason: why, in a clause with its figures.
        evidence: the counts, the dates or the sentence of a person that it rests on; empty only if
            there is none, and then the level isn't ``ok``.
        numbers: the figures of the reason by name.
        is_key: whether the key is at fault, rather than its value.
    """

    aspect: Aspect
    issue: str
    path: tuple[str | int, ...]
    level: JudgementLevel
    reason: str
    evidence: str = ""
    numbers: tuple[tuple[str, float], ...] = ()
    is_key: bool = False

    @property
    def is_finding(self) -> bool:
        """Whether it asks for something to be done."""
        return self.level in FINDING_LEVELS


def level_if(is_fault: bool, level: JudgementLevel) -> JudgementLevel:
    """The level of a fault, if it is one; else ``ok``."""
    return level if is_fault else "ok"


def worst_level(judgements: Iterable[Judgement]) -> JudgementLevel:
    """The worst level; ``not applicable`` if there are none."""
    levels = (each.level for each in judgements)
    return max(levels, key=JUDGEMENT_LEVELS.index, default="not applicable")
