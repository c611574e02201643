"""Letting keys go first: calculations wait while one is being answered."""

import gc
import sys
from threading import Event

_SLICE = 0.0005
"""Seconds for which a thread may keep the interpreter from others that want it."""
_NEVER = 1_000_000


class Courtesy:
    """What calculations in the background owe to keys.

    Args:
        most: seconds after which a calculation goes on in any case.
    """

    def __init__(self, most: float = 0.1) -> None:
        self._most = most
        self._free = Event()
        self._free.set()

    @staticmethod
    def begin() -> None:
        """Let the threads of this process take short turns, and none go through all of its memory."""
        sys.setswitchinterval(_SLICE)
        young, middle, _ = gc.get_threshold()
        gc.set_threshold(young, middle, _NEVER)

    @staticmethod
    def tidy() -> None:
        """Go through all of the memory for what is not needed any more; to be called when nothing goes on."""
        gc.collect()

    def hold(self) -> None:
        """Something is to be answered now."""
        self._free.clear()

    def release(self) -> None:
        """It is answered."""
        self._free.set()

    def wait(self) -> None:
        """Wait, in a calculation, until all is answered."""
        self._free.wait(self._most)
