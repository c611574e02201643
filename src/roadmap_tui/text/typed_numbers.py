"""Numbers as people type them: one grammar for forms, dialogs, imports and the command line.

A text is read only if it has one meaning. Where it has two, such as ``1,5``, the answer is a
`NumberFault` that names both.
"""

import math
import re
from dataclasses import replace
from typing import Literal, TypeAlias

from roadmap_tui.plan.estimate import SIZES, NumberKind, Size
from roadmap_tui.text.number_grammar import (
    NumberEnd,
    NumberFault,
    NumberGrammar,
    SuffixKind,
    quote_input,
    read_ends,
)
from roadmap_tui.text.number_runs import DecimalMark, is_underflow, spell_number, to_number

Number: TypeAlias = int | float
NumberOrRange: TypeAlias = Number | list[Number]
EffortUnit: TypeAlias = Literal["hours", "days", "weeks", "months", "seconds"]
_SCALES = {
    **dict.fromkeys(("k", "thousand"), 3),
    **dict.fromkeys(("m", "mn", "million"), 6),
    **dict.fromkeys(("b", "bn", "billion"), 9),
    **dict.fromkeys(("t", "trillion"), 12),
}
"""Powers of ten by the words that stand for them."""
_WEEKS_PER_UNIT: dict[EffortUnit, float] = {
    "seconds": 1 / 144_000,
    "hours": 1 / 40,
    "days": 1 / 5,
    "weeks": 1,
    "months": 365.25 / 84,
}
"""Person-weeks of five days and 40 hours in one of each; a month is a twelfth of 365.25 days."""
_UNIT_NAMES: dict[EffortUnit, str] = {
    "hours": "h hr hrs hour hours",
    "days": "d day days pd",
    "weeks": "w wk wks week weeks pw",
    "months": "mo mos month months pm",
}
_PERCENT = re.compile(r"%|per ?cent", re.IGNORECASE)
_CONVERTED_DIGITS = 3
_SMALLEST_PERCENT = 2
"""A bare share from here on is in per cent; 1 is all, and what is between is asked."""


def _units_by_word() -> dict[str, EffortUnit]:
    found: dict[str, EffortUnit] = {}
    for unit, names in _UNIT_NAMES.items():
        found |= dict.fromkeys(names.split(), unit)
        for person in ("person-", "person ", "man-", "man "):
            found |= dict.fromkeys((f"{person}{unit}", f"{person}{unit[:-1]}"), unit)
    return found


_UNIT_BY_WORD = _units_by_word()
_BELOW_A_WEEK = ("days", "hours")
_SCALE_WORDS: dict[str, SuffixKind] = dict.fromkeys(_SCALES, "scale")
_UNIT_WORDS: dict[str, SuffixKind] = dict.fromkeys(_UNIT_BY_WORD, "unit")
_NO_SHARE = {"%": ("is per cent", "type a plain number, such as 0.9 for 90%")}
_MONTHS_OR_MILLIONS = {"m": ("can be months or millions", "type mo for months")}
_EFFORT = NumberGrammar(
    "type person-weeks such as 3, 3–9 or 3 4 9, or 2 months, 10 days, or S, M, L, XL",
    _SCALE_WORDS | _UNIT_WORDS,
    _MONTHS_OR_MILLIONS | _NO_SHARE,
    allows_currency=False,
)
_WORKING_DAYS = ("can be working or calendar time", "type it in weeks or months")
_WEEKS = replace(
    _EFFORT,
    remedy="type weeks such as 3, 3–9 or 3 4 9, or months such as 2 months",
    confusions={
        **_MONTHS_OR_MILLIONS,
        **_NO_SHARE,
        **{word: _WORKING_DAYS for word, unit in _UNIT_BY_WORD.items() if unit in _BELOW_A_WEEK},
    },
)
_SHARE = NumberGrammar("type a share such as 80% or 0.8", {"%": "percent"}, allows_currency=False)


