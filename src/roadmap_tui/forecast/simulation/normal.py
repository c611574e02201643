"""The normal distribution over simulation runs, without scipy."""

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
C90 = NormalDist().inv_cdf(0.9)
_FAR, _STEP = 14.0, 1 / 1024


@lru_cache(maxsize=8)
def deviates(runs: int) -> Floats:
    """Return standard normal deviates at the midpoints of equal probability shares, ascending."""
    inverse = NormalDist().inv_cdf
    half = np.array([inverse((at + 0.5) / runs) for at in range((runs + 1) // 2)])
    grid = np.concatenate([half, -half[: runs // 2][::-1]])
    grid.setflags(write=False)
    return grid


@lru_cache(maxsize=1)
def _survival_table() -> tuple[Floats, Floats]:
    z = np.arange(-_FAR, _FAR + _STEP, _STEP)
    table = np.array([math.log(0.5 * math.erfc(each / math.sqrt(2))) for each in z])
    return z, table


def log_survival(z: NDArray[np.floating]) -> Floats:
    """Return ln P(Z > z), accurate to 1e-6; beyond 14 standard deviations, the value at 14."""
    grid, table = _survival_table()
    logarithms: Floats = np.interp(z, grid, table)
    return logarithms


def survival_to_z(log_tail: NDArray[np.floating]) -> Floats:
    """Return the deviate that is exceeded with probability exp(`log_tail`)."""
    grid, table = _survival_table()
    z: Floats = np.interp(-log_tail, -table, grid)
    return z
