"""What digits with points, commas and other marks between them can mean."""

import re
from decimal import Decimal
from typing import Literal, TypeAlias

DecimalMark: TypeAlias = Literal["point", "comma", "unknown"]
"""The mark before decimals: known from a file's notation, or unknown where people type."""
Reading: TypeAlias = tuple[str, ...]
"""What a text can mean: decimal literals, two or three for the ends of a range."""
_GROUPED_BY_COMMA = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_GROUPED_BY_POINT = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+(?:,\d+)?", re.ASCII)
_GROUPED_BY_OTHER = re.compile(
    r"[1-9]\d{0,2}(['’_\u00a0\u202f\u2007\u2009])\d{3}(?:\1\d{3})*(?:[.,]\d+)?", re.ASCII
)
_PLAIN = re.compile(r"(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_DECIMAL_COMMA = re.compile(r"\d+,\d+", re.ASCII)
_SPLIT_GROUP = re.compile(r"(?<![\d.])\d{1,3},\d{3}(?!\d)", re.ASCII)
_PADDED = re.compile(r"0\d")
_MAX_ENDS = 3
_INTEGERS = Decimal(10) ** 15
"""Above it, whole numbers are written as floats."""


def run_readings(run: str, decimal: DecimalMark) -> list[Reading]:
    """What a run of digits and marks can mean; several readings where that is ambiguous.

    A comma between groups of three digits is a thousands separator, unless the decimal mark is
    known to be a comma.

    Args:
        run: digits with single marks between them, without spaces that may separate numbers.
        decimal: the decimal mark, where it is known.
    """
    if _GROUPED_BY_OTHER.fullmatch(run):
        return [(re.sub(r"[^\d.,]", "", run).replace(",", "."),)]
    if _GROUPED_BY_COMMA.fullmatch(run):
        is_decimal = decimal == "comma" and _DECIMAL_COMMA.fullmatch(run)
        english = (run.replace(",", ""),)
        return [english, (run.replace(",", "."),)] if is_decimal else [english]
    continental = _continental_reading(run)
    if decimal == "comma" and continental is not None:
        return [continental]
    plain = (run,) if _PLAIN.fullmatch(run) else None
    if decimal == "point" and plain is not None:
        return [plain]
    found = (continental, plain, _range_reading(run))
    return [reading for reading in found if reading is not None]


def _continental_reading(run: str) -> Reading | None:
    """The number if commas come before decimals and points group thousands."""
    if _GROUPED_BY_POINT.fullmatch(run) or _DECIMAL_COMMA.fullmatch(run):
        return (run.replace(".", "").replace(",", "."),)
    return None


def _range_reading(run: str) -> Reading | None:
    """The ends of a range if commas separate them; never within a group of three digits."""
    pieces = run.split(",")
    if not 1 < len(pieces) <= _MAX_ENDS or _SPLIT_GROUP.search(run):
        return None
    if not all(_PLAIN.fullmatch(each) and not _PADDED.match(each) for each in pieces):
        return None
    return tuple(pieces)


def to_number(digits: str, power: int = 0) -> int | float:
    """The number of a decimal literal times a power of ten; whole if it is written so.

    Infinite if it is too large for a float.
    """
    value = Decimal(digits).scaleb(power)
    is_whole = value == value.to_integral_value() and (power != 0 or digits.lstrip("-").isdigit())
    return int(value) if is_whole and abs(value) < _INTEGERS else float(value) + 0.0


def spell_number(value: int | float) -> str:
    """A number as it may be typed: `read_number` reads the same value from it."""
    text = repr(value).removesuffix(".0")
    if re.fullmatch(r"-?[1-9]\d{0,2}\.\d{3}", text):
        return f"{text}0"  # else its point might group thousands
    return text


def is_underflow(digits: str, value: float) -> bool:
    """Whether a decimal literal is too close to 0 for a float."""
    return value == 0 and Decimal(digits) != 0
