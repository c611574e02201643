"""Pause background work while input is handled."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock
from time import monotonic
from typing import Any

from textual._styles_cache import StylesCache
from textual.app import App

_SLICE = 0.0001
"""Seconds after which a thread yields the interpreter to another one."""
_GARBAGE_COLLECTIONS = 40
"""Collections of the youngest generation after which a full collection pays."""
_PART_OF_TIME = 0.01
"""Largest share of the time that collections may take."""
_M_ARENA_MAX = -8
"""From glibc's malloc.h."""


def _c_library(name: str, *given: int) -> None:
    """Call a function that only the C library of Linux has."""
    with suppress(OSError, AttributeError):
        getattr(ctypes.CDLL(None), name)(*given)


def _collections() -> int:
    """Number of collections of the youngest generation so far."""
    return int(gc.get_stats()[0]["collections"])


def clear_style_cache() -> None:
    """Clear Textual's cache of styles.

    It has 1,024 entries, and its keys hold the rendered lines of removed widgets.
    """
    StylesCache.get_inner_outer.cache_clear()


def remove_stale_watchers(app: App[Any]) -> None:
    """Release removed widgets that watched an attribute of the app.

    Textual keeps them until the attribute changes; each text area watches the theme.
    """
    for watchers in getattr(app, "__watchers", {}).values():
        watchers[:] = [each for each in watchers if each[0].is_running]


class InputPriority:
    """Lets input go before calculations.

    Args:
        max_wait: longest pause of a calculation, in seconds, while keys come without end.
    """

    def __init__(self, max_wait: float = 0.1) -> None:
        self._max_wait = max_wait
        self._pending = 0
        self._collected = 0
        self._since = self._last_input = self._next_collection = 0.0
        self._turn = Lock()
        self._next = Lock()
        self._no_input = Event()
        self._no_input.set()

    @staticmethod
    def configure_process() -> None:
        """Configure short thread switches and one heap for all threads."""
        sys.setswitchinterval(_SLICE)
        # memory freed by one thread is not reused by another one with its own heap
        _c_library("mallopt", _M_ARENA_MAX, 1)

    def free_memory(self) -> None:
        """Free memory; to be called when the app is idle.

        Collecting takes half a second with 20,000 items, hence at most 1% of the time.
        """
        begin = monotonic()
        if begin < self._next_collection:
            return
        clear_style_cache()
        gc.collect()
        _c_library("malloc_trim", 0)
        self._collected = _collections()
        end = monotonic()
        self._next_collection = end + (end - begin) / _PART_OF_TIME

    @property
    def has_garbage(self) -> bool:
        """Whether enough garbage has accumulated for a collection."""
        return (
            monotonic() >= self._next_collection
            and _collections() - self._collected >= _GARBAGE_COLLECTIONS
        )

    def begin_input(self) -> None:
        """Input is being handled; called by the thread that handles it."""
        self._last_input = monotonic()
        if not self._pending:
            self._since = self._last_input
        self._pending += 1
        self._no_input.clear()

    def end_input(self) -> None:
        """Input was handled; other input may still be."""
        self._pending -= 1
        if not self._pending:
            self._no_input.set()

    def is_idle(self, seconds: float) -> bool:
        """Whether no input came for that many seconds."""
        return not self._pending and monotonic() - self._last_input >= seconds

    @contextmanager
    def input_first(self) -> Iterator[None]:
        """Pause calculations meanwhile."""
        self.begin_input()
        try:
            yield
        finally:
            self.end_input()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Run one calculation at a time: each delays the handling of input."""
        self._acquire()
        try:
            yield
        finally:
            self._turn.release()

    def yield_turn(self) -> None:
        """Let another waiting calculation run first."""
        if self._next.locked():
            self._turn.release()
            self._acquire()

    def _acquire(self) -> None:
        # the longest waiting thread comes first; this one can't overtake it
        with self._next:
            self._turn.acquire()

    def wait_for_input(self) -> None:
        """Wait until all input is handled; called by calculations."""
        if self._pending:
            self._no_input.wait(max(0.0, self._since + self._max_wait - monotonic()))
