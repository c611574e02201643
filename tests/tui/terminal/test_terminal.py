"""The app in a real terminal."""

import os
import signal
from pathlib import Path

import pytest

from tests.tui.plans import SMALL, TEN_LINES, nasty_plan
from tests.tui.terminal_session import CLI, RUN, Terminal, closes

ESCAPE = b"\x1b"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


def test_a_session(path: Path) -> None:
    with Terminal(CLI, str(path)) as terminal:
        terminal.see("Small plan")
        terminal.see("Draft replies")
        terminal.press(b"2")
        terminal.see("chance ÷ effort")
        terminal.press(b"3")
        terminal.see("from 23 Nov 2026")
        terminal.press(b"e")
        terminal.see("Effort")
        terminal.press(ESCAPE)
        terminal.until(lambda: "Effort" not in terminal.text, "the form to close")
        terminal.press(b"e")
        terminal.see("Effect")
        terminal.press(b"\x1b[F\x15")
        terminal.see("all users")
        terminal.press(b"7 8 9\r")
        terminal.see("not saved")
        terminal.press(b"\x13")
        terminal.until(lambda: path.read_bytes() != SMALL.encode(), "the file to be written")
        terminal.until(lambda: "not saved" not in terminal.text, "the word about it to go")
        assert terminal.left_on()
        terminal.press(b"q")
        assert terminal.end() == 0
        assert terminal.left_on() == []
    old, new = SMALL.splitlines(), path.read_text(encoding="utf-8").splitlines()
    assert len(old) == len(new)
    assert [line for line in new if line not in old] == [
        next(line for line in new if "[7, 8, 9]" in line)
    ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_as_it_was(path: Path, number: signal.Signals) -> None:
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Draft replies")
        os.kill(terminal.process.pid, number)
        assert terminal.end() == 128 + number
        assert terminal.left_on() == []


def test_a_signal_in_a_form_does_too(path: Path) -> None:
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.press(b"e")
        terminal.see("Effect")
        os.kill(terminal.process.pid, signal.SIGTERM)
        assert terminal.end() == 128 + signal.SIGTERM
        assert terminal.left_on() == []
    assert path.read_bytes() == SMALL.encode()


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_work_outlasts_a_signal(path: Path, number: signal.Signals) -> None:
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.press(b">")
        terminal.see("not saved")
        os.kill(terminal.process.pid, number)
        terminal.end()
    assert path.read_bytes() == SMALL.encode()
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Unsaved changes found")
        terminal.see("+pin")
        terminal.press(b"r")
        terminal.until(lambda: "Unsaved changes found" not in terminal.text, "the question to go")
        terminal.see("● not saved")
        terminal.press(b"\x13")
        terminal.until(lambda: path.read_bytes() != SMALL.encode(), "the file to be written")
        terminal.press(b"q")
        assert terminal.end() == 0
    assert path.read_text().count("pin = ") == SMALL.count("pin = ") + 1


def test_escape_codes_of_the_file_never_reach_the_terminal(path: Path) -> None:
    path.write_text(nasty_plan(), encoding="utf-8")
    with Terminal(RUN, str(path), columns=160, lines=45) as terminal:
        terminal.see("=1+1|b")
        for keys in (b"2", b"3", b"1"):
            terminal.press(keys)
        for words in (b"desrev", b"[31m"):
            terminal.press(b"/")
            terminal.see("filter: words")
            terminal.press(words + b"\r")
            terminal.see(f"filter: {words.decode()} ")
            terminal.press(b"\x1b[H")
            terminal.see("▌")
            terminal.press(b"e")
            terminal.see("Effect")
            terminal.press(ESCAPE)
            terminal.until(lambda: "Effect" not in terminal.text, "the form to close")
            terminal.press(ESCAPE)
            terminal.until(lambda: "filter:" not in terminal.text, "the filter to go")
        terminal.press(b"q")
        assert terminal.end() == 0
    assert b"\x1b[31mred" not in terminal.raw
    assert not {"\u202e", "\x9b"} & set(terminal.raw.decode(errors="replace"))


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"\xff\xfe[\x00r\x00", "UTF-16"),
        (b'[roadmap]\ntitle = "\xe9"\n', "UTF-8"),
        (b"[roadmap\n", "1:"),
        (b"[roadmap]\n<<<<<<< ours\n=======\n>>>>>>> theirs\n", "merge"),
        (b'[product.a]\neffort = "huge"\n', "huge"),
        (b'[product.a]\nneeds = ["b"]\n[product.b]\nneeds = ["a"]\n', "cycle"),
        (b"[roadmap]\n\x1b[2J = 1\n", "2:1"),
    ],
    ids=["UTF-16", "Latin-1", "no TOML", "a merge", "no plan", "a cycle", "an escape code"],
)
def test_invalid_file_is_reported_with_exit_code_3(path: Path, raw: bytes, said: str) -> None:
    path.write_bytes(raw)
    code, text, left = closes(path)
    assert (code, left) == (3, [])
    assert said.replace(" ", "") in "".join(text.split())
    assert path.name in "".join(text.split())
    assert "Traceback" not in text
    assert path.read_bytes() == raw


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    for path, said in ((tmp_path / "none.toml", "no such file"), (tmp_path, "a folder")):
        code, text, left = closes(path)
        assert (code, left) == (3, [])
        assert "".join(said.split()) in "".join(text.split())


def test_ten_lines(path: Path) -> None:
    path.write_text(TEN_LINES, encoding="utf-8")
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.see("~")
        terminal.press(b"q")
        assert terminal.end() == 0
