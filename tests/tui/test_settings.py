"""Settings: their effect, and that invalid ones are reported and not fatal."""

from itertools import chain
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from textual.widgets import Input

from roadmap_tui.tui.actions import ACTIONS, FIXED
from roadmap_tui.tui.app import RoadmapApp
from roadmap_tui.tui.dialogs.form import ItemForm
from roadmap_tui.tui.keymap import BY_NAME, assign_keys
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.settings import UserSettings, read_settings, settings_path, store_theme
from tests.tui.driver import Drive, until
from tests.tui.plans import SMALL


def read(folder: Path, text: str | bytes) -> UserSettings:
    path = folder / "settings.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_settings(path)


def test_none_is_needed(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == UserSettings()
    assert read(tmp_path, "") == UserSettings()
    assert read(tmp_path, "# nothing\n[keys]\n") == UserSettings()


def test_all_of_them(tmp_path: Path) -> None:
    found = read(
        tmp_path,
        'theme = "high-contrast"\nascii = true\nmotion = false\n[keys]\nedit = "f4"\nsave = ["w",'
        ' "f2"]',
    )
    assert (found.theme, found.ascii, found.motion) == ("high-contrast", True, False)
    assert found.problems[0].endswith("choose another, or give that one another key")
    assert found.keys.overrides == {"edit": "f4", "save": "f2"}


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("theem = 'x'", "1:1: theem", 'did you mean "theme"?'),
        ("theme = 'textual-drak'", "1:1: theme", 'did you mean "textual-dark"?'),
        ("\nascii = 1", "2:1: ascii", "write one of them"),
        ("[keys]\nedti = 'f4'", "2:1: keys.edti", 'did you mean "edit"?'),
        ("[keys]\nedit = 'hyper'", "2:1: keys.edit", '"hyper" is no key'),
        ("[keys]\nedit = 'q'", "2:1: keys.edit", 'q is the key of "quit" already'),
        ("[keys]\nedit = 'j'", "2:1: keys.edit", "j is the key of the moves already"),
        ("[keys]\nedit = 'f4'\nadd = 'f4'", "3:1: keys.add", 'F4 is the key of "edit" already'),
        ("[keys]\nedit = 'ctrl+i'", "2:1: keys.edit", "the same as Tab"),
        ("[keys]\nedit = 'ctrl+w'", "2:1: keys.edit", "browsers close the tab"),
        ("[keys]\nedit = 4", "2:1: keys.edit", "not a key"),
        ("keys = 4", "1:1: keys", "not a table"),
        ("theme = ", "1:9", ""),
        (b"theme = '\xff'", "", "save it as UTF-8"),
    ],
)
def test_faults_have_place_and_remedy(
    tmp_path: Path, text: str | bytes, place: str, words: str
) -> None:
    (problem,) = read(tmp_path, text).problems
    assert problem.startswith(f"{tmp_path / 'settings.toml'}:{place}")
    assert words in problem


def test_folder_in_place_of_the_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").mkdir()
    assert len(read_settings(tmp_path / "settings.toml").problems) == 1


def test_keys_may_change_places() -> None:
    keymap, wrong = assign_keys({"edit": ["a"], "add": ["e"]})
    assert not wrong
    assert (keymap.label("edit"), keymap.label("add")) == ("a", "e")


def test_what_has_no_key_is_found_among_all_commands() -> None:
    keymap, wrong = assign_keys({"edit": []})
    assert not wrong
    assert keymap.keys_of(BY_NAME["edit"]) == ()
    assert keymap.label("edit") == "^P edit"


async def test_a_theme_that_is_chosen_is_there_the_next_time_and_nothing_else_changes(
    tmp_path: Path,
) -> None:
    plan, path = tmp_path / "plan.toml", settings_path()
    plan.write_bytes(SMALL.encode())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('# mine\nascii = false  # as it is\ntheme = "nord"\n')
    app = RoadmapApp(str(plan), read_settings(path))
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, PlanScreen), "the plan")
        assert app.theme == "nord"
        app.theme = "textual-light"
        await until(pilot, lambda: "textual-light" in path.read_text(), "the settings")
    assert path.read_text() == '# mine\nascii = false  # as it is\ntheme = "textual-light"\n'


