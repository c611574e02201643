"""How long calculations give way to others, and end when they are not wanted any more."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeAlias, TypeVar

T = TypeVar("T")


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
