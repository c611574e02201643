"""Progress of long work on standard error, where that is a terminal."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from shutil import get_terminal_size
from time import monotonic
from typing import TextIO, TypeVar

from roadmap_tui.cli.table import supports_styling
from roadmap_tui.forecast.simulation.cancellation import Progress

T = TypeVar("T")
_INITIAL_DELAY = 1.0
"""Seconds that work may take before anything is written."""
_INTERVAL = 0.2
_MIN_ESTIMATE = 2.0
"""Seconds of work on which an estimate of the remaining time can rest."""
_MINUTE = 60


def track_progress(work: Iterable[T], count: int, doing: str) -> Iterator[T]:
    """The pieces of work, as they come; how many are done is written where standard error is a terminal."""
    with progress(doing) as check:
        yield from check.track(work, count, doing)


@contextmanager
def progress(doing: str) -> Iterator[Progress]:
    """A check for a calculation to call now and then, which writes how far the work is once it takes long.

    Args:
        doing: what is done, as long as no count of pieces is known.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty() or not supports_styling():
        yield Progress()
        return
    line = _ProgressLine(stream, doing)
    try:
        yield line
    finally:
        line.clear()


class _ProgressLine(Progress):
    """One line of a terminal that is written over and over again."""

    def __init__(self, stream: TextIO, doing: str) -> None:
        super().__init__()
        self._stream = stream
        self._whole = self._doing = doing
        self._begun = self._counted_since = monotonic()
        self._last = self._begun + _INITIAL_DELAY - _INTERVAL
        self._done = self._count = self._written = 0

    def __call__(self) -> None:
        """Write how far the work is, if it was not written just now."""
        now = monotonic()
        if now - self._last >= _INTERVAL:
            self._last = now
            self._write(self._text(now))

    def reach(self, doing: str, done: int, count: int) -> None:
        """Note how far the work is."""
        if done == 0 or doing != self._doing:
            self._counted_since = monotonic()
        self._doing, self._done, self._count = doing, done, count

    def leave(self) -> None:
        """Go on without a count."""
        self._doing, self._done, self._count = self._whole, 0, 0

    def clear(self) -> None:
        """Leave nothing behind."""
        if self._written:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def _text(self, now: float) -> str:
        if not self._count:
            return f"{self._doing}, {_format_duration(now - self._begun)}"
        text = f"{self._doing}: {self._done:,} of {self._count:,} ({self._done / self._count:.0%})"
        took = now - self._counted_since
        if self._done and took >= _MIN_ESTIMATE:
            left = took / self._done * max(0, self._count - self._done)
            text += f", about {_format_duration(left)} left"
        return text

    def _write(self, text: str) -> None:
        """Write over what stood there; without control sequences, which not every terminal knows."""
        shown = text[: get_terminal_size().columns - 1]
        self._stream.write("\r" + shown.ljust(self._written))
        self._stream.flush()
        self._written = len(shown)


def _format_duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds // _MINUTE:.0f} min {seconds % _MINUTE:.0f} s"
