"""The app in its own terminal: first paint against a bare Textual app, and its idle load.

python -m benchmarks.terminal
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import pexpect
from benchmarks.roadmaps import plan_text

RUNS, IDLE_SECONDS = 9, 20
QUIET, PATIENCE = 0.2, 60
"""Processor seconds in four seconds below which the app is idle, and how often to check."""
PROGRAM = str(Path(sys.executable).with_name("roadmap"))
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    def compose(self):
        yield Static("bare app")
Bare().run()
"""


@contextmanager
def started(*command: str) -> Iterator["pexpect.spawn[str]"]:
    """A program in a terminal of its own."""
    child = pexpect.spawn(
        command[0],
        [*command[1:]],
        dimensions=(30, 100),
        env={**os.environ, "TERM": "xterm-256color"},
    )
    try:
        yield child
    finally:
        child.close(force=True)


def seconds_to(words: str, *command: str) -> float:
    """Seconds from starting a program until it shows these words."""
    begun = time.perf_counter()
    with started(*command) as child:
        child.expect_exact(words, timeout=20)
        return time.perf_counter() - begun


def first_paint(path: str) -> None:
    """Time the app and a bare Textual app in turns, each until its first words appear."""
    bare, paint, board = [], [], []
    for _ in range(RUNS):
        bare.append(seconds_to("bare app", sys.executable, "-c", BARE))
        paint.append(seconds_to("Reading", PROGRAM, path))
        board.append(seconds_to("PRODUCT", PROGRAM, path))
    print(f"first paint, 50 items, {RUNS} runs")
    for what, seconds in (
        ("bare Textual app", bare),
        ("first paint", paint),
        ("board with its forecast", board),
    ):
        ratio = median(seconds) / median(bare)
        print(
            f"  {what:<26}{median(seconds) * 1e3:7.0f} ms (worst {max(seconds) * 1e3:5.0f}) "
            f"{ratio:5.2f} x (worst {max(seconds) / max(bare):.2f} x)"
        )
    print("  bar: first paint at most 1.5 x")


def processor_seconds(pid: int | None) -> float:
    """Seconds that all threads of a process have run."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def megabytes(pid: int | None, of: str) -> float:
    """Memory of a process: VmRSS, what it holds now, or VmHWM, the most it ever held."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith(f"{of}:"))


def at_rest(path: str) -> None:
    """What the app takes on each screen, once nothing is worked out any more."""
    print("at rest, 1,000 items; bar: 1 % of a core, 150 MB")
    with started(PROGRAM, path) as child:
        child.expect_exact("PRODUCT", timeout=30)
        pid = child.pid
        for key, screen in {
            "1": "board",
            "2": "ranking",
            "3": "timeline",
            "4": "map",
            "5": "fitness",
        }.items():
            child.send(key)
            _let_end(child)
            begun = processor_seconds(pid)
            _let(child, IDLE_SECONDS)
            share = (processor_seconds(pid) - begun) / IDLE_SECONDS
            held, most = megabytes(pid, "VmRSS"), megabytes(pid, "VmHWM")
            print(
                f"  {screen:<9}{share:7.2%} of a core, {held:4.0f} MB (the most so far"
                f" {most:4.0f})",
                flush=True,
            )


def _let_end(child: "pexpect.spawn[str]") -> None:
    """Let a program end all that it works out, and tidy up."""
    for _ in range(PATIENCE):
        begun = processor_seconds(child.pid)
        _let(child, 4)
        if processor_seconds(child.pid) - begun < QUIET:
            return


def _let(child: "pexpect.spawn[str]", seconds: float) -> None:
    """Let a program go on, and read what it shows."""
    end = time.monotonic() + seconds
    while (left := end - time.monotonic()) > 0:
        child.expect([pexpect.TIMEOUT, r".+"], timeout=left)


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        for items, measure in ((50, first_paint), (1_000, at_rest)):
            path = Path(folder, f"{items}.toml")
            path.write_text(plan_text(items), encoding="utf-8")
            measure(str(path))


if __name__ == "__main__":
    main()
