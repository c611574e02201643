"""Plain versions of what the package computes, to hold it against: sums over cases and loops over months."""

import math
from collections.abc import Callable


def root(rises: Callable[[float], float], low: float, high: float) -> float:
    """Where a rising function is 0."""
    for _ in range(200):
        middle = (low + high) / 2
        if rises(middle) < 0:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def at_most(hits: int, of: int, rate: float) -> float:
    """The chance of so many hits or fewer."""
    return math.fsum(math.comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(hits + 1))


def score(hits: int, of: int, rate: float) -> float:
    """The statistic of the score test of a rate: how many deviations the share seen lies below it."""
    return (rate - hits / of) / math.sqrt(rate * (1 - rate) / of)
