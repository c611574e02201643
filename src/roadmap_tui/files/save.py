"""Writing a document to disk: whole or not at all, and never over somebody else's change."""

import hashlib
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass

from filelock import FileLock, Timeout
from platformdirs import user_state_path

from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal

LOCK_SECONDS = 5.0
"""How long to wait for another roadmap program that is writing the same file."""
_TEMPORARY = re.compile(r"\.roadmap-[0-9a-f]{12}\.tmp")
_ABANDONED = 60.0


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
class Gone(Refusal):
    """Not saved: there is no such file any more."""


@dataclass(frozen=True, slots=True)
class Unwritable(Refusal):
    """Not saved: it can't be written where it is."""


def save(document: Document, path: str, expected_sha256: str | None) -> Saved | Refusal:
    """Write a document's bytes to a path; a link's target is written, and the file's mode and owner are kept.

    Args:
        document: what to write.
        path: where to.
        expected_sha256: the hash of the file as it was read, in hexadecimal; None if there must not be one yet.

    Returns:
        What was written, or why nothing was; the file on disk is then as it was. Never raises.
    """
    try:
        target = os.path.realpath(path)
        if _leads_out(path, target):
            return Unwritable(
                f"{path} leads out of its git repository, to {target}", f"if that is meant, open {target}"
            )
        with _alone(target):
            changed = _unexpected(target, path, expected_sha256)
            if changed:
                return changed
            _replace(target, document.raw)
    except Timeout:
        return Refusal(f"{path} is being written by another program", "try again in a moment")
    except (OSError, ValueError) as error:
        return Unwritable(f"{path} could not be saved: {_reason(error)}", _remedy(error))
    return Saved(target, document.sha256)


def _leads_out(path: str, target: str) -> bool:
    """Whether links lead from inside a git repository to outside: what came with a clone writes nowhere else."""
    place = os.path.abspath(path)
    while place != target and (folder := os.path.dirname(place)) != place:
        if os.path.lexists(os.path.join(folder, ".git")) and not _is_inside(target, os.path.realpath(folder)):
            return True
        place = folder
    return False


def _is_inside(path: str, folder: str) -> bool:
    return os.path.commonpath([path, folder]) == folder


@contextmanager
def _alone(target: str) -> Iterator[None]:
    """Hold the lock of `target`, which is not beside it, so that nobody commits it. Raises `Timeout` if another does.

    Where there are no locks, such as in a home that can't be written, what is on disk is compared all the same.
    """
    with ExitStack() as stack:
        try:
            folder = user_state_path("roadmap-tui") / "locks"
            folder.mkdir(parents=True, exist_ok=True)
            name = hashlib.sha256(os.fsencode(target)).hexdigest()
            stack.enter_context(FileLock(folder / f"{name[:32]}.lock", timeout=LOCK_SECONDS))
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
        return Changed(f"{path} has been changed by another program since it was read", "reload it, or merge")
    if not os.access(target, os.W_OK):
        return Unwritable(f"{path} is write-protected", "make it writable, or save it under another name")
    return None


def _hash_of(target: str) -> str | None:
    """The hash of a regular file; None for anything else, which might never stop giving bytes."""
    if not stat.S_ISREG(os.stat(target).st_mode):
        return None
    with open(target, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def _replace(target: str, raw: bytes) -> None:
    folder = os.path.dirname(target)
    _sweep(folder)
    temporary = os.path.join(folder, f".roadmap-{secrets.token_hex(6)}.tmp")
    try:
        _write(temporary, raw, like=target)
        os.replace(temporary, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise
    _sync_folder(folder)


def _sweep(folder: str) -> None:
    """Remove what saves that were killed left behind; nothing else is called so, and none takes a minute."""
    with suppress(OSError), os.scandir(folder) as entries:
        for each in entries:
            if _TEMPORARY.fullmatch(each.name) and each.is_file(follow_symlinks=False):
                with suppress(OSError):
                    if time.time() - each.stat(follow_symlinks=False).st_mtime > _ABANDONED:
                        os.unlink(each.path)


def _write(path: str, raw: bytes, like: str) -> None:
    old = os.stat(like) if os.path.exists(like) else None
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # nobody reads in it before it is as closed as the file it stands for
    descriptor = os.open(path, flags, 0o666 if old is None else 0o600)
    with open(descriptor, "wb") as file:
        if old is not None:
            _make_alike(path, old)
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _make_alike(path: str, old: os.stat_result) -> None:
    """Give a file the mode of another and, as far as that is allowed, its owner and its group."""
    new = os.stat(path)
    for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
        if (owner, group) not in {(-1, new.st_gid), (new.st_uid, -1)}:
            with suppress(OSError):
                os.chown(path, owner, group)
    os.chmod(path, stat.S_IMODE(old.st_mode))


def _sync_folder(folder: str) -> None:
    """Make the replacing itself last; where folders can't be opened or synced, it lasts by other means."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _reason(error: OSError | ValueError) -> str:
    return (error.strerror or str(error)) if isinstance(error, OSError) else "no such path can exist"


def _remedy(error: OSError | ValueError) -> str:
    match error:
        case FileNotFoundError():
            return "make the folder first"
        case PermissionError():
            return "save it where you may write"
        case ValueError():
            return "look for a stray character in the path"
    return "make room or save it elsewhere; what you have here is not lost"
