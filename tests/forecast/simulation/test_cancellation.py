"""What is worked out once, and how calculations end."""

from collections.abc import Callable
from threading import Event, Thread

import pytest

from roadmap_tui.forecast.simulation.cancellation import (
    CachedProperty,
    CalculationCancelledError,
    with_checkpoints,
)

PATIENCE = 8.0


class Slow:
    """An object with a property that takes a given time."""

    def __init__(self, works_out: Callable[[], int]) -> None:
        self._works_out = works_out

    @CachedProperty
    def found(self) -> int:
        """What was found."""
        return self._works_out()


def test_what_is_kept_is_worked_out_once() -> None:
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


def test_a_check_ends_what_goes_on() -> None:
    left = [2]

    def check() -> None:
        left[0] -= 1
        if left[0] < 0:
            raise CalculationCancelledError

    taken: list[int] = []
    with pytest.raises(CalculationCancelledError):
        taken.extend(with_checkpoints(range(9), check))
    assert taken == [0, 1]