async def test_a_theme_chosen_in_a_browser_stays_there(tmp_path: Path) -> None:
    plan = tmp_path / "plan.toml"
    plan.write_bytes(SMALL.encode())
    app = RoadmapApp(str(plan), folder=tmp_path)
    async with app.run_test() as pilot:
        await until(pilot, lambda: isinstance(app.screen, PlanScreen), "the plan")
        app.theme = "textual-light"
        await pilot.pause(0.2)
    assert not settings_path().exists()


def test_settings_that_cannot_be_read_are_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("theme = ")
    assert store_theme(path, "nord").startswith(str(path))
    assert path.read_text() == "theme = "
    assert store_theme(tmp_path / "new" / "settings.toml", "nord") == ""
    assert read_settings(tmp_path / "new" / "settings.toml").theme == "nord"


KEYS = st.sampled_from(
    ["a", "e", "q", "j", "f4", "ctrl+s", "/", "enter", "nonsense", "ctrl+w", "S"]
)


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(BY_NAME)), st.lists(KEYS, max_size=3), max_size=8))
def test_no_key_has_two_meanings_and_no_action_loses_its_keys(wanted: dict[str, list[str]]) -> None:
    keymap, wrong = assign_keys(wanted)
    every = list(chain.from_iterable(map(keymap.keys_of, ACTIONS)))
    assert len(set(every)) == len(every)
    assert not set(every) & set(FIXED)
    for action in ACTIONS:
        assert keymap.keys_of(action) or wanted[action.name] == []
        asked = wanted.get(action.name, [])
        missing = len(set(keymap.keys_of(action))) < len({*asked}) or (
            asked and keymap.overrides.get(action.name) is None
        )
        assert not missing or any(path == ("keys", action.name) for path, _ in wrong)


@pytest.mark.parametrize(
    ("environment", "said", "is_ascii"),
    [
        ({}, None, False),
        ({}, True, True),
        ({"ROADMAP_ASCII": "1"}, False, True),
        ({"ROADMAP_ASCII": "0"}, True, False),
        ({"LANG": "en_US.UTF-8"}, None, False),
        ({"LANG": "de_DE.utf8@euro"}, None, False),
        ({"LANG": "en_US.ISO-8859-1"}, None, True),
        ({"LANG": "en_US.ISO-8859-1", "LC_ALL": "C.UTF-8"}, None, False),
        ({"LANG": "en_US.ISO-8859-1"}, False, False),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "C"}, None, True),
        ({"LANG": "POSIX"}, None, True),
        ({"LC_CTYPE": "UTF-8"}, None, False),
        ({"LANG": "de_DE"}, None, False),
    ],
)
def test_ascii_follows_environment_settings_and_locale(
    environment: dict[str, str], said: bool | None, is_ascii: bool
) -> None:
    assert UserSettings(ascii=said).is_ascii(environment) == is_ascii


async def test_app_applies_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SMALL, encoding="utf-8")
    found = read(
        tmp_path,
        'theme = "high-contrast"\nmotion = false\nnonsense = 1\n[keys]\nadd = "e"\nedit = ["a",'
        ' "F"]\nundo = []',
    )
    app = RoadmapApp(str(path), found)
    async with app.run_test(size=(100, 30)) as pilot:
        await until(pilot, lambda: isinstance(app.screen, PlanScreen), "the workspace")
        drive = Drive(pilot, app, [])
        await drive.settled()
        assert app.theme == "high-contrast"
        assert app.animation_level == "none"
        assert "a edit  e add" in drive.drawn("footer")
        await drive.press("a")
        await drive.until(lambda: not drive.at_work, "the form")
        assert isinstance(drive.app.screen, ItemForm)
        assert isinstance(app.focused, Input)
        assert not app.focused.cursor_blink
        await drive.press("escape")
        await drive.until(lambda: drive.at_work, "the form to close")
        await drive.press("u", "F")
        await drive.until(lambda: not drive.at_work, "the form")
        assert isinstance(drive.app.screen, ItemForm)
