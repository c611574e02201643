"""Hostile text of the file is shown as text everywhere in the app."""

from pathlib import Path

import pytest

from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.item import ItemDialog
from roadmap_tui.tui.dialogs.prompt import AddItemDialog, AnswerDialog, ReasonDialog
from roadmap_tui.tui.widgets.detail_pane import PANE_FROM
from tests.tui.driver import Drive, opened, screen_lines, texts_on
from tests.tui.plans import NASTY, nasty_plan, steering

SIZE = (160, 45)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "[b] plan [@click=app.quit].toml"
    made.write_text(nasty_plan(), encoding="utf-8")
    return made


def nothing_steers(drive: Drive, *, whole: bool = True) -> None:
    """No widget and no screen outputs a character that could control the terminal."""
    assert steering(texts_on(drive.app.screen)) == set()
    if whole:
        assert steering("".join(screen_lines(drive.app))) == set()


async def pick(drive: Drive, name: str) -> None:
    """Select an item; the way by keys is tested elsewhere."""
    drive.session.selected = name
    await drive.press("3")


async def close(drive: Drive) -> None:
    await drive.press("escape")
    await drive.until(lambda: drive.at_work, "the dialog to close")


async def test_screens_and_bars(path: Path) -> None:
    async with opened(path, SIZE) as drive:
        assert "[/] [bold]plan" in drive.drawn("tabs")
        for key in "1236":
            await drive.press(key)
            await drive.press("home", "down", "down")
            drawn = (
                drive.drawn() + drive.drawn("details") + drive.drawn("footer") + drive.drawn("tabs")
            )
            assert "[/]" in drawn
            assert steering(drawn) - {"\n"} == set()
            nothing_steers(drive)


async def test_the_pane_shows_nasty_texts(path: Path) -> None:
    async with opened(path, SIZE) as drive:
        for nth, seen in enumerate(map(squeezed, NASTY.values())):
            await pick(drive, f"m{nth}")
            assert seen in squeezed(drive.drawn("pane"))
            nothing_steers(drive, whole=nth == 4)


async def test_item_dialog_and_notices(path: Path) -> None:
    async with opened(path, (PANE_FROM - 1, SIZE[1])) as drive:
        for nth, seen in enumerate(map(squeezed, NASTY.values())):
            for kind in ("p", "smd"[nth % 3]):
                await pick(drive, f"{kind}{nth}")
                await drive.press("enter")
                await drive.until(lambda: isinstance(drive.app.screen, ItemDialog), "the item")
                assert texts_on(drive.app.screen).count(seen) > 1, seen
                nothing_steers(drive, whole=nth == 4)
                await close(drive)
            await pick(drive, f"m{nth}")
            drive.notices.clear()
            await drive.press("y")
            await drive.until(lambda: bool(drive.notices), "the notice")
            assert seen in squeezed("".join(drive.notices))
            assert seen in squeezed(drive.app.clipboard)
            assert steering(drive.app.clipboard) == set()
            nothing_steers(drive, whole=nth == 4)
        await drive.until(
            lambda: "Sent to the terminal" in "".join(screen_lines(drive.app)), "the toast"
        )


async def test_questions(path: Path) -> None:
    questions = (
        ("p", "d", ReasonDialog),
        ("p", "delete", ConfirmDialog),
        ("s", "v", AnswerDialog),
        ("m", "delete", ConfirmDialog),
    )
    async with opened(path, SIZE) as drive:
        for nth, seen in enumerate(map(squeezed, NASTY.values())):
            for kind, key, dialog in questions[nth % 2 :: 2]:
                await pick(drive, f"{kind}{nth}")
                await drive.press(key)
                await drive.until(lambda: not drive.at_work, "the dialog")
                assert isinstance(drive.app.screen, dialog)
                assert seen in texts_on(drive.app.screen)
                nothing_steers(drive, whole=nth == 4)
                await close(drive)


async def test_form(path: Path) -> None:
    async with opened(path, SIZE) as drive:
        for nth, seen in enumerate(map(squeezed, NASTY.values())):
            for kind in "ps"[nth % 2]:
                await pick(drive, f"{kind}{nth}")
                before = drive.session.document
                await drive.press("e")
                await drive.until(lambda: not drive.at_work, "the form")
                assert seen in texts_on(drive.app.screen)
                nothing_steers(drive, whole=nth == 4)
                await drive.press("enter")
                await drive.until(lambda: drive.at_work, "the form to close")
                assert drive.session.document is before


async def test_notices_about_a_change(path: Path) -> None:
    async with opened(path, SIZE) as drive:
        for nth, seen in list(enumerate(NASTY.values()))[::2]:
            await pick(drive, f"p{nth}")
            for key, word in (("full_stop", "Moved"), ("u", "Undone:")):
                drive.notices.clear()
                await drive.press(key)
                await drive.until(lambda: bool(drive.notices), f"a notice after {key}")
                assert squeezed(drive.notices[0]).startswith(word)
                assert squeezed(seen) in squeezed(drive.notices[0])
                await drive.settled()
        await drive.press("full_stop", "ctrl+s")
        await drive.until(lambda: any(each.startswith("Saved") for each in drive.notices), "saving")
        assert "[b] plan [@click=app.quit].toml" in drive.notices[-1]
        assert steering("".join(drive.notices)) == set()
        nothing_steers(drive)


async def test_nasty_titles_can_be_typed(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text("[roadmap]\nas_of = 2026-11-23\n[product.a]\n", encoding="utf-8")
    async with opened(path, SIZE) as drive:
        for nth, title in enumerate(NASTY):
            before = {*drive.session.plan.product}
            await drive.press("a")
            await drive.until(lambda: isinstance(drive.app.screen, AddItemDialog), "the question")
            await drive.paste(title)
            await drive.press("enter")
            await drive.until(lambda: drive.at_work, "the dialog to close")
            await drive.settled()
            assert len(drive.session.plan.product) == 2 + nth, title
            assert drive.session.selected == (drive.session.plan.product.keys() - before).pop()
            nothing_steers(drive, whole=nth == len(NASTY) - 1)
