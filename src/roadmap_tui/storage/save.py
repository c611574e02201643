"""Saving a document: whole or not at all, and never over another program's change."""

import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass

from filelock import FileLock, Timeout
from platformdirs import user_state_path

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected, oversize_rejection
from roadmap_tui.storage.atomic_write import escapes_repository, write_atomically

LOCK_TIMEOUT_SECONDS = 5.0
"""How long to wait for another roadmap program that is writing the same file."""


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A file that was written.

    Attributes:
        path: where it is, with links followed.
        sha256: the hash of what is on disk now, in hexadecimal.
    """

    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ChangedOnDisk(EditRejected):
    """Not saved: what is on disk is not what was read."""


@dataclass(frozen=True, slots=True)
class LockedByOther(EditRejected):
    """Not saved: another roadmap program is writing the file."""


@dataclass(frozen=True, slots=True)
class FileGone(EditRejected):
    """Not saved: there is no such file any more."""


@dataclass(frozen=True, slots=True)
class Unwritable(EditRejected):
    """Not saved: it can't be written where it is."""


def save_document(
    document: Document, path: str, expected_sha256: str | None, *, is_locked: bool = False
) -> SavedFile | EditRejected:
    """Write a document's bytes to a path, or to the target of a link; mode and owner are kept.

    Args:
        document: what to write.
        path: where to.
        expected_sha256: the hash of the file as it was read, in hexadecimal; None if there must
            be none yet.
        is_locked: whether the caller holds the `file_lock`.

    Returns:
        What was written, or why nothing was; the file on disk is then as it was. Never raises.
    """
    oversize = oversize_rejection(path, len(document.raw))
    if oversize is not None:
        return oversize
    try:
        target = os.path.realpath(path)
        if escapes_repository(path, target):
            return Unwritable(
                f"{path} leads out of its git repository, to {target}",
                f"if you want that, open {target}",
            )
        with nullcontext() if is_locked else file_lock(path):
            refused = _write_checked(document.raw, target, path, expected_sha256)
    except Timeout:
        return LockedByOther(f"{path} is being written by another program", "try again in a moment")
    except (OSError, ValueError) as error:
        return Unwritable(
            f"{path} could not be saved: {write_error_reason(error)}", _write_error_remedy(error)
        )
    return refused or SavedFile(target, document.sha256)


def _write_checked(raw: bytes, target: str, path: str, expected: str | None) -> EditRejected | None:
    """Write over what was read; that is checked before the work, and once more at its end."""

    def unexpected() -> EditRejected | None:
        return _disk_conflict(target, path, expected)

    refused = unexpected()
    if refused is not None:
        return refused
    return write_atomically(target, raw, unexpected, must_be_new=expected is None, recoverable=True)


@contextmanager
def file_lock(path: str, seconds: float | None = None) -> Iterator[None]:
    """Hold the lock of a file, which is kept elsewhere so that it isn't committed.

    Where locks don't work, such as in a read-only home, saves still compare what is on disk.

    Args:
        path: the file; all links to it have the same lock.
        seconds: how long to wait for it; None for `LOCK_TIMEOUT_SECONDS`.

    Raises:
        Timeout: another program holds it.
    """
    with ExitStack() as stack:
        try:
            folder = user_state_path("roadmap-tui") / "locks"
            folder.mkdir(parents=True, exist_ok=True)
            name = hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()
            patience = LOCK_TIMEOUT_SECONDS if seconds is None else seconds
            stack.enter_context(FileLock(folder / f"{name[:32]}.lock", timeout=patience))
        except Timeout:
            raise
        except (OSError, NotImplementedError):
            # Without locks, comparing what is on disk still protects the file.
            pass
        yield


def _disk_conflict(target: str, path: str, expected: str | None) -> EditRejected | None:
    """Why what is on disk must not be replaced, or None."""
    try:
        found = _file_hash(target)
    except FileNotFoundError:
        if expected is None:
            return None
        return FileGone(f"{path} no longer exists", "save it under a name, or restore the file")
    if expected is None:
        return EditRejected(f"{path} already exists", "choose another name, or open that file")
    if found != expected:
        return ChangedOnDisk(
            f"{path} has been changed by another program since it was read", "reload it, or merge"
        )
    if not os.access(target, os.W_OK):
        return Unwritable(
            f"{path} is write-protected", "make it writable, or save it under another name"
        )
    return None


def _file_hash(target: str) -> str | None:
    """The hash of a regular file; None for anything else, which might never stop giving bytes."""
    if not stat.S_ISREG(os.stat(target).st_mode):
        return None
    with open(target, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_error_reason(error: OSError | ValueError) -> str:
    """Why a file can't be written, in a clause."""
    if isinstance(error, OSError):
        return error.strerror or str(error)
    return "no such path can exist"


def _write_error_remedy(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "create the folder first"
        case PermissionError():
            return "save it in a folder that you can write to"
        case ValueError():
            return "look for a stray character in the path"
    return "free some space or save it elsewhere; your changes are kept"
