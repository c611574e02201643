"""Reading regular files only: pipes and devices, which may never end, are refused."""

import errno
import os
import stat

_OPEN_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


def read_regular_file(path: str, max_bytes: int) -> bytes:
    """The first bytes of a regular file, at most that many.

    Raises:
        OSError: it can't be read, or is no regular file.
        ValueError: no such path can exist.
    """
    # Even opening a device can have effects, so it is looked at first.
    _require_regular(path, os.stat(path))
    descriptor = os.open(path, _OPEN_FLAGS)
    try:
        # What was a file a moment ago may be a pipe by now.
        _require_regular(path, os.fstat(descriptor))
        with open(descriptor, "rb", closefd=False) as file:
            return file.read(max_bytes)
    finally:
        os.close(descriptor)


def _require_regular(path: str, status: os.stat_result) -> None:
    if not stat.S_ISREG(status.st_mode):
        raise OSError(errno.ENXIO, "not a regular file", path)
