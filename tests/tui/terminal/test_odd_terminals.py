"""The app in a real terminal when things are odd: tiny, slow, flooded, or failing."""

import os
import signal
from pathlib import Path

import pytest

from tests.tui.plans import SMALL
from tests.tui.terminal_session import CLI, RUN, Terminal

FAILING = f"""\
from roadmap_tui.tui.handlers import registry
def fail(screen): raise RuntimeError("out of luck [/]")
registry.HANDLERS["say"] = fail
{RUN}
"""
PASTE = b"\x1b[200~" + b"x[/] " * 20_480 + b"\x1b[201~"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


def test_it_shrinks_and_grows(path: Path) -> None:
    with Terminal(CLI, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.resize(40, 10)
        for key in (b"2", b"3", b"4", b"5", b"6", b"7", b"8", b"9", b"1"):
            terminal.press(key)
        terminal.press(b"e")
        terminal.see("Effect")
        terminal.press(b"\x1b")
        terminal.resize(100, 30)
        terminal.see("PRODUCT")
        terminal.see("Draft replies")
        terminal.see("MODEL")
        terminal.press(b"q")
        assert terminal.end() == 0
        assert terminal.left_on() == []
    assert path.read_bytes() == SMALL.encode()


def test_a_hundred_kilobytes_are_pasted_into_a_field_and_elsewhere(path: Path) -> None:
    assert len(PASTE) > 100_000
    with Terminal(CLI, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.press(PASTE)
        terminal.press(b"e")
        terminal.see("Effect")
        terminal.press(PASTE)
        terminal.press(b"\x1b")
        terminal.see("Keep your changes?")
        terminal.press(b"d")
        terminal.until(lambda: "Keep your changes?" not in terminal.text, "the question to go")
        terminal.press(b"q")
        assert terminal.end() == 0
        assert terminal.left_on() == []
    assert path.read_bytes() == SMALL.encode()


def test_a_slow_terminal_gets_it_all(path: Path) -> None:
    with Terminal(CLI, str(path)) as terminal:
        terminal.dawdle(1.5)
        terminal.see("as of 23 Nov 2026")
        terminal.see("Draft replies")
        terminal.press(b"2")
        terminal.dawdle(1.0)
        terminal.press(b"1>")
        terminal.see("not saved")
        terminal.press(b"\x13")
        terminal.until(lambda: path.read_bytes() != SMALL.encode(), "the file to be written")
        terminal.press(b"q")
        assert terminal.end() == 0


def test_failure_restores_the_terminal_and_keeps_the_work(path: Path, tmp_path: Path) -> None:
    with Terminal(FAILING, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.press(b">")
        terminal.see("not saved")
        terminal.press(b"y")
        assert terminal.end() not in {0, None}
        assert terminal.left_on() == []
        terminal.see("the planner failed")
        assert "Traceback" not in terminal.text
        assert "Nothing is lost" in terminal.text
    [report] = (Path(os.environ["XDG_STATE_HOME"]) / "roadmap-tui" / "failures").glob("*.txt")
    assert "out of luck [/]" in report.read_text(encoding="utf-8")
    assert path.read_bytes() == SMALL.encode()
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Unsaved changes found")
        terminal.see("+pin")


STUCK = f"""\
from time import sleep
from textual.drivers._writer_thread import WriterThread
WriterThread.stop = lambda self: sleep(600)
{RUN}
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_ends_it_even_where_the_terminal_is_stuck(
    path: Path, number: signal.Signals
) -> None:
    with Terminal(STUCK, str(path)) as terminal:
        terminal.see("Draft replies")
        os.kill(terminal.process.pid, number)
        assert terminal.end() == 128 + number
        assert terminal.left_on() == []
