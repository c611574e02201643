"""Sets of futures as the bits of one integer: future i is in the set if bit i is 1.

Python's integers do logic on 10,000 futures in a tenth of a microsecond, several times faster than arrays of words.
"""

import numpy as np
from numpy.typing import NDArray

Futures = int
Bools = NDArray[np.bool_]
BEYOND = np.float32(3e38)
"""Later than all weeks; unlike infinity, times 0 it is 0."""


def everything(futures: int) -> Futures:
    """The set of all futures."""
    return (1 << futures) - 1


def pack(members: Bools) -> Futures:
    """The set of the futures that are true in an array of shape (futures,)."""
    return int.from_bytes(np.packbits(members, bitorder="little").tobytes(), "little")


def unpack(futures: Futures, count: int) -> Bools:
    """Membership as an array of shape (count,)."""
    raw = np.frombuffer(futures.to_bytes((count + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(raw, count=count, bitorder="little").view(np.bool_)


def beyond(those: Bools) -> NDArray[np.float32]:
    """Later than all weeks in those futures, 0 in the others: what is maximised with it stays where they are not."""
    later: NDArray[np.float32] = BEYOND * those
    return later
