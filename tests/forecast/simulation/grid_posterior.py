"""The posterior of a record's bias and spread in plain Python, in closed form given both.

Given b and k the deviates are normal with equal correlations r: their density has a closed form
(determinant and inverse of (1 - r) I + r 1 1'), and so has the next one's law given the record.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist

_STEP = 0.05


@dataclass(frozen=True, slots=True)
class GridPosterior:
    """Expected deviate of a next effort, expected spread, and P10 and P90 of that deviate."""

    bias: float
    spread: float
    low: float
    high: float


def grid_posterior(deviates: Sequence[float], correlation: float) -> GridPosterior:
    """Return the posterior of a record whose efforts are all finished."""
    count = len(deviates)
    middle = sum(deviates) / count
    around = sum((each - middle) ** 2 for each in deviates)
    together = 1 + (count - 1) * correlation
    share = count * correlation / together
    points: list[tuple[float, float, NormalDist]] = []
    for bias in (_STEP * at for at in range(-60, 61)):
        for log_spread in (_STEP * at for at in range(-35, 36)):
            spread = math.exp(log_spread)
            squares = around / (1 - correlation) + count * (middle - bias) ** 2 / together
            log = -0.5 * ((bias / 0.5) ** 2 + (log_spread / 0.35) ** 2 + squares / spread**2)
            own = spread * math.sqrt(1 - correlation * share)
            following = NormalDist(bias + share * (middle - bias), own)
            points.append((math.exp(log - count * log_spread), spread, following))
    whole = sum(weight for weight, _, _ in points)

    def quantile(level: float) -> float:
        low, high = -20.0, 20.0
        for _ in range(30):
            at = (low + high) / 2
            below = sum(weight * law.cdf(at) for weight, _, law in points)
            low, high = (at, high) if below < level * whole else (low, at)
        return (low + high) / 2

    return GridPosterior(
        sum(weight * law.mean for weight, _, law in points) / whole,
        sum(weight * spread for weight, spread, _ in points) / whole,
        quantile(0.1),
        quantile(0.9),
    )
