"""Distribution of each item's rank over the simulation runs."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint, with_progress

Scores = NDArray[np.float32]
Counts = NDArray[np.unsignedinteger]
Keys = NDArray[np.unsignedinteger]
Ints = NDArray[np.intp]
TOP = (1, 3, 5, 10)
"""Numbers of best ranks whose chances are reported."""
_UNGROUPED, _MAX_GROUPS = max(TOP), 1 << 10
"""Ranks that are always counted separately, and the largest number of groups."""
_CHUNK_SCORES, _MIN_CHUNK_RUNS, _MAX_CHUNK_RUNS = 1 << 15, 64, 1 << 11
"""Scores ranked together, and the bounds of the number of runs in such a chunk."""
_SHORT_KEY_BITS, _MAX_DROPPED_BITS = 32, 9
"""Bits of a short key, and how many low bits of a score may be dropped to fit into one."""


@dataclass(frozen=True, slots=True)
class RankCounts:
    """How often each item has each rank.

    Attributes:
        runs: number of runs.
        last: the last rank of each group, 1 for the best; shape (groups,). Up to 1,024 items, each
            rank is its own group; with more, each of the first ten still is.
        counts: number of runs in which each item's rank is in each group; shape (groups, items).
    """

    runs: int
    last: Ints
    counts: Counts


def rank_counts(scores: Scores, checkpoint: Checkpoint = no_checkpoint) -> RankCounts:
    """Count how often each item has each rank, best first.

    Args:
        scores: shape (items, runs). Equal scores share the better rank; scores that differ by less
            than one part in 16,000 may count as equal.
        checkpoint: called regularly.
    """
    items, runs = scores.shape
    group = _groups(items)
    last = np.flatnonzero(np.diff(group, append=items)) + 1
    counts: Counts = np.zeros(len(last) * items, np.min_scalar_type(runs))
    for part in with_progress(
        _chunks(scores), -(-runs // _chunk_size(items)), checkpoint, "ranking items"
    ):
        np.add.at(counts, _flat_cells(part, group), counts.dtype.type(1))
    return RankCounts(runs, last, counts.reshape(len(last), items))


def _groups(items: int) -> Ints:
    """Return the group of each rank; shape (items,)."""
    rank, room = np.arange(items), _MAX_GROUPS - _UNGROUPED
    return np.where(
        rank < _UNGROUPED,
        rank,
        _UNGROUPED + (rank - _UNGROUPED) * room // max(room, items - _UNGROUPED),
    )


def _chunk_size(items: int) -> int:
    """Return how many runs are ranked together."""
    return max(_MIN_CHUNK_RUNS, min(_MAX_CHUNK_RUNS, _CHUNK_SCORES // max(1, items)))


def _chunks(scores: Scores) -> Iterator[Scores]:
    """Yield the scores in chunks of runs; shape (chunk, items).

    Each chunk is copied before it is transposed: transposing a few numbers of distant rows is slow.
    """
    items, runs = scores.shape
    step = _chunk_size(items)
    return (np.array(scores[:, at : at + step].copy().T, order="C") for at in range(0, runs, step))


def _flat_cells(scores: Scores, group: Ints) -> Ints:
    """Return, for each item and run, the flat index of its rank's group in (groups, items).

    Args:
        scores: shape (runs, items); overwritten.
        group: group of each rank.
    """
    items = scores.shape[1]
    bits, keys = _item_bits(items), _sorted_keys(scores)
    same = np.zeros(keys.shape, np.bool_)
    np.less(keys[:, 1:] ^ keys[:, :-1], 1 << bits, out=same[:, 1:])
    keys &= (1 << bits) - 1
    keys += (group * items).astype(keys.dtype)
    tied, flat = np.flatnonzero(same), keys.ravel().astype(np.intp)
    # ties are rare, so they are corrected afterwards
    rank = tied % max(1, items)
    flat[tied] += (group[rank - _tie_offsets(tied)] - group[rank]) * items
    return flat


def _item_bits(items: int) -> int:
    return max(1, (items - 1).bit_length())


def _sorted_keys(scores: Scores) -> Keys:
    """Return one integer per score, lower for higher scores, with the item in its lowest bits.

    Sorted within each run.
    """
    items = scores.shape[1]
    scores += np.float32(0)  # turns -0.0 into 0.0, so that both have the same bits
    bits, raw = _item_bits(items), scores.view(np.int32)
    if raw.min(initial=0) < 0:
        raw = np.where(raw < 0, raw ^ np.int32(0x7FFFFFFF), raw)
    keys: Keys = raw.view(np.uint32)
    np.subtract(raw.max(initial=0).view(np.uint32), keys, out=keys)
    dropped = max(0, int(keys.max(initial=0)).bit_length() + bits - _SHORT_KEY_BITS)
    if dropped > _MAX_DROPPED_BITS:
        keys = keys.astype(np.uint64)
    else:
        keys >>= dropped
    keys <<= bits
    keys |= np.arange(items, dtype=keys.dtype)
    keys.sort(axis=1)
    return keys


def _tie_offsets(tied: NDArray[np.intp]) -> NDArray[np.int64]:
    """Return the distance of each tied position from the start of its run of ties."""
    place = np.arange(len(tied))
    begins = np.ones(len(tied), np.bool_)
    begins[1:] = np.diff(tied) > 1
    behind: NDArray[np.int64] = place - np.maximum.accumulate(np.where(begins, place, 0)) + 1
    return behind
