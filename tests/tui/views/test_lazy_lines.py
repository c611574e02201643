"""Large views draw only visible lines, and redraw only changed ones."""

from functools import partial
from pathlib import Path

import pytest
from textual.geometry import Region

from roadmap_tui.tui.views.lazy_lines import LazyLines, LineBlock
from roadmap_tui.tui.views.lines import Line, StyledSpan, line_text, line_width
from roadmap_tui.tui.widgets.canvas import Canvas
from tests.tui.driver import opened
from tests.tui.plans import SHIPPED

MANY = 120


def numbered(first: int, many: int, drawn: list[int]) -> list[Line]:
    drawn.append(first)
    return [(StyledSpan(f"line {first + at}", "", f"item-{first}"),) for at in range(many)]


def sheet(drawn: list[int], cells: int = 20) -> LazyLines:
    """Lines 0 to 9, drawn in blocks of 1, 2, 3 and 4, the first line of each block its name."""
    starts = {0: 1, 1: 2, 3: 3, 6: 4}
    return LazyLines(
        (
            LineBlock(partial(numbered, at, many, drawn), (f"item-{at}",), many)
            for at, many in starts.items()
        ),
        cells,
    )


def test_a_sheet_is_the_lines_of_its_blocks() -> None:
    found = sheet([])
    assert [line_text(line) for line in found] == [f"line {at}" for at in range(10)]
    assert [line_text(line) for line in found[2:5]] == ["line 2", "line 3", "line 4"]
    assert line_text(found[-1]) == "line 9"
    with pytest.raises(IndexError):
        found[10]


def test_only_what_is_looked_at_is_drawn_and_only_once() -> None:
    drawn: list[int] = []
    found = sheet(drawn)
    assert len(found) == 10
    assert found.item_positions == {
        "item-0": range(1),
        "item-1": range(1, 3),
        "item-3": range(3, 6),
        "item-6": range(6, 10),
    }
    assert drawn == []
    assert line_text(found[4]) == line_text(found[4]) == "line 4"
    assert drawn == [3]


def test_no_line_is_wider_than_the_room() -> None:
    assert {line_width(line) for line in sheet([], cells=4)} == {4}


async def test_scrollbar_follows_the_shown_screen(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SHIPPED[1].read_text(encoding="utf-8"), encoding="utf-8")
    async with opened(path, size=(100, 24)) as drive:
        canvas = drive.workspace.query_one("#screen", Canvas)
        for screen in "473247":
            await drive.press(screen)
            await drive.studied()
            assert canvas.vertical_scrollbar.position == canvas.scroll_y


async def test_moving_the_selection_redraws_two_items_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "plan.toml"
    items = "".join(f"[product.bet-{at}]\neffort = {1 + at}\nreach = 100\n" for at in range(MANY))
    path.write_text(f"[roadmap]\nas_of = 2026-11-23\n{items}")
    touched: list[Region] = []
    whole = Canvas.refresh

    def refresh(self: Canvas, *regions: Region, **options: bool) -> Canvas:
        if self.id == "screen":
            touched.extend(regions or (Region(0, 0, *self.size),))
        return whole(self, *regions, **options)

    async with opened(path, size=(100, 30)) as drive:
        await drive.press("2")
        await drive.press("down")
        await drive.settled()
        monkeypatch.setattr(Canvas, "refresh", refresh)
        await drive.press("down")
        await drive.settled()
        rows = {region.y for region in touched}
        assert len(rows) == 2
        assert {region.height for region in touched} == {1}