def read_number(
    text: str, *, unit: str = "", decimal: DecimalMark = "unknown"
) -> Number | NumberFault:
    """One number, such as ``14,500``, ``12k`` or ``$1 200``.

    Args:
        text: what was typed.
        unit: the unit of the field; its words may follow the number.
        decimal: the decimal mark of the text, where it is known.
    """
    grammar = _quantity_grammar("type one number such as 14,500", unit, decimal)
    return _single(_read(text, replace(grammar, allows_range=False)), text)


def read_quantity(
    text: str, *, unit: str = "", decimal: DecimalMark = "unknown"
) -> NumberOrRange | NumberFault:
    """A number or a range, such as ``3-9``, ``3 4 9`` or ``[3, 9]``; arguments as `read_number`."""
    remedy = "type one number such as 14,500, or low and high such as 3–9, or 3 4 9"
    return _read(text, _quantity_grammar(remedy, unit, decimal))


def read_count(text: str) -> int | NumberFault:
    """A whole number of at least 0, such as ``1,200`` or ``12k``."""
    number = read_number(text)
    if isinstance(number, NumberFault):
        return number
    if number < 0 or number != math.floor(number):
        return NumberFault(0, f"{quote_input(text)} is not a count", "type a whole number")
    return int(number)


def read_level(text: str) -> float | NumberFault:
    """A measured level: a number such as ``240``, or a share such as ``0.89`` or ``89%``."""
    number = read_share(text) if "%" in text else read_number(text)
    return number if isinstance(number, NumberFault) else float(number)


def read_effort(
    text: str, *, unit: EffortUnit = "weeks", decimal: DecimalMark = "unknown"
) -> NumberOrRange | Size | NumberFault:
    """An effort in person-weeks, such as ``3–9``, ``2 months`` or ``10 days``, or a size.

    Args:
        text: what was typed.
        unit: what a number without a unit counts.
        decimal: the decimal mark of the text, where it is known.
    """
    for size in SIZES:
        if text.strip().upper() == size:
            return size
    return _read_weeks(text, replace(_EFFORT, decimal=decimal), unit)


def read_weeks(text: str) -> NumberOrRange | NumberFault:
    """A time in weeks, such as ``3``, ``3–9`` or ``2 months``; days and hours are asked."""
    return _read_weeks(text, _WEEKS, "weeks")


def read_typed(text: str, kind: NumberKind, unit: str = "") -> NumberOrRange | Size | NumberFault:
    """What is typed into a field of a kind, as the file stores it.

    Args:
        text: what was typed.
        kind: how the field's value is typed.
        unit: the unit of the field.
    """
    match kind:
        case "effort":
            return read_effort(text)
        case "share":
            return read_share_range(text)
        case "chance":
            return read_share(text)
    if unit == "person-weeks":
        value = _read_weeks(text, _EFFORT, "weeks")
    elif unit == "weeks":
        value = read_weeks(text)
    elif kind == "number":
        value = read_number(text, unit=unit)
    else:
        value = read_quantity(text, unit=unit)
    return _single(value, text) if kind == "number" else value


def read_share(text: str, *, decimal: DecimalMark = "unknown") -> Number | NumberFault:
    """A share from 0 to 1, typed as ``80%``, ``80`` or ``0.8``."""
    return _single(read_share_range(text, decimal=decimal), text)


def read_share_range(text: str, *, decimal: DecimalMark = "unknown") -> NumberOrRange | NumberFault:
    """A share or a range of shares, typed as ``60–80%``, ``60 80`` or ``0.6 0.8``."""
    ends = read_ends(text, replace(_SHARE, decimal=decimal))
    values = ends if isinstance(ends, NumberFault) else _numbers(ends)
    if isinstance(ends, NumberFault) or isinstance(values, NumberFault):
        return values
    has_sign = "%" in ends[0].suffixes
    if has_sign and len(_PERCENT.findall(text)) < len(values) and min(values) < 1 <= max(values):
        problem = f"{quote_input(text)} can be read in two ways"
        return NumberFault(0, problem, "type each number with its %")
    return _shares(text, values, has_sign=has_sign)


def converted_unit(text: str) -> str:
    """The unit other than weeks that a typed effort has; empty without one."""
    ends = read_ends(text, _EFFORT)
    if isinstance(ends, NumberFault):
        return ""
    units = (_unit_of(end) for end in ends)
    return next((unit for unit in units if unit and unit != "weeks"), "")


