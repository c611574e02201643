"""Amounts: a number, or one number for each simulation run."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.sampling import RandomSource
from roadmap_tui.plan.estimate import Estimate

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]
Amount: TypeAlias = float | Floats
AmountSampler: TypeAlias = Callable[[str, Estimate | None], Amount | None]
"""Gives the amount of a named quantity; None of one that is left out."""

_ROUNDING = 1e-9
_HEAVY_TAIL = 0.5


@dataclass(frozen=True, slots=True)
class AmountRange:
    """P10, P50 and P90 of an amount."""

    p10: float
    p50: float
    p90: float


def ratio(part: Amount, whole: Amount) -> Amount | None:
    """Return the quotient; None if it isn't finite in some run, as when `whole` is 0."""
    with np.errstate(all="ignore"):
        quotient: Floats = np.divide(part, whole)
    if not np.isfinite(quotient).all():
        return None
    if np.ndim(quotient):
        return quotient
    return float(quotient)


def or_default(amount: Amount | None, default: float = 0.0) -> Amount:
    """Return the amount, or the default where it is missing."""
    return default if amount is None else amount


def maximum(amount: Amount, least: Amount) -> Amount:
    """Return the greater of the two in each run."""
    greater: Floats = np.maximum(amount, least)
    return greater if np.ndim(greater) else float(greater)


def minimum(amount: Amount, most: Amount) -> Amount:
    """Return the lesser of the two in each run."""
    return -maximum(-amount, -most)


def total(amounts: Iterable[Amount]) -> Amount:
    """Return the sum; 0 without any."""
    whole: Amount = 0.0
    for amount in amounts:
        whole = whole + amount
    return whole


def product(amounts: Iterable[Amount]) -> Amount:
    """Return the product; 1 without any."""
    whole: Amount = 1.0
    for amount in amounts:
        whole = whole * amount
    return whole


def mean(amount: Amount) -> float:
    """Return the mean over the runs."""
    return float(np.mean(amount))


def amount_range(amount: Amount) -> AmountRange:
    """Return P10, P50 and P90 over the runs; all equal for an exact amount."""
    if not np.ndim(amount):
        return AmountRange(float(amount), float(amount), float(amount))
    values: Floats = np.asarray(amount)
    last = values.size - 1
    positions = [share * last for share in (0.1, 0.5, 0.9)]
    lower = {int(at) for at in positions}
    needed = lower | {min(at + 1, last) for at in lower}
    # a partition is enough for six of the values, and faster than sorting all
    placed = np.partition(values, sorted(needed))
    low, mid, high = (_interpolate(placed, at) for at in positions)
    return AmountRange(low, mid, high)


def _interpolate(placed: Floats, position: float) -> float:
    first = int(position)
    last = min(first + 1, placed.size - 1)
    return float(placed[first] + (placed[last] - placed[first]) * (position - first))


@dataclass(frozen=True, slots=True)
class AmountSummary:
    """An amount's mean, which can be added up, and its range, which can't.

    Attributes:
        tail_share: of all that the runs add up to, gains and losses alike, the part of gains above
            P90, or of losses below P10 if that is more; P10 and P90 of the runs that have any, for
            a chance of none is stated and no tail.
        se: standard error of the mean over the runs.
    """

    mean: float
    range: AmountRange
    tail_share: float = 0.0
    se: float = 0.0

    @property
    def is_sure(self) -> bool:
        """Whether it is the same in all runs, apart from rounding."""
        return self.range.p90 - self.range.p10 <= _ROUNDING * abs(self.range.p50)

    @property
    def is_heavy_tailed(self) -> bool:
        """Whether most of the mean comes from the tenth of the runs beyond an end of the range."""
        return self.tail_share > _HEAVY_TAIL


def summarise(amount: Amount) -> AmountSummary:
    """Return the summary of an amount."""
    spread = amount_range(amount)
    return AmountSummary(mean(amount), spread, _tail_share(amount, spread), standard_error(amount))


def standard_error(amount: Amount) -> float:
    """Return the standard error of the mean over the runs; 0 for an exact amount."""
    if not np.ndim(amount):
        return 0.0
    return float(np.std(amount) / np.sqrt(np.size(amount)))


def _tail_share(amount: Amount, spread: AmountRange) -> float:
    if not np.ndim(amount):
        return 0.0
    values: Floats = np.asarray(amount)
    if not values.all():
        values = values[values != 0]
        spread = amount_range(values) if values.size else spread
    gains = values[values > max(spread.p90, 0.0)].sum()
    losses = values[values < min(spread.p10, 0.0)].sum()
    whole = np.abs(values).sum()
    return float(max(gains, -losses) / whole) if whole else 0.0


def summarise_optional(amount: Amount | None) -> AmountSummary | None:
    """Return the summary of an amount; None if it is missing."""
    return None if amount is None else summarise(amount)


def share_of_runs(holds: Bools | bool) -> float:
    """Return the share of the runs in which a condition holds."""
    return float(np.mean(holds))


def amount_sampler(source: RandomSource, item: str) -> AmountSampler:
    """Return a sampler of an item's amounts: floats where they are exact, else of shape (runs,).

    Samples are capped at the largest quantity, so that what is computed from them stays finite.
    """

    def draw(name: str, estimate: Estimate | None) -> Amount | None:
        if estimate is None:
            return None
        if estimate.is_exact:
            return estimate.p50
        return source.quantity(item, name, estimate)

    return draw


def sample_share(draw: AmountSampler, name: str, share: Estimate | None) -> Amount | None:
    """Return a sampled share, capped at 1; None if it is missing."""
    amount = draw(name, share)
    return None if amount is None else minimum(amount, 1.0)


def median_of(name: str, estimate: Estimate | None) -> Amount | None:
    """Return the P50 of a quantity, for use as a sampler; None if it is missing."""
    del name
    return None if estimate is None else estimate.p50
