"""Proof of a level by a measured share, however often one looks."""

import math

from roadmap_tui.plan.intervals import Z95

PROOF_TAIL = 0.025
"""Chance, one-sided, that a model exactly at a level is ever proven to reach it."""
_SUMMED_CASES = 1_000_000
_NEGLIGIBLE = 1e-17


def look_tail(look: int) -> float:
    """The part of `PROOF_TAIL` that the look of this number may use, from 1 on.

    The parts of all looks sum to `PROOF_TAIL`, so that looking often proves nothing by itself:
    Bonferroni's inequality holds whether looks share cases or not.
    """
    return PROOF_TAIL / (look * (look + 1))


def binomial_upper_tail(hits: int, of: int, rate: float) -> float:
    """The probability of at least `hits` in `of` cases at this rate.

    Exact up to a million cases; beyond, by the normal distribution, with an error below 1% at
    four standard deviations.
    """
    if hits <= 0 or rate >= 1:
        return 1.0
    if rate <= 0:
        return 0.0
    if of > _SUMMED_CASES:
        return normal_upper_tail((hits - of * rate) / math.sqrt(of * rate * (1 - rate)))
    if hits <= of * rate:
        return 1 - _sum_of_tail(of - hits + 1, of, 1 - rate)
    return _sum_of_tail(hits, of, rate)


def _sum_of_tail(hits: int, of: int, rate: float) -> float:
    """The same for more hits than are expected: the terms fall from the first one on."""
    ways = math.lgamma(of + 1) - math.lgamma(hits + 1) - math.lgamma(of - hits + 1)
    term = math.exp(ways + hits * math.log(rate) + (of - hits) * math.log1p(-rate))
    whole, odds = term, rate / (1 - rate)
    for count in range(hits, of):
        term *= odds * (of - count) / (count + 1)
        whole += term
        if term < _NEGLIGIBLE * whole:
            break
    return min(1.0, whole)


def normal_upper_tail(deviations: float) -> float:
    """The probability of a normal value above this many standard deviations."""
    return math.erfc(deviations / math.sqrt(2)) / 2


def interval_tail(ahead: float, half_width: float) -> float:
    """The chance of a value this far ahead of a level, if the truth were exactly at the level.

    Args:
        ahead: distance from the level, negative on its wrong side.
        half_width: of the value's 95% interval, on the side of the level; may be 0.
    """
    if half_width <= 0:
        return 0.0 if ahead >= 0 else 1.0
    return normal_upper_tail(Z95 * ahead / half_width)


def design_effect(groups: tuple[tuple[int, int], ...]) -> float:
    """How many times the variance of a share is that of independent cases; at least 1.

    Args:
        groups: hits and cases of each independent group, such as a user or a document.

    Source: L. Kish, Survey Sampling (1965), ch. 5; W. G. Cochran, Sampling Techniques (1977), 3.12.
    """
    hits, cases = (sum(counts) for counts in zip(*groups, strict=True)) if groups else (0, 0)
    if len(groups) < 2 or not 0 < hits < cases:
        return 1.0
    share = hits / cases
    spread = sum((own - share * size) ** 2 for own, size in groups) / (len(groups) - 1)
    return max(1.0, len(groups) * spread / (cases * share * (1 - share)))
