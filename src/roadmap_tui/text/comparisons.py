"""Comparisons with a threshold, tolerant of rounding in sums and products."""

import math

from roadmap_tui.text.numbers import format_whole_percent

_ROUNDING = 1e-9
_MAX_DIGITS = 7


def is_above(value: float, level: float) -> bool:
    """Whether a value is more than a threshold."""
    return value > level and not _is_close(value, level)


def is_below(value: float, level: float) -> bool:
    """Whether a value is less than a threshold."""
    return value < level and not _is_close(value, level)


def _is_close(value: float, level: float) -> bool:
    return math.isclose(value, level, rel_tol=_ROUNDING, abs_tol=_ROUNDING)


def percent_against(share: float, level: float) -> str:
    """A share in percent, with enough digits to show on which side of a threshold it is."""
    if round(share, 2) != round(level, 2):
        return format_whole_percent(share)
    for digits in range(1, _MAX_DIGITS):
        if round(share, digits + 2) != round(level, digits + 2):
            return f"{share * 100:.{digits}f}%"
    return f"{share * 100:.0f}%"
