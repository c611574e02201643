"""Random numbers: each (seed, item, quantity) has a stream of its own.

A stream is the numbers of one stratified grid in an order of its own, so that every marginal is as even as it can be
and editing one item leaves every other item's numbers as they were.
"""

from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from roadmap_tui.forecast.normal import deviates

Floats = NDArray[np.float64]
Order = NDArray[np.unsignedinteger]
_ORDERS = 64


@lru_cache(maxsize=8)
def _orders(futures: int) -> NDArray[np.unsignedinteger]:
    """Random orders from which the streams' own are composed, in as few bytes as hold them; shape (64, futures)."""
    generator = np.random.default_rng(futures)
    orders = [generator.permutation(futures) for _ in range(_ORDERS)]
    return np.stack(orders).astype(np.min_scalar_type(futures))


def stream_order(seed: int, item: str, quantity: str, futures: int) -> Order:
    """The order of the futures in this stream: three random orders and a rotation, chosen by hash; shape (futures,)."""
    digest = blake2b(f"{seed}\0{item}\0{quantity}".encode(), digest_size=16).digest()
    orders = _orders(futures)
    first, second, third = (orders[byte % _ORDERS] for byte in digest[:3])
    turn = int.from_bytes(digest[3:11], "little") % futures
    turned = np.concatenate([third[turn:], third[:turn]])
    # "clip" spares the bounds check, which the orders pass by their making
    order: Order = first.take(second.take(turned, mode="clip"), mode="clip")
    return order


def uniforms(seed: int, item: str, quantity: str, futures: int) -> Floats:
    """Stratified numbers from 0 to 1; shape (futures,)."""
    return (stream_order(seed, item, quantity, futures) + 0.5) / futures


def normals(seed: int, item: str, quantity: str, futures: int) -> NDArray[np.float32]:
    """Stratified standard normal deviates, in half the bytes; shape (futures,)."""
    return _short_deviates(futures).take(stream_order(seed, item, quantity, futures), mode="clip")


@lru_cache(maxsize=8)
def _short_deviates(futures: int) -> NDArray[np.float32]:
    return deviates(futures).astype(np.float32)
