"""Random numbers: each (seed, item, quantity) has a stream of its own.

A stream is the numbers of one stratified grid in an order of its own, so that every marginal is as even as it can be
and editing one item leaves every other item's numbers as they were.
"""

from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.simulation.normal import deviates

Floats = NDArray[np.float64]
Order = NDArray[np.unsignedinteger]
_PERMUTATIONS = 64


@lru_cache(maxsize=8)
def _permutations(runs: int) -> NDArray[np.unsignedinteger]:
    """Random orders from which the streams' own are composed, in as few bytes as hold them; shape (64, runs)."""
    generator = np.random.default_rng(runs)
    orders = [generator.permutation(runs) for _ in range(_PERMUTATIONS)]
    return np.stack(orders).astype(np.min_scalar_type(runs))


def stream_order(seed: int, item: str, quantity: str, runs: int) -> Order:
    """The order of the runs in this stream: three random orders and a rotation, chosen by hash; shape (runs,)."""
    first, others = _compose(seed, item, quantity, runs)
    # "clip" spares the bounds check, which the orders pass by their making
    order: Order = _permutations(runs)[first].take(others, mode="clip")
    return order


def _compose(seed: int, item: str, quantity: str, runs: int) -> tuple[int, Order]:
    """The number of the order that comes first, and the others composed; shape (runs,)."""
    digest = blake2b(f"{seed}\0{item}\0{quantity}".encode(), digest_size=16).digest()
    first, second, third = (byte % _PERMUTATIONS for byte in digest[:3])
    orders, turn = _permutations(runs), int.from_bytes(digest[3:11], "little") % runs
    turned = np.concatenate([orders[third, turn:], orders[third, :turn]])
    return first, orders[second].take(turned, mode="clip")


def uniforms(seed: int, item: str, quantity: str, runs: int) -> Floats:
    """Stratified numbers from 0 to 1; shape (runs,)."""
    return (stream_order(seed, item, quantity, runs) + 0.5) / runs


def normals(seed: int, item: str, quantity: str, runs: int) -> NDArray[np.float32]:
    """Stratified standard normal deviates, in half the bytes; shape (runs,)."""
    first, others = _compose(seed, item, quantity, runs)
    deviates_of: NDArray[np.float32] = _deviates_in_order(runs)[first].take(others, mode="clip")
    return deviates_of


@lru_cache(maxsize=8)
def _deviates_in_order(runs: int) -> NDArray[np.float32]:
    """The deviates in each of the random orders, which spares each stream a step; shape (64, runs)."""
    return deviates(runs).astype(np.float32).take(_permutations(runs))
