"""Plain versions of what the package computes, to hold it against: sums over cases and loops over
months.
"""

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
    """Score test statistic of a rate: how many deviations the observed share lies below it."""
    return (rate - hits / of) / math.sqrt(rate * (1 - rate) / of)


def cash(
    build: float, run: float, benefit: float, launch: int, months: int, ramp: list[float]
) -> list[float]:
    """What is left of each month, by going through them."""
    left = []
    for month in range(1, months + 1):
        net = 0.0
        if launch > 1 and month < launch:
            net -= build / (launch - 1)
        if launch == 1 and month == 1:
            net -= build
        if month >= launch:
            since = month - launch
            share = ramp[min(since, len(ramp) - 1)] if ramp else 1.0
            net += benefit * share - run
        left.append(net)
    return left


def present(left: list[float], discount: float) -> float:
    """Net present value, the discount compounded month by month."""
    rate = (1 + discount) ** (1 / 12) - 1
    value, factor = 0.0, 1.0
    for net in left:
        factor /= 1 + rate
        value += net * factor
    return value


def paid_back(left: list[float]) -> int:
    """The first month such that no sum from it on is below 0; 0 if there is none."""
    slack = 1e-9 * sum(abs(net) for net in left)
    sums = [sum(left[: month + 1]) for month in range(len(left))]
    for month in range(len(left)):
        if all(each >= -slack for each in sums[month:]):
            return month + 1
    return 0
