"""How long calculations give way to others, and end when they are not wanted any more."""

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeAlias, TypeVar, overload

T = TypeVar("T")
R = TypeVar("R")


class StoppedError(Exception):
    """The numbers are not wanted any more."""


Check: TypeAlias = Callable[[], None]
"""Called every few milliseconds in a calculation; it may wait, and raises `StoppedError` to end it."""


def go_on() -> None:
    """Never wait, never stop."""


def paced(those: Iterable[T], check: Check) -> Iterator[T]:
    """Each of those, after a check."""
    for each in those:
        check()
        yield each


class Progress:
    """A check that also learns how far the work is.

    Pieces of work within a piece are not counted: the outermost count is the one that people can follow.
    """

    def __init__(self, check: Check = go_on) -> None:
        self._check = check
        self._is_counting = False

    def __call__(self) -> None:
        """Check."""
        self._check()

    def reach(self, doing: str, done: int, count: int) -> None:
        """Learn that so many of a number of pieces are done; called before each piece."""

    def leave(self) -> None:
        """Learn that what was counted is done."""

    def counted(self, those: Iterable[T], count: int, doing: str) -> Iterator[T]:
        """Each of those, after a check; how many are done is learned unless something else is counted already."""
        if self._is_counting:
            yield from paced(those, self)
            return
        self._is_counting = True
        try:
            for done, each in enumerate(those):
                self.reach(doing, done, count)
                self()
                yield each
        finally:
            self._is_counting = False
            self.leave()


def counted(those: Iterable[T], count: int, check: Check, doing: str) -> Iterator[T]:
    """Each of those, after a check, which learns how many are done if it is a `Progress`.

    Args:
        those: the pieces of work.
        count: how many there are, at most.
        check: called before each.
        doing: what is done with them, such as "scheduling items".
    """
    return (
        check.counted(those, count, doing) if isinstance(check, Progress) else paced(those, check)
    )


class Kept(Generic[T, R]):
    """A property that is worked out once, of an object of one thread, and may check meanwhile.

    Before Python 3.12 `functools.cached_property` holds a lock of all objects of the class while it works: a
    calculation that waits in it would stop every other one that asks for the same.
    """

    def __init__(self, works_out: Callable[[T], R]) -> None:
        self._works_out = works_out
        self.__doc__ = works_out.__doc__

    def __set_name__(self, owner: type[T], name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type[T]) -> "Kept[T, R]": ...
    @overload
    def __get__(self, instance: T, owner: type[T]) -> R: ...
    def __get__(self, instance: T | None, owner: type[T]) -> "R | Kept[T, R]":
        """What was worked out."""
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._works_out(instance)
        return found
