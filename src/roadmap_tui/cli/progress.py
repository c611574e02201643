"""Telling on standard error how far a long piece of work is, where somebody watches a terminal."""

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import TypeVar

T = TypeVar("T")
_WORTH_TELLING = 10
_EVERY = 1.0


def watched(work: Iterable[T], count: int, doing: str) -> Iterator[T]:
    """The pieces of work, as they come; told where there are more than a few and somebody watches a terminal."""
    stream = sys.stderr
    if count <= _WORTH_TELLING or stream is None or not stream.isatty():
        yield from work
        return
    try:
        for done, piece in enumerate(work, start=1):
            stream.write(f"\r{doing} {min(done, count)} of {count}")
            stream.flush()
            yield piece
    finally:
        stream.write("\r\x1b[K")
        stream.flush()


@contextmanager
def told(doing: str) -> Iterator[Callable[[], None]]:
    """A check for a calculation to call now and then; what takes long is told with the seconds it has taken."""
    stream = sys.stderr
    begun = last = monotonic()
    if stream is None or not stream.isatty():
        yield lambda: None
        return

    def check() -> None:
        nonlocal last
        now = monotonic()
        if now - last >= _EVERY:
            last = now
            stream.write(f"\r{doing}, {now - begun:.0f} s")
            stream.flush()

    try:
        yield check
    finally:
        if last != begun:
            stream.write("\r\x1b[K")
            stream.flush()
