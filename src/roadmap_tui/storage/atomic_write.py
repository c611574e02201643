"""Writing a file whole or not at all, for saves and exports.

The bytes go into a temporary file in the same folder, are synced, and replace the file at once.
What can't be replaced is overwritten: a file with several hard links, a mount point, one in a
read-only folder. A failure then restores the old bytes, and the journal keeps the new ones until
they are synced.
"""

import errno
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from io import FileIO
from typing import TypeAlias

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.storage.journal import Journal

Precondition: TypeAlias = Callable[[], EditRejected | None]
"""Checks the target right before it is replaced; a reason prevents that."""
_TEMPORARY = re.compile(r"\.roadmap-[0-9a-f]{12}\.tmp")
_STALE_SECONDS = 60.0
_NOT_REPLACEABLE = {errno.EBUSY, errno.EXDEV, errno.EACCES, errno.EPERM, errno.EROFS}


def write_atomically(
    target: str, raw: bytes, precondition: Precondition, *, must_be_new: bool, recoverable: bool
) -> EditRejected | None:
    """Write a regular file, or make one; mode, owner, links and extended attributes are kept.

    One system call lies between `precondition` and the replacement: no file system compares and
    replaces in one step.

    Args:
        target: the file, with symbolic links resolved.
        raw: all that is to be in it.
        precondition: called when everything is ready.
        must_be_new: whether there must not be such a file yet.
        recoverable: whether the journal keeps the bytes while the file is overwritten in place.

    Returns:
        Why it was not written, or None. Raises `OSError`; the old bytes are then in the file.
    """
    if not must_be_new and os.stat(target).st_nlink > 1:
        return _overwrite(target, raw, precondition, recoverable)
    try:
        return _replace(target, raw, precondition, must_be_new)
    except OSError as error:
        if must_be_new or error.errno not in _NOT_REPLACEABLE or not os.access(target, os.W_OK):
            raise
    return _overwrite(target, raw, precondition, recoverable)


def escapes_repository(path: str, target: str) -> bool:
    """Whether links lead out of a git repository: a clone must not write elsewhere."""
    place = os.path.abspath(path)
    while place != target and (folder := os.path.dirname(place)) != place:
        if os.path.lexists(os.path.join(folder, ".git")) and not _is_inside(
            target, os.path.realpath(folder)
        ):
            return True
        place = folder
    return False


def _is_inside(path: str, folder: str) -> bool:
    return os.path.commonpath([path, folder]) == folder


def _replace(target: str, raw: bytes, recheck: Precondition, fresh: bool) -> EditRejected | None:
    folder = os.path.dirname(target)
    _remove_stale_temporaries(folder)
    temporary = os.path.join(folder, f".roadmap-{secrets.token_hex(6)}.tmp")
    try:
        _write_temporary(temporary, raw, like=target)
        refused = recheck() or _move_into_place(temporary, target, fresh)
    finally:
        with suppress(OSError):
            os.unlink(temporary)
    _sync_folder(folder)
    return refused


def _move_into_place(temporary: str, target: str, fresh: bool) -> EditRejected | None:
    """Replace the target by the temporary file; a new file never replaces one that appeared."""
    if fresh:
        # A link, unlike a replacement, fails if the target exists.
        try:
            os.link(temporary, target)
        except FileExistsError:
            return EditRejected(
                f"{target} already exists", "choose another name, or open that file"
            )
        except OSError:
            # This file system has no hard links; replacing is the best that is left.
            pass
        else:
            return None
    os.replace(temporary, target)
    return None


def _overwrite(
    target: str, raw: bytes, recheck: Precondition, recoverable: bool
) -> EditRejected | None:
    """Overwrite a file that can't be replaced."""
    with open(target, "r+b", buffering=0) as file:
        refused = recheck()
        if refused is not None:
            return refused
        before = file.readall()
        journal = _journal_write(target, before, raw) if recoverable else None
        if journal is not None and journal.problem:
            return EditRejected(
                f"{target} can't be replaced, and {journal.problem}", "save it under another name"
            )
        try:
            _write_all(file, raw)
        except OSError:
            # If this fails as well, the journal stays.
            _write_all(file, before)
            _close_journal(journal)
            raise
    _close_journal(journal)
    return None


def _journal_write(target: str, before: bytes, raw: bytes) -> Journal:
    journal = Journal(target, for_write=True)
    journal.mark_saved(before.decode(errors="replace"))
    journal.record("a save that was interrupted", raw.decode(errors="replace"))
    journal.sync()
    return journal


def _close_journal(journal: Journal | None) -> None:
    if journal is not None:
        journal.close()


def _write_all(file: FileIO, raw: bytes) -> None:
    file.seek(0)
    rest = memoryview(raw)
    while rest:
        rest = rest[file.write(rest) :]
    file.truncate()
    os.fsync(file.fileno())


def _remove_stale_temporaries(folder: str) -> None:
    """Remove what killed saves left: nothing else has such names, and no save takes a minute."""
    with suppress(OSError), os.scandir(folder) as entries:
        for each in entries:
            if _TEMPORARY.fullmatch(each.name) and each.is_file(follow_symlinks=False):
                with suppress(OSError):
                    if time.time() - each.stat(follow_symlinks=False).st_mtime > _STALE_SECONDS:
                        os.unlink(each.path)


def _write_temporary(path: str, raw: bytes, like: str) -> None:
    old = os.stat(like) if os.path.exists(like) else None
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    # It must not be readable by others before it has the mode of the file that it replaces.
    descriptor = os.open(path, flags, 0o666 if old is None else 0o600)
    with open(descriptor, "wb") as file:
        if old is not None:
            _copy_mode_and_owner(path, old)
            _copy_attributes(like, path)
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _copy_mode_and_owner(path: str, old: os.stat_result) -> None:
    """Give a file the mode of another and, as far as that is allowed, its owner and its group."""
    new = os.stat(path)
    for owner, group in ((-1, old.st_gid), (old.st_uid, -1)):
        if (owner, group) not in {(-1, new.st_gid), (new.st_uid, -1)}:
            with suppress(OSError):
                os.chown(path, owner, group)
    os.chmod(path, stat.S_IMODE(old.st_mode))


def _copy_attributes(source: str, path: str) -> None:
    """Copy extended attributes, access control lists among them, as far as that is allowed."""
    if sys.platform != "linux":
        return
    with suppress(OSError):
        wanted = os.listxattr(source)
        # New files may inherit attributes from the folder, such as access control lists.
        for name in set(os.listxattr(path)) - set(wanted):
            with suppress(OSError):
                os.removexattr(path, name)
        for name in wanted:
            with suppress(OSError):
                os.setxattr(path, name, os.getxattr(source, name))


def _sync_folder(folder: str) -> None:
    """Make the replacement durable; where folders can't be synced, the system sees to that."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
