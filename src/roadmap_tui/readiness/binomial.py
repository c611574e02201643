"""Certainty of a counted share: exact intervals, chance to reach a level, cases to prove it."""

import math
from functools import lru_cache

import numpy as np

from roadmap_tui.forecast.simulation.amounts import Floats
from roadmap_tui.plan.readiness.quality_bars import CountedShare

_NODES = 200
_REACH = 40.0
_STEPS = 60
_MOST = 1 << 40
POWER = 0.8
"""The usual chance to prove what is true.

Source: J. Cohen, Statistical Power Analysis for the Behavioral Sciences (1988), 2.4.
"""


def beta_cdf(level: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function: P(Beta(a, b) <= level).

    By Gauss-Legendre quadrature over 40 standard deviations on either side of the mode, which omits
    less than 1e-15 of the whole.

    Args:
        level: from 0 to 1; outside, the answer is 0 or 1.
        a: at least 1.
        b: at least 1.

    Source: NIST Digital Library of Mathematical Functions, 8.17.
    """
    if level <= 0 or level >= 1:
        return float(level >= 1)
    whole = a + b - 2
    mode = (a - 1) / whole if whole else 0.5
    reach = _REACH * math.sqrt(a * b / (a + b + 1)) / (a + b)
    low, at, high = max(-mode, -reach), level - mode, min(1 - mode, reach)
    if not low < at < high:
        return float(at >= high)
    # dividing by the whole mass spares the beta function, which over- or underflows
    below, above = _beta_mass((low, at), a, b), _beta_mass((at, high), a, b)
    return below / (below + above)


def _beta_mass(ends: tuple[float, float], a: float, b: float) -> float:
    """Integrate the density of Beta(a, b), scaled to 1 at the mode, between two offsets from it."""
    nodes, weights = _legendre()
    low, high = ends
    away = low + (high - low) * (nodes + 1) / 2
    logs = _log_power(away, a - 1, b - 1) + _log_power(-away, b - 1, a - 1)
    return float(weights @ np.exp(logs)) * (high - low) / 2


def _log_power(away: Floats, exponent: float, other: float) -> Floats:
    """Return log (x / mode) ** exponent at a distance from mode exponent / (exponent + other)."""
    if exponent <= 0:
        return np.zeros_like(away)
    with np.errstate(divide="ignore"):
        return exponent * np.log1p(np.maximum(away * (exponent + other) / exponent, -1.0))


@lru_cache(maxsize=1)
def _legendre() -> tuple[Floats, Floats]:
    """Return the nodes of the quadrature from -1 to 1, and their weights."""
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return nodes, weights


def chance_to_reach(level: float, hits: int, of: int) -> float:
    """Return the chance that the true rate is at least `level`, with a uniform prior.

    Without any cases it is 1 - level. The posterior is Beta(hits + 1, of - hits + 1).

    Source: T. Bayes, Phil. Trans. 53 (1763), 370-418.
    """
    return 1 - beta_cdf(level, hits + 1, of - hits + 1)


def clopper_pearson(hits: int, of: int, confidence: float = 0.95) -> tuple[float, float]:
    """Return the exact two-sided interval of a share; from 0 to 1 if nothing was counted.

    Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), 404-413.
    """
    tail = (1 - confidence) / 2
    low = _beta_quantile(tail, hits, of - hits + 1) if hits else 0.0
    high = _beta_quantile(1 - tail, hits + 1, of - hits) if hits < of else 1.0
    return low, high


def _beta_quantile(share: float, a: int, b: int) -> float:
    """Return the level that Beta(a, b) lies below with this probability."""
    low, high = 0.0, 1.0
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if beta_cdf(middle, a, b) < share:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def cases_for_power(
    counted: CountedShare, tail: float, rate: float, power: float = POWER
) -> int | None:
    """Return about how many more cases give this chance to prove a level; None if never.

    Whole hits only: proof is a result that has at most the chance `tail` at the level, by the
    exact binomial distribution of all cases together.

    Args:
        counted: what was counted so far, and the level.
        tail: from 0 to 1, exclusive.
        rate: the true rate, as assumed.
        power: from 0 to 1, exclusive.
    """
    if rate <= counted.level:
        return None
    low, high = 0, 1
    while _power(counted, high, tail, rate) < power:
        low, high = high, 2 * high
        if high > _MOST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if _power(counted, middle, tail, rate) < power:
            low = middle
        else:
            high = middle
    return high


def _power(counted: CountedShare, more: int, tail: float, rate: float) -> float:
    """Return the chance that the hits of so many more cases, with those so far, are proof."""
    needed = _proving_hits(counted.of + more, counted.level, tail) - counted.hits
    if needed <= 0:
        return 1.0
    if needed > more:
        return 0.0
    if rate >= 1:
        return 1.0
    return beta_cdf(rate, needed, more - needed + 1)


def _proving_hits(of: int, level: float, tail: float) -> int:
    """Return the fewest hits of so many that are proof of a level; of + 1 if none are."""
    if level <= 0:
        return 0
    low, high = 0, of + 1
    while high - low > 1:
        middle = (low + high) // 2
        if beta_cdf(level, middle, of - middle + 1) > tail:
            low = middle
        else:
            high = middle
    return high


def clopper_pearson_cases(launch: float, misses: int, tail: float) -> int | None:
    """Return the fewest cases in which `misses` still prove `launch`, one-sided and exact.

    Args:
        launch: from 0 to 1; nothing proves 1.
        misses: number of failures.
        tail: probability of so few misses at a true rate of exactly `launch`.

    Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934), 404-413.
    """
    # double until proven, then bisect
    low, high = misses, misses + 1
    while beta_cdf(launch, high - misses, misses + 1) > tail:
        low, high = high, 2 * high
        if high > _MOST:
            return None
    while high - low > 1:
        middle = (low + high) // 2
        if beta_cdf(launch, middle - misses, misses + 1) > tail:
            low = middle
        else:
            high = middle
    return high
