"""A real terminal: a program on a pty, and what it leaves behind."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping
from pathlib import Path
from time import monotonic, sleep

import pyte

DEADLINE = 60.0
_MODE = re.compile(rb"\x1b\[\?([\d;]+)([hl])")
_UNKNOWN_TO_PYTE = re.compile(
    rb"\x1b\[[<>=][\d;]*[a-zA-Z]|\x1b\[\?[\d;]*\$p|\x1b[_P][^\x1b]*\x1b\\"
)
RUN = "import sys; from roadmap_tui.tui.launch import run_app; sys.exit(run_app(sys.argv[1]))"
CLI = "import sys; from roadmap_tui.cli.main import main; sys.exit(main())"
LASTING = {
    b"1049": False,
    b"25": True,
    b"1000": False,
    b"1002": False,
    b"1003": False,
    b"1006": False,
    b"2004": False,
}
"""Modes of a terminal, and whether they are on when nothing runs in it."""


class Terminal:
    """A program in a terminal of 100 x 30."""

    def __init__(
        self,
        program: str,
        *words: str,
        columns: int = 100,
        lines: int = 30,
        changed: Mapping[str, str] | None = None,
    ) -> None:
        self._master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._slave = slave
        self.looks = termios.tcgetattr(slave)
        inherited = {
            name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}
        }
        environment = {
            **inherited,
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TEXTUAL_ANIMATIONS": "none",
        }
        environment |= changed or {}
        self.process = subprocess.Popen(
            [sys.executable, "-c", program, *words],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environment,
            start_new_session=True,
        )
        self.raw = b""
        self._screen = pyte.Screen(columns, lines)
        self._stream = pyte.ByteStream(self._screen)

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *exc: object) -> None:
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        os.close(self._slave)
        os.close(self._master)

    @property
    def text(self) -> str:
        """What is on screen."""
        # pyte's own display fails where half of a wide character has been written over so far
        screen = self._screen
        rows = (screen.buffer[y] for y in range(screen.lines))
        return "\n".join(self._row_text(row) for row in rows)

    def _row_text(self, row: Mapping[int, pyte.screens.Char]) -> str:
        return "".join(row[x].data for x in range(self._screen.columns))

    def press(self, keys: bytes) -> None:
        """Type; what the program draws meanwhile is read, so that neither waits for the other."""
        left = keys
        while left:
            _, ready, _ = select.select([], [self._master], [], 0)
            if ready:
                left = left[os.write(self._master, left[:512]) :]
            self._read(0)

    def settle(self, seconds: float = 1.0) -> None:
        """Read until for so long nothing has come."""
        while self._read(seconds):
            pass

    def press_blindly(self, keys: bytes) -> None:
        """Type a few keys, without a look at what is drawn."""
        os.write(self._master, keys)

    def resize_blindly(self, columns: int, lines: int) -> None:
        """Give the terminal another size, without a look at what is drawn."""
        fcntl.ioctl(self._slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        os.killpg(self.process.pid, signal.SIGWINCH)

    def resize(self, columns: int, lines: int) -> None:
        """Give the terminal another size."""
        self._screen.resize(lines, columns)
        self.resize_blindly(columns, lines)

    def skim(self) -> int:
        """Read what is there, without looking at it; the count of its bytes."""
        ready, _, _ = select.select([self._master], [], [], 0)
        return len(os.read(self._master, 65536)) if ready else 0

    def dawdle(self, seconds: float) -> None:
        """Read nothing for a while, and then a few bytes at a time."""
        sleep(seconds)
        end = monotonic() + seconds
        while monotonic() < end:
            self._read(0.01, 64)

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Read until a condition holds; fail if it doesn't by the deadline."""
        end = monotonic() + DEADLINE
        while not condition():
            assert monotonic() < end, f"waited {DEADLINE:.0f} s for {what}; on screen:\n{self.text}"
            self._read(0.05)

    def see(self, words: str) -> None:
        """Read until the words are on screen."""
        self.until(lambda: words in self.text, f"{words!r}")

    def end(self) -> int:
        """Read until the program has ended; its exit code, negative for a signal."""
        self.until(lambda: self.process.poll() is not None, "the end")
        while self._read(0.05):
            pass
        return self.process.returncode

    def left_on(self) -> list[str]:
        """Modes of the terminal that are not as they were."""
        modes = dict(LASTING)
        for names, letter in _MODE.findall(self.raw):
            modes.update(dict.fromkeys(names.split(b";"), letter == b"h"))
        left = [
            f"{name.decode()} is {modes[name]}"
            for name, usual in LASTING.items()
            if modes[name] != usual
        ]
        pushed, popped = (
            len(re.findall(rb"\x1b\[>\d+u", self.raw)),
            len(re.findall(rb"\x1b\[<\d*u", self.raw)),
        )
        keys = [] if pushed <= popped else ["the keyboard protocol is on"]
        looks = (
            []
            if termios.tcgetattr(self._slave) == self.looks
            else ["the line discipline is changed"]
        )
        return left + keys + looks

    def _read(self, seconds: float, most: int = 65536) -> bytes:
        ready, _, _ = select.select([self._master], [], [], seconds)
        got = os.read(self._master, most) if ready else b""
        self.raw += got
        self._stream.feed(_UNKNOWN_TO_PYTE.sub(b"", got))
        return got


def closes(path: Path | str) -> tuple[int, str, list[str]]:
    """The exit code of the app on a file that it can't show, what it said, and what it left on."""
    with Terminal(RUN, str(path)) as terminal:
        code = terminal.end()
        return code, terminal.text, terminal.left_on()
