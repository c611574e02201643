"""Failing editors, and the shell, in a real terminal: the app returns with all input."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.plans import SMALL
from tests.tui.terminal_session import RUN, Terminal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


def script(folder: Path, text: str) -> Path:
    """A program of its own, with a space in its path."""
    made = folder / "my editor"
    made.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    made.chmod(made.stat().st_mode | stat.S_IXUSR)
    return made


def type_and_edit(terminal: Terminal) -> None:
    """Type a title that isn't kept yet, and open the editor on it."""
    terminal.see("Draft replies")
    terminal.press(b"e")
    terminal.see("Effect")
    terminal.see("people per quarter · 3000")
    terminal.press(b"\x1b[Z\x1b[Z")
    terminal.see("Title: ")
    terminal.press(b"\x1b[F\x15")
    terminal.until(lambda: "Title           Macro" not in terminal.text, "the field to be empty")
    terminal.press(b"New title typed")
    terminal.see("New title typed")
    terminal.press(b"\x05")


def hear(terminal: Terminal, words: str) -> None:
    """Read until the words are on screen, broken over lines as it may be."""
    wanted = "".join(words.split())
    terminal.until(lambda: wanted in "".join(terminal.text.replace("│", " ").split()), words)


def discard(terminal: Terminal) -> None:
    terminal.press(b"\x1b")
    terminal.see("Keep your changes?")
    terminal.press(b"d")
    terminal.until(lambda: "Effect" not in terminal.text, "the form to close")


def leave(terminal: Terminal) -> None:
    """Discard what was typed, and quit."""
    terminal.see("New title typed")
    discard(terminal)
    terminal.press(b"q")
    assert terminal.end() == 0
    assert terminal.left_on() == []


ALTERNATE_SCREEN = b"\x1b[?1049h"


FAILING = {
    "exit 3": "error code 3",
    "kill -9 $$": "SIGKILL",
    'rm "$1"': "removed its file",
    'rm "$1"; mkdir "$1"': "not a file",
    "printf '\\377' > \"$1\"": "not UTF-8",
    'head -c 6000000 /dev/zero > "$1"': "at most 5,000,000 (5 MB)",
}


