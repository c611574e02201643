"""Where work on many files is done: in this process, in several, or on an engine that runs already."""

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

from roadmap_tui.cli.extras import needed
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


@dataclass(frozen=True, slots=True)
class Tls:
    """The files that prove who is who where the engine is reached by TLS; None is what dask itself is set to."""

    ca: str | None = None
    cert: str | None = None
    key: str | None = None


@contextmanager
def executor(
    address: str | None, jobs: int | None, count: int, tls: Tls = Tls()
) -> Iterator[Executor | None]:
    """What runs work in other processes; None where this one will do.

    Args:
        address: of an engine: dask://HOST:PORT.
        jobs: how many processes; left out, as many as there are cores.
        count: how many pieces of work there are.
        tls: how to talk to an engine so that nobody else can.

    Raises:
        EngineError: there is no such engine.
    """
    if address is not None:
        with _engine(address, tls) as engine:
            yield engine
        return
    workers = min(jobs or os.cpu_count() or 1, count)
    if workers <= 1 or (jobs is None and count <= _FEW):
        yield None
        return
    one_each = dict.fromkeys(
        _THREADS, "1"
    )  # the processes share the cores and do not fight for them
    with safe_children(one_each), workers_of(workers) as pool:
        yield pool


@contextmanager
def workers_of(count: int) -> Iterator[Executor]:
    """Processes that work; they are ended at once where something, such as Ctrl+C, ends the work."""
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
def _engine(address: str, tls: Tls) -> Iterator[Executor]:
    if not address.startswith(_SCHEME):
        raise EngineError(f"no engine {address}; write {_SCHEME}HOST:PORT")
    try:
        distributed = import_module("distributed")
    except ModuleNotFoundError:
        raise EngineError(needed("portfolio")) from None
    try:
        security = _security(distributed, tls)
        client = distributed.Client(
            f"{'tls' if _is_encrypted(security) else 'tcp'}://{address.removeprefix(_SCHEME)}",
            timeout=PATIENCE,
            security=security,
        )
    except (OSError, ValueError, RuntimeError) as error:
        raise EngineError(
            f"no engine answers at {address}: {error}; is its scheduler running?"
        ) from None
    with client, client.get_executor() as engine:
        yield engine


def _security(distributed: Any, tls: Tls) -> Any:
    """How dask is to talk: by these files, or as it is set up itself."""
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


def _ignore(_count: int) -> None:
    """Do nothing about it."""


def run(
    engine: Executor | None,
    work: Callable[[A], B],
    pieces: Iterable[A],
    lost: Callable[[A], B] | None = None,
    repeated: Callable[[int], None] = _ignore,
) -> Iterator[B]:
    """What comes of the work on each piece, in their order.

    Args:
        engine: who does it; None is this process.
        work: what is done.
        pieces: what it is done to.
        lost: what to say of a piece whose process was killed; None if that is an error.
        repeated: called with how many pieces are done once more, where a process of this machine was killed.

    Raises:
        EngineError: the engine went away.
    """
    if engine is None:
        yield from map(work, pieces)
    elif isinstance(engine, ProcessPoolExecutor):
        yield from _by_processes(engine, work, [*pieces], lost, repeated)
    else:
        yield from _by_engine(engine, work, [*pieces], lost)


def _by_processes(
    pool: ProcessPoolExecutor,
    work: Callable[[A], B],
    pieces: list[A],
    lost: Callable[[A], B] | None,
    repeated: Callable[[int], None],
) -> Iterator[B]:
    futures = _submitted(pool, work, pieces)
    told = 0
    try:
        for future in futures:
            yield future.result()
            told += 1
    except BrokenProcessPool:
        if lost is None:
            raise
        # one of those at work was killed, and all ended with it; which one shows when they are done one after the other
        open_still = [not _has_result(each) for each in futures[told:]]
        repeated(sum(open_still))
        # its last process ends here, and not whenever its generator is collected
        with closing(_one_by_one(work, list(compress(pieces[told:], open_still)), lost)) as again:
            for future, is_open in zip(futures[told:], open_still, strict=True):
                yield next(again) if is_open else future.result()


def _has_result(future: Future[B]) -> bool:
    return future.done() and not future.cancelled() and future.exception() is None


def _one_by_one(
    work: Callable[[A], B], pieces: list[A], lost: Callable[[A], B]
) -> Generator[B, None, None]:
    left = iter(pieces)
    is_done = False
    while not is_done:
        with workers_of(1) as pool:
            is_done = yield from _until_killed(pool, work, left, lost)


def _until_killed(
    pool: Executor, work: Callable[[A], B], left: Iterator[A], lost: Callable[[A], B]
) -> Generator[B, None, bool]:
    """What comes of the pieces, up to one that its process is killed for; whether all are done."""
    for piece in left:
        try:
            result = _submitted(pool, work, [piece])[0].result()
        except BrokenProcessPool:
            yield lost(piece)
            return False
        yield result
    return True


def _by_engine(
    engine: Executor, work: Callable[[A], B], pieces: list[A], lost: Callable[[A], B] | None
) -> Iterator[B]:
    killed = import_module("distributed").KilledWorker
    for piece, future in zip(pieces, _submitted(engine, work, pieces), strict=True):
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


def _submitted(engine: Executor, work: Callable[[A], B], pieces: Iterable[A]) -> list[Future[B]]:
    """The work under way. Ctrl+C waits until the processes have begun, which leave it to this one for good."""
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return [engine.submit(work, piece) for piece in pieces]
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
