"""The distribution of an estimate: J-QPD-S with lower bound 0.

Source: C. C. Hadlock and J. E. Bickel, "Johnson Quantile-Parameterized Distributions", Decision
Analysis 14 (2017).
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.normal import C90, deviates, log_survival, survival_to_z
from roadmap_tui.plan.base import MAX_QUANTITY
from roadmap_tui.plan.estimate import NO_SHIFT, Estimate, Shift

Floats = NDArray[np.floating]
"""In either precision; what is worked out has that of what is given."""
_SYMMETRIC = 1e-12
_NODES = 40
_TAIL_NODES = 4000


@dataclass(frozen=True, slots=True)
class JohnsonDistribution:
    """A J-QPD-S distribution that matches P10, P50 and P90; lognormal where `delta` is 0.

    Attributes:
        theta: scale, in the unit of the quantity.
        scale: exponent per unit of the warped normal deviate.
        delta: weight of the tail; 0 for a lognormal.
        shift: sinh of the warp's offset; 0 for a lognormal.
    """

    theta: float
    scale: float
    delta: float
    shift: float

    def at(self, z: Floats) -> Floats:
        """Return the quantity at standard normal deviates, capped at `MOST` to stay finite."""
        values = self._warped(z)
        values *= self.scale
        np.minimum(values, math.log(MAX_QUANTITY / self.theta), out=values)
        np.exp(values, out=values)
        values *= self.theta
        return values

    def _warped(self, z: Floats) -> Floats:
        if self.delta == 0:
            return z.copy()
        warped: Floats = self.delta * z
        lean: Floats = warped * warped
        lean += 1
        np.sqrt(lean, out=lean)
        lean *= self.shift
        warped *= math.sqrt(1 + self.shift * self.shift)
        warped += lean
        return warped

    def deviate(self, value: float) -> float:
        """Return the standard normal deviate of a value; minus infinity at 0 or below."""
        if value <= 0:
            return -math.inf
        level = (math.log(value) - math.log(self.theta)) / self.scale
        if self.delta == 0:
            return level
        return (
            math.sqrt(1 + self.shift**2) * level - self.shift * math.sqrt(1 + level * level)
        ) / self.delta


@dataclass(frozen=True, slots=True)
class ShiftedDistribution:
    """A distribution whose deviates are shifted and stretched."""

    shape: JohnsonDistribution
    shift: Shift

    def at(self, z: Floats) -> Floats:
        """Return the quantity at an array of standard normal deviates."""
        return self.shape.at(self.shift.bias + self.shift.spread * z)

    def deviate(self, value: float) -> float:
        """Return the standard normal deviate of a value; minus infinity at 0 or below."""
        return (self.shape.deviate(value) - self.shift.bias) / self.shift.spread


@lru_cache(maxsize=65536)
def johnson_distribution(estimate: Estimate) -> JohnsonDistribution:
    """Return the distribution of an estimate that has spread."""
    low, mid, high = (math.log(q) for q in (estimate.p10, estimate.p50, estimate.p90))
    skew = low + high - 2 * mid
    if abs(skew) < _SYMMETRIC * (high - low):
        return JohnsonDistribution(estimate.p50, (high - low) / (2 * C90), 0.0, 0.0)
    sign = 1.0 if skew > 0 else -1.0
    near = min(mid - low, high - mid)
    delta = math.sinh(math.acosh((high - low) / (2 * near))) / C90
    return JohnsonDistribution(
        theta=estimate.p10 if sign > 0 else estimate.p90,
        scale=near / (delta * C90),
        delta=delta,
        shift=sign * C90 * delta,
    )


def _shape(estimate: Estimate, shift: Shift) -> JohnsonDistribution | ShiftedDistribution:
    distribution = johnson_distribution(estimate)
    if shift == NO_SHIFT:
        return distribution
    return ShiftedDistribution(distribution, shift)


def values_at(estimate: Estimate, z: Floats, shift: Shift = NO_SHIFT) -> Floats:
    """Return the quantity in each run, from its standard normal deviates."""
    if estimate.is_exact:
        return np.full_like(z, estimate.p50)
    return _shape(estimate, shift).at(z)


def remaining_at(estimate: Estimate, spent: float, z: Floats, shift: Shift = NO_SHIFT) -> Floats:
    """Return what remains in each run of an effort that is known to exceed `spent`.

    The deviates are mapped into the part of the distribution above `spent`; an exact effort already
    spent leaves 0.
    """
    if spent <= 0:
        return values_at(estimate, z, shift)
    if estimate.is_exact:
        return np.full_like(z, max(0.0, estimate.p50 - spent))
    shape = _shape(estimate, shift)
    log_tail = log_survival(np.array([shape.deviate(spent)]))[0]
    # P(X > x | X > spent) = P(X > x) / P(X > spent): logarithms add up
    total = shape.at(survival_to_z(log_tail + log_survival(z)))
    left: Floats = np.maximum(total - spent, 0.0)
    return left


@lru_cache(maxsize=65536)
def estimate_mean(estimate: Estimate, shift: Shift = NO_SHIFT) -> float:
    """Return the mean of an estimate, by Gauss-Hermite quadrature."""
    if estimate.is_exact:
        return estimate.p50
    nodes, weights = _hermite()
    return float(weights @ _shape(estimate, shift).at(nodes))


@lru_cache(maxsize=4096)
def tail_share(estimate: Estimate) -> float:
    """Return the part of an estimate's mean that lies above P90, by the midpoint rule below it."""
    if estimate.is_exact:
        return 0.0
    nodes = deviates(_TAIL_NODES)
    below = values_at(estimate, nodes)[: _TAIL_NODES * 9 // 10].sum() / _TAIL_NODES
    return 1 - float(below) / estimate_mean(estimate)


@lru_cache(maxsize=1)
def _hermite() -> tuple[Floats, Floats]:
    """Return the nodes of the quadrature, and their weights, which add up to 1."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(_NODES)
    return nodes, weights / weights.sum()
