"""Numbers, shares and days as text."""

import math

from roadmap_tui.plan.intervals import wilson_interval

_MAX_DIGITS = 6
_SCIENTIFIC_FROM = 1e9
_NEARLY_SURE = 0.995
_ROUND_UP = 1.2
_SMALL_SHARE, _TENTH = 0.1, 0.1
_QUARTER, _HALVES_BELOW = 0.25, 4
_ERRORS, _MAX_PLACES, _SMALLEST_ERROR = 2.0, 1, 0.05
NO_CHANGE = "no change"


def format_chance(chance: float) -> str:
    """The chance of something that is still open: ``57%``, ``<1%``, ``>99%``; never 100%."""
    if chance >= _NEARLY_SURE:
        return ">99%"
    return format_whole_percent(chance)


def format_whole_percent(share: float) -> str:
    """A share that is known, measured or set: ``57%``; 0% and 100% only if exact."""
    if 0 < share <= 1 - _NEARLY_SURE:
        return "<1%"
    if _NEARLY_SURE <= share < 1:
        return ">99%"
    return f"{share * 100:.0f}%"


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


def format_level(value: float) -> str:
    """A measured rate or level: ``81%``, ``4.2%``, or ``240`` if it is not a share."""
    if not -1 <= value <= 1:
        return format_number(value) if abs(value) < _SCIENTIFIC_FROM else f"{value:.3g}"
    return _format_rate(value, 1 if _is_near_an_end(value) else 0).replace(".0%", "%")


def format_set_level(value: float) -> str:
    """A level with the digits it was set with: ``80%``, ``99.5%``."""
    places = (each for each in range(_MAX_DIGITS) if round(value, each + 2) == value)
    return _format_level_at(value, next(places, _MAX_DIGITS))


def format_beside_level(value: float, level: float) -> str:
    """A value with enough digits to show on which side of a level it is."""
    for places in range(_MAX_DIGITS):
        if value == level or round(value, places + 2) != round(level, places + 2):
            return _format_level_at(value, places)
    return _format_level_at(value, _MAX_DIGITS)


def _format_level_at(value: float, places: int) -> str:
    return _format_rate(value, places) if -1 <= value <= 1 else format_level(value)


def format_interval(low: float, high: float) -> str:
    """The two ends of a 95% interval, as precise as its width allows: ``(75–86%)``."""
    if not (-1 <= low <= 1 and -1 <= high <= 1):
        return f"({format_level(low)}–{format_level(high)})"
    return f"({_format_ends(low, high)})"


def format_measured(value: float, low: float, high: float, level: float | None = None) -> str:
    """A measured rate with its 95% interval, alike in digits: ``89% (84–93%)``.

    With a level, the value has enough digits to show on which side of it it is.
    """
    interval = format_interval(low, high)
    if not (-1 <= low <= 1 and -1 <= high <= 1 and -1 <= value <= 1):
        return f"{format_level(value)} {interval}"
    places = _interval_places(low, high)
    while level not in {None, value} and places < _MAX_DIGITS:
        if round(value, places + 2) != round(level or 0.0, places + 2):
            break
        places += 1
    return f"{_format_rate(value, places)} {interval}"


def _format_ends(low: float, high: float) -> str:
    places = _interval_places(low, high)
    first, last = _format_rate(low, places), _format_rate(high, places)
    if first == last:
        return first
    return f"{first} to {last}" if low < 0 else f"{first.removesuffix('%')}–{last}"


def _interval_places(low: float, high: float) -> int:
    """Decimals of a percentage: as few as still show both ends of its interval."""
    half = (high - low) * 100 / 2
    return max(0, min(_MAX_PLACES + 1, error_places(half * _ROUND_UP))) if half > 0 else 1


def _is_near_an_end(share: float) -> bool:
    return 0 < abs(share) < _SMALL_SHARE or 1 - _SMALL_SHARE / 10 < abs(share) < 1


def _format_rate(share: float, places: int) -> str:
    text = f"{share * 100:.{places}f}%"
    return "0%" if text.strip("-0.%") == "" else text


def format_percent(share: float) -> str:
    """A share in percent: ``43%``; with a tenth below 10: ``4.2%``."""
    return _format_rate(share, 1 if 0 < abs(share) < _SMALL_SHARE else 0).replace(".0%", "%")


def format_counted_share(hits: int, total: int) -> str:
    """A counted share in percent with its 95% interval: ``43% (38–47%)``."""
    low, high = wilson_interval(hits, total)
    return format_measured(hits / total, low, high)


def format_people(people: float) -> str:
    """People on average, to a tenth: ``0.3``, ``2``, ``<0.1``."""
    if 0 < people < _TENTH / 2:
        return "<0.1"
    return f"{people:,.1f}".removesuffix(".0")


def format_count(count: int, word: str) -> str:
    """A count with its noun: ``1 case``, ``1,200 cases``."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def format_milliseconds(ms: float) -> str:
    """A duration: ``180 ms``, ``2.1 s``."""
    return f"{format_number(ms)} ms" if ms < 1_000 else f"{format_number(ms / 1_000)} s"
