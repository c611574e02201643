"""Student's t for whole degrees of freedom, without scipy.

Source: M. Abramowitz and I. A. Stegun, *Handbook of Mathematical Functions* (1964), 26.7.3
and 26.7.4.
"""

import math
from functools import lru_cache

_HALVINGS = 60


@lru_cache(maxsize=1024)
def t90(degrees_of_freedom: int) -> float:
    """Return the 90th percentile of Student's t.

    Args:
        degrees_of_freedom: at least 1.
    """
    low, high = 0.0, math.pi / 2
    # bisection of the angle whose central probability is 80%
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, degrees_of_freedom) < 0.8 else (low, middle)
    return math.sqrt(degrees_of_freedom) * math.tan(low)


def _within(angle: float, freedom: int) -> float:
    """Return the chance that t lies within ±sqrt(freedom) tan(angle): a series in the cosine."""
    odd = freedom % 2
    term, total = (math.cos(angle), 0.0) if odd else (1.0, 0.0)
    for nth in range(1, (freedom + 1) // 2 if odd else freedom // 2 + 1):
        total += term
        term *= math.cos(angle) ** 2 * (
            2 * nth / (2 * nth + 1) if odd else (2 * nth - 1) / (2 * nth)
        )
    if odd:
        return 2 / math.pi * (angle + math.sin(angle) * total)
    return math.sin(angle) * total
