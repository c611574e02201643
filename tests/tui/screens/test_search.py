"""Finding things: by a letter, by words, with the mouse, and in the help."""

from functools import partial
from pathlib import Path

import pytest
from textual.command import CommandList, CommandPalette
from textual.pilot import Pilot
from textual.widgets import Input, OptionList

from roadmap_tui.tui.dialogs.find import FindDialog
from roadmap_tui.tui.dialogs.form import ItemForm
from roadmap_tui.tui.dialogs.help import HelpDialog
from roadmap_tui.tui.dialogs.item import ItemDialog
from roadmap_tui.tui.dialogs.jump import JumpMode, jump_labels
from roadmap_tui.tui.dialogs.menu import ActionMenu
from roadmap_tui.tui.glossary import GLOSSARY
from roadmap_tui.tui.screens.registry import SCREENS
from roadmap_tui.tui.search.plan_texts import PlanTexts
from roadmap_tui.tui.widgets.canvas import Canvas
from tests.tui.driver import Drive, opened, screen_lines, texts_on
from tests.tui.plans import NASTY, SMALL, nasty_plan, plan_of

LONG = (
    SMALL + '[product.far]\ntitle = "Far away"\nsummary = "Only the zebra knows."\nstatus ='
    ' "live"\nfinished = 2026-10-01\n'
    + '[product.past]\ntitle = "Long ago"\nstatus = "done"\nfinished = 2026-10-01\nsummary = "An'
    ' old hat."\n'
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_text(LONG, encoding="utf-8")
    return made


def shows(drive: Drive, words: str) -> bool:
    return words in "\n".join(screen_lines(drive.app))


async def pressed(drive: Drive, key: str, dialog: type) -> None:
    await drive.press(key)
    await drive.until(lambda: isinstance(drive.app.screen, dialog), dialog.__name__)
    await drive.drained()


@pytest.mark.parametrize("count", [0, 1, 26, 27, 700, 2000])
def test_letters_are_as_many_all_different_and_none_begins_another(count: int) -> None:
    made = jump_labels(count)
    assert len(set(made)) == count
    assert len({len(each) for each in made}) <= 1


@pytest.mark.parametrize("screen", "1234")
async def test_jumping_to_everything_in_sight(path: Path, screen: str) -> None:
    async with opened(path) as drive:
        await drive.press(screen)
        canvas = drive.workspace.query_one("#screen", Canvas)
        there = canvas.visible_items
        assert len(there) > 3
        for name in there:
            await pressed(drive, "o", JumpMode)
            assert isinstance(drive.app.screen, JumpMode)
            label = drive.app.screen.labels[name]
            assert any(label in line for line in drive.lines())
            await drive.press(*label)
            await drive.until(lambda: drive.at_work, "the jump")
            assert drive.session.selected == name


async def test_a_jump_can_be_left(path: Path) -> None:
    async with opened(path) as drive:
        before, selected = drive.drawn(), drive.session.selected
        for key in ("escape", "1", "f5", "z", "?"):
            await pressed(drive, "o", JumpMode)
            assert drive.drawn() != before
            await drive.press(key)
            await drive.until(lambda: drive.at_work, "the jump to end")
            assert (drive.drawn(), drive.session.selected) == (before, selected)


def test_all_text_is_found() -> None:
    plan = plan_of(
        '[product.a]\ntitle = "Äpfel"\nfallback = "stay with RULES"\ntags = ["okr"]\n'
        "[model.b]\nbars.recall.launch = 0.8\n"
        '[[model.b.bars.recall.measured]]\non = 2026-01-01\nhits = 8\nof = 9\ndataset = "gold"\n'
        '[model.b.failures.spam]\nexample = "flags a newsletter"\n'
        '[spike.c]\nquestion = "Is it enough?"\ninforms = "b"\nlearned = "It mixes billing"\n'
    )
    texts = PlanTexts(plan)
    expected = {
        "äpfel": "a",
        "ÄPFEL": "a",
        "rules": "a",
        "okr": "a",
        "gold": "b",
        "newsletter": "b",
        "spam": "b",
    }
    expected |= {"enough": "c", "it billing": "c", "recall": "b"}
    for words, item in expected.items():
        assert item in {each.text.item for each in texts.find(words)}, words
    assert list(texts.find("")) == []
    assert list(texts.find("planned")) == []
    assert next(each.text.field for each in texts.find("a")) in {"title", "id"}


async def test_finding_goes_there_wherever_it_is(path: Path) -> None:
    async with opened(path) as drive:
        await drive.press("slash")
        await drive.type("reply")
        await drive.press("enter")
        await pressed(drive, "s", FindDialog)
        await drive.type("zebra")
        assert "Onlythezebraknows." in texts_on(drive.app.screen)
        await drive.press("enter")
        await drive.until(lambda: drive.at_work and drive.session.selected == "far", "going there")
        assert drive.session.filter_text == ""
        assert "Far away" in drive.drawn()
        assert "▌" in drive.drawn()
        await pressed(drive, "s", FindDialog)
        await drive.type("hat")
        await drive.press("enter")
        await drive.until(
            lambda: isinstance(drive.app.screen, ItemDialog), "what no screen shows to be opened"
        )
        assert "Anoldhat." in texts_on(drive.app.screen)


async def test_nasty_texts_are_found_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(nasty_plan(), encoding="utf-8")
    async with opened(path) as drive:
        await pressed(drive, "s", FindDialog)
        for seen in NASTY.values():
            await drive.fill(seen, drive.app.screen.query_one(Input))
            options = drive.app.screen.query_one(OptionList)
            assert options.option_count
            assert "".join(seen.split()) in texts_on(drive.app.screen)
        await drive.press("escape")
        await drive.until(lambda: drive.at_work, "the dialog to close")
        await pressed(drive, "ctrl+p", CommandPalette)
        for seen in ("[red]x[/red]", "[/]", "$primary"):
            await drive.fill(seen, drive.app.screen.query_one(Input))
            await drive.until(partial(shows, drive, seen), f"{seen} among the commands")


async def test_the_palette_has_every_item(path: Path) -> None:
    async with opened(path) as drive:
        await pressed(drive, "colon", CommandPalette)
        await drive.type("far")
        await drive.until(lambda: shows(drive, "Far away  (product far)"), "the item")
        await drive.press("down", "enter")
        await drive.until(lambda: drive.at_work and drive.session.selected == "far", "going there")


async def test_the_palette_has_every_command(path: Path) -> None:
    async with opened(path) as drive:
        await pressed(drive, "colon", CommandPalette)
        await drive.type("timeline")
        await drive.until(lambda: shows(drive, "Timeline (3)"), "the command")
        await drive.press("down", "enter")
        await drive.until(lambda: drive.workspace.NAME == "timeline", "the timeline")


async def right_click(drive: Drive, words: str) -> None:
    at = next((line.index(words), y) for y, line in enumerate(drive.lines()) if words in line)
    pilot: Pilot[str] = drive.pilot
    await pilot.click("#screen", offset=at, button=3)
    await drive.until(lambda: isinstance(drive.app.screen, ActionMenu), "the menu")
    await drive.pilot.pause()


async def test_right_click_opens_the_menu_of_the_item(path: Path) -> None:
    async with opened(path) as drive:
        await right_click(drive, "Does it stay")
        assert drive.session.selected == "ground"
        texts = texts_on(drive.app.screen)
        assert "Recordaspike'sresult" in texts
        assert "measurement" not in texts
        menu = drive.app.screen.query_one(OptionList)
        assert drive.app.screen.region.contains_region(menu.region)
        await drive.press("escape")
        await drive.until(lambda: drive.at_work, "the menu to close")
        await right_click(drive, "Reply model")
        assert "measurement" in texts_on(drive.app.screen)
        await drive.press("down", "enter")
        await drive.until(lambda: isinstance(drive.app.screen, ItemForm), "the second one")


async def test_keys_in_the_menu_run_their_action(path: Path) -> None:
    async with opened(path) as drive:
        await pressed(drive, "space", ActionMenu)
        await drive.press("y")
        await drive.until(
            lambda: any("Sent to the terminal" in each for each in drive.notices), "the sentence"
        )


async def test_the_menu_of_a_small_terminal_is_whole(path: Path) -> None:
    async with opened(path, (40, 10)) as drive:
        await pressed(drive, "space", ActionMenu)
        menu = drive.app.screen.query_one(OptionList)
        await drive.until(lambda: menu.outer_size.width > 20, "its lines")
        assert drive.app.screen.region.contains_region(menu.region)
        assert all("…" in line for line in screen_lines(drive.app)[2:5])


def test_every_screen_and_every_word_that_people_ask_for_is_explained() -> None:
    assert all(each.SCREEN_HELP.purpose and each.SCREEN_HELP.signs for each in SCREENS.values())
    words = " ".join(word for word, _ in GLOSSARY).casefold()
    asked = (
        "bet spike bar chance range RICE P10–P90 precision recall overfitting bias training"
        " inference drift"
    )
    assert [each for each in asked.casefold().split() if each not in words] == []
    assert len({word for word, _ in GLOSSARY}) == len(GLOSSARY)


async def test_help_starts_with_the_screen_and_finds_words(path: Path) -> None:
    async with opened(path, (80, 24)) as drive:
        await drive.press("2")
        await pressed(drive, "question_mark", HelpDialog)
        assert "RICEweightedbythechancetodeliver" in texts_on(drive.app.screen)
        await drive.type("overfit")
        assert "memorised" in texts_on(drive.app.screen)
        assert "RICEweightedbythechancetodeliver" not in texts_on(drive.app.screen)
        await drive.press("escape")
        await drive.until(lambda: drive.at_work, "the help to close")
        await pressed(drive, "e", object)
        await drive.until(lambda: not drive.at_work, "the form")
        await pressed(drive, "f1", HelpDialog)


@pytest.mark.parametrize("key", ["pagedown", "pageup", "end"])
async def test_themes_can_be_paged_through_before_they_are_laid_out(path: Path, key: str) -> None:
    async with opened(path) as drive:
        drive.app.action_change_theme()
        await drive.until(lambda: isinstance(drive.app.screen, CommandPalette), "the themes")
        palette = drive.app.screen
        await drive.until(lambda: bool(palette.query("CommandList")), "the list")
        commands = palette.query_one(CommandList)
        await drive.until(lambda: commands.option_count > 1, "the names of themes")
        commands.display = False
        await drive.pilot.pause()
        commands._clear_caches()  # the state before the first layout
        await drive.press(key)
        await drive.pilot.pause()
        assert isinstance(drive.app.screen, CommandPalette)
