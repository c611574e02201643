"""How fitness is told: a sign and a word beside every figure, and every share with its interval."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.plan.words import (
    beside,
    counted,
    interval,
    level_of,
    percents,
    plain_level,
    plural,
)

__all__ = [
    "LEVELS",
    "SIGNS",
    "Finding",
    "Level",
    "Topic",
    "Verdict",
    "ago",
    "beside",
    "counted",
    "interval",
    "level_of",
    "percents",
    "plain_level",
    "plural",
    "worst",
]
Level: TypeAlias = Literal["good", "unknown", "watch", "bad", "breach"]
Topic: TypeAlias = Literal[
    "quality", "segments", "trust", "latency", "data", "upkeep", "oversight", "failures"
]
LEVELS: tuple[Level, ...] = ("good", "unknown", "watch", "bad", "breach")
"""From the best to the worst."""
SIGNS: dict[Level, str] = {"good": "✓", "unknown": "?", "watch": "!", "bad": "✗", "breach": "✗"}
_SHORT, _DAYS = 21, 7


@dataclass(frozen=True, slots=True)
class Verdict:
    """How something stands, and the figure or the word that says so."""

    level: Level
    word: str

    @property
    def text(self) -> str:
        """The sign and the word."""
        return f"{SIGNS[self.level]} {self.word}"

    @property
    def weight(self) -> int:
        """The greater, the worse."""
        return LEVELS.index(self.level)


@dataclass(frozen=True, slots=True)
class Finding:
    """What there is to say about one topic of an item.

    Attributes:
        verdict: how it stands.
        tell: makes the sentences, which takes longer than the verdict.
    """

    topic: Topic
    verdict: Verdict
    tell: Callable[[], Iterable[str]]

    @property
    def sentences(self) -> tuple[str, ...]:
        """The worst first; those that begin with spaces go on about the one before."""
        return tuple(self.tell())

    @property
    def first(self) -> str:
        """The sentence that matters most."""
        return next(iter(self.tell()), "")


def worst(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The worst verdict, the first of those alike; None of none."""
    return max(verdicts, key=lambda each: each.weight, default=None)


def ago(day: dt.date, as_of: dt.date) -> str:
    """How long a day lies back: ``12 days ago``, ``10 weeks ago``."""
    days = (as_of - day).days
    if days <= 0:
        return "today" if days == 0 else f"in {plural(-days, 'day')}"
    return (
        f"{plural(days, 'day')} ago"
        if days < _SHORT
        else f"{plural(round(days / _DAYS), 'week')} ago"
    )
