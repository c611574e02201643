"""The app reports a copy only if a program accepted the text."""

import stat
from pathlib import Path

import pytest

from roadmap_tui.tui.terminal import clipboard


def program(folder: Path, name: str, text: str) -> None:
    made = folder / name
    made.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    made.chmod(made.stat().st_mode | stat.S_IXUSR)


WAYS = {
    "pbcopy": ({}, "darwin"),
    "wl-copy": ({"WAYLAND_DISPLAY": "wayland-0"}, "linux"),
    "xclip": ({"DISPLAY": ":0"}, "linux"),
    "xsel": ({"DISPLAY": ":0"}, "linux"),
    "tmux": ({"TMUX": "/tmp/x,1,0"}, "linux"),
}


@pytest.mark.parametrize("name", WAYS)
def test_the_platform_s_program_gets_the_text(tmp_path: Path, name: str) -> None:
    environment, platform = WAYS[name]
    program(tmp_path, name, f'/bin/cat > "{tmp_path}/got"')
    assert (
        clipboard.copy_with_program("42 % – $(x)", {**environment, "PATH": str(tmp_path)}, platform)
        == name
    )
    assert (tmp_path / "got").read_text(encoding="utf-8") == "42 % – $(x)"


@pytest.mark.parametrize("text", ["exit 1", "exec /bin/sleep 600", "kill -9 $$"])
def test_a_program_that_fails_or_hangs_has_not_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(clipboard, "_PATIENCE", 0.2)
    program(tmp_path, "xclip", text)
    assert clipboard.copy_with_program("x", {"DISPLAY": ":0", "PATH": str(tmp_path)}, "linux") == ""


def test_programs_of_the_current_folder_are_not_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, "xclip", "exit 0")
    monkeypatch.chdir(tmp_path)
    assert clipboard.copy_with_program("x", {"DISPLAY": ":0", "PATH": ":.:bin"}, "linux") == ""


def test_what_was_sent_to_the_terminal_can_be_fetched() -> None:
    place = clipboard.store_copied_text("a sentence")
    assert place is not None
    assert place.read_text(encoding="utf-8") == "a sentence\n"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
