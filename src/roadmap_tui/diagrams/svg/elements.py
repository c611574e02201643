"""SVG elements; texts are escaped and fitted to their space."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from roadmap_tui.diagrams.svg.style import picture_style
from roadmap_tui.text.escape import escape_markup, single_line
from roadmap_tui.text.terminal_text import cell_width

Point: TypeAlias = tuple[float, float]
FONT_SIZE = 13.0
"""Font size in pixels."""
_NARROW, _BROAD = set("iljtfrI.,:;'|!()[]{} -/\\\"`·"), set("mwMW@%&—–→")
_WIDTHS = {"narrow": 0.38, "small": 0.63, "capital": 0.74, "broad": 0.98, "wide": 1.05}
_STRONG = 1.1
"""How much wider bold text is."""
_ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class SvgPicture:
    """A finished picture.

    Attributes:
        title: what it shows, also for screen readers.
        text: a longer description.
        body: its elements.
    """

    title: str
    text: str
    width: float
    height: float
    body: tuple[str, ...]

    def to_svg(self, *, inside: bool = False) -> str:
        """The picture as SVG: a file of its own, or `inside` a page that has its style."""
        look = "" if inside else f"<style>{picture_style()}</style>\n"
        names = f"<title>{escape_markup(self.title)}</title><desc>{escape_markup(self.text)}</desc>"
        size = f'width="{format_length(self.width)}" height="{format_length(self.height)}"'
        box = f'viewBox="0 0 {format_length(self.width)} {format_length(self.height)}"'
        ground = f'<rect class="ground" {size}/>'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" class="roadmap" role="img" {size} {box}>'
        return "\n".join([head, f"{names}\n{look}{ground}", *self.body, "</svg>"]) + "\n"


def format_length(value: float) -> str:
    """A length, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def text_width(text: str, size: float = FONT_SIZE) -> float:
    """The approximate width of a text in any sans serif font."""
    return sum(_character_width(character) for character in text) * size


def _character_width(character: str) -> float:
    width = cell_width(character)
    if width != 1:
        return _WIDTHS["wide"] if width else 0.0
    if character in _NARROW:
        return _WIDTHS["narrow"]
    if character in _BROAD:
        return _WIDTHS["broad"]
    return _WIDTHS["capital" if character.isupper() or ord(character) > 0xFF else "small"]


def fit_text(text: str, room: float, size: float = FONT_SIZE) -> str:
    """The text, cut with an ellipsis if it is too wide."""
    line = single_line(text)
    if text_width(line[: int(room)], size) <= room and len(line) <= room:
        return line
    used, kept = text_width(_ELLIPSIS, size), 0
    for character in line:
        used += text_width(character, size)
        if used > room:
            break
        kept += 1
    return line[:kept].rstrip() + _ELLIPSIS


def wrap_text_to_width(text: str, room: float, lines: int, size: float = FONT_SIZE) -> list[str]:
    """The text in a number of lines; the last one is cut if it is too wide."""
    words, found = single_line(text)[: int(room) * lines].split(" "), [""]
    for at, word in enumerate(words):
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and text_width(longer, size) > room:
            if len(found) == lines:
                found[-1] = f"{found[-1]} {' '.join(words[at:])}"
                break
            found.append(word)
        else:
            found[-1] = longer
    return [fit_text(line, room, size) for line in found]


def text_element(at: Point, words: str, look: str, room: float, size: float = FONT_SIZE) -> str:
    """A line of text; if it is cut, the tooltip shows all of it."""
    shown = fit_text(words, room / (_STRONG if "strong" in look else 1.0), size)
    whole = f"<title>{escape_markup(words)}</title>" if shown != single_line(words) else ""
    where = (
        f'x="{format_length(at[0])}" y="{format_length(at[1])}" font-size="{format_length(size)}"'
    )
    return f'<text class="{look}" {where}>{escape_markup(shown)}{whole}</text>'


def right_aligned_text(
    at: Point, words: str, look: str, room: float, size: float = FONT_SIZE
) -> str:
    """A line of right-aligned text."""
    return text_element(at, words, look, room, size).replace(
        "<text ", '<text text-anchor="end" ', 1
    )


def rect_element(at: Point, size: Point, look: str, *, rounded: float = 0.0) -> str:
    """A rectangle."""
    corner = f' rx="{format_length(rounded)}"' if rounded else ""
    place = (
        f'x="{format_length(at[0])}" y="{format_length(at[1])}" width="{format_length(size[0])}"'
        f' height="{format_length(size[1])}"'
    )
    return f'<rect class="{look}" {place}{corner}/>'


def line_element(
    points: Iterable[Point], look: str, *, width: float = 1.0, dashes: str = ""
) -> str:
    """A polyline."""
    path = "M" + "L".join(f"{format_length(x)} {format_length(y)}" for x, y in points)
    broken = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path class="{look}" d="{path}" stroke-width="{format_length(width)}"{broken}/>'


def area_element(points: Iterable[Point], look: str, *, opacity: float = 1.0) -> str:
    """A filled polygon."""
    path = "M" + "L".join(f"{format_length(x)} {format_length(y)}" for x, y in points) + "Z"
    thin = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<path class="{look}" d="{path}"{thin}/>'


def group_element(title: str, elements: Iterable[str]) -> str:
    """Elements that belong together, with a tooltip."""
    return "\n".join([f"<g><title>{escape_markup(title)}</title>", *elements, "</g>"])
