"""Actions on items: add, move, answer, drop, remove, filter, copy; each is one undo step."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from roadmap_tui.tui.dialogs.confirm import ConfirmDialog
from roadmap_tui.tui.dialogs.prompt import AddItemDialog, AnswerDialog, ReasonDialog
from tests.tui.driver import Drive, opened, screen_lines, texts_on
from tests.tui.plans import SMALL
from tests.tui.test_plan_edits import KNOT


@asynccontextmanager
async def plan(folder: Path, text: str = SMALL, select: str | None = None) -> AsyncIterator[Drive]:
    path = folder / "plan.toml"
    path.write_bytes(text.encode())
    async with opened(path, (120, 40)) as drive:
        if select is not None:
            await drive.press("3")
            await drive.select(select)
        yield drive


async def dialog(drive: Drive, key: str) -> None:
    await drive.press(key)
    await drive.until(lambda: not drive.at_work, "a dialog")


async def done(drive: Drive, *keys: str) -> None:
    await drive.press(*keys)
    await drive.until(lambda: drive.at_work, "the dialog to close")
    await drive.settled()


async def undone(drive: Drive, text: str = SMALL) -> None:
    """One undo brings the original back, byte for byte."""
    await drive.press("u")
    await drive.settled()
    assert drive.session.document.raw == text.encode()
    assert drive.session.undo_label is None


@pytest.mark.parametrize(("downs", "kind"), [(0, "product"), (1, "model"), (2, "spike")])
async def test_add(tmp_path: Path, downs: int, kind: str) -> None:
    async with plan(tmp_path, select="drafts") as drive:
        await dialog(drive, "a")
        await drive.type("Answer in 4 languages")
        await drive.press("tab", *["down"] * downs, *["space"] * bool(downs), "tab")
        await drive.type("3 4 9")
        await drive.press("tab")
        await drive.type("reader")
        await done(drive, "enter")
        name = "answer-in-4-languages"
        data = drive.session.document.data[kind]
        assert isinstance(data, dict)
        mention = {"informs": "reader"} if kind == "spike" else {"needs": ["reader"]}
        assert data[name] == {"title": "Answer in 4 languages", "effort": [3, 4, 9], **mention}
        assert drive.session.selected == name
        assert name in drive.forecast.items
        for key in "13":
            await drive.press(key)
            assert "Answer in 4 languages" in drive.drawn()
        await undone(drive)


async def test_add_begins_with_the_kind_of_what_is_selected(tmp_path: Path) -> None:
    async with plan(tmp_path, select="reader") as drive:
        await dialog(drive, "a")
        await drive.type("Another model")
        await done(drive, "enter")
        assert "another-model" in drive.session.plan.model


@pytest.mark.parametrize(
    ("title", "name"), [("Drafts", "drafts-2"), ("👩\u200d💻 🎉", "item"), ("日本", "item")]
)
async def test_add_finds_a_free_id(tmp_path: Path, title: str, name: str) -> None:
    async with plan(tmp_path) as drive:
        await dialog(drive, "a")
        await drive.paste(title)
        await done(drive, "enter")
        assert drive.session.plan.items[name].title == title
        await undone(drive)


async def test_add_dialog_reports_faults_and_stays(tmp_path: Path) -> None:
    async with plan(tmp_path) as drive:
        await dialog(drive, "a")
        await drive.press("enter")
        await drive.until(lambda: "Enteratitle." in texts_on(drive.app.screen), "the fault")
        await drive.type("Something")
        await drive.press("tab", "tab")
        await drive.type("huge")
        await drive.press("enter")
        await drive.drained()
        assert isinstance(drive.app.screen, AddItemDialog)
        assert drive.session.undo_label is None
        await done(drive, "escape")
        assert drive.session.document.raw == SMALL.encode()


@pytest.mark.parametrize(("size", "needs"), [("9 3", ""), ("", "Not An Id")])
async def test_what_can_not_be_added_is_not_lost(tmp_path: Path, size: str, needs: str) -> None:
    async with plan(tmp_path) as drive:
        await dialog(drive, "a")
        await drive.type("Something")
        await drive.press("tab", "tab")
        await drive.type(size)
        await drive.press("tab")
        await drive.type(needs)
        await drive.press("enter")
        await drive.drained()
        assert drive.session.undo_label is None
        assert isinstance(drive.app.screen, AddItemDialog)
        assert "Something" in texts_on(drive.app.screen)


async def test_move_pins_and_stops_at_the_end(tmp_path: Path) -> None:
    async with plan(tmp_path, select="drafts") as drive:
        first = drive.forecast.items["drafts"].bucket
        assert first is not None
        steps = ("now", "next", "later")[("now", "next", "later").index(first) + 1 :]
        for bucket in steps:
            await drive.press(">")
            await drive.settled()
            assert drive.session.plan.product["drafts"].pin == bucket
            assert drive.forecast.items["drafts"].bucket == bucket
        before = drive.session.document
        await drive.press(">")
        await drive.until(
            lambda: any("last column" in each for each in drive.notices), "a word about the end"
        )
        assert drive.session.document is before
        for bucket in ("next", "now"):
            await drive.press("<")
            await drive.settled()
            assert drive.session.plan.product["drafts"].pin == bucket
        for _ in range(len(steps) + 1):
            await drive.press("u")
        await undone(drive)


@pytest.mark.parametrize(
    ("downs", "verdict"), [(0, "confirmed"), (1, "refuted"), (2, "inconclusive")]
)
@pytest.mark.parametrize("on_refuted", ["drop", "continue"])
async def test_answer(tmp_path: Path, downs: int, verdict: str, on_refuted: str) -> None:
    text = f'{SMALL}on_refuted = "{on_refuted}"\n'
    chance, if_works, if_not = 0.5, 0.9, 0.2  # what SMALL says
    said_yes, said_no = chance * if_works, chance * (1 - if_works)
    after_yes = said_yes / (said_yes + (1 - chance) * if_not)
    after_no = said_no / (said_no + (1 - chance) * (1 - if_not))
    async with plan(tmp_path, text, select="ground") as drive:
        before = drive.forecast
        await dialog(drive, "v")
        assert isinstance(drive.app.screen, AnswerDialog)
        assert f"{after_yes * 100:.0f}%" in texts_on(drive.app.screen)
        await drive.press(*["down"] * downs, *["space"] * bool(downs), "tab")
        await drive.type("so it is")
        await done(drive, "enter")
        spike, bet = drive.session.plan.spike["ground"], drive.session.plan.model["reader"]
        assert (spike.status, spike.verdict, spike.learned) == ("done", verdict, "so it is")
        assert spike.finished == drive.session.plan.roadmap.as_of
        drops = verdict == "refuted" and on_refuted == "drop"
        expected = {
            "confirmed": after_yes,
            "refuted": chance if drops else after_no,
            "inconclusive": chance,
        }[verdict]
        assert bet.chance == pytest.approx(expected, abs=0.005)
        assert bet.status == ("dropped" if drops else "planned")
        await drive.press("1")
        assert "so it is" in drive.drawn()
        await undone(drive, text)
        assert drive.forecast == before


@pytest.mark.parametrize(("downs", "verdict"), [(0, "confirmed"), (1, "refuted")])
async def test_enter_at_the_verdict_takes_what_is_pointed_at(
    tmp_path: Path, downs: int, verdict: str
) -> None:
    async with plan(tmp_path, select="ground") as drive:
        await dialog(drive, "v")
        await drive.press(*["down"] * downs, "enter")
        await drive.drained()
        assert drive.at_work
        assert drive.session.plan.spike["ground"].verdict == verdict


async def test_tab_at_the_verdict_goes_on_with_what_is_pointed_at(tmp_path: Path) -> None:
    async with plan(tmp_path, select="ground") as drive:
        await dialog(drive, "v")
        await drive.press("down", "tab")
        await done(drive, "enter")
        assert drive.session.plan.spike["ground"].verdict == "refuted"


async def test_only_open_spikes_are_answered(tmp_path: Path) -> None:
    async with plan(tmp_path, select="drafts") as drive:
        await drive.press("v")
        await drive.until(lambda: any("spike" in each for each in drive.notices), "a word about it")
        assert drive.at_work


async def test_drop_keeps_the_reason(tmp_path: Path) -> None:
    async with plan(tmp_path, select="drafts") as drive:
        await dialog(drive, "d")
        assert isinstance(drive.app.screen, ReasonDialog)
        await done(drive, "escape")
        assert drive.session.undo_label is None
        await dialog(drive, "d")
        await drive.type("nobody asked [/]")
        await done(drive, "enter")
        item = drive.session.plan.product["drafts"]
        assert (item.status, item.learned) == ("dropped", "nobody asked [/]")
        assert drive.forecast.items["drafts"].ships == 0
        await undone(drive)


@pytest.mark.parametrize("name", ["m", "n", "a", "s"])
async def test_remove_with_all_mentions_is_one_step(tmp_path: Path, name: str) -> None:
    async with plan(tmp_path, KNOT, select=name) as drive:
        await dialog(drive, "delete")
        assert isinstance(drive.app.screen, ConfirmDialog)
        await done(drive, "escape")
        assert drive.session.undo_label is None
        await dialog(drive, "delete")
        await done(drive, "r")
        assert name not in drive.session.plan.items
        assert drive.session.document.unlocated_faults == ()
        assert drive.session.selected != name
        for key in "123":
            await drive.press(key)
        await undone(drive, KNOT)


async def test_filter(tmp_path: Path) -> None:
    there = (
        "Draft replies",
        "Macro rules",
        "Reply model",
        "Keyword model",
        "Does it stay grounded?",
    )
    wanted = {
        "repl": ("Draft replies", "Reply model"),
        "track:model": ("Reply model", "Keyword model", "Does it stay grounded?"),
        "team:app": ("Draft replies", "Macro rules"),
        "status:active": ("Macro rules",),
        "tag:okr": ("Draft replies",),
        "mirela repl": ("Draft replies",),
        "nothing-of-that": (),
    }
    async with plan(tmp_path, select="fallback") as drive:
        for query, shown in wanted.items():
            await drive.press("slash")
            await drive.type(query)
            for key in ("enter", "1"):
                await drive.press(key)
                drawn = "\n".join(line.split("needs ")[0] for line in drive.lines())
                assert [title for title in there if title in drawn] == list(shown)
            assert query in drive.bars
            await drive.press("escape")
            drawn = drive.drawn()
            assert all(title in drawn for title in there)
        await drive.press("slash")
        await drive.type("1qdu")
        await drive.press("escape")
        assert drive.at_work
        assert drive.session.filter_text == ""
        assert drive.session.document.raw == SMALL.encode()


async def test_say_copies_a_sentence(tmp_path: Path) -> None:
    async with plan(tmp_path, select="drafts") as drive:
        for name, title in (("drafts", "Draft replies"), ("ground", "Does it stay grounded?")):
            await drive.select(name)
            await drive.press("y")
            await drive.drained()
            assert title in drive.app.clipboard
            assert drive.app.clipboard.endswith(".")
            await drive.until(lambda: drive.app.clipboard in "\n".join(drive.notices), "the notice")


async def test_nothing_can_be_done_to_nothing(tmp_path: Path) -> None:
    text = "[roadmap]\nas_of = 2026-11-23\n"
    async with plan(tmp_path, text) as drive:
        for key in (
            "enter",
            "e",
            "v",
            "d",
            "delete",
            "y",
            "<",
            ">",
            "u",
            "ctrl+y",
            "down",
            "home",
            "1",
            "2",
            "3",
        ):
            before = len(drive.notices)
            await drive.press(key)
            await drive.drained()
            assert drive.at_work
            assert len(drive.notices) > before or key in {"down", "home", "1", "2", "3"}
        await dialog(drive, "a")
        await drive.type("First")
        await done(drive, "enter")
        assert drive.session.selected == "first"
        assert "First" in drive.drawn()
        await undone(drive, text)


async def test_selection_is_visible_without_colour(tmp_path: Path) -> None:
    async with plan(tmp_path) as drive:
        await dialog(drive, "a")
        await drive.press("tab")
        for chosen in ("Feature", "Model or data", "Spike: a question"):
            dotted = [line for line in screen_lines(drive.app) if "●" in line]
            assert len(dotted) == 1
            assert f"● {chosen}" in dotted[0].replace("▌", "")
            await drive.press("down")
