"""Keys that come faster than the app can follow, as after a pause of the line, mean what they say on screen."""

from pathlib import Path

import pytest

from .driving import opened, texts_on
from .making import SMALL


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


async def test_letters_after_the_slash_are_the_filter(path: Path) -> None:
    async with opened(path) as drive:
        drive.post("slash", *"draft", "enter")
        await drive.until(lambda: drive.session.query == "draft", "the filter")
        await drive.drained()
        assert drive.at_work
        assert drive.session.document.raw == SMALL.encode()


@pytest.mark.parametrize("key", ["d", "e", "enter", "delete"])
async def test_a_key_after_an_arrow_is_about_the_item_it_leads_to(path: Path, key: str) -> None:
    async with opened(path) as drive:
        await drive.press("3")
        await drive.select("macros")
        drive.post("down", key)
        await drive.until(lambda: not drive.at_work, "the dialog")
        await drive.until(lambda: bool(texts_on(drive.app.screen)), "its text")
        await drive.drained()
        assert drive.session.selected == "drafts"
        assert "Draftreplies" in texts_on(drive.app.screen)
