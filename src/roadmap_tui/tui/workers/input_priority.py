"""Letting keys go first: calculations wait while one is being answered."""

import ctypes
import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Lock
from time import monotonic

from textual._styles_cache import StylesCache

_SLICE = 0.0001
"""Seconds for which a thread may keep the interpreter from others that want it."""
_GARBAGE_COLLECTIONS = 40
"""Collections of the youngest generation after which there is enough to tidy up."""
_PART_OF_TIME = 0.01
"""The most of the time that is taken for tidying up."""
_M_ARENA_MAX = -8
"""As glibc's malloc.h has it."""


def _c_library(name: str, *given: int) -> None:
    """Call what only the C library of Linux knows."""
    with suppress(OSError, AttributeError):
        getattr(ctypes.CDLL(None), name)(*given)


def _collections() -> int:
    """Collections of the youngest generation up to now: one for every few hundred objects that are kept."""
    return int(gc.get_stats()[0]["collections"])


def clear_style_cache() -> None:
    """Let go of the lines of widgets that are gone.

    Textual keeps two colours for each widget in a cache of 1,024 entries; its keys hold the widget's rendered lines.
    """
    StylesCache.get_inner_outer.cache_clear()


class InputPriority:
    """What calculations in the background owe to keys.

    Args:
        max_wait: seconds after which calculations go on in any case, however many keys come one after the other.
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
        """Let the threads of this process take short turns, and share one heap, of which none goes through all."""
        sys.setswitchinterval(_SLICE)
        # what one thread gave back is of no use to another with a heap of its own
        _c_library("mallopt", _M_ARENA_MAX, 1)

    def free_memory(self) -> None:
        """Give memory back that is not needed any more; to be called when nothing goes on.

        With 20,000 items that holds keys for half a second. So it is put off until it takes a hundredth of the time.
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
        """Whether so much was made and dropped since the last time that it is worth to tidy up."""
        return (
            monotonic() >= self._next_collection
            and _collections() - self._collected >= _GARBAGE_COLLECTIONS
        )

    def begin_input(self) -> None:
        """Something is to be answered now; told by the thread that answers."""
        self._last_input = monotonic()
        if not self._pending:
            self._since = self._last_input
        self._pending += 1
        self._no_input.clear()

    def end_input(self) -> None:
        """It is answered; where several things are, the others may not be."""
        self._pending -= 1
        if not self._pending:
            self._no_input.set()

    def is_idle(self, seconds: float) -> bool:
        """Whether for so long nothing was to be answered."""
        return not self._pending and monotonic() - self._last_input >= seconds

    @contextmanager
    def input_first(self) -> Iterator[None]:
        """Something that goes before calculations."""
        self.begin_input()
        try:
            yield
        finally:
            self.end_input()

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """A calculation, while no other one runs: each would make the answer to a key wait longer."""
        self._acquire()
        try:
            yield
        finally:
            self._turn.release()

    def yield_turn(self) -> None:
        """Let another calculation that waits have its turn, in one that has it now."""
        if self._next.locked():
            self._turn.release()
            self._acquire()

    def _acquire(self) -> None:
        # whoever waits longest stands first: this one can't overtake it
        with self._next:
            self._turn.acquire()

    def wait_for_input(self) -> None:
        """Wait, in a calculation, until all is answered."""
        if self._pending:
            self._no_input.wait(max(0.0, self._since + self._max_wait - monotonic()))
