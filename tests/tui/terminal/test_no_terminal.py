"""Without a usable terminal the app reports that; if the terminal goes away, the app ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tui.plans import SMALL
from tests.tui.terminal_session import CLI, RUN, Terminal


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "plan.toml"
    made.write_bytes(SMALL.encode())
    return made


def test_piped_bytes_are_never_keys(path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", CLI, str(path)],
        check=False,
        input=b">\x13q",
        capture_output=True,
        timeout=120,
    )
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert b"needs a terminal" in ended.stderr
    assert b"roadmap rank FILE" in ended.stderr
    assert path.read_bytes() == SMALL.encode()


@pytest.mark.parametrize("redirected", ["</dev/null", ">/dev/null", "2>/dev/null", "| cat"])
def test_one_stream_elsewhere_is_enough(path: Path, redirected: str) -> None:
    line = f'"$0" -c "$1" "$2" {redirected}'
    run = ["bash", "-o", "pipefail", "-c", line, sys.executable, CLI, str(path)]
    with Terminal(f"import os; os.execvp('bash', {run!r})") as terminal:
        assert terminal.end() == 2
        assert terminal.left_on() == []
        assert ("needs a terminal" in terminal.text) == (redirected != "2>/dev/null")


@pytest.mark.parametrize("kind", ["dumb", ""])
def test_a_terminal_that_can_not_place_text(path: Path, kind: str) -> None:
    with Terminal(f"import os; os.environ['TERM'] = {kind!r}\n{RUN}", str(path)) as terminal:
        assert terminal.end() == 2
        terminal.see("set TERM")


def test_a_terminal_that_goes_away_ends_it(path: Path) -> None:
    terminal = Terminal(RUN, str(path))
    terminal.see("Draft replies")
    os.close(terminal._slave)
    os.close(terminal._master)
    assert terminal.process.wait(60) == 129
