"""Each item's rank in each future, from scores."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.pace import Check, go_on, paced

Scores = NDArray[np.float32]
Ranks = NDArray[np.unsignedinteger]
Keys = NDArray[np.signedinteger]
_CHUNK, _LEAST = 1 << 16, 32
"""Scores that are looked at together, and futures, of which some lie side by side in memory."""
_FEW, _ROWS = 1 << 8, 1 << 6


def rank_counts(scores: Scores, check: Check = go_on) -> Iterator[NDArray[np.int64]]:
    """In how many futures each item has each rank, the best first: shape (some items, items), some items at a time.

    Args:
        scores: shape (items, futures). Equal scores share the better rank.
        check: called now and then.
    """
    items = len(scores)
    if items <= _FEW:
        yield _counts_of_few(scores, check)
        return
    ranks = _ranks_of_many(scores, check)
    for begin in range(0, items, _ROWS):
        some = ranks[begin : begin + _ROWS]
        yield np.stack([np.bincount(each, minlength=items + 1)[1:] for each in some])


def _counts_of_few(scores: Scores, check: Check) -> NDArray[np.int64]:
    """The counts of so few items that those of all of them stay at hand; shape (items, items)."""
    items, bits = len(scores), _bits(scores)
    counts = np.zeros(1 << 2 * bits, np.int64)
    for part in paced(_parts(scores), check):
        keys = _sorted_keys(part, np.int32)
        cells = (((keys & ((1 << bits) - 1)) << bits) | np.arange(items, dtype=keys.dtype)).ravel()
        tied = _tied(keys, bits)
        cells[tied] -= _behind(tied)
        counts += np.bincount(cells, minlength=counts.size)
    return counts.reshape(1 << bits, 1 << bits)[:items, :items]


def _ranks_of_many(scores: Scores, check: Check) -> Ranks:
    """The rank of each item in each future, 1 for the highest; equal scores share the better rank.

    Args:
        scores: shape (items, futures).
        check: called now and then.

    Returns:
        Shape (items, futures).
    """
    ranks: Ranks = np.empty(scores.shape, np.min_scalar_type(len(scores)))
    begin = 0
    for part in paced(_parts(scores), check):
        end = begin + part.shape[1]
        ranks[:, begin:end] = _ranks(part, ranks.dtype)
        begin = end
    return ranks


def _ranks(scores: Scores, whole: np.dtype[np.unsignedinteger]) -> Ranks:
    items, futures = scores.shape
    bits = _bits(scores)
    keys = _sorted_keys(scores, np.int64)
    by_place: Ranks = np.tile(np.arange(1, items + 1).astype(whole), futures)
    tied = _tied(keys, bits)
    by_place[tied] -= _behind(tied).astype(whole)
    keys &= (1 << bits) - 1
    keys *= futures
    keys += np.arange(futures)[:, None]
    ranks: Ranks = np.empty(items * futures, whole)
    ranks[keys.ravel()] = by_place
    return ranks.reshape(items, futures)


def _parts(scores: Scores) -> Iterator[Scores]:
    """The scores, some futures at a time."""
    items, futures = scores.shape
    # of few items fewer, as long as a part has more scores than there are counts to add it to
    size = min(_CHUNK, max(_CHUNK // 4, 8 * items * items))
    step = max(_LEAST, size // max(1, items))
    return (scores[:, begin : begin + step] for begin in range(0, futures, step))


def _bits(scores: Scores) -> int:
    return max(1, (len(scores) - 1).bit_length())


def _sorted_keys(scores: Scores, whole: type[np.int32 | np.int64]) -> Keys:
    """A whole number for each score, the less the higher it is, with the item in its lowest bits; by future, sorted.

    In 32 bits there is room for the items at the cost of the scores' last digits.
    """
    bits = _bits(scores)
    raw = (np.ascontiguousarray(scores.T) + np.float32(0)).view(np.int32)
    if raw.min(initial=0) < 0:
        raw = np.where(raw < 0, raw ^ np.int32(0x7FFFFFFF), raw)
    keys: Keys = raw if whole is np.int32 else raw.astype(np.int64) << bits
    keys |= (1 << bits) - 1
    keys ^= ~np.arange(len(scores), dtype=keys.dtype)
    keys.sort(axis=1)
    return keys


def _tied(keys: Keys, bits: int) -> NDArray[np.intp]:
    """The flat places of the sorted keys whose score is that of the key before."""
    same = np.zeros(keys.shape, np.bool_)
    np.equal((keys[:, 1:] ^ keys[:, :-1]) >> bits, 0, out=same[:, 1:])
    return np.flatnonzero(same)


def _behind(tied: NDArray[np.intp]) -> NDArray[np.int64]:
    """How far each tied place lies behind the first of its run, given the places that tie with the one before."""
    place = np.arange(len(tied))
    begins = np.ones(len(tied), np.bool_)
    begins[1:] = np.diff(tied) > 1
    behind: NDArray[np.int64] = place - np.maximum.accumulate(np.where(begins, place, 0)) + 1
    return behind