@pytest.mark.parametrize("text", FAILING)
def test_an_editor_that_fails(path: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("EDITOR", f'"{script(path.parent, text)}"')
    with Terminal(RUN, str(path)) as terminal:
        type_and_edit(terminal)
        hear(terminal, FAILING[text])
        leave(terminal)


EDITOR_KEYS = {
    "a text": b"e\x1b[Z\x1b[ZNew title typed\x05",
    "a number": b"e7\x05",
    "the lines": b"T\x05",
}


@pytest.mark.parametrize("where", EDITOR_KEYS)
@pytest.mark.parametrize("size", [(100, 12), (60, 10), (40, 9)])
def test_an_editor_that_fails_is_reported_on_low_screens(
    path: Path, monkeypatch: pytest.MonkeyPatch, where: str, size: tuple[int, int]
) -> None:
    script(path.parent, "exit 3")
    monkeypatch.chdir(path.parent)
    monkeypatch.setenv("EDITOR", "'./my editor'")
    with Terminal(RUN, str(path), columns=size[0], lines=size[1]) as terminal:
        terminal.see("99%")
        terminal.press(EDITOR_KEYS[where])
        hear(terminal, "ended with error code 3")
        if where == "a text":
            terminal.see("New title typed")
            terminal.press(b"\t")
            terminal.until(lambda: "error code" not in terminal.text, "the message to go")


@pytest.mark.parametrize(
    ("editor", "said"), [("no-such-editor", "can't be run"), ("/", "can't be run")]
)
def test_an_editor_that_is_not_there(
    path: Path, monkeypatch: pytest.MonkeyPatch, editor: str, said: str
) -> None:
    monkeypatch.setenv("EDITOR", editor)
    with Terminal(RUN, str(path)) as terminal:
        type_and_edit(terminal)
        hear(terminal, said)
        leave(terminal)


def test_an_editor_with_arguments_gets_them_and_what_it_leaves_is_taken(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    editor = script(path.parent, '[ "$1" = "--wait for it" ] && printf "Titled outside\\n" > "$2"')
    monkeypatch.setenv("EDITOR", f"'{editor}' '--wait for it'")
    with Terminal(RUN, str(path)) as terminal:
        type_and_edit(terminal)
        terminal.see("Titled outside")


BASH = """\
import fcntl, os, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.environ["PS1"] = "prompt> "
os.execlp("bash", "bash", "--norc", "--noprofile", "--noediting", "-i")
"""
ALONE = f"import fcntl, termios\nfcntl.ioctl(0, termios.TIOCSCTTY, 0)\n{RUN}"


def start_in_shell(terminal: Terminal, path: Path) -> None:
    program = path.parent / "app.py"
    program.write_text(RUN.replace("; ", "\n"), encoding="utf-8")
    terminal.see("prompt>")
    terminal.press(f"{sys.executable} {program} {path}\n".encode())


def leave_to_shell(terminal: Terminal) -> None:
    terminal.press(b"q")
    terminal.see("prompt>")
    assert terminal.left_on() == []
    terminal.press(b"exit\n")
    terminal.end()


@pytest.mark.parametrize("key", [b"\x03", b"\x1c"], ids=["Ctrl+C", "Ctrl+backslash"])
def test_a_signal_of_the_terminal_is_for_the_editor(
    path: Path, monkeypatch: pytest.MonkeyPatch, key: bytes
) -> None:
    monkeypatch.setenv(
        "EDITOR", f"'{script(path.parent, 'echo the editor is open; exec sleep 600')}'"
    )
    with Terminal(BASH) as terminal:
        start_in_shell(terminal, path)
        type_and_edit(terminal)
        terminal.see("the editor is open")
        terminal.press(key)
        hear(terminal, "was ended by SIG")
        discard(terminal)
        leave_to_shell(terminal)


STOPS = {"all": "", "the editor only": "kill -TSTP $$; "}


@pytest.mark.parametrize("way", STOPS)
def test_a_stopped_editor_gives_the_terminal_to_the_shell(
    path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    text = f'{STOPS[way]}echo the editor is open; head -n 1 > "$1"'
    monkeypatch.setenv("EDITOR", f"'{script(path.parent, text)}'")
    with Terminal(BASH) as terminal:
        start_in_shell(terminal, path)
        type_and_edit(terminal)
        if way == "all":
            terminal.see("the editor is open")
            terminal.press(b"\x1a")
        terminal.see("Stopped")
        terminal.press(b"echo $((6 * 7))th; fg\n")
        terminal.see("42th")
        terminal.see("the editor is open")
        terminal.press(b"Titled outside\n")
        terminal.see("Effect")
        terminal.see("Titled outside")
        discard(terminal)
        leave_to_shell(terminal)


def test_to_the_shell_and_back(path: Path) -> None:
    with Terminal(BASH) as terminal:
        start_in_shell(terminal, path)
        terminal.see("Draft replies")
        for key in (b"Z", b"\x1b[19~"):
            terminal.press(key)
            terminal.see("Stopped")
            assert terminal.left_on() == []
            terminal.press(b"clear; echo $((6 * 7))th\n")
            terminal.see("42th")
            terminal.press(b"fg\n")
            terminal.see("Draft replies")
            terminal.until(
                lambda: "42th" not in terminal.text, "the app to be drawn over the shell"
            )
        terminal.press(b">")
        terminal.see("not saved")
        terminal.press(b"u")
        terminal.until(lambda: "not saved" not in terminal.text, "the change to be undone")
        leave_to_shell(terminal)


def test_continued_in_the_background_it_waits_for_the_terminal(path: Path) -> None:
    with Terminal(BASH) as terminal:
        start_in_shell(terminal, path)
        terminal.see("Draft replies")
        terminal.press(b"Z")
        terminal.see("Stopped")
        terminal.press(b"clear; bg; sleep 1; jobs -s; echo $((6 * 7))th\n")
        terminal.see("42th")
        terminal.press(b"fg\n")
        terminal.see("Draft replies")
        terminal.press(b"2")
        terminal.see("chance ÷ effort")
        leave_to_shell(terminal)


@pytest.mark.parametrize("stop", [signal.SIGTSTP, signal.SIGSTOP])
def test_stopped_from_outside_and_continued(path: Path, stop: signal.Signals) -> None:
    with Terminal(BASH) as terminal:
        start_in_shell(terminal, path)
        terminal.see("Draft replies")
        terminal.press(b"e")
        terminal.see("Effect")
        pid = int(subprocess.check_output(["pgrep", "-P", str(terminal.process.pid)]))
        os.kill(pid, stop)
        terminal.see("Stopped")
        if stop == signal.SIGTSTP:
            assert terminal.left_on() == []
        terminal.press(b"clear; echo $((6 * 7))th\n")
        terminal.see("42th")
        taken = terminal.raw.count(ALTERNATE_SCREEN)
        terminal.press(b"fg\n")
        # what is typed before it has the terminal again is the shell's
        terminal.until(
            lambda: terminal.raw.count(ALTERNATE_SCREEN) > taken, "the app to take the terminal"
        )
        terminal.until(lambda: "42th" not in terminal.text, "the app to be drawn over the shell")
        terminal.see("Effect")
        terminal.press(b"\x1b")
        terminal.until(lambda: "Effect" not in terminal.text, "the form to close")
        leave_to_shell(terminal)


def test_without_a_shell_the_app_continues_with_a_reason(path: Path) -> None:
    with Terminal(ALONE, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.press(b"Z")
        terminal.see("wasn't started from a shell")
        os.kill(terminal.process.pid, signal.SIGTSTP)
        terminal.press(b"2")
        terminal.see("chance ÷ effort")
        terminal.press(b"q")
        assert terminal.end() == 0


def test_an_editor_that_stops_where_there_is_no_shell_goes_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", f"'{script(path.parent, 'kill -STOP $$; exit 5')}'")
    with Terminal(ALONE, str(path)) as terminal:
        type_and_edit(terminal)
        hear(terminal, "error code 5")
        leave(terminal)
