"""Actions: each has a method, unique keys, and a key that every common terminal delivers."""

from itertools import chain
from pathlib import Path
from runpy import run_path

import pytest

from roadmap_tui.tui.actions import ACTIONS, FIXED, SCOPES, footer_actions, key_label
from roadmap_tui.tui.app import RoadmapApp
from roadmap_tui.tui.handlers.registry import HANDLERS
from roadmap_tui.tui.keymap import canonical_key
from roadmap_tui.tui.screens.registry import RENDERERS, SCREENS
from roadmap_tui.tui.terminal.keys import unreachable_reason, unreliable_reason

ROOT = Path(__file__).parents[2]
TAKEN = {
    # what these terminals do with a key themselves, before any program hears of it, as they come
    "gnome-terminal": {
        "f1",
        "f10",
        "f11",
        "ctrl+shift+c",
        "ctrl+shift+v",
        "ctrl+pageup",
        "ctrl+pagedown",
        "alt+1",
    },
    "konsole": {
        "shift+pageup",
        "shift+pagedown",
        "ctrl+shift+t",
        "shift+insert",
        "ctrl+plus",
        "ctrl+minus",
    },
    "xterm": {"shift+pageup", "shift+insert"},
    "VS Code": {"ctrl+p", "ctrl+e", "ctrl+f", "f1", "f11", "ctrl+tab", "ctrl+shift+p"},
    "tmux": {"ctrl+b"},
    "screen": {"ctrl+a"},
    "a browser": {"ctrl+w", "ctrl+t", "ctrl+n", "f5", "f11", "f12", "ctrl+tab"},
    "a serial line": {"ctrl+s", "ctrl+q"},
}
SAME = {"ctrl+i", "ctrl+m", "ctrl+h", "ctrl+j", "ctrl+left_square_bracket"}
"""Keys that are the same byte as another one."""


def test_no_action_depends_on_a_key_that_a_common_terminal_swallows() -> None:
    for action in ACTIONS:
        keys = set(action.keys.split(","))
        assert not any(map(unreachable_reason, keys)), action.name
        for terminal, taken in TAKEN.items():
            assert keys - taken - SAME, f"{action.name} has no key in {terminal}"


def test_the_settings_warn_of_the_same_keys() -> None:
    for key in SAME.union(*TAKEN.values()):
        assert unreliable_reason(key), key
    for key in ("e", "f2", "delete", "less_than_sign", "ctrl+z", "ctrl+y"):
        assert not unreliable_reason(key), key


def test_every_action_has_a_method_keys_and_a_unique_name() -> None:
    for action in ACTIONS:
        for name, screen in SCREENS.items():
            owner, _, method = action.command(name).partition("(")[0].rpartition(".")
            assert hasattr(RoadmapApp if owner else screen, f"action_{method}"), action.name
            assert method != "run" or action.name in HANDLERS
        assert all(canonical_key(key) == key for key in action.keys.split(",")), action.name
    keys = list(chain.from_iterable(action.keys.split(",") for action in ACTIONS))
    assert len({*keys, *FIXED}) == len(keys) + len(FIXED)
    assert len({action.name for action in ACTIONS}) == len(ACTIONS)
    assert {action.scope for action in ACTIONS} == SCOPES.keys()


def test_the_screens_are_those_that_can_be_drawn() -> None:
    assert {action.name for action in ACTIONS if action.scope == "screens"} == RENDERERS.keys()
    for action in ACTIONS:
        assert {*action.screens, *action.only} <= RENDERERS.keys()


def test_keys_are_spelled_as_they_stand_on_keyboards() -> None:
    labels = {
        "ctrl+s": "^S",
        "less_than_sign": "<",
        "slash": "/",
        "question_mark": "?",
        "delete": "Del",
        "enter": "Enter",
    }
    assert {key: key_label(key) for key in labels} == labels
    assert [key_label(key) for key in ("e", "S", "f2", "space", "colon")] == [
        "e",
        "S",
        "F2",
        "Space",
        ":",
    ]


@pytest.mark.parametrize("view", RENDERERS)
def test_footer_shows_actions_of_the_screen_and_the_item(view: str) -> None:
    def offered(kind: str | None) -> set[str]:
        return {action.name for action in footer_actions(view, kind)}

    assert "answer" in offered("spike")
    assert "answer" not in offered("model")
    assert "edit" not in offered(None)
    assert ("earlier" in offered("product")) == (view == "board")


def test_the_page_of_keys_is_made_from_the_table() -> None:
    made: str = run_path(str(ROOT / "docs" / "make_keys.py"))["page"]()
    assert (ROOT / "docs" / "keys.md").read_text(encoding="utf-8") == made, "make docs"
    assert all(f"`{action.name}`" in made for action in ACTIONS)
