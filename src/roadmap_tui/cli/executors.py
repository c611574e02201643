"""Where work on many files is done: in this process, in several, or on an engine that runs already."""

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context
from typing import TypeVar

from roadmap_tui.interpreter import safe_children

A = TypeVar("A")
B = TypeVar("B")
_FEW = 4
"""So few files are done sooner than other processes have started."""
_SCHEME = "dask://"
PATIENCE = 10.0
"""Seconds to wait for an engine to answer."""
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class EngineError(Exception):
    """Why work can't be given to an engine, and what to do about it."""


@contextmanager
def executor(address: str | None, jobs: int | None, count: int) -> Iterator[Executor | None]:
    """What runs work in other processes; None where this one will do.

    Args:
        address: of an engine: dask://HOST:PORT.
        jobs: how many processes; left out, as many as there are cores.
        count: how many pieces of work there are.

    Raises:
        EngineError: there is no such engine.
    """
    if address is not None:
        with _engine(address) as engine:
            yield engine
        return
    workers = min(jobs or os.cpu_count() or 1, count)
    if workers <= 1 or (jobs is None and count <= _FEW):
        yield None
        return
    one_each = dict.fromkeys(_THREADS, "1")  # the processes share the cores and do not fight for them
    with safe_children(one_each), ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        yield pool


@contextmanager
def _engine(address: str) -> Iterator[Executor]:
    if not address.startswith(_SCHEME):
        raise EngineError(f"no engine {address}; write {_SCHEME}HOST:PORT")
    try:
        distributed = import_module("distributed")
    except ModuleNotFoundError:
        raise EngineError("this needs one more package: pip install 'roadmap-tui[portfolio]'") from None
    try:
        client = distributed.Client(f"tcp://{address.removeprefix(_SCHEME)}", timeout=PATIENCE)
    except (OSError, ValueError) as error:
        raise EngineError(f"no engine answers at {address}: {error}; is its scheduler running?") from None
    with client, client.get_executor() as engine:
        yield engine


def run(engine: Executor | None, work: Callable[[A], B], pieces: Iterable[A]) -> Iterator[B]:
    """What comes of the work on each piece, in their order."""
    if engine is None:
        yield from map(work, pieces)
    else:
        for each in [engine.submit(work, piece) for piece in pieces]:
            yield each.result()
