"""There is always a selection after removing, filtering, undoing and resizing."""

from pathlib import Path
from random import Random

import pytest

from tests.tui.driver import Drive, opened
from tests.tui.plans import SHIPPED, SMALL

WORDS = (
    "re",
    "draft",
    "zz",
    "track:model",
    "track:product",
    "status:active",
    "team:ml",
    "owner:mirela",
)
SIZES = ((40, 10), (60, 14), (100, 30), (160, 45))
PLANS = {"small": SMALL, SHIPPED[0].stem: SHIPPED[0].read_text(encoding="utf-8")}


WAYS = {
    "remove": ("delete", "r"),
    "show all": ("escape", "escape"),
    "undo": ("u",),
    "redo": ("ctrl+y",),
    **{f"filter {words}": ("escape", "escape", "/", *words, "enter") for words in WORDS},
    **{f"screen {key}": (key,) for key in "12345679"},
    **{key: (key,) for key in ("down", "up", "left", "right", "end", "home")},
}
KINDS: tuple[tuple[str | tuple[int, int], ...], ...] = (
    ("remove",),
    ("remove", "undo", "redo"),
    ("show all",),
    tuple(way for way in WAYS if way.startswith("filter")),
    tuple(way for way in WAYS if way.startswith("screen")),
    ("down", "up", "left", "right", "end", "home"),
    SIZES,
)


async def act(drive: Drive, way: str | tuple[int, int]) -> None:
    """Do something that may take away what is selected."""
    if isinstance(way, tuple):
        await drive.pilot.resize_terminal(*way)
    else:
        await drive.press(*WAYS[way])
        await drive.until(lambda: drive.at_work, "the question to be answered")


async def acts(path: Path, seed: int, count: int) -> None:
    random = Random(seed)
    async with opened(path) as drive:
        done: list[str | tuple[int, int]] = []
        for _ in range(count):
            way = random.choice(random.choice(KINDS))
            done.append(way)
            await act(drive, way)
            await drive.settled()
            session = drive.session
            scene = session.view_model(drive.app.size.width)
            assert scene is not None
            shown = scene.visible
            what = f"{session.selected} is selected of {shown} after {done}"
            assert not shown or session.selected in shown, what


@pytest.mark.parametrize("plan", PLANS)
async def test_something_is_selected(tmp_path: Path, plan: str) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLANS[plan], encoding="utf-8")
    await acts(path, 1, 16)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 12))
@pytest.mark.parametrize("plan", PLANS)
async def test_something_is_selected_in_many_orders(tmp_path: Path, plan: str, seed: int) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(PLANS[plan], encoding="utf-8")
    await acts(path, seed, 40)
