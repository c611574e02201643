"""Random keys on all screens and dialogs: no crash, and undo restores every byte."""

from itertools import chain
from pathlib import Path
from random import Random

import pytest

from roadmap_tui.tui.actions import ACTIONS, MOVES
from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from tests.tui.driver import Drive, opened
from tests.tui.plans import NASTY, SHIPPED, SMALL, TEN_LINES, nasty_plan

SCREENS = (
    *chain.from_iterable(each.keys.split(",") for each in ACTIONS if each.scope == "screens"),
    *chain.from_iterable(keys.split(",") for keys, _ in MOVES),
)
ENDING = {"quit", "commands"}
ACTS = tuple(
    chain.from_iterable(
        each.keys.split(",")
        for each in ACTIONS
        if each.scope != "screens" and each.name not in ENDING
    )
)
TYPED = (
    "tab",
    "shift+tab",
    "space",
    "backspace",
    "ctrl+u",
    "escape",
    "enter",
    "r",
    "s",
    "0",
    "4",
    "9",
    "M",
    ".",
    "x",
)
MOUSE = ("click", "right click")
RARE = (
    "q",
    "ctrl+q",
    "ctrl+p",
    "?",
    "|",
    "[",
    "%",
    "ctrl+c",
    "ctrl+a",
    "日",
    "paste",
    "resize",
    *MOUSE,
)


CALM = 0.4
"""How often people wait until a key has done what it does."""


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
        case "click" | "right click":
            width, height = drive.app.size
            at = random.randrange(width), random.randrange(height)
            await drive.pilot.click(
                offset=at, button=3 if key == "right click" else 1, times=random.choice((1, 1, 2))
            )
            await drive.drained()
        case _:
            drive.post(key)
            if random.random() < CALM:
                await drive.drained()


def ended(drive: Drive) -> bool:
    return drive.app.return_code is not None


async def back_to_work(drive: Drive) -> None:
    """Close whatever is open, as far as the app has not ended."""
    for _ in range(12):
        if ended(drive) or drive.at_work:
            return
        before = drive.app.screen
        await drive.press("d" if isinstance(before, ConfirmDialog) else "escape")
        await drive.pilot.pause(0.1)  # a dialog is gone a moment after its key
        if not ended(drive) and drive.app.screen is before:
            await drive.press("escape" if isinstance(before, ConfirmDialog) else "d")
            await drive.pilot.pause(0.1)
    assert drive.at_work, f"no way back from {drive.app.screen_stack}"


async def session(path: Path, random: Random, count: int) -> int:
    """Post keys until enough are posted or the app has ended; how many were posted."""
    original = path.read_bytes()
    async with opened(path) as drive:
        for posted in range(count):
            await post(drive, some_key(random), random)
            if ended(drive):
                return posted + 1
        await drive.drained()
        if ended(drive):
            return count
        await back_to_work(drive)
        if ended(drive):
            return count
        await drive.press("escape")
        drive.session.discard_what_if()
        while drive.session.undo_label is not None:
            assert drive.session.undo()
        assert drive.session.document.raw == original
        await drive.press(*"123456789")
    return count


async def keys(path: Path, seed: int, count: int) -> None:
    random = Random(seed)
    while count > 0:
        count -= await session(path, random, min(count, 500))


PLANS = {"small": SMALL, "nasty": nasty_plan(), "ten lines": TEN_LINES} | {
    path.stem: path.read_text(encoding="utf-8") for path in SHIPPED[:1]
}


@pytest.mark.parametrize("plan", PLANS)
async def test_any_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plan: str) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    path.write_bytes(PLANS[plan].encode())
    await keys(path, 1, 250)


@pytest.mark.soak
@pytest.mark.parametrize("plan", PLANS)
async def test_many_keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plan: str) -> None:
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.toml"
    path.write_bytes(PLANS[plan].encode())
    await keys(path, 2, 5000)
