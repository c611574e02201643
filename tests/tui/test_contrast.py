"""Text contrast is at least 4.5 : 1 on every screen and dialog, in all three themes."""

from pathlib import Path

import pytest

from roadmap_tui.tui.settings import UserSettings
from tests.tui.plans import SHIPPED
from tests.tui.strips import every_screen, going, hard_to_read

THEMES = ("textual-dark", "textual-light", "high-contrast")


@pytest.mark.parametrize("theme", THEMES)
async def test_text_can_be_read(theme: str, tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(next(each for each in SHIPPED if each.stem == "helpdesk").read_bytes())
    async with going(path, UserSettings(theme=theme)) as drive:
        found = await every_screen(drive)
    texts = "".join(strip.text for strip in found)
    assert all(words in texts for words in ("NOW", "Routing rules", "Keys and words", "What if"))
    worst = {(front, back): (ratio, text) for text, ratio, front, back in hard_to_read(found)}
    assert worst == {}
