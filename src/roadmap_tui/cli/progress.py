"""Telling on standard error how far a long piece of work is."""

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_WORTH_TELLING = 10


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
