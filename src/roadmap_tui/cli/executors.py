"""Run work on many files: in this process, in several, or on a dask engine."""

import os
import signal
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from importlib import import_module
from itertools import compress
from multiprocessing import active_children, get_context
from typing import Any, TypeVar

from roadmap_tui.cli.optional_packages import install_hint
from roadmap_tui.interpreter import safe_children

A = TypeVar("A")
B = TypeVar("B")
_MIN_PARALLEL = 4
"""Up to so many files take less time than starting other processes."""
_SCHEME = "dask://"
PATIENCE = 10.0
"""Seconds to wait for an engine to answer."""
_THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class EngineError(Exception):
    """An engine can't be used; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class TlsFiles:
    """Certificate and key files for an engine reached by TLS; None uses dask's own settings."""

    ca: str | None = None
    cert: str | None = None
    key: str | None = None


@contextmanager
def open_executor(
    address: str | None, jobs: int | None, count: int, tls: TlsFiles = TlsFiles()
) -> Iterator[Executor | None]:
    """Open the executor of the work; None where this process is enough.

    Args:
        address: the address of an engine, dask://HOST:PORT; None is this machine.
        jobs: the number of processes; None is the number of cores.
        count: the number of pieces of work.
        tls: the files for an encrypted connection to an engine.

    Raises:
        EngineError: there is no such engine.
    """
    if address is not None:
        with _connect_engine(address, tls) as engine:
            yield engine
        return
    workers = min(jobs or os.cpu_count() or 1, count)
    if workers <= 1 or (jobs is None and count <= _MIN_PARALLEL):
        yield None
        return
    # the processes share the cores, so that more threads would only compete
    one_each = dict.fromkeys(_THREAD_VARIABLES, "1")
    with safe_children(one_each), process_pool(workers) as pool:
        yield pool


@contextmanager
def process_pool(count: int) -> Iterator[Executor]:
    """A pool of processes; an exception, such as Ctrl+C, kills them at once."""
    others = {*active_children()}
    pool = ProcessPoolExecutor(count, mp_context=get_context("spawn"))
    try:
        yield pool
    except BaseException:
        for child in {*active_children()} - others:
            child.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _connect_engine(address: str, tls: TlsFiles) -> Iterator[Executor]:
    if not address.startswith(_SCHEME):
        raise EngineError(f"no engine {address}; write {_SCHEME}HOST:PORT")
    try:
        distributed = import_module("distributed")
    except ModuleNotFoundError:
        raise EngineError(install_hint("portfolio")) from None
    try:
        security = _tls_security(distributed, tls)
        protocol = "tls" if _is_encrypted(security) else "tcp"
        client = distributed.Client(
            f"{protocol}://{address.removeprefix(_SCHEME)}", timeout=PATIENCE, security=security
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise EngineError(
            f"no engine answers at {address}: {error}; is its scheduler running?"
        ) from None
    with client, client.get_executor() as engine:
        yield engine


def _tls_security(distributed: Any, tls: TlsFiles) -> Any:
    """Security settings for dask: from these files, or its own."""
    given = [each for each in (tls.ca, tls.cert, tls.key) if each is not None]
    if not given:
        return distributed.Security()
    if len(given) < 3:
        raise EngineError("TLS needs three files: --tls-ca, --tls-cert and --tls-key")
    for path in given:
        if not os.path.isfile(path):
            raise EngineError(f"{path}: no such file; name the one with the certificate or the key")
    return distributed.Security(
        tls_ca_file=tls.ca,
        tls_client_cert=tls.cert,
        tls_client_key=tls.key,
        require_encryption=True,
    )


def _is_encrypted(security: Any) -> bool:
    return security.get_connection_args("client").get("ssl_context") is not None


def _do_nothing(_count: int) -> None:
    """Ignore repeated work."""


def map_pieces(
    engine: Executor | None,
    work: Callable[[A], B],
    pieces: Iterable[A],
    lost: Callable[[A], B] | None = None,
    repeated: Callable[[int], None] = _do_nothing,
) -> Iterator[B]:
    """Yield the result of `work` on each piece, in their order.

    Args:
        engine: the executor; None is this process.
        work: the function.
        pieces: its arguments.
        lost: the result of a piece whose process was killed; None if that is an error.
        repeated: called with the number of pieces that are repeated after a process was killed.

    Raises:
        EngineError: the engine went away.
    """
    if engine is None:
        yield from map(work, pieces)
    elif isinstance(engine, ProcessPoolExecutor):
        yield from _run_in_processes(engine, work, [*pieces], lost, repeated)
    else:
        yield from _run_on_engine(engine, work, [*pieces], lost)


def _run_in_processes(
    pool: ProcessPoolExecutor,
    work: Callable[[A], B],
    pieces: list[A],
    lost: Callable[[A], B] | None,
    repeated: Callable[[int], None],
) -> Iterator[B]:
    futures = _submit_all(pool, work, pieces)
    finished = 0
    try:
        for future in futures:
            yield future.result()
            finished += 1
    except BrokenProcessPool:
        if lost is None:
            raise
        # one process was killed, which breaks the whole pool; running the rest singly shows which
        futures, pieces = futures[finished:], pieces[finished:]
        is_open = [not _has_result(each) for each in futures]
        repeated(sum(is_open))
        # closing it ends its last process here, not when the generator is collected
        with closing(_run_singly(work, list(compress(pieces, is_open)), lost)) as again:
            for future, repeats in zip(futures, is_open, strict=True):
                yield next(again) if repeats else future.result()


def _has_result(future: Future[B]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _run_singly(
    work: Callable[[A], B], pieces: list[A], lost: Callable[[A], B]
) -> Generator[B, None, None]:
    left = iter(pieces)
    is_done = False
    while not is_done:
        with process_pool(1) as pool:
            is_done = yield from _run_until_killed(pool, work, left, lost)


def _run_until_killed(
    pool: Executor, work: Callable[[A], B], left: Iterator[A], lost: Callable[[A], B]
) -> Generator[B, None, bool]:
    """Yield results up to a piece that kills its process; return whether all are done."""
    for piece in left:
        try:
            result = _submit_all(pool, work, [piece])[0].result()
        except BrokenProcessPool:
            yield lost(piece)
            return False
        yield result
    return True


def _run_on_engine(
    engine: Executor, work: Callable[[A], B], pieces: list[A], lost: Callable[[A], B] | None
) -> Iterator[B]:
    killed = import_module("distributed").KilledWorker
    for piece, future in zip(pieces, _submit_all(engine, work, pieces), strict=True):
        try:
            yield future.result()
        except killed:
            if lost is None:
                raise
            yield lost(piece)
        except (OSError, CancelledError) as error:
            raise EngineError(
                f"the engine went away ({type(error).__name__}: {error}); start it again"
            ) from None


def _submit_all(engine: Executor, work: Callable[[A], B], pieces: Iterable[A]) -> list[Future[B]]:
    """Submit the work with Ctrl+C blocked, so that new processes inherit it as blocked."""
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return [engine.submit(work, piece) for piece in pieces]
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
