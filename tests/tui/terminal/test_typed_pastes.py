"""Pasted text of any length in a real terminal is inserted as text; none of it acts as keys."""

from pathlib import Path

import pytest

from tests.tui.plans import SMALL
from tests.tui.terminal_session import RUN, Terminal

BAR = """
[model.reader.bars.recall]
launch = 0.8
"""
_LINES = ["a\rb", "a\nb", "a\r\nb", "\ra\r\rb\r"]


def pasted(text: str) -> bytes:
    return b"\x1b[200~" + text.encode() + b"\x1b[201~"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes((SMALL + BAR).encode())
    return made


def test_five_megabytes_in_a_field(path: Path) -> None:
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.see("as of 23 Nov 2026")
        terminal.press(b"e\x1b[Z\x1b[Z\x1b[F\x15" + pasted("Long titles " * 450_000) + b"\x1b[H")
        terminal.see("only the first 20,000")
        terminal.see("Long titles Long titles")
        terminal.press(b"\x15\x0b\x1b[HNew title\r\x13q")
        assert terminal.end() == 0
    assert 'title = "New title"' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("size", [20, 100_000, pytest.param(5_400_000, marks=pytest.mark.soak)])
def test_where_nothing_can_be_typed(path: Path, size: int) -> None:
    text = "d>q\r\x1b[B\x13 \x03"
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.see("as of 23 Nov 2026")
        for key in b"1234567?":
            terminal.press(bytes([key]) + pasted(text * (size // len(text))))
        terminal.see("No matches.")
        terminal.press(b"\x1b")
        terminal.until(lambda: "Keys and words" not in terminal.text, "the help to close")
        assert "not saved" not in terminal.text
        terminal.press(b"q")
        assert terminal.end() == 0
    assert path.read_bytes() == (SMALL + BAR).encode()


def test_in_a_measurement(path: Path) -> None:
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.see("as of 23 Nov 2026")
        terminal.press(b"sReply model\r")
        terminal.press(
            b"m"
            + pasted("90\r")
            + b"\t"
            + pasted("\n100\n")
            + b"\t"
            + pasted("golden\rset")
            + b"\r"
        )
        terminal.see("Esc keep")
        terminal.press(b"\x1b")
        terminal.until(lambda: "Esc keep" not in terminal.text, "the question to close")
        terminal.press(b"\x13q")
        assert terminal.end() == 0
    [measured] = (line for line in path.read_text(encoding="utf-8").splitlines() if "hits" in line)
    assert "hits = 90, of = 100" in measured
    assert 'dataset = "golden set"' in measured


@pytest.mark.parametrize("text", _LINES, ids=repr)
def test_line_ends_of_every_kind_are_spaces_in_a_line(path: Path, text: str) -> None:
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.see("as of 23 Nov 2026")
        terminal.press(b"e\x1b[Z\x1b[Z\x1b[F\x15" + pasted(text) + b"\r\x13q")
        assert terminal.end() == 0
    assert 'title = "a b"' in path.read_text(encoding="utf-8")
