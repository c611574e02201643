"""How far finished items lay from what was said of them, and what that makes of the efforts still to come.

The deviates of the record are taken as normal, their mean and spread unknown; beforehand they are worth as much as four
items of a well calibrated estimator. What the next item will do is then a Student t. Source: A. Gelman and others,
*Bayesian Data Analysis*, third edition (2013), 3.3.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import NormalDist, fmean, median

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.draws import Efforts, Source, chance_of
from roadmap_tui.forecast.jqpd import draws, johnson
from roadmap_tui.forecast.normal import C90
from roadmap_tui.forecast.student import t90
from roadmap_tui.plan.base import Status
from roadmap_tui.plan.estimate import Estimate, Shift
from roadmap_tui.plan.resolve import DELIVERED, ENDED, Resolved, Terms

NEEDED = 3
_BEFOREHAND = 4
_SOURCE = Source(0, 10_000, keeps=False)
_FURTHEST = 8.0


@dataclass(frozen=True, slots=True)
class Finished:
    """An ended item's effort, as it was said and as it was, in person-weeks.

    Attributes:
        stated: what was said; of a staged item, over the paths that end as it did.
        z: the standard normal deviate of `actual` under what was said.
        guess: whether nobody said it: the effort is a default.
    """

    id: str
    title: str
    status: Status
    stated: Estimate
    actual: float
    z: float
    guess: bool

    @property
    def inside(self) -> bool:
        """Whether the actual effort lies in the 80 % range."""
        return self.stated.p10 <= self.actual <= self.stated.p90

    @property
    def ratio(self) -> float:
        """The actual effort, in multiples of the middle of what was said."""
        return self.actual / self.stated.p50


@dataclass(frozen=True, slots=True)
class Called:
    """An ended bet's chance, and whether it worked; `guess` if nobody said the chance."""

    id: str
    title: str
    chance: float
    worked: bool
    guess: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """The record of ended items: their efforts, and the chances of the bets among them, in the order of the file."""

    efforts: tuple[Finished, ...]
    chances: tuple[Called, ...]

    @property
    def weight(self) -> int:
        """How many items the estimates of bias and spread rest on, with those they are worth beforehand."""
        return len(self.efforts) + _BEFOREHAND

    @property
    def bias(self) -> float:
        """Where actual efforts lie, in deviates of their estimates; 0 if they lie round the middle."""
        return sum(each.z for each in self.efforts) / self.weight

    @property
    def spread(self) -> float:
        """How far they scatter round that, in deviates; 1 if ranges are as wide as they are meant to be."""
        around = sum((each.z - self.bias) ** 2 for each in self.efforts)
        return math.sqrt((_BEFOREHAND + around + _BEFOREHAND * self.bias**2) / self.weight)

    @property
    def shift(self) -> Shift:
        """Where the next effort is to be expected: the 80 % range of the predictive Student t."""
        return Shift(
            self.bias, self.spread * math.sqrt(1 + 1 / self.weight) * t90(self.weight) / C90
        )

    @property
    def inside(self) -> int:
        """How many actual efforts lie in their 80 % ranges."""
        return sum(each.inside for each in self.efforts)

    @property
    def ratio(self) -> float | None:
        """The median of actual effort in multiples of the middle; None without any."""
        return median(each.ratio for each in self.efforts) if self.efforts else None

    @property
    def brier(self) -> float | None:
        """The Brier score of the chances: 0 is perfect, 0.25 what saying 50 % always gets; None without any."""
        return (
            fmean((each.chance - each.worked) ** 2 for each in self.chances)
            if self.chances
            else None
        )

    @property
    def base_brier(self) -> float | None:
        """The Brier score of always saying the share that worked; None without any."""
        if not self.chances:
            return None
        rate = fmean(each.worked for each in self.chances)
        return rate * (1 - rate)


def calibration(resolved: Resolved) -> Calibration:
    """The record that the plan itself holds: its ended items, with their estimates as they stand."""
    return record(resolved.terms.values(), resolved.correlation)


def record(items: Iterable[Terms], correlation: float) -> Calibration:
    """The record of those items that have ended; sure efforts, and those that nobody counted, are left out."""
    ended = [terms for terms in items if terms.status in ENDED]
    efforts = (_finished(terms, correlation) for terms in ended)
    return Calibration(tuple(each for each in efforts if each is not None), tuple(_called(ended)))


def calibrated(resolved: Resolved) -> Resolved:
    """The plan with the efforts still to come moved and widened by its own record.

    It stays as it is unless its policy wants that and the record holds at least `NEEDED` items.
    """
    if not resolved.policy.calibrate:
        return resolved
    found = calibration(resolved)
    if len(found.efforts) < NEEDED:
        return resolved
    shift = found.shift
    terms = {
        name: each if each.status in ENDED else replace(each, shift=shift)
        for name, each in resolved.terms.items()
    }
    return replace(resolved, terms=terms)


def expected(stated: Estimate, shift: Shift) -> Estimate:
    """Where an effort is drawn from once it is shifted: its P10, P50 and P90."""
    return Estimate(*(float(each) for each in draws(stated, np.array([-C90, 0.0, C90]), shift)))


def _finished(terms: Terms, correlation: float) -> Finished | None:
    """What an ended item's effort tells; None if it tells nothing."""
    if not terms.actual or terms.effort.is_sure:
        return None
    stated, z = _staged(terms, correlation) if terms.stages else _whole(terms.effort, terms.actual)
    if stated.is_sure or stated.p10 <= 0:
        return None
    guess = "effort" in terms.guesses
    return Finished(terms.id, terms.title, terms.status, stated, terms.actual, z, guess)


def _whole(stated: Estimate, actual: float) -> tuple[Estimate, float]:
    # beyond that nothing is learned but that somebody wrote another unit
    return stated, max(-_FURTHEST, min(_FURTHEST, johnson(stated).deviate(actual)))


def _staged(terms: Terms, correlation: float) -> tuple[Estimate, float]:
    """The range of all paths that end as the item did, and where among them its actual effort lies."""
    efforts = _along_paths(
        replace(terms, spent=0.0, actual=None), terms.status in DELIVERED, correlation
    )
    count, actual = len(efforts), np.float32(terms.actual)
    below, upto = (int(np.searchsorted(efforts, actual, side)) for side in ("left", "right"))
    share = min(max((below + upto) / (2 * count), 0.5 / count), 1 - 0.5 / count)
    stated = Estimate(*(float(each) for each in np.quantile(efforts, (0.1, 0.5, 0.9))))
    return stated, NormalDist().inv_cdf(share)


@lru_cache(maxsize=256)
def _along_paths(terms: Terms, works: bool, correlation: float) -> NDArray[np.float32]:
    """The effort of a staged item in futures that all end alike, ascending."""
    ended = np.full(_SOURCE.futures, works)
    efforts = np.sort(Efforts(_SOURCE, correlation).drawn(terms, ended))
    efforts.setflags(write=False)
    return efforts


def _called(ended: Iterable[Terms]) -> Iterator[Called]:
    """The bets among them with a chance that says something.

    That of a product item is 1 where nobody doubts it; and a guess of 1 is made for what has been launched, afterwards.
    """
    for terms in ended:
        chance, guess = chance_of(terms), "chance" in terms.guesses
        if terms.kind != "spike" and (chance < 1 or (terms.kind == "model" and not guess)):
            yield Called(terms.id, terms.title, chance, terms.status in DELIVERED, guess)
