"""Show the progress of long work on standard error, if that is a terminal."""

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


def track_progress(work: Iterable[T], count: int, activity: str) -> Iterator[T]:
    """Yield the pieces of work, and show how many are done."""
    with progress(activity) as checkpoint:
        yield from checkpoint.track(work, count, activity)


@contextmanager
def progress(activity: str) -> Iterator[Progress]:
    """A checkpoint for a calculation to call regularly; it shows progress once the work takes long.

    Args:
        activity: the name of the work, as long as no count of pieces is known.
    """
    stream = sys.stderr
    if stream is None or not stream.isatty() or not supports_styling():
        yield Progress()
        return
    line = _ProgressLine(stream, activity)
    try:
        yield line
    finally:
        line.clear()


class _ProgressLine(Progress):
    """A line of a terminal that is overwritten with the current progress."""

    def __init__(self, stream: TextIO, activity: str) -> None:
        super().__init__()
        self._stream = stream
        self._whole = self._activity = activity
        self._started = self._counted_since = monotonic()
        self._last_written = self._started + _INITIAL_DELAY - _INTERVAL
        self._done = self._count = self._written = 0

    def __call__(self) -> None:
        """Write the progress, unless it was written just before."""
        now = monotonic()
        if now - self._last_written >= _INTERVAL:
            self._last_written = now
            self._write(self._text(now))

    def advance(self, activity: str, done: int, count: int) -> None:
        """Record the progress."""
        if done == 0 or activity != self._activity:
            self._counted_since = monotonic()
        self._activity, self._done, self._count = activity, done, count

    def finish(self) -> None:
        """Continue without a count."""
        self._activity, self._done, self._count = self._whole, 0, 0

    def clear(self) -> None:
        """Erase the line."""
        if self._written:
            self._write("")
            self._stream.write("\r")
            self._stream.flush()

    def _text(self, now: float) -> str:
        if not self._count:
            return f"{self._activity}, {_format_duration(now - self._started)}"
        text = (
            f"{self._activity}: {self._done:,} of {self._count:,} ({self._done / self._count:.0%})"
        )
        took = now - self._counted_since
        if self._done and took >= _MIN_ESTIMATE:
            left = took / self._done * max(0, self._count - self._done)
            text += f", about {_format_duration(left)} left"
        return text

    def _write(self, text: str) -> None:
        """Overwrite the line, without escape sequences: not every terminal supports them."""
        shown = text[: get_terminal_size().columns - 1]
        self._stream.write("\r" + shown.ljust(self._written))
        self._stream.flush()
        self._written = len(shown)


def _format_duration(seconds: float) -> str:
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    return f"{seconds // _MINUTE:.0f} min {seconds % _MINUTE:.0f} s"
