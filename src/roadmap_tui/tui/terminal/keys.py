"""Limits of terminals: whether the app can run, and keys that don't reach programs."""

import os
import re
import sys
from collections.abc import Mapping

_UNREACHABLE = {
    "ctrl+i": "it is the same as Tab",
    "ctrl+m": "it is the same as Enter",
    "ctrl+j": "it is the same as Enter in many terminals",
    "ctrl+h": "it is the same as Backspace in many terminals",
    "ctrl+left_square_bracket": "it is the same as Escape",
    "ctrl+tab": "terminals and browsers change their tabs with it",
    "ctrl+pageup": "terminals and browsers change their tabs with it",
    "ctrl+pagedown": "terminals and browsers change their tabs with it",
    "shift+pageup": "terminals scroll with it",
    "shift+pagedown": "terminals scroll with it",
    "shift+home": "terminals scroll with it",
    "shift+end": "terminals scroll with it",
    "shift+insert": "terminals paste with it",
    "ctrl+insert": "terminals copy with it",
    "ctrl+minus": "terminals make their text smaller with it",
    "ctrl+plus": "terminals make their text larger with it",
    "ctrl+0": "terminals set the size of their text with it",
    "ctrl+c": "it interrupts programs, or copies",
    "ctrl+backslash": "it ends programs",
    "f11": "it makes windows as large as the screen",
}
_UNRELIABLE = {
    "ctrl+a": "screen takes it",
    "ctrl+b": "tmux takes it",
    "ctrl+e": "the terminal of VS Code opens files with it",
    "ctrl+f": "the terminal of VS Code searches with it",
    "ctrl+n": "browsers open a window with it",
    "ctrl+p": "the terminal of VS Code opens files with it",
    "ctrl+q": (
        "it resumes a terminal with flow control, and ends some programs that have a terminal in"
        " them"
    ),
    "ctrl+r": "the terminal of VS Code shows its history with it",
    "ctrl+s": "it halts a terminal with flow control",
    "ctrl+t": "browsers open a tab with it",
    "ctrl+v": "some terminals paste with it",
    "ctrl+w": "browsers close the tab with it",
    "f1": "GNOME Terminal and VS Code show their own help",
    "f3": "browsers search with it",
    "f5": "browsers load the page again with it",
    "f10": "GNOME Terminal opens its menu with it",
    "f12": "browsers show their tools with it",
}
_PATTERNS = (
    (re.compile(r"ctrl\+shift\+.*"), "terminals keep it for copying, pasting and their tabs"),
    (re.compile(r"alt\+.*"), "many terminals open their menus or change their tabs with it"),
    (re.compile(r"(super|meta|hyper)\+.*"), "the desktop keeps it"),
    (re.compile(r"ctrl\+\d"), "many terminals do not tell it from the digit"),
)


def unreachable_reason(key: str) -> str:
    """Why a key never reaches the app in common terminals; empty if it does in some."""
    return _UNREACHABLE.get(key, "") or next(
        (why for pattern, why in _PATTERNS if pattern.fullmatch(key)), ""
    )


def unreliable_reason(key: str) -> str:
    """Why a key doesn't reach the app in some terminals; empty if it does in all."""
    return unreachable_reason(key) or _UNRELIABLE.get(key, "")


_ALTERNATIVE = "commands such as roadmap rank FILE answer without one; roadmap --help lists them"


def terminal_problem(environment: Mapping[str, str]) -> str:
    """Why the app can't run here, and what to do; empty if it can."""
    streams = {"input": sys.stdin, "output": sys.stdout, "errors": sys.stderr}
    elsewhere = [name for name, stream in streams.items() if stream is None or not stream.isatty()]
    if elsewhere:
        are = "is" if len(elsewhere) == 1 else "are"
        return (
            f"the planner needs a terminal, and its {' and '.join(elsewhere)} {are} not one;"
            f" {_ALTERNATIVE}"
        )
    kind = environment.get("TERM", "")
    if kind in {"", "dumb"} and os.name != "nt":
        shown = f"TERM={kind} can't place text on the screen" if kind else "TERM is not set"
        return (
            f"this terminal can't show the planner: {shown}; set TERM to what it is, such as"
            f" xterm-256color; {_ALTERNATIVE}"
        )
    return ""
