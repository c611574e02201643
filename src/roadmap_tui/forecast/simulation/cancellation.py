"""How long calculations give way to others, and end when they are not wanted any more."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeAlias, TypeVar, overload

T = TypeVar("T")
R = TypeVar("R")


class CalculationCancelledError(Exception):
    """The numbers are not wanted any more."""


Checkpoint: TypeAlias = Callable[[], None]
"""Called every few milliseconds in a calculation; it may wait, and raises `StoppedError` to end it."""


def no_checkpoint() -> None:
    """Never wait, never stop."""


def with_checkpoints(items: Iterable[T], checkpoint: Checkpoint) -> Iterator[T]:
    """Each of those, after a check."""
    for each in items:
        checkpoint()
        yield each


class Progress:
    """A check that also learns how far the work is.

    Pieces of work within a piece are not counted: the outermost count is the one that people can follow.
    """

    def __init__(self, checkpoint: Checkpoint = no_checkpoint) -> None:
        self._checkpoint = checkpoint
        self._is_tracking = False

    def __call__(self) -> None:
        """Check."""
        self._checkpoint()

    def advance(self, activity: str, done: int, count: int) -> None:
        """Learn that so many of a number of pieces are done; called before each piece."""

    def finish(self) -> None:
        """Learn that what was counted is done."""

    def track(self, items: Iterable[T], count: int, activity: str) -> Iterator[T]:
        """Each of those, after a check; how many are done is learned unless something else is counted already."""
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
    """Each of those, after a check, which learns how many are done if it is a `Progress`.

    Args:
        items: the pieces of work.
        count: how many there are, at most.
        checkpoint: called before each.
        activity: what is done with them, such as "scheduling items".
    """
    return (
        checkpoint.track(items, count, activity)
        if isinstance(checkpoint, Progress)
        else with_checkpoints(items, checkpoint)
    )


class CachedProperty(Generic[T, R]):
    """A property that is worked out once, of an object of one thread, and may check meanwhile.

    Before Python 3.12 `functools.cached_property` holds a lock of all objects of the class while it works: a
    calculation that waits in it would stop every other one that asks for the same.
    """

    def __init__(self, compute: Callable[[T], R]) -> None:
        self._compute = compute
        self.__doc__ = compute.__doc__

    def __set_name__(self, owner: type[T], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type[T]) -> "CachedProperty[T, R]": ...
    @overload
    def __get__(self, instance: T, owner: type[T]) -> R: ...
    def __get__(self, instance: T | None, owner: type[T]) -> "R | CachedProperty[T, R]":
        """What was worked out."""
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._compute(instance)
        return found
