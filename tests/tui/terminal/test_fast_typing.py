"""Input that arrives in one piece in a real terminal, as on a slow line, is handled key by key."""

from pathlib import Path

import pytest

from tests.tui.plans import SMALL
from tests.tui.soak import START
from tests.tui.terminal_session import RUN, Terminal

_END, _EMPTY, _TAB, _BACK, _ENTER, _SAVE = b"\x1b[F", b"\x15", b"\t", b"\x7f", b"\r", b"\x13"
PIECES = {
    _END + _EMPTY + b"77" + _ENTER: "reach = 77",
    _EMPTY + b"77" + _SAVE: "reach = 77",
    b"77" + _BACK + b"8" + _ENTER: "reach = 78",
    b"\x1b[H7" + _END + b"8" + _ENTER: "reach = 715008",
    _EMPTY + b"\x1b[200~7\r\x1b[201~8" + _ENTER: "reach = 78",
    _TAB + _END + _EMPTY + b"0.5" + _ENTER: "impact = 0.5",
    b"\x1b[B" + _EMPTY + b"0.5" + _ENTER: "impact = 0.5",
    b"\x1b[Z\x1b[Z" + _END + _EMPTY + b"Rules" + _ENTER: 'title = "Rules"',
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


@pytest.mark.parametrize("piece", PIECES, ids=lambda piece: PIECES[piece])
def test_a_field(path: Path, piece: bytes) -> None:
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.see("as of 23 Nov 2026")
        terminal.press(b"e" + piece + _SAVE + b"q")
        assert terminal.end() == 0
    lines = path.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line not in SMALL.splitlines()] == [PIECES[piece]]


def test_dialogs_and_the_lines_of_the_file(path: Path) -> None:
    with Terminal(RUN, str(path)) as terminal:
        terminal.see("Draft replies")
        terminal.see("as of 23 Nov 2026")
        terminal.press(b"dno room\x7f\x7f\x7f\x7fneed" + _ENTER)
        terminal.see("not saved")
        terminal.press(b"T")  # it waits for the forecast
        terminal.see("as it stands")
        terminal.press(b"\x1b[B\x1b[B\x1b[B# it was 1500" + _BACK + b"9" + _ENTER + _SAVE)
        terminal.until(lambda: "as it stands" not in terminal.text, "the lines to be kept")
        terminal.press(_SAVE + b"q")
        assert terminal.end() == 0
    text = path.read_text(encoding="utf-8")
    assert "no need" in text
    assert "# it was 1509\n" in text


def test_a_first_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with Terminal(START) as terminal:
        terminal.see("Open an example")
        terminal.press(b"t" + _ENTER + _END + _EMPTY + b"first.toml" + _ENTER)
        terminal.see("as of")
        terminal.press(b"q")
        assert terminal.end() == 0
    assert [each.name for each in tmp_path.glob("*.toml")] == ["first.toml"]
