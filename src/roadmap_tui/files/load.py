"""From a path to a `Document`, or the reason why there is none."""

import errno
import os
import stat
from dataclasses import dataclass
from difflib import get_close_matches
from typing import BinaryIO

from roadmap_tui.files import regular
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.reader import read

MAX_BYTES = regular.MAX_BYTES
_COUNTED, _PART = 10, 1 << 20
"""A stream is counted up to that many times what is kept, in parts of that many bytes: it may never end."""
_NOT_A_FILE = ("not a regular file", "name a file")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why nothing could be read from a path.

    Attributes:
        path: the path, as the user wrote it.
        wrong: what is wrong, in a clause.
        right: what would be right, in a clause; may be empty.
    """

    path: str
    wrong: str
    right: str = ""

    @property
    def text(self) -> str:
        """``PATH: what is wrong; what would be right``, in one line."""
        return printable(f"{self.path}: {self.wrong}" + (f"; {self.right}" if self.right else ""))


def load(path: str) -> Document | Unreadable:
    """Read the roadmap at `path`, which must be a regular file of at most `MAX_BYTES` bytes. Never raises."""
    raw = load_bytes(path)
    return raw if isinstance(raw, Unreadable) else read(raw, path)


def load_bytes(path: str, most: int = MAX_BYTES) -> bytes | Unreadable:
    """The bytes at `path`, which must be a regular file of at most that many. Never raises."""
    try:
        reason = _unfit(os.stat(path), most)  # even to open a device can do something
        raw = b"" if reason else regular.read(path, most + 1)
    except FileNotFoundError:
        return _missing(path)
    except (OSError, ValueError) as error:
        return Unreadable(path, *_refused(error))
    if reason:
        return Unreadable(path, *reason)
    return Unreadable(path, *too_large(most, len(raw))) if len(raw) > most else raw


def read_stream(name: str, stream: BinaryIO, most: int = MAX_BYTES) -> bytes | Unreadable:
    """All that a stream holds, at most that many bytes; of a larger one the rest is counted, as far as it is finite.

    Args:
        name: what the stream is called.
        stream: such as standard input.
        most: the bytes that are kept.
    """
    raw = stream.read(most + 1)
    if len(raw) <= most:
        return raw
    size = len(raw)
    while size < _COUNTED * most and (part := stream.read(_PART)):
        size += len(part)
    return Unreadable(name, *too_large(most, size, is_all=size < _COUNTED * most))


def too_large(most: int, size: int, at: str = "", *, is_all: bool = True) -> tuple[str, str]:
    """What is wrong with a text that is too large, and what would be right.

    Both numbers are given to the byte: rounded they may be the same.

    Args:
        most: the bytes that are read.
        size: those that it has.
        at: where it has them, such as at a commit.
        is_all: whether there are no more of them.
    """
    none = ", which no roadmap is" if most == MAX_BYTES else ""
    has = f"{size:,} bytes" if is_all else f"{size:,} bytes or more"
    where = f" at {at}" if at else ""
    reason = (
        f"larger than {most // 1_000_000} MB{where}{none}: it has {has}, and at most {most:,} are"
        " read"
    )
    return (
        reason,
        f"is it the right file? If it is, split it into several {'roadmaps' if none else 'files'}",
    )


def _unfit(status: os.stat_result, most: int) -> tuple[str, str] | None:
    if stat.S_ISDIR(status.st_mode):
        return "a folder, not a file", "name a file in it"
    if not stat.S_ISREG(status.st_mode):
        return _NOT_A_FILE
    return too_large(most, status.st_size) if status.st_size > most else None


def _refused(error: OSError | ValueError) -> tuple[str, str]:
    match error:
        case OSError(errno=errno.ENXIO):  # a socket
            return _NOT_A_FILE
        case OSError(errno=errno.ELOOP):
            return "a link that leads back to itself", "link it to the file itself"
        case PermissionError():
            return "you may not read it", "ask for permission, or copy it to where you may"
        case NotADirectoryError():
            return "part of the path is a file, not a folder", "look at the path again"
        case OSError():
            return f"it cannot be read ({error.strerror})", ""
        case _:
            return "no such path can exist", "look for a stray character in it"


def _missing(path: str) -> Unreadable:
    folder, name = os.path.split(path)
    stem, ending = os.path.splitext(name)
    ending = ending or ".toml"
    try:
        names = sorted(each for each in os.listdir(folder or ".") if each.endswith(ending))
    except OSError:
        return Unreadable(path, "no such file, and no such folder", "look at the path again")
    if os.path.islink(path):
        return Unreadable(path, "a link to a file that is not there", "link it to one that is")
    close = get_close_matches(stem, [each.removesuffix(ending) for each in names], n=1, cutoff=0.5)
    if close:
        return Unreadable(
            path, "no such file", f"did you mean {os.path.join(folder, close[0])}{ending}?"
        )
    there = f"there: {', '.join(names)}" if 0 < len(names) <= 6 else "look at the path again"
    return Unreadable(path, "no such file", there)
