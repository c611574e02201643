"""Noticing that a file on disk has changed."""

import hashlib
import os
import time
from dataclasses import dataclass

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import read_document
from roadmap_tui.storage.load import Unreadable, load_bytes

_MIN_AGE_NS = 2_000_000_000
"""The age in nanoseconds from which a file's time shows any later write, on any file system."""


@dataclass(frozen=True, slots=True)
class FileStamp:
    """The state of a file when it was last checked.

    Attributes:
        sha256: the hash of its bytes, in hexadecimal; empty if it was missing or unreadable.
        status: its times, size and identity; None where they can't prove it unchanged.
    """

    sha256: str
    status: tuple[int, ...] | None = None


def check_for_change(path: str, last: FileStamp) -> tuple[FileStamp, Document | Unreadable | None]:
    """Check whether the file at `path` has changed since the last check; may be slow.

    Returns:
        Its state, and its present content if the bytes differ. Never raises.
    """
    status = _status(path)
    if status is not None and status == last.status:
        return last, None
    found = load_bytes(path)
    # If the file changed while it was read, the next check must read it again.
    settled = status if status == _status(path) else None
    if isinstance(found, Unreadable):
        return FileStamp("", settled), found if last.sha256 else None
    sha256 = hashlib.sha256(found).hexdigest()
    stamp = FileStamp(sha256, settled)
    if sha256 == last.sha256:
        return stamp, None
    return stamp, read_document(found, path)


def _status(path: str) -> tuple[int, ...] | None:
    """What changes when the file is written; None if it is missing, or changed a moment ago."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    if time.time_ns() - found.st_mtime_ns < _MIN_AGE_NS:
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_dev
