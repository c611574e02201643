"""How fitness is told: a sign and a word beside every figure, and every share with its interval."""

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.plan.bars import wilson
from roadmap_tui.report.words import number

Level: TypeAlias = Literal["good", "unknown", "watch", "bad", "breach"]
Topic: TypeAlias = Literal["quality", "segments", "trust", "latency", "data", "upkeep", "oversight", "failures"]
LEVELS: tuple[Level, ...] = ("good", "unknown", "watch", "bad", "breach")
"""From the best to the worst."""
SIGNS: dict[Level, str] = {"good": "✓", "unknown": "?", "watch": "!", "bad": "✗", "breach": "✗"}
_MOST_DIGITS = 6
_SHORT, _DAYS = 21, 7
_LONG = 1e9


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


def level_of(value: float, digits: int = 3) -> str:
    """A measured value or a level: ``.809``, or ``240`` where it is no share."""
    if not -1 <= value <= 1:
        return number(value) if abs(value) < _LONG else f"{value:.3g}"
    text = f"{value:.{digits}f}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def plain_level(value: float) -> str:
    """A level as somebody set it, with no more digits than it has, two at least: ``.80``, ``.995``."""
    digits = next((each for each in range(2, _MOST_DIGITS) if round(value, each) == value), _MOST_DIGITS)
    return level_of(value, digits)


def beside(value: float, level: float) -> str:
    """A value in as many digits as it takes to see on which side of a level it lies."""
    for digits in range(3, _MOST_DIGITS):
        if value == level or round(value, digits) != round(level, digits):
            return level_of(value, digits)
    return level_of(value, _MOST_DIGITS)


def interval(low: float, high: float) -> str:
    """The two ends of a 95 % interval: ``[.752, .856]``."""
    return f"[{level_of(low)}, {level_of(high)}]"


def percents(share: float) -> str:
    """A share in percent with a tenth: ``42.7%``."""
    return f"{share * 100:.1f}%"


def counted(hits: int, of: int) -> str:
    """A counted share in percent with its 95 % interval: ``42.7% [38.4, 47.2]``."""
    low, high = wilson(hits, of)
    return f"{percents(hits / of)} [{low * 100:.1f}, {high * 100:.1f}]"


def ago(day: dt.date, as_of: dt.date) -> str:
    """How long a day lies back: ``12 days ago``, ``10 weeks ago``."""
    days = (as_of - day).days
    if days <= 0:
        return "today" if days == 0 else f"in {plural(-days, 'day')}"
    return f"{plural(days, 'day')} ago" if days < _SHORT else f"{plural(round(days / _DAYS), 'week')} ago"


def plural(count: int, word: str) -> str:
    """So many of something: ``1 case``, ``1,200 cases``."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"
