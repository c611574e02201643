"""Start another Python that imports nothing from its current folder."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


def command(module: str, *words: str) -> list[str]:
    """The command line that runs a module of this package in its own Python.

    Not with ``-I``, which would also ignore the user's own packages and ``PYTHONPATH``.
    """
    return [sys.executable, "-P", "-m", module, *words]


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """An environment in which no Python imports from its current folder."""
    kept = {name: value for name, value in given.items() if name != "PYTHONPATH"}
    # an empty entry stands for the current folder
    path = [
        each
        for each in given.get("PYTHONPATH", "").split(os.pathsep)
        if os.path.normpath(each) != os.curdir
    ]
    return {
        **kept,
        "PYTHONSAFEPATH": "1",
        **({"PYTHONPATH": os.pathsep.join(path)} if path else {}),
    }


@contextmanager
def safe_children(extra: Mapping[str, str]) -> Iterator[None]:
    """Give processes that libraries start, such as workers, a safe environment.

    Args:
        extra: further variables; those already in the environment win.
    """
    before = dict(os.environ)
    now = environment({**extra, **before})
    _become(now)
    try:
        yield
    finally:
        _become(before)


def _become(wanted: Mapping[str, str]) -> None:
    for name in {*os.environ} - {*wanted}:
        del os.environ[name]
    os.environ.update(wanted)
