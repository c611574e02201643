"""A property that is computed once, and may wait meanwhile."""

from collections.abc import Callable
from threading import Event, Thread

from roadmap_tui.forecast.simulation.cached_property import CachedProperty

PATIENCE = 8.0


class Slow:
    """An object with a property that takes a given time."""

    def __init__(self, compute: Callable[[], int]) -> None:
        self._compute = compute

    @CachedProperty
    def found(self) -> int:
        """What was found."""
        return self._compute()


def test_the_value_is_computed_once() -> None:
    answers = iter([7, 8])
    slow = Slow(lambda: next(answers))
    assert (slow.found, slow.found) == (7, 7)
    assert Slow.found.__doc__ == "What was found."


def test_one_object_does_not_wait_for_another() -> None:
    begun, seen = Event(), Event()

    def waits() -> int:
        begun.set()
        return int(seen.wait(PATIENCE))

    first = Slow(waits)
    thread = Thread(target=lambda: first.found)
    thread.start()
    assert begun.wait(PATIENCE)
    assert Slow(lambda: 2).found == 2
    seen.set()
    thread.join()
    assert first.found == 1
