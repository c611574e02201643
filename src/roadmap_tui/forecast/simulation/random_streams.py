"""Random numbers: each (seed, item, quantity) has its own stream.

A stream is one stratified grid in an order of its own: every marginal is as even as possible, and
editing one item leaves every other item's numbers unchanged.
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
    """Return the permutations that the streams' orders are composed from; shape (64, runs)."""
    generator = np.random.default_rng(runs)
    orders = [generator.permutation(runs) for _ in range(_PERMUTATIONS)]
    return np.stack(orders).astype(np.min_scalar_type(runs))


def stream_order(seed: int, item: str, quantity: str, runs: int) -> Order:
    """Return this stream's order of runs: three permutations and a rotation, chosen by hash."""
    first, others = _compose(seed, item, quantity, runs)
    # "clip" skips the bounds check: permutations are always in range
    order: Order = _permutations(runs)[first].take(others, mode="clip")
    return order


def _compose(seed: int, item: str, quantity: str, runs: int) -> tuple[int, Order]:
    """Return the index of the first permutation, and the other two composed; shape (runs,)."""
    digest = blake2b(f"{seed}\0{item}\0{quantity}".encode(), digest_size=16).digest()
    first, second, third = (byte % _PERMUTATIONS for byte in digest[:3])
    orders, turn = _permutations(runs), int.from_bytes(digest[3:11], "little") % runs
    turned = np.concatenate([orders[third, turn:], orders[third, :turn]])
    return first, orders[second].take(turned, mode="clip")


def uniforms(seed: int, item: str, quantity: str, runs: int) -> Floats:
    """Return stratified numbers from 0 to 1; shape (runs,)."""
    return (stream_order(seed, item, quantity, runs) + 0.5) / runs


def normals(seed: int, item: str, quantity: str, runs: int) -> NDArray[np.float32]:
    """Return stratified standard normal deviates in single precision; shape (runs,)."""
    first, others = _compose(seed, item, quantity, runs)
    deviates_of: NDArray[np.float32] = _deviates_in_order(runs)[first].take(others, mode="clip")
    return deviates_of


@lru_cache(maxsize=8)
def _deviates_in_order(runs: int) -> NDArray[np.float32]:
    """Return the deviates in each of the random permutations, saving each stream a step.

    Shape (64, runs).
    """
    return deviates(runs).astype(np.float32).take(_permutations(runs))
