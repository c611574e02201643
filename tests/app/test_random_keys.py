"""Any keys, in any order, over all screens and dialogs: no crash, and undo leads back to the first byte."""

from pathlib import Path
from random import Random

import pytest

from .driving import Drive, opened
from .making import NASTY, SHIPPED, SMALL, nasty_plan

SCREENS = (
    "1",
    "2",
    "3",
    "4",
    "5",
    "6",
    "9",
    "up",
    "down",
    "left",
    "right",
    "home",
    "end",
    "pagedown",
    "pageup",
    "h",
    "j",
    "k",
    "l",
)
ACTS = (
    "enter",
    "e",
    "a",
    "<",
    ">",
    "v",
    "m",
    "d",
    "delete",
    "u",
    "ctrl+z",
    "ctrl+y",
    "slash",
    "y",
    "c",
    "S",
    "R",
    "p",
    "C",
    "x",
    "O",
    "H",
    "g",
    "+",
    "-",
    "ctrl+s",
    "f1",
)
TYPED = ("tab", "shift+tab", "space", "backspace", "ctrl+u", "escape", "enter", "r", "s", "0", "4", "9", "M", ".", "x")
RARE = ("q", "ctrl+q", "ctrl+p", "?", "|", "[", "%", "ctrl+c", "ctrl+a", "日", "paste", "resize")


def some_key(random: Random) -> str:
    keys = random.choices((SCREENS, ACTS, TYPED, RARE), (4, 4, 5, 1))[0]
    return random.choice(keys)


async def post(drive: Drive, key: str, random: Random) -> None:
    match key:
        case "paste" if drive.app.focused is not None:
            await drive.paste(random.choice(list(NASTY)))
        case "resize":
            await drive.pilot.resize_terminal(random.randint(20, 180), random.randint(5, 50))
        case "paste":
            pass
        case _:
            await drive.press(key)


async def back_to_work(drive: Drive) -> None:
    for _ in range(8):
        if drive.at_work:
            return
        await drive.press("escape")
        if not drive.at_work:
            await drive.press("d")
    assert drive.at_work


async def session(path: Path, random: Random, count: int) -> int:
    """Post keys until enough are posted or the app has ended; how many were posted."""
    original = path.read_bytes()
    async with opened(path) as drive:
        for posted in range(count):
            await post(drive, some_key(random), random)
            if drive.app.return_code is not None:
                return posted + 1
        await back_to_work(drive)
        await drive.press("escape")
        while drive.session.last is not None:
            assert drive.session.undo()
        assert drive.session.document.raw == original
        await drive.press("1", "2", "3", "4", "9")
    return count


async def keys(path: Path, seed: int, count: int) -> None:
    random = Random(seed)
    while count > 0:
        count -= await session(path, random, count)


PLANS = (SMALL, nasty_plan(), SHIPPED[0].read_text(encoding="utf-8"))


@pytest.mark.parametrize("seed", range(3))
async def test_any_keys(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(PLANS[seed].encode())
    await keys(path, seed, 50)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(3))
async def test_many_keys(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "plan.toml"
    path.write_bytes(PLANS[seed].encode())
    await keys(path, 100 + seed, 1000)
