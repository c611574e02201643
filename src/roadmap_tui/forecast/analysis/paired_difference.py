"""Differences between two plans on the same runs, and whether they exceed their sampling error."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import NormalDist
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.run_sets import RunSet

Floats = NDArray[np.float64]
Key = TypeVar("Key")

_ERRORS = 2.0
_LEVEL = 2 * NormalDist().cdf(-_ERRORS)
"""The two-sided level of two standard errors: 4.6%."""
_ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class PairedDifference:
    """A mean difference over paired runs.

    Both plans use the same random numbers, so most of the noise cancels out.

    Attributes:
        mean: after less before, on average.
        se: its standard error.
    """

    mean: float
    se: float

    @classmethod
    def of(cls, after: Floats, before: Floats) -> "PairedDifference":
        """Return the difference of two plans' amounts; shape (runs,) each."""
        difference = after - before
        mean = float(difference.mean())
        if abs(mean) <= _ROUNDING * max(abs(float(after.mean())), abs(float(before.mean()))):
            return cls(0.0, 0.0)
        return cls(mean, float(difference.std()) / math.sqrt(difference.size))

    @classmethod
    def of_shares(cls, after: RunSet, before: RunSet, runs: int) -> "PairedDifference":
        """Return the difference of the shares of two sets of runs."""
        mean = (after.bit_count() - before.bit_count()) / runs
        changed = (after ^ before).bit_count() / runs
        return cls(mean, math.sqrt(max(0.0, changed - mean * mean) / runs))

    @property
    def direction(self) -> int:
        """1 or -1 if the mean lies beyond two standard errors from zero, else 0."""
        if abs(self.mean) <= _ERRORS * self.se:
            return 0
        return int(math.copysign(1, self.mean))

    @property
    def sure_mean(self) -> float:
        """The mean; 0 within two standard errors."""
        return self.mean if self.direction else 0.0

    @property
    def p_value(self) -> float:
        """The two-sided chance of a mean at least so far from zero if there were no difference."""
        if not self.mean:
            return 1.0
        if not self.se:
            return 0.0
        return 2 * NormalDist().cdf(-abs(self.mean) / self.se)

    def __neg__(self) -> "PairedDifference":
        return PairedDifference(-self.mean, self.se)

    def scaled(self, factor: float) -> "PairedDifference":
        """Return the difference in another unit."""
        return PairedDifference(self.mean * factor, self.se * abs(factor))


def holm_significant(differences: Mapping[Key, PairedDifference]) -> frozenset[Key]:
    """Return those beyond two standard errors, corrected for the number of differences.

    In order of p-value, the i-th of m is compared with level / (m - i), until one fails.

    Source: S. Holm, "A Simple Sequentially Rejective Multiple Test Procedure", Scandinavian
    Journal of Statistics 6 (1979).
    """
    ordered = sorted(differences, key=lambda name: differences[name].p_value)
    found: list[Key] = []
    for at, name in enumerate(ordered):
        if differences[name].p_value > _LEVEL / (len(ordered) - at):
            break
        found.append(name)
    return frozenset(found)
