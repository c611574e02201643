"""The elements of a picture; texts are escaped, and fitted to their room."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from roadmap_tui.files.display import cells
from roadmap_tui.report.escape import markup, one_line
from roadmap_tui.report.pictures.look import style

Point: TypeAlias = tuple[float, float]
SIZE = 13.0
"""Of text, in pixels."""
_NARROW, _BROAD = set("iljtfrI.,:;'|!()[]{} -/\\\"`·"), set("mwMW@%&—–→")
_WIDTHS = {"narrow": 0.38, "small": 0.63, "capital": 0.74, "broad": 0.98, "wide": 1.05}
_STRONG = 1.1
"""Strong letters are so much broader."""
_MORE = "…"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that has been drawn.

    Attributes:
        title: what it shows, for those who can't see it too.
        text: more about that.
        body: its elements.
    """

    title: str
    text: str
    width: float
    height: float
    body: tuple[str, ...]

    def svg(self, *, inside: bool = False) -> str:
        """It as SVG: a file of its own, or a part `inside` a page that has its style."""
        look = "" if inside else f"<style>{style()}</style>\n"
        names = f"<title>{markup(self.title)}</title><desc>{markup(self.text)}</desc>"
        size = f'width="{number(self.width)}" height="{number(self.height)}"'
        box = f'viewBox="0 0 {number(self.width)} {number(self.height)}"'
        ground = f'<rect class="ground" {size}/>'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" class="roadmap" role="img" {size} {box}>'
        return "\n".join([head, f"{names}\n{look}{ground}", *self.body, "</svg>"]) + "\n"


def number(value: float) -> str:
    """A length, to a tenth of a pixel."""
    return f"{value:.1f}".removesuffix(".0")


def extent(text: str, size: float = SIZE) -> float:
    """About how broad a text is, whatever sans serif it is set in."""
    return sum(_extent(character) for character in text) * size


def _extent(character: str) -> float:
    width = cells(character)
    if width != 1:
        return _WIDTHS["wide"] if width else 0.0
    if character in _NARROW:
        return _WIDTHS["narrow"]
    if character in _BROAD:
        return _WIDTHS["broad"]
    return _WIDTHS["capital" if character.isupper() or ord(character) > 0xFF else "small"]


def fitted(text: str, room: float, size: float = SIZE) -> str:
    """The text, cut with an ellipsis where there is no room for all of it."""
    line = one_line(text)
    if extent(line[: int(room)], size) <= room and len(line) <= room:
        return line
    used, kept = extent(_MORE, size), 0
    for character in line:
        used += extent(character, size)
        if used > room:
            break
        kept += 1
    return line[:kept].rstrip() + _MORE


def wrapped(text: str, room: float, lines: int, size: float = SIZE) -> list[str]:
    """The text in at most so many lines; the last is cut where it takes more."""
    words, found = one_line(text)[: int(room) * lines].split(" "), [""]
    for at, word in enumerate(words):
        longer = f"{found[-1]} {word}".strip()
        if found[-1] and extent(longer, size) > room:
            if len(found) == lines:
                found[-1] = f"{found[-1]} {' '.join(words[at:])}"
                break
            found.append(word)
        else:
            found[-1] = longer
    return [fitted(line, room, size) for line in found]


def text(at: Point, words: str, look: str, room: float, size: float = SIZE) -> str:
    """A line of text; where it is cut, the whole of it is told when it is pointed at."""
    shown = fitted(words, room / (_STRONG if "strong" in look else 1.0), size)
    whole = f"<title>{markup(words)}</title>" if shown != one_line(words) else ""
    where = f'x="{number(at[0])}" y="{number(at[1])}" font-size="{number(size)}"'
    return f'<text class="{look}" {where}>{markup(shown)}{whole}</text>'


def ended(at: Point, words: str, look: str, room: float, size: float = SIZE) -> str:
    """A line of text that ends there."""
    return text(at, words, look, room, size).replace("<text ", '<text text-anchor="end" ', 1)


def box(at: Point, size: Point, look: str, *, rounded: float = 0.0) -> str:
    """A rectangle."""
    corner = f' rx="{number(rounded)}"' if rounded else ""
    place = (
        f'x="{number(at[0])}" y="{number(at[1])}" width="{number(size[0])}"'
        f' height="{number(size[1])}"'
    )
    return f'<rect class="{look}" {place}{corner}/>'


def line(points: Iterable[Point], look: str, *, width: float = 1.0, dashes: str = "") -> str:
    """A line through points."""
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points)
    broken = f' stroke-dasharray="{dashes}"' if dashes else ""
    return f'<path class="{look}" d="{path}" stroke-width="{number(width)}"{broken}/>'


def area(points: Iterable[Point], look: str, *, opacity: float = 1.0) -> str:
    """A filled shape with these corners."""
    path = "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + "Z"
    thin = f' fill-opacity="{opacity:g}"' if opacity < 1 else ""
    return f'<path class="{look}" d="{path}"{thin}/>'


def group(title: str, elements: Iterable[str]) -> str:
    """Elements that belong together, with what is told when they are pointed at."""
    return "\n".join([f"<g><title>{markup(title)}</title>", *elements, "</g>"])
