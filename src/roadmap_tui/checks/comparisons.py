"""Comparing with a level: what reaches it but for the rounding of sums and products has reached it."""

import math

from roadmap_tui.text.numbers import format_chance

_ROUNDING = 1e-9
_DIGITS = 7


def is_above(value: float, level: float) -> bool:
    """Whether a value is more than a level."""
    return value > level and not _is_close(value, level)


def is_below(value: float, level: float) -> bool:
    """Whether a value is less than a level."""
    return value < level and not _is_close(value, level)


def _is_close(value: float, level: float) -> bool:
    return math.isclose(value, level, rel_tol=_ROUNDING, abs_tol=_ROUNDING)


def percent_against(share: float, level: float) -> str:
    """A share in percent, with as many digits as it takes to see on which side of a level it lies."""
    if round(share, 2) != round(level, 2):
        return format_chance(share)
    digits = next(
        (each for each in range(1, _DIGITS) if round(share, each + 2) != round(level, each + 2)), 0
    )
    return f"{share * 100:.{digits}f}%"
