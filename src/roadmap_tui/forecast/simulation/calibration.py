"""Calibration: how far finished items were from their estimates, and the effect on open ones.

Next efforts are drawn from the posterior predictive of the record; see `estimate_posterior`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from statistics import NormalDist, fmean, median

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.estimate_posterior import EstimatePosterior, estimate_posterior
from roadmap_tui.forecast.simulation.jqpd import johnson_distribution, values_at
from roadmap_tui.forecast.simulation.normal import C90
from roadmap_tui.forecast.simulation.sampling import EffortSampler, RandomSource, success_chance
from roadmap_tui.plan.base import DELIVERED_STATUSES, ENDED_STATUSES, Status
from roadmap_tui.plan.estimate import Estimate, Shift
from roadmap_tui.plan.resolver import ResolvedItem, ResolvedPlan

MIN_FINISHED = 3
_SOURCE = RandomSource(0, 10_000, is_cached=False)
_MAX_DEVIATE = 8.0


@dataclass(frozen=True, slots=True)
class FinishedEffort:
    """An ended item's effort, estimated and actual, in person-weeks.

    Attributes:
        estimate: of a staged item, over the paths that end as it did.
        z: the standard normal deviate of `actual` under the estimate.
        is_assumed: whether the estimate is a default rather than stated.
    """

    id: str
    title: str
    status: Status
    estimate: Estimate
    actual: float
    z: float
    is_assumed: bool

    @property
    def is_inside(self) -> bool:
        """Whether the actual effort lies in the 80% range."""
        return self.estimate.p10 <= self.actual <= self.estimate.p90

    @property
    def ratio(self) -> float:
        """The actual effort as a multiple of the estimated P50."""
        return self.actual / self.estimate.p50


@dataclass(frozen=True, slots=True)
class BetOutcome:
    """An ended bet's chance, and whether it worked; `is_assumed` if the chance is a default."""

    id: str
    title: str
    chance: float
    worked: bool
    is_assumed: bool


@dataclass(frozen=True, slots=True)
class Calibration:
    """The record of ended items: their efforts, and the bets among them, in file order.

    Attributes:
        exceeded: deviates of what is spent on work in progress, whose effort exceeds that.
        correlation: of all efforts.
    """

    efforts: tuple[FinishedEffort, ...]
    bets: tuple[BetOutcome, ...]
    exceeded: tuple[float, ...] = ()
    correlation: float = 0.0

    @property
    def posterior(self) -> EstimatePosterior:
        """What the record says about bias and spread."""
        deviates = tuple(each.z for each in self.efforts)
        return estimate_posterior(deviates, self.exceeded, self.correlation)

    @property
    def bias(self) -> float:
        """Where efforts are expected, in deviates of their estimates; 0 if centred on the P50."""
        return self.posterior.bias

    @property
    def spread(self) -> float:
        """Their spread, in deviates; 1 if ranges are as wide as intended."""
        return self.posterior.spread

    @property
    def shift(self) -> Shift:
        """Shift expected of the next effort."""
        return self.posterior.shift

    @property
    def inside_count(self) -> int:
        """Number of actual efforts inside their 80% ranges."""
        return sum(each.is_inside for each in self.efforts)

    @property
    def ratio(self) -> float | None:
        """Median of actual effort as a multiple of the P50; None without any."""
        if not self.efforts:
            return None
        return median(each.ratio for each in self.efforts)

    @property
    def brier(self) -> float | None:
        """Brier score of the chances: 0 is perfect, 0.25 is what always saying 50% gets.

        None without any.
        """
        if not self.bets:
            return None
        return fmean((bet.chance - bet.worked) ** 2 for bet in self.bets)

    @property
    def base_brier(self) -> float | None:
        """Brier score of always stating the share that worked; None without any."""
        if not self.bets:
            return None
        rate = fmean(each.worked for each in self.bets)
        return rate * (1 - rate)


def calibration(resolved: ResolvedPlan) -> Calibration:
    """Return the record in the plan itself: its ended items with their estimates."""
    return calibration_record(resolved.items.values(), resolved.correlation)


