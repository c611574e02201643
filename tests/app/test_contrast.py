"""Text can be read: at least 4.5 : 1 on every screen and dialog, in the dark, the light and the high-contrast theme."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.strip import Strip

from roadmap_tui.app.plain import contrast
from roadmap_tui.app.settings import Settings

from .making import SHIPPED
from .strips import every_screen, going

LEAST = 4.5
THEMES = ("textual-dark", "textual-light", "high-contrast")


def colour(given: RichColor | None) -> Color:
    assert given is not None, "text in a colour that only the terminal knows"
    return Color.from_rich_color(given)


def hard_to_read(strips: list[Strip]) -> Iterator[tuple[str, float, str, str]]:
    """Texts of too little contrast, with it and their colours."""
    for strip in strips:
        for text, style, _ in strip:
            if style is not None and any(char.isalnum() for char in text):
                front, back = front_and_back(style)
                found = contrast(front, back) if not style.dim else 0.0  # how dim that is only the terminal knows
                if found < LEAST:
                    yield text.strip(), round(found, 2), front.hex, back.hex


def front_and_back(style: Style) -> tuple[Color, Color]:
    front, back = colour(style.color), colour(style.bgcolor)
    return (back, front) if style.reverse else (front, back)


@pytest.mark.parametrize("theme", THEMES)
async def test_text_can_be_read(theme: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(next(each for each in SHIPPED if each.stem == "helpdesk").read_bytes())
    async with going(path, Settings(theme=theme)) as drive:
        found = await every_screen(drive)
    texts = "".join(strip.text for strip in found)
    assert all(words in texts for words in ("NOW", "Routing rules", "Keys and words", "What if"))
    worst = {(front, back): (ratio, text) for text, ratio, front, back in hard_to_read(found)}
    assert worst == {}
