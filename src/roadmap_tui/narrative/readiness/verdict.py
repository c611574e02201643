"""How fitness is told: a sign and a word beside every figure, and every share with its interval."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.text.numbers import (
    format_beside_level,
    format_count,
    format_counted_share,
    format_interval,
    format_level,
    format_percent,
    format_set_level,
)

__all__ = [
    "LEVEL_SIGNS",
    "READINESS_LEVELS",
    "ReadinessLevel",
    "ReadinessTopic",
    "TopicAssessment",
    "TopicVerdict",
    "format_beside_level",
    "format_count",
    "format_counted_share",
    "format_days_ago",
    "format_interval",
    "format_level",
    "format_percent",
    "format_set_level",
    "worst_verdict",
]
ReadinessLevel: TypeAlias = Literal["good", "unknown", "watch", "bad", "breach"]
ReadinessTopic: TypeAlias = Literal[
    "quality", "segments", "trust", "latency", "data", "upkeep", "oversight", "failures"
]
READINESS_LEVELS: tuple[ReadinessLevel, ...] = ("good", "unknown", "watch", "bad", "breach")
"""From the best to the worst."""
LEVEL_SIGNS: dict[ReadinessLevel, str] = {
    "good": "✓",
    "unknown": "?",
    "watch": "!",
    "bad": "✗",
    "breach": "✗",
}
_SHORT, _DAYS = 21, 7


@dataclass(frozen=True, slots=True)
class TopicVerdict:
    """How something stands, and the figure or the word that says so."""

    level: ReadinessLevel
    word: str

    @property
    def text(self) -> str:
        """The sign and the word."""
        return f"{LEVEL_SIGNS[self.level]} {self.word}"

    @property
    def severity(self) -> int:
        """The greater, the worse."""
        return READINESS_LEVELS.index(self.level)


@dataclass(frozen=True, slots=True)
class TopicAssessment:
    """What there is to say about one topic of an item.

    Attributes:
        verdict: how it stands.
        write_sentences: makes the sentences, which takes longer than the verdict.
    """

    topic: ReadinessTopic
    verdict: TopicVerdict
    write_sentences: Callable[[], Iterable[str]]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The worst first; those that begin with spaces go on about the one before."""
        return tuple(self.write_sentences())

    @property
    def main_sentence(self) -> str:
        """The sentence that matters most."""
        return next(iter(self.write_sentences()), "")


def worst_verdict(verdicts: Iterable[TopicVerdict]) -> TopicVerdict | None:
    """The worst verdict, the first of those alike; None of none."""
    return max(verdicts, key=lambda each: each.severity, default=None)


def format_days_ago(day: dt.date, as_of: dt.date) -> str:
    """How long a day lies back: ``12 days ago``, ``10 weeks ago``."""
    days = (as_of - day).days
    if days <= 0:
        return "today" if days == 0 else f"in {format_count(-days, 'day')}"
    return (
        f"{format_count(days, 'day')} ago"
        if days < _SHORT
        else f"{format_count(round(days / _DAYS), 'week')} ago"
    )