def calibration_record(items: Iterable[ResolvedItem], correlation: float) -> Calibration:
    """Return the record of the ended items.

    Exact efforts and those without an actual are left out.
    """
    known = list(items)
    ended = [item for item in known if item.status in ENDED_STATUSES]
    efforts = (_finished_effort(item, correlation) for item in ended)
    return Calibration(
        efforts=tuple(each for each in efforts if each is not None),
        bets=tuple(_bet_outcomes(ended)),
        exceeded=tuple(_exceeded_deviates(known)),
        correlation=correlation,
    )


def _exceeded_deviates(items: Iterable[ResolvedItem]) -> Iterator[float]:
    """Yield the deviate of what is spent on each unstaged item in progress."""
    for item in items:
        going = item.status == "active" and item.spent > 0
        if going and not item.stages and not item.effort.is_exact:
            yield _unstaged_deviate(item.effort, item.spent)[1]


def calibrate(resolved: ResolvedPlan) -> ResolvedPlan:
    """Return the plan with open efforts shifted and widened by its own record.

    Unchanged unless its policy asks for it and the record holds at least `MIN_FINISHED` items.
    """
    if not resolved.policy.calibrate:
        return resolved
    found = calibration(resolved)
    if len(found.efforts) < MIN_FINISHED:
        return resolved
    posterior = found.posterior
    items = {
        name: each if each.status in ENDED_STATUSES else replace(each, shift=posterior.shift)
        for name, each in resolved.items.items()
    }
    return replace(resolved, items=items, correlation=posterior.correlation)


def calibrated_estimate(estimate: Estimate, shift: Shift) -> Estimate:
    """Return P10, P50 and P90 of an effort after the shift."""
    return Estimate(
        *(float(each) for each in values_at(estimate, np.array([-C90, 0.0, C90]), shift))
    )


def _finished_effort(item: ResolvedItem, correlation: float) -> FinishedEffort | None:
    """Return the record of an ended item's effort; None if it isn't informative."""
    if not item.actual or item.effort.is_exact:
        return None
    if item.stages:
        estimate, z = _staged_deviate(item, correlation)
    else:
        estimate, z = _unstaged_deviate(item.effort, item.actual)
    if estimate.is_exact or estimate.p10 <= 0:
        return None
    is_assumed = "effort" in item.assumptions
    return FinishedEffort(item.id, item.title, item.status, estimate, item.actual, z, is_assumed)


def _unstaged_deviate(estimate: Estimate, actual: float) -> tuple[Estimate, float]:
    # more than 8 deviations can only be a mistake, such as a wrong unit
    return estimate, max(
        -_MAX_DEVIATE, min(_MAX_DEVIATE, johnson_distribution(estimate).deviate(actual))
    )


def _staged_deviate(item: ResolvedItem, correlation: float) -> tuple[Estimate, float]:
    """Return the range over all paths that end as the item did, and its actual effort's deviate."""
    efforts = _path_efforts(
        replace(item, spent=0.0, actual=None), item.status in DELIVERED_STATUSES, correlation
    )
    count, actual = len(efforts), np.float32(item.actual)
    below, upto = (int(np.searchsorted(efforts, actual, side)) for side in ("left", "right"))
    share = min(max((below + upto) / (2 * count), 0.5 / count), 1 - 0.5 / count)
    estimate = Estimate(*(float(each) for each in np.quantile(efforts, (0.1, 0.5, 0.9))))
    return estimate, NormalDist().inv_cdf(share)


@lru_cache(maxsize=256)
def _path_efforts(item: ResolvedItem, works: bool, correlation: float) -> NDArray[np.float32]:
    """Return the effort of a staged item in runs that all end alike, ascending."""
    ended = np.full(_SOURCE.runs, works)
    efforts = np.sort(EffortSampler(_SOURCE, correlation).sample(item, ended))
    efforts.setflags(write=False)
    return efforts


def _bet_outcomes(ended: Iterable[ResolvedItem]) -> Iterator[BetOutcome]:
    """Yield the bets among ended items whose chance is informative.

    A product item's chance is 1 unless it is uncertain; a launched model's chance of 1 that was set
    afterwards by default says nothing.
    """
    for item in ended:
        chance, is_assumed = success_chance(item), "chance" in item.assumptions
        if item.kind != "spike" and (chance < 1 or (item.kind == "model" and not is_assumed)):
            yield BetOutcome(
                item.id, item.title, chance, item.status in DELIVERED_STATUSES, is_assumed
            )
