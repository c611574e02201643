"""Every screen of the shipped roadmaps in three sizes, as text; `make goldens` writes them again.

A change of a screen shows in them as what people will see. They are read, not only compared.
"""

import difflib
import os
from functools import partial
from itertools import chain
from pathlib import Path

import pytest

from roadmap_tui.tui.actions import ACTIONS
from roadmap_tui.tui.widgets.detail_pane import DetailPane
from tests.tui.driver import Drive, opened
from tests.tui.plans import SHIPPED

GOLDENS = Path(__file__).parent / "goldens"
SIZES = ((80, 24), (100, 30), (160, 45))
SCREENS = [(action.name, action.keys) for action in ACTIONS if action.scope == "screens"]
BEHIND = {"check", "compare", "forecast", "since_review", "insights"}
WRITE_AGAIN = bool(os.environ.get("ROADMAP_GOLDENS"))


def drawn(drive: Drive) -> str:
    """All that the workspace shows, line by line."""
    parts = ["tabs", "screen", "details", "footer"]
    if drive.workspace.query_one(DetailPane).display:
        parts.insert(2, "pane")
    return "\n".join(map(str.rstrip, chain.from_iterable(map(drive.lines, parts))))


def has_size(drive: Drive, size: tuple[int, int]) -> bool:
    return drive.app.screen.size == size


def is_idle(drive: Drive) -> bool:
    return not any(each.group in BEHIND for each in drive.app.workers)


async def sheets(path: Path) -> dict[str, str]:
    """Every screen by its name, for each size."""
    texts = {f"{columns}x{lines}": "" for columns, lines in SIZES}
    async with opened(path, SIZES[0]) as drive:
        for size in SIZES:
            await drive.pilot.resize_terminal(*size)
            await drive.until(partial(has_size, drive, size), "the size")
            for name, key in SCREENS:
                await drive.press("1", "home", key)
                await drive.studied()
                await drive.until(partial(is_idle, drive), "all that is found out")
                await drive.drained()
                texts[f"{size[0]}x{size[1]}"] += f"{f' {name} ':=^{size[0]}}\n{drawn(drive)}\n"
    return texts


@pytest.mark.parametrize("shipped", SHIPPED, ids=lambda path: path.stem)
async def test_screens_are_as_they_were(shipped: Path, tmp_path: Path) -> None:
    path = tmp_path / shipped.name
    path.write_bytes(shipped.read_bytes())
    for size, text in (await sheets(path)).items():
        golden = GOLDENS / f"{shipped.stem}-{size}.txt"
        if WRITE_AGAIN:
            GOLDENS.mkdir(exist_ok=True)
            golden.write_text(text, encoding="utf-8")
        before = golden.read_text(encoding="utf-8").splitlines()
        changed = "\n".join(
            difflib.unified_diff(before, text.splitlines(), golden.name, "now", lineterm="", n=1)
        )
        assert not changed, f"look at it, then make goldens:\n{changed}"
