"""Verdicts of readiness topics: a level with its sign, and a word."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.text.numbers import (
    format_count,
)

ReadinessLevel: TypeAlias = Literal["good", "unknown", "watch", "bad", "breach"]
ReadinessTopic: TypeAlias = Literal[
    "quality", "segments", "trust", "latency", "data", "upkeep", "oversight", "failures"
]
READINESS_LEVELS: tuple[ReadinessLevel, ...] = ("good", "unknown", "watch", "bad", "breach")
"""From best to worst."""
LEVEL_SIGNS: dict[ReadinessLevel, str] = {
    "good": "✓",
    "unknown": "?",
    "watch": "!",
    "bad": "✗",
    "breach": "✗",
}
_MAX_DAYS, _DAYS = 21, 7


@dataclass(frozen=True, slots=True)
class TopicVerdict:
    """A level, and the figure or word that explains it."""

    level: ReadinessLevel
    word: str

    @property
    def text(self) -> str:
        """The sign and the word."""
        return f"{LEVEL_SIGNS[self.level]} {self.word}"

    @property
    def severity(self) -> int:
        """Rank of the level; the higher, the worse."""
        return READINESS_LEVELS.index(self.level)


@dataclass(frozen=True, slots=True)
class TopicAssessment:
    """The assessment of one topic of an item.

    Attributes:
        verdict: the result.
        write_sentences: makes the sentences, which takes longer than the verdict.
    """

    topic: ReadinessTopic
    verdict: TopicVerdict
    write_sentences: Callable[[], Iterable[str]]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Worst first; sentences that begin with spaces continue the one before."""
        return tuple(self.write_sentences())

    @property
    def main_sentence(self) -> str:
        """The main sentence."""
        return next(iter(self.write_sentences()), "")


def worst_verdict(verdicts: Iterable[TopicVerdict]) -> TopicVerdict | None:
    """The worst verdict, the first among equals; None if there is none."""
    return max(verdicts, key=lambda each: each.severity, default=None)


def format_days_ago(day: dt.date, as_of: dt.date) -> str:
    """How long ago a day was: ``12 days ago``, ``10 weeks ago``."""
    days = (as_of - day).days
    if days <= 0:
        return "today" if days == 0 else f"in {format_count(-days, 'day')}"
    if days < _MAX_DAYS:
        return f"{format_count(days, 'day')} ago"
    return f"{format_count(round(days / _DAYS), 'week')} ago"
