"""Line filters for limited terminals: ASCII only, or no colours."""

import unicodedata
from functools import cache, lru_cache

from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter

_SIGNS = {
    "▁▂▃▄▅▆▇█": ".:-=+x%#",
    "░▒▓": ".:%",
    "·•◦…–—−×÷±": "-*..---x/+",
    "≤≥≠→←↑↓": "<>!><^v",
    "▲▼▽◀▶▸◂▾◆◇●○✓✗⚑√": "^vv<>><v*o@o+x!V",
    "▌▐▔▕▎▏▊▋▉▍▀": ">|-||||||||",
    "▰▱≈": "#-~",
    "₪฿₫₺₽": "SBdTP",
    "£€¥₩₹“”„‘’‚«»⚑": 'LEYWR"""\'\',<>P',
}
"""Characters and their ASCII replacements, one by one."""
_UNKNOWN = "?"
_REVERSED, _FAINT = 1.6, 3.0
"""Contrast from which a background is shown as reverse, and below which text is dimmed."""


@cache
def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for signs, plains in _SIGNS.items():
        table |= zip(signs, plains, strict=True)
    return table


@lru_cache(4096)
def to_ascii(text: str) -> str:
    """The text in ASCII, each character as wide as before."""
    return text if text.isascii() else "".join(map(_ascii, text))


def _ascii(char: str) -> str:
    cells = cell_len(char)
    if char.isascii() or not cells:
        return char if char.isascii() else ""
    name = unicodedata.name(char, "")
    if name.startswith("BOX DRAWINGS"):
        return _line(name)
    base = unicodedata.normalize("NFKD", char)[:1]
    return _table().get(char) or (base if base.isascii() and cells == 1 else _UNKNOWN * cells)


def _line(name: str) -> str:
    """ASCII for a box-drawing character, by its Unicode name."""
    flat = any(word in name for word in ("HORIZONTAL", "LEFT", "RIGHT"))
    upright = any(word in name for word in ("VERTICAL", "UP", "DOWN"))
    if flat and upright:
        return "+"
    if "TRIPLE" in name or "QUADRUPLE" in name:
        return "." if flat else ":"
    if not flat:
        return "|"
    return "=" if "HEAVY" in name and "LIGHT" not in name else "-"


class AsciiFilter(LineFilter):
    """Replaces all but ASCII characters; widths stay."""

    def apply(self, segments: list[Segment], _background: Color) -> list[Segment]:
        """The segments in ASCII."""
        return [Segment(to_ascii(text), style, control) for text, style, control in segments]


@cache
def monochrome_filter(background: str) -> "MonochromeFilter":
    """The filter for a screen with that background."""
    return MonochromeFilter(Color.parse(background))


class MonochromeFilter(LineFilter):
    """Removes colours: highlights are reversed, faint text is dimmed."""

    def __init__(self, screen: Color) -> None:
        super().__init__()
        self._screen = screen

    def apply(self, segments: list[Segment], _background: Color) -> list[Segment]:
        """The segments in the terminal's own colours."""
        return [
            Segment(text, style and _monochrome_style(style, self._screen), control)
            for text, style, control in segments
        ]


@lru_cache(1024)
def _monochrome_style(style: Style, screen: Color) -> Style:
    back = screen if style.bgcolor is None else Color.from_rich_color(style.bgcolor)
    front = None if style.color is None else Color.from_rich_color(style.color)
    stands_out = contrast_ratio(back, screen) >= _REVERSED
    recedes = front is not None and contrast_ratio(front, back) < _FAINT
    return Style(
        bold=style.bold,
        italic=style.italic,
        underline=style.underline,
        strike=style.strike,
        reverse=bool(style.reverse) != stands_out,
        dim=recedes and not stands_out,
        color=RichColor.default(),
        bgcolor=RichColor.default(),
        meta=style.meta or None,
    )


def contrast_ratio(one: Color, other: Color) -> float:
    """The contrast of two opaque colours, from 1 to 21, by WCAG 2."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Color) -> float:
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
        for each in colour.normalized
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
