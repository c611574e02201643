"""Run states of the app in parallel terminals, and measure their memory and processor time."""

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from statistics import median
from time import monotonic, sleep

from tests.tui.terminal_session import RUN, Terminal

START = "from roadmap_tui.tui.launch import run_app; run_app(None)"
EDITOR = f"import os; os.environ['EDITOR'] = 'sh -c \"echo the editor is open; read line\"'; {RUN}"
CRASHED = f"""\
import os, sys
from roadmap_tui.storage.journal import Journal
if not os.fork():
    text = open(sys.argv[1], encoding="utf-8").read()
    journal = Journal(sys.argv[1])
    journal.mark_saved(text)
    journal.record("typed more", text.replace("users = 11800", "users = 11900"))
    os._exit(1)
os.wait()
{RUN}"""
READING = f"""
import time, roadmap_tui.tui.open_session as o
o.open_session = lambda *_: time.sleep(1e6)
{RUN}"""
_PAGE_SIZE, _TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
_QUIET, _PACE, _PATIENCE = 0.15, 2.0, 20.0
"""Seconds: silence that ends an answer; between two keys; longest wait for an answer."""
_SAMPLE, _AT_ONCE = 1.0, 4
ESCAPE, TAB, ENTER, BACK = b"\x1b", b"\t", b"\r", b"\x7f"
UP, DOWN, LEFT, RIGHT, END, HOME = b"\x1b[A", b"\x1b[B", b"\x1b[D", b"\x1b[C", b"\x1b[F", b"\x1b[H"
Size = tuple[int, int]
WIDE: Size = (200, 55)


@dataclass(frozen=True)
class ExternalEdit:
    """A change of the file by another program: one text in it becomes another."""

    old: str
    new: str

    def apply(self, path: Path) -> None:
        """Write the change."""
        text = path.read_text(encoding="utf-8")
        assert self.old in text
        path.write_text(text.replace(self.old, self.new), encoding="utf-8")


@dataclass(frozen=True)
class State:
    """What is held and worked in.

    Attributes:
        name: what it is called.
        opens: keys, and changes of the file, that lead there from the board.
        words: what is on screen then.
        works: keys and terminal sizes, repeated; the last one ends where the first began.
        size: columns and lines at the start.
        program: what is run.
        without: a text that is removed from the plan first.
    """

    name: str
    opens: tuple[bytes | ExternalEdit, ...]
    words: str
    works: tuple[bytes | Size, ...]
    size: Size = WIDE
    program: str = RUN
    without: str = ""


@dataclass
class Soaked:
    """A state in its terminal with its measurements: seconds, megabytes and processor seconds."""

    state: State
    terminal: Terminal
    samples: list[tuple[float, float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._next = cycle(self.state.works)
        self._left = 0
        self._pressed = self._heard = 0.0
        self._is_answered = True

    def sample(self) -> None:
        """Measure it now."""
        pid = self.terminal.process.pid
        assert self.terminal.process.poll() is None, f"{self.state.name} has ended"
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
        self.samples.append(
            (monotonic(), pages * _PAGE_SIZE / 1e6, (int(fields[11]) + int(fields[12])) / _TICKS)
        )

    def listen(self) -> None:
        """Read what it draws."""
        if self.terminal.skim():
            self._heard = monotonic()
            self._is_answered = True

    @property
    def is_between(self) -> bool:
        """Whether all keys of a round were pressed, so that it is back in its state."""
        return self._left == 0

    def work(self) -> None:
        """Press the next key, if the one before is answered."""
        now = monotonic()
        waited = now - self._pressed
        answered = (self._is_answered and now - self._heard >= _QUIET) or waited >= _PATIENCE
        if not self.state.works or waited < _PACE or not answered:
            return
        self._left = (self._left or len(self.state.works)) - 1
        self._pressed, self._is_answered = now, False
        what = next(self._next)
        if isinstance(what, bytes):
            self.terminal.press_blindly(what)
        else:
            self.terminal.resize_blindly(*what)


@dataclass(frozen=True)
class Phase:
    """Measurements of a state in a phase: megabytes at start and end, and share of a core."""

    begun: float
    ended: float
    share: float

    @property
    def growth(self) -> float:
        return self.ended - self.begun


def phase(samples: list[tuple[float, float, float]]) -> Phase:
    """The medians of the first and the last tenth, so that no single reading counts."""
    tenth = max(1, len(samples) // 10)
    megabytes = [each for _, each, _ in samples]
    begun, ended = median(megabytes[:tenth]), median(megabytes[-tenth:])
    (first, _, before), (last, _, after) = samples[0], samples[-1]
    return Phase(begun, ended, (after - before) / (last - first))


@contextmanager
def soaking(states: Iterable[State], folder: Path, plan: Path) -> Iterator[list[Soaked]]:
    """Each state in its terminal, opened on a copy of the plan in a repository of its own."""
    with ExitStack() as stack, ThreadPoolExecutor(_AT_ONCE) as pool:

        def enter(nth: int, state: State) -> Soaked:
            return Soaked(state, stack.enter_context(_opened(state, folder / str(nth), plan)))

        yield list(pool.map(enter, *zip(*enumerate(states), strict=True)))


@contextmanager
def _opened(state: State, folder: Path, plan: Path) -> Iterator[Terminal]:
    folder.mkdir()
    path = folder / "plan.toml"
    shutil.copy(plan, path)
    if state.without:
        ExternalEdit(state.without, "").apply(path)
    if state.program is not START:
        _commit(folder)
    homes = {
        f"XDG_{name}_HOME": str(folder / "home") for name in ("STATE", "CONFIG", "DATA", "CACHE")
    }
    columns, lines = state.size
    program = f"import os; os.chdir({str(folder / 'home')!r}); {state.program}"
    (folder / "home").mkdir()
    with Terminal(
        program,
        str(path),
        columns=columns,
        lines=lines,
        changed={**homes, "TEXTUAL_ANIMATIONS": "full"},
    ) as terminal:
        if state.opens:
            terminal.see("PRODUCT")
            terminal.settle()
        for key in state.opens:
            if isinstance(key, ExternalEdit):
                key.apply(path)
            else:
                terminal.press(key)
            terminal.settle()
        terminal.see(state.words)
        yield terminal


def _commit(folder: Path) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    for words in (("init", "-q"), ("add", "plan.toml"), (*who, "commit", "-q", "-m", "Plan")):
        subprocess.run(("git", *words), cwd=folder, check=True, capture_output=True)


def run(soaked: list[Soaked], seconds: float, *, works: bool) -> None:
    """Go on for so long, measuring, and to the end of each round of keys."""
    end, at = monotonic() + seconds, monotonic()
    while monotonic() < end or (works and not all(each.is_between for each in soaked)):
        for each in soaked:
            each.listen()
            if works and (monotonic() < end or not each.is_between):
                each.work()
        if monotonic() >= at:
            at += _SAMPLE
            for each in soaked:
                each.sample()
        sleep(0.01)


def phases(soaked: list[Soaked], seconds: float, *, works: bool) -> dict[str, Phase]:
    """What each state took meanwhile."""
    for each in soaked:
        each.samples.clear()
    run(soaked, seconds, works=works)
    return {each.state.name: phase(each.samples) for each in soaked}
