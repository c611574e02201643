"""Writing a document to disk: whole or not at all, and never over somebody else's change."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass

from filelock import FileLock, Timeout
from platformdirs import user_state_path

from roadmap_tui.files.atomic import leads_out, write_whole
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal, size_refusal

LOCK_SECONDS = 5.0
"""How long to wait for another roadmap program that is writing the same file."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that was written.

    Attributes:
        path: where it is, with links followed.
        sha256: the hash of what is on disk now, in hexadecimal.
    """

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Changed(Refusal):
    """Not saved: what is on disk is not what was read."""


@dataclass(frozen=True, slots=True)
class Busy(Refusal):
    """Not saved: another roadmap program is writing the file."""


@dataclass(frozen=True, slots=True)
class Gone(Refusal):
    """Not saved: there is no such file any more."""


@dataclass(frozen=True, slots=True)
class Unwritable(Refusal):
    """Not saved: it can't be written where it is."""


def save(
    document: Document, path: str, expected_sha256: str | None, *, locked: bool = False
) -> Saved | Refusal:
    """Write a document's bytes to a path; a link's target is written, and the file's mode and owner are kept.

    Args:
        document: what to write.
        path: where to.
        expected_sha256: the hash of the file as it was read, in hexadecimal; None if there must not be one yet.
        locked: whether the caller holds the `file_lock`.

    Returns:
        What was written, or why nothing was; the file on disk is then as it was. Never raises.
    """
    oversize = size_refusal(path, len(document.raw))
    if oversize is not None:
        return oversize
    try:
        target = os.path.realpath(path)
        if leads_out(path, target):
            return Unwritable(
                f"{path} leads out of its git repository, to {target}",
                f"if that is meant, open {target}",
            )
        with nullcontext() if locked else file_lock(path):
            refused = _write(document.raw, target, path, expected_sha256)
    except Timeout:
        return Busy(f"{path} is being written by another program", "try again in a moment")
    except (OSError, ValueError) as error:
        return Unwritable(f"{path} could not be saved: {reason_of(error)}", _remedy(error))
    return refused or Saved(target, document.sha256)


def _write(raw: bytes, target: str, path: str, expected: str | None) -> Refusal | None:
    """Write to what was read, which is looked at before the work of writing and once more right before it shows."""

    def unexpected() -> Refusal | None:
        return _unexpected(target, path, expected)

    refused = unexpected()
    if refused is not None:
        return refused
    return write_whole(target, raw, unexpected, fresh=expected is None, recoverable=True)


@contextmanager
def file_lock(path: str, seconds: float | None = None) -> Iterator[None]:
    """Hold the lock of a file, which is not beside it, so that it isn't committed. Raises `Timeout` if it is taken.

    Where there are no locks, such as in a home that can't be written, what is on disk is compared all the same.

    Args:
        path: the file; all links to it have the same lock.
        seconds: how long to wait for it; None for `LOCK_SECONDS`.
    """
    with ExitStack() as stack:
        try:
            folder = user_state_path("roadmap-tui") / "locks"
            folder.mkdir(parents=True, exist_ok=True)
            name = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()
            patience = LOCK_SECONDS if seconds is None else seconds
            stack.enter_context(FileLock(folder / f"{name[:32]}.lock", timeout=patience))
        except Timeout:
            raise
        except (OSError, NotImplementedError):
            pass
        yield


def _unexpected(target: str, path: str, expected: str | None) -> Refusal | None:
    """Why what is on disk must not be replaced, or None."""
    try:
        found = _hash_of(target)
    except FileNotFoundError:
        if expected is None:
            return None
        return Gone(f"{path} is not there any more", "save it under a name, or bring the file back")
    if expected is None:
        return Refusal(f"{path} is there already", "take another name, or open that file")
    if found != expected:
        return Changed(
            f"{path} has been changed by another program since it was read", "reload it, or merge"
        )
    if not os.access(target, os.W_OK):
        return Unwritable(
            f"{path} is write-protected", "make it writable, or save it under another name"
        )
    return None


def _hash_of(target: str) -> str | None:
    """The hash of a regular file; None for anything else, which might never stop giving bytes."""
    if not stat.S_ISREG(os.stat(target).st_mode):
        return None
    with open(target, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def reason_of(error: OSError | ValueError) -> str:
    """Why a file can't be written, in a clause."""
    return (
        (error.strerror or str(error)) if isinstance(error, OSError) else "no such path can exist"
    )


def _remedy(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "make the folder first"
        case PermissionError():
            return "save it where you may write"
        case ValueError():
            return "look for a stray character in the path"
    return "make room or save it elsewhere; what you have here is not lost"
