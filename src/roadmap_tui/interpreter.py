"""Starting another Python, which imports nothing from the folder that it is started in."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


def command(module: str, *words: str) -> list[str]:
    """The words that run one of our modules in a Python of its own.

    Not ``-I``, which would also leave out what a person installed for themselves or named in ``PYTHONPATH``.
    """
    return [sys.executable, "-P", "-m", module, *words]


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """An environment in which no Python imports from the folder that it is started in."""
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
    """Let what others start for us, such as worker processes, be started in a safe environment.

    Args:
        extra: more variables, each set unless somebody has set it already.
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
