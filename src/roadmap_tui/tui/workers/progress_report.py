"""Showing how far work in the background is."""

from collections.abc import Callable
from time import monotonic

from textual.message import Message

from roadmap_tui.forecast.simulation.cancellation import Checkpoint, Progress

_EVERY = 0.5


class Reached(Message):
    """Work in the background is so far; a text for the bar, empty once it has ended."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class ProgressReporter(Progress):
    """A check of work in the background, which reports twice a second how far that is."""

    def __init__(self, check: Checkpoint, post: Callable[[Reached], object], doing: str) -> None:
        super().__init__(check)
        self._post = post
        self._task = doing
        self._last = monotonic()
        self._is_shown = False

    def reach(self, doing: str, done: int, count: int) -> None:
        """Report it, unless that was done just now."""
        now = monotonic()
        if now - self._last >= _EVERY:
            self._last = now
            self._is_shown = True
            self._post(Reached(f"{self._task}: {doing} {done:,} of {count:,}"))

    def end(self) -> None:
        """Take back what is shown."""
        if self._is_shown:
            self._post(Reached(""))
