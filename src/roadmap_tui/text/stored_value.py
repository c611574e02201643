"""What a typed number will be stored as, in words."""

from roadmap_tui.plan.estimate import SIZES, NumberKind
from roadmap_tui.plan.item_fields import USUAL_IMPACT
from roadmap_tui.text.typed_numbers import converted_unit

_LIKELY = 3


def stored_text(value: object, kind: NumberKind, unit: str, typed: str) -> str:
    """A value as it will be stored: ``= 14,500 people``, ``= 8.7 person-weeks (2 months)``.

    Args:
        value: the value; empty text for one that is no number.
        kind: the kind of number that the field holds.
        unit: the unit of the field.
        typed: what was typed.
    """
    if value in SIZES:
        return f"= size {value}"
    if isinstance(value, list):
        figures = [_figure(each, kind) for each in value]
        likely = f", most likely {figures[1]}" if len(figures) == _LIKELY else ""
        figure = f"{figures[0]} to {figures[-1]}{likely}"
    elif isinstance(value, int | float):
        figure = _figure(value, kind)
    else:
        return ""
    words = _unit_words(unit, is_one=value == 1)
    is_converted = unit in {"weeks", "person-weeks"} and converted_unit(typed)
    origin = f" ({typed.strip()})" if is_converted else ""
    return f"= {figure}{words}{origin}"


def unusual_impact(value: object) -> str:
    """A remark on an impact outside the usual scale; empty for others."""
    low, high = USUAL_IMPACT
    numbers = value if isinstance(value, list) else [value]
    if all(not isinstance(each, int | float) or low <= each <= high for each in numbers):
        return ""
    return f"impact is usually {low:g} to {high:g}"


def _figure(value: object, kind: NumberKind) -> str:
    if kind in {"chance", "share"} and isinstance(value, int | float):
        return f"{round(value * 100, 6):,g}%"
    return f"{value:,}" if isinstance(value, int | float) else str(value)


def _unit_words(unit: str, *, is_one: bool) -> str:
    """A unit behind its number; nothing for a scale such as ``1 to 5``."""
    words = unit.removeprefix("money").strip()
    if not words or words[0].isdigit():
        return ""
    if is_one and words in {"weeks", "person-weeks"}:
        words = words.removesuffix("s")
    return f" {words}"
