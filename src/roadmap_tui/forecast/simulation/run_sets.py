"""Sets of simulation runs as integer bit masks: run i is in the set if bit i is 1.

Python integers combine 10,000 runs in a tenth of a microsecond, several times faster than arrays.
"""

import numpy as np
from numpy.typing import NDArray

RunSet = int
Bools = NDArray[np.bool_]
NEVER = np.float32(3e38)
"""Later than all weeks; unlike infinity, times 0 it is 0."""


def all_runs(runs: int) -> RunSet:
    """Return the set of all runs."""
    return (1 << runs) - 1


def from_mask(mask: Bools) -> RunSet:
    """Return the set of the runs that are True in an array of shape (runs,)."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def to_mask(run_set: RunSet, count: int) -> Bools:
    """Return membership as a boolean array of shape (count,)."""
    raw = np.frombuffer(run_set.to_bytes((count + 7) // 8, "little"), dtype=np.uint8)
    return np.unpackbits(raw, count=count, bitorder="little").view(np.bool_)


def never_where(mask: Bools) -> NDArray[np.float32]:
    """Return `NEVER` in the runs of `mask` and 0 elsewhere, for use with `np.maximum`."""
    later: NDArray[np.float32] = NEVER * mask
    return later
