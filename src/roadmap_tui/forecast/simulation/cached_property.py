"""Property that is computed once, without a lock."""

from collections.abc import Callable
from typing import Generic, TypeVar, overload

T = TypeVar("T")
R = TypeVar("R")


class CachedProperty(Generic[T, R]):
    """Property computed once per object, whose computation may wait at a checkpoint.

    Before Python 3.12 `functools.cached_property` holds a lock shared by all instances of the class
    while it computes: a calculation that waits in it would block all others that need the property.
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
        """Return the value, computing it on first access."""
        if instance is None:
            return self
        found = instance.__dict__[self._name] = self._compute(instance)
        return found
