"""Cancellation and progress of long calculations."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

T = TypeVar("T")


class CalculationCancelledError(Exception):
    """Raised by a checkpoint when the result is no longer wanted."""


Checkpoint: TypeAlias = Callable[[], None]
"""Called every few milliseconds; may wait, and raises `CalculationCancelledError` to cancel."""


def no_checkpoint() -> None:
    """Checkpoint that never waits and never cancels."""


def with_checkpoints(items: Iterable[T], checkpoint: Checkpoint) -> Iterator[T]:
    """Yield each item, calling `checkpoint` first."""
    for each in items:
        checkpoint()
        yield each


class Progress:
    """Checkpoint that also reports how much of the work is done.

    Only the outermost loop is reported: progress within a step of it would make the figure jump.
    """

    def __init__(self, checkpoint: Checkpoint = no_checkpoint) -> None:
        self._checkpoint = checkpoint
        self._is_tracking = False

    def __call__(self) -> None:
        """Run the wrapped checkpoint."""
        self._checkpoint()

    def advance(self, activity: str, done: int, count: int) -> None:
        """Report that `done` of `count` steps are finished; called before each step."""

    def finish(self) -> None:
        """Report that the tracked loop has ended."""

    def track(self, items: Iterable[T], count: int, activity: str) -> Iterator[T]:
        """Yield each item after a checkpoint, reporting progress unless an outer loop does."""
        if self._is_tracking:
            yield from with_checkpoints(items, self)
            return
        self._is_tracking = True
        try:
            for done, each in enumerate(items):
                self.advance(activity, done, count)
                self()
                yield each
        finally:
            self._is_tracking = False
            self.finish()


def with_progress(
    items: Iterable[T], count: int, checkpoint: Checkpoint, activity: str
) -> Iterator[T]:
    """Yield each item, calling `checkpoint` first and reporting progress if it is a `Progress`.

    Args:
        items: the steps of the work.
        count: upper bound of their number.
        checkpoint: called before each.
        activity: what is being done, such as "scheduling items".
    """
    if isinstance(checkpoint, Progress):
        return checkpoint.track(items, count, activity)
    return with_checkpoints(items, checkpoint)
