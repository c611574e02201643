"""ASCII only and no colours: every strip of every screen, as a terminal of few means gets it."""

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.color import Color
from textual.strip import Strip

from roadmap_tui.tui.settings import UserSettings
from roadmap_tui.tui.terminal.fallback import contrast_ratio, to_ascii
from tests.tui.plans import SHIPPED, nasty_plan
from tests.tui.strips import every_screen, going

SOURCE = Path(__file__).parents[3] / "src" / "roadmap_tui"


@given(st.text())
def test_ascii_keeps_the_width(text: str) -> None:
    plain = to_ascii(text)
    assert plain.isascii()
    if all(cell_len(char) for char in text if not char.isascii()) and text.isprintable():
        assert len(plain) == sum(map(cell_len, text))


@pytest.mark.parametrize(
    ("sign", "plain"),
    [
        ("▁▂▃▄▅▆▇█", ".:-=+x%#"),
        ("┌─┐│└┘├┼", "+-+|++++"),
        ("━┃┄", "=|."),
        ("◆ ▼ ▲ – → …", "* v ^ - > ."),
        ("é ü 日", "e u ??"),
    ],
)
def test_signs_have_their_stand_ins(sign: str, plain: str) -> None:
    assert to_ascii(sign) == plain


def test_every_sign_has_an_ascii_substitute() -> None:
    used: set[str] = set()
    for part in ("tui", "narrative", "text", "diagrams", "export", "evidence"):
        sources = list((SOURCE / part).rglob("*.py"))
        assert sources, part
        for path in sources:
            used.update(filter(str.isprintable, path.read_text(encoding="utf-8")))
    assert {char for char in used if "?" in to_ascii(char)} == {"?"}


def test_contrast_is_that_of_wcag() -> None:
    # published: black on white, and the greys #767676 and #777777 on either side of 4.5 : 1
    assert contrast_ratio(Color.parse("#000000"), Color.parse("#ffffff")) == pytest.approx(21)
    assert contrast_ratio(Color.parse("#767676"), Color.parse("#ffffff")) == pytest.approx(
        4.54, abs=0.005
    )
    assert contrast_ratio(Color.parse("#777777"), Color.parse("#ffffff")) == pytest.approx(
        4.48, abs=0.005
    )


async def shown(path: Path, settings: UserSettings) -> list[Strip]:
    async with going(path, settings) as drive:
        return await every_screen(
            drive, dialogs=("enter", "e", "question_mark", "ctrl+p"), whole=False
        )


async def test_ascii_only(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(nasty_plan(), encoding="utf-8")
    found = await shown(path, UserSettings(ascii=True))
    assert found
    assert all(strip.text.isascii() for strip in found)
    assert any("> " in strip.text for strip in found)


async def test_no_colours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    found = await shown(SHIPPED[0], UserSettings())
    segments = list(chain.from_iterable(found))
    styles = [style for _, style, _ in segments if style is not None]
    assert {each.color.name for each in styles if each.color} | {
        each.bgcolor.name for each in styles if each.bgcolor
    } == {"default"}
    reversed_texts = {
        text.strip() for text, style, _ in segments if style is not None and style.reverse
    }
    assert "[1 Board]" in reversed_texts
