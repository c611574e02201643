"""Loading a document from a path, or the reason why that fails."""

import errno
import os
import stat
from dataclasses import dataclass
from difflib import get_close_matches
from typing import BinaryIO

from roadmap_tui.document.document import Document
from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.document.reader import read_document
from roadmap_tui.storage import regular_file
from roadmap_tui.text.terminal_text import escape_control

_MAX_COUNTED_FACTOR, _CHUNK_BYTES = 10, 1 << 20
"""A stream may never end: it is counted up to that many times the limit, in such chunks."""
_NOT_A_FILE = ("not a regular file", "name a file")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why nothing could be read from a path.

    Attributes:
        path: the path, as the user wrote it.
        problem: what is wrong, in a clause.
        remedy: what would be right, in a clause; may be empty.
    """

    path: str
    problem: str
    remedy: str = ""

    @property
    def text(self) -> str:
        """``PATH: what is wrong; what would be right``, in one line."""
        return escape_control(
            f"{self.path}: {self.problem}" + (f"; {self.remedy}" if self.remedy else "")
        )


def load_document(path: str) -> Document | Unreadable:
    """Read the roadmap at `path`, a regular file of at most `MAX_BYTES` bytes. Never raises."""
    raw = load_bytes(path)
    return raw if isinstance(raw, Unreadable) else read_document(raw, path)


def load_bytes(path: str, max_bytes: int = MAX_BYTES) -> bytes | Unreadable:
    """The bytes at `path`, which must be a regular file of at most that many. Never raises."""
    try:
        # Even opening a device can have effects, so it is looked at first.
        reason = _unfit_reason(os.stat(path), max_bytes)
        if reason:
            return Unreadable(path, *reason)
        raw = regular_file.read_regular_file(path, max_bytes + 1)
    except FileNotFoundError:
        return _missing_file(path)
    except (OSError, ValueError) as error:
        return Unreadable(path, *_error_reason(error))
    if len(raw) > max_bytes:
        return Unreadable(path, *too_large_reason(max_bytes, len(raw)))
    return raw


def read_stream(name: str, stream: BinaryIO, max_bytes: int = MAX_BYTES) -> bytes | Unreadable:
    """The content of a stream, up to a limit; the rest is counted, as far as it ends.

    Args:
        name: what the stream is called.
        stream: such as standard input.
        max_bytes: the bytes that are kept.
    """
    raw = stream.read(max_bytes + 1)
    if len(raw) <= max_bytes:
        return raw
    size = len(raw)
    while size < _MAX_COUNTED_FACTOR * max_bytes and (part := stream.read(_CHUNK_BYTES)):
        size += len(part)
    return Unreadable(
        name, *too_large_reason(max_bytes, size, is_complete=size < _MAX_COUNTED_FACTOR * max_bytes)
    )


def too_large_reason(
    max_bytes: int, size: int, location: str = "", *, is_complete: bool = True
) -> tuple[str, str]:
    """The problem and the remedy for a text that is too large.

    Both numbers are given to the byte: rounded they may be the same.

    Args:
        max_bytes: the bytes that are read.
        size: those that it has.
        location: where it has them, such as at a commit.
        is_complete: whether there are no more of them.
    """
    is_roadmap = max_bytes == MAX_BYTES
    limit = f"larger than {max_bytes // 1_000_000} MB" + (f" at {location}" if location else "")
    if is_roadmap:
        limit += ", the largest size of a roadmap"
    actual = f"{size:,} bytes" if is_complete else f"{size:,} bytes or more"
    parts = "roadmaps" if is_roadmap else "files"
    return (
        f"{limit}: it has {actual}, and the limit is {max_bytes:,}",
        f"is it the right file? If it is, split it into several {parts}",
    )


def _unfit_reason(status: os.stat_result, most: int) -> tuple[str, str] | None:
    if stat.S_ISDIR(status.st_mode):
        return "a folder, not a file", "name a file in it"
    if not stat.S_ISREG(status.st_mode):
        return _NOT_A_FILE
    if status.st_size > most:
        return too_large_reason(most, status.st_size)
    return None


def _error_reason(error: OSError | ValueError) -> tuple[str, str]:
    match error:
        case OSError(errno=errno.ENXIO):  # a socket
            return _NOT_A_FILE
        case OSError(errno=errno.ELOOP):
            return "the link leads back to itself", "link it to the file itself"
        case PermissionError():
            return (
                "you have no permission to read it",
                "ask for access, or copy it to a folder that you can read",
            )
        case NotADirectoryError():
            return "part of the path is a file, not a folder", "check the path"
        case OSError():
            return f"it cannot be read ({error.strerror})", ""
        case _:
            return "no such path can exist", "look for a stray character in it"


def _missing_file(path: str) -> Unreadable:
    folder, name = os.path.split(path)
    stem, ending = os.path.splitext(name)
    ending = ending or ".toml"
    try:
        names = sorted(each for each in os.listdir(folder or ".") if each.endswith(ending))
    except OSError:
        return Unreadable(path, "no such file, and no such folder", "check the path")
    if os.path.islink(path):
        return Unreadable(path, "the link leads to a missing file", "link it to an existing file")
    close = get_close_matches(stem, [each.removesuffix(ending) for each in names], n=1, cutoff=0.5)
    if close:
        return Unreadable(
            path, "no such file", f"did you mean {os.path.join(folder, close[0])}{ending}?"
        )
    there = f"there: {', '.join(names)}" if 0 < len(names) <= 6 else "check the path"
    return Unreadable(path, "no such file", there)
