"""Comparing with a level: what reaches it but for the rounding of sums and products has reached it."""

import math

_ROUNDING = 1e-9


def above(value: float, level: float) -> bool:
    """Whether a value is more than a level."""
    return value > level and not _same(value, level)


def below(value: float, level: float) -> bool:
    """Whether a value is less than a level."""
    return value < level and not _same(value, level)


def _same(value: float, level: float) -> bool:
    return math.isclose(value, level, rel_tol=_ROUNDING, abs_tol=_ROUNDING)
