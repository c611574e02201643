"""Progress of background work, for the status bar."""

from collections.abc import Callable
from time import monotonic

from roadmap_tui.forecast.simulation.cancellation import Checkpoint, Progress

_EVERY = 0.5
"""Seconds between two reports."""


class ProgressReporter(Progress):
    """Checkpoint that reports the progress of its work twice a second.

    Args:
        check: the checkpoint of the work itself.
        post: called with a text for the status bar, empty at the end.
        task: the name of the work.
    """

    def __init__(self, check: Checkpoint, post: Callable[[str], object], task: str) -> None:
        super().__init__(check)
        self._post = post
        self._task = task
        self._last = monotonic()
        self._is_shown = False

    def reach(self, doing: str, done: int, count: int) -> None:
        """Report how far it is, unless that was reported just now."""
        now = monotonic()
        if now - self._last >= _EVERY:
            self._last = now
            self._is_shown = True
            self._post(f"{self._task}: {doing} {done:,} of {count:,}")

    def end(self) -> None:
        """Clear the report."""
        if self._is_shown:
            self._post("")