def spell_quantity(values: list[Number]) -> str:
    """A range as it may be typed: `read_quantity` reads the same values from it."""
    words = [spell_number(value) for value in values]
    text = " ".join(words)
    return text if read_quantity(text) == values else f"[{', '.join(words)}]"


def _quantity_grammar(remedy: str, unit: str, decimal: DecimalMark) -> NumberGrammar:
    """The grammar of numbers; the words of their unit may follow them."""
    labels: dict[str, SuffixKind] = dict.fromkeys(unit.casefold().split(), "label")
    return NumberGrammar(remedy, labels | _SCALE_WORDS, _NO_SHARE, decimal)


def _single(value: NumberOrRange | NumberFault, text: str) -> Number | NumberFault:
    if isinstance(value, list):
        return NumberFault(0, f"{quote_input(text)} is a range", "type one number")
    return value


def _read_weeks(text: str, grammar: NumberGrammar, unit: EffortUnit) -> NumberOrRange | NumberFault:
    """Numbers with units of time, in weeks; those without a unit count `unit`."""
    ends = read_ends(text, grammar)
    values = ends if isinstance(ends, NumberFault) else _numbers(ends)
    if isinstance(ends, NumberFault) or isinstance(values, NumberFault):
        return values
    units = [_unit_of(end) or unit for end in ends]
    if len({*units}) > 1 and len({end.part for end in ends}) == 1:
        problem = f"{quote_input(text)} has two units"
        return NumberFault(ends[1].at, problem, "type it in one unit, such as 13 days")
    weeks = [_to_weeks(value, each) for value, each in zip(values, units, strict=True)]
    return _number_or_range(weeks)


def _read(text: str, grammar: NumberGrammar) -> NumberOrRange | NumberFault:
    ends = read_ends(text, grammar)
    if isinstance(ends, NumberFault):
        return ends
    values = _numbers(ends)
    return values if isinstance(values, NumberFault) else _number_or_range(values)


def _number_or_range(values: list[Number]) -> NumberOrRange:
    return values[0] if len(values) == 1 else values


def _unit_of(end: NumberEnd) -> EffortUnit | None:
    return next((_UNIT_BY_WORD[word] for word in end.suffixes if word in _UNIT_BY_WORD), None)


def _to_weeks(value: Number, unit: EffortUnit) -> Number:
    """An effort in person-weeks, to three significant digits where it is converted."""
    if unit == "weeks":
        return value
    weeks = float(f"{value * _WEEKS_PER_UNIT[unit]:.{_CONVERTED_DIGITS}g}")
    return int(weeks) if weeks.is_integer() else weeks


def _numbers(ends: list[NumberEnd]) -> list[Number] | NumberFault:
    """The values with their scales; faults if one is too large or too small for a float."""
    values: list[Number] = []
    for end in ends:
        scales = (_SCALES[word] for word in end.suffixes if word in _SCALES)
        value = to_number(end.digits, next(scales, 0))
        if not math.isfinite(value) or is_underflow(end.digits, value):
            size = "small" if value == 0 else "large"
            problem = f"{quote_input(end.digits)} is too {size} for a plan"
            return NumberFault(end.at, problem, "type a number of at most 1,000,000,000,000")
        values.append(value)
    return values


def _shares(text: str, values: list[Number], *, has_sign: bool) -> NumberOrRange | NumberFault:
    """Shares from 0 to 1 of the numbers that were typed."""
    is_fraction = all(value <= 1 for value in values)
    is_percent = all(value >= _SMALLEST_PERCENT for value in values)
    if not has_sign and not is_fraction and not is_percent:
        remedy = "type per cent with its sign, such as 1.5%, or shares from 0 to 1"
        problem = f"{quote_input(text)} can be a share or per cent"
        return NumberFault(0, problem, remedy)
    is_scaled = has_sign or not is_fraction
    shares = [to_number(repr(value), -2) if is_scaled else value for value in values]
    if not 0 <= min(shares) <= max(shares) <= 1:
        problem = f"{quote_input(text)} is not from 0% to 100%"
        return NumberFault(0, problem, "type a share such as 80%")
    return _number_or_range(shares)
