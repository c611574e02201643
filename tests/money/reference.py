"""Plain versions of what the package computes, to hold it against: sums over cases and loops over
months.
"""

import math
from collections.abc import Callable
from itertools import accumulate


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
    build: float,
    run: float,
    benefit: float,
    launch: float,
    months: int,
    ramp: list[float],
    parts: int = 1,
) -> list[float]:
    """What is left of each month; see `cash_by_part`."""
    left = cash_by_part(build, run, benefit, launch, months, ramp, parts)
    return [sum(left[at : at + parts]) for at in range(0, len(left), parts)]


def cash_by_part(
    build: float,
    run: float,
    benefit: float,
    launch: float,
    months: int,
    ramp: list[float],
    parts: int,
) -> list[float]:
    """What is left of each part of each month, by going through them.

    Args:
        build, run, benefit: in all, and of each month that it is live.
        launch: months until it is live, a whole number of parts; below 0 for what is live.
        months: how many there are; the build goes on after them if the launch is later.
        ramp: share of the benefit in each month after the launch.
        parts: of a month.
    """
    first = round(launch * parts)
    left = []
    for at in range(max(months, math.ceil(launch)) * parts):
        net = 0.0
        if at < first:
            net -= build / first
        if first <= 0 and at == 0:
            net -= build
        if at >= first and at < months * parts:
            since = (at - first) // parts
            share = ramp[min(since, len(ramp) - 1)] if ramp else 1.0
            net += (benefit * share - run) / parts
        left.append(net)
    return left


def lowest(left: list[float]) -> float:
    """The lowest sum so far, at most 0."""
    return min(0.0, *(math.fsum(left[: at + 1]) for at in range(len(left))))


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
    moved = list(accumulate(map(abs, left)))
    sums = list(accumulate(left))
    for month in range(len(left)):
        if all(sums[at] >= -1e-9 * moved[at] for at in range(month, len(left))):
            return month + 1
    return 0


def expected_shortfall(values: list[float], share: float = 0.1) -> float:
    """The mean of the worst share of all values, by sorting."""
    worst = sorted(values)[: max(1, round(len(values) * share))]
    return math.fsum(worst) / len(worst)
