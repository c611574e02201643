"""Numbers, shares and days as text."""

import math

from roadmap_tui.plan.intervals import wilson_interval

_MAX_DIGITS = 6
_SCIENTIFIC_FROM = 1e9
_QUARTER, _HALVES_BELOW = 0.25, 4
_ERRORS, _MAX_PLACES, _SMALLEST_ERROR = 2.0, 1, 0.05


NO_CHANGE = "no change"


def format_chance(chance: float) -> str:
    """A chance: ``57%``; 0% and 100% only if exact."""
    if 0 < chance <= 0.005:
        return "<1%"
    if 0.995 <= chance < 1:
        return ">99%"
    return f"{chance * 100:.0f}%"


def format_number(value: float) -> str:
    """A quantity: ``1,536``, ``12.4``, ``0.85``."""
    if value == 0 or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}" if abs(value) < 10 else f"{value:.1f}".removesuffix(".0")


def format_effort(weeks: float) -> str:
    """Person-weeks: halves below 4, else whole; ``<0.5`` for less than a quarter."""
    size = abs(weeks)
    if 0 < size < _QUARTER:
        return "<0.5" if weeks > 0 else ">-0.5"
    shown = round(size * 2) / 2 if size < _HALVES_BELOW else round(size)
    sign = "-" if weeks < 0 else ""
    return f"{sign}{shown:,.1f}".removesuffix(".0")


def format_person_weeks(weeks: float) -> str:
    """An expected effort with its unit: ``about 6 person-weeks``, ``0 person-weeks``."""
    shown = format_effort(weeks)
    if 0 < abs(weeks) < _QUARTER:
        return "less than half a person-week"
    about = "about " if weeks else ""
    return f"{about}{shown} person-week{'' if shown == '1' else 's'}"


def format_share_change(mean: float, se: float) -> str:
    """A change in percent, as precise as its error allows: ``+1.2% ± 0.2``.

    ``no change`` within two standard errors.
    """
    if abs(mean) <= _ERRORS * se or not mean:
        return NO_CHANGE
    percent, error = mean * 100, se * 100
    places = error_places(error) if error else _MAX_PLACES
    places = max(0, min(places, _MAX_PLACES))
    text = f"{percent:+.{places}f}%"
    if error < _SMALLEST_ERROR:
        return text
    return f"{text} ± {max(error, 10.0**-places):.{places}f}"


def error_places(error: float) -> int:
    """Decimal places that a figure with this standard error may have; negative before the point."""
    return -math.floor(math.log10(error))


def format_tenths(weeks: float) -> str:
    """Person-weeks, to a tenth: ``3.8``."""
    return f"{weeks:.1f}".removesuffix(".0")


def format_ordinal(place: int) -> str:
    """An ordinal number: ``2nd``."""
    ending = (
        "th" if place % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    )
    return f"{place}{ending}"


def round_significant(value: float) -> float:
    """A number at four significant digits, for JSON."""
    return float(f"{value:.4g}")


def format_level(value: float, digits: int = 3) -> str:
    """A measured value or a level: ``.809``, or ``240`` if it is not a share."""
    if not -1 <= value <= 1:
        return format_number(value) if abs(value) < _SCIENTIFIC_FROM else f"{value:.3g}"
    text = f"{value:.{digits}f}"
    return text.replace("0.", ".", 1) if text.startswith(("0.", "-0.")) else text


def format_set_level(value: float) -> str:
    """A level with the digits it was set with, at least two: ``.80``, ``.995``."""
    digits = next(
        (each for each in range(2, _MAX_DIGITS) if round(value, each) == value), _MAX_DIGITS
    )
    return format_level(value, digits)


def format_beside_level(value: float, level: float) -> str:
    """A value with enough digits to show on which side of a level it is."""
    for digits in range(3, _MAX_DIGITS):
        if value == level or round(value, digits) != round(level, digits):
            return format_level(value, digits)
    return format_level(value, _MAX_DIGITS)


def format_interval(low: float, high: float) -> str:
    """The two ends of a 95 % interval: ``[.752, .856]``."""
    return f"[{format_level(low)}, {format_level(high)}]"


def format_percent(share: float) -> str:
    """A share in percent with a tenth: ``42.7%``."""
    return f"{share * 100:.1f}%"


def format_counted_share(hits: int, total: int) -> str:
    """A counted share in percent with its 95 % interval: ``42.7% [38.4, 47.2]``."""
    low, high = wilson_interval(hits, total)
    return f"{format_percent(hits / total)} [{low * 100:.1f}, {high * 100:.1f}]"


def format_count(count: int, word: str) -> str:
    """A count with its noun: ``1 case``, ``1,200 cases``."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def format_milliseconds(ms: float) -> str:
    """A duration: ``180 ms``, ``2.1 s``."""
    return f"{format_number(ms)} ms" if ms < 1_000 else f"{format_number(ms / 1_000)} s"
