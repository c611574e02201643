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
