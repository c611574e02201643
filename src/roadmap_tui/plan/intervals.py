"""Intervals of measured shares: Wilson's, and the F-measure's by an equivalent number of cases."""

import math

Z95 = 1.959963984540054
"""The normal deviate that bounds 95%, two-sided."""


def wilson_interval(hits: int, total: int) -> tuple[float, float]:
    """The Wilson score interval of a share at 95%, two-sided.

    Args:
        hits: how many succeeded.
        total: out of how many; with 0 the interval goes from 0 to 1.

    Source: E. B. Wilson, JASA 22 (1927), 209-212.
    """
    if not total:
        return 0.0, 1.0
    return wilson_interval_of_share(hits / total, total)


def wilson_interval_of_share(
    share: float, total: float, deviate: float = Z95
) -> tuple[float, float]:
    """The Wilson score interval of a share that is as certain as one counted in `total` cases."""
    z2 = deviate * deviate
    centre = share + z2 / (2 * total)
    half = deviate * math.sqrt(share * (1 - share) / total + z2 / (4 * total * total))
    scale = 1 + z2 / total
    # At 0 and 1 the interval touches the end exactly, which rounding would miss.
    low = max(0.0, (centre - half) / scale) if share > 0 else 0.0
    high = min(1.0, (centre + half) / scale) if share < 1 else 1.0
    return low, high


def newcombe_interval(
    first: tuple[int, int], second: tuple[int, int], deviate: float = Z95
) -> tuple[float, float]:
    """The interval of the difference first - second of two independent shares.

    Args:
        first: hits and cases, at least one.
        second: likewise.
        deviate: normal deviate that bounds it, two-sided; by default of 95%.

    Source: R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890, method 10.
    """
    shares = first[0] / first[1], second[0] / second[1]
    ends = [
        wilson_interval_of_share(share, counts[1], deviate)
        for share, counts in zip(shares, (first, second), strict=True)
    ]
    (low, high), (other_low, other_high) = ends
    difference = shares[0] - shares[1]
    below = math.hypot(shares[0] - low, other_high - shares[1])
    above = math.hypot(high - shares[0], shares[1] - other_low)
    return difference - below, difference + above


def f_beta(tp: int, fp: int, fn: int, beta: float = 1.0) -> float | None:
    """The F-measure, in which recall weighs `beta` times as much as precision.

    Returns:
        The measure; None if nothing was to be found and nothing was flagged.

    Source: C. J. van Rijsbergen, Information Retrieval (1979), ch. 7.
    """
    square = beta * beta
    found = (1 + square) * tp
    whole = found + square * fn + fp
    return found / whole if whole else None


def f_beta_effective_cases(tp: int, fp: int, fn: int, beta: float) -> float:
    """The number of cases in which a plain share would be as certain as this F-measure.

    That is share x (1 - share) / variance, with the variance of the delta method for multinomial
    counts. Without an error it is the variance of the errors that weigh most.

    Source: K. Takahashi et al., Applied Intelligence 52 (2022), 4961-4972.
    """
    square = beta * beta
    found, missed = (1 + square) * tp, square * fn + fp
    if not missed:
        return found / max(1.0, square)
    spread = (1 + square) * missed**2 + found * (square * square * fn + fp)
    return missed * (found + missed) ** 2 / spread


def chance_se(chance: float, runs: int) -> float:
    """Return the standard error of a chance that is a share of independent simulation runs."""
    return math.sqrt(max(0.0, chance * (1 - chance)) / runs)
