"""Writing exports, with the care of a save."""

import errno
import os

from roadmap_tui.document.edits import EditRejected
from roadmap_tui.plan.table_keys import known_keys
from roadmap_tui.storage.atomic_write import escapes_repository, write_atomically
from roadmap_tui.storage.load import Unreadable, load_document


def write_export(path: str, text: str, *, replace: bool) -> EditRejected | None:
    """Write a text to a file, whole or not at all; a link's target is written.

    A pipe or a device, such as ``/dev/stdout``, takes the text as it comes.

    Args:
        path: where to.
        text: what is written, in UTF-8.
        replace: whether a file that is there may be replaced. A roadmap never is.

    Returns:
        Why it was not written, or None; a file that was there is then as it was.
    """
    raw = text.encode("utf-8", errors="backslashreplace")
    try:
        refused = export_rejection(path, replace=replace)
        if refused is not None:
            return refused
        if os.path.exists(path) and not os.path.isfile(path):
            _write_to_stream(path, raw)
            return None
        target = os.path.realpath(path)
        is_there = os.path.exists(target)
        return write_atomically(
            target,
            raw,
            lambda: export_rejection(path, replace=replace),
            must_be_new=not is_there,
            recoverable=False,
        )
    except (OSError, ValueError) as error:
        return _rejection_for(path, error)


def export_rejection(path: str, *, replace: bool) -> EditRejected | None:
    """Why nothing that is made from a roadmap is written to a path; None if it may be."""
    try:
        target = os.path.realpath(path)
        if escapes_repository(path, target):
            return EditRejected(
                f"{path} leads out of its git repository, to {target}",
                "if you want that, name that file",
            )
        obstacle = _obstacle(target, replaces=replace)
    except (OSError, ValueError) as error:
        return _rejection_for(path, error)
    if not obstacle:
        return None
    return EditRejected(f"{path} is {obstacle}", "choose another name")


def _obstacle(target: str, *, replaces: bool) -> str:
    """What stands at a path and isn't replaced; empty if nothing does."""
    if os.path.isdir(target):
        return "a folder"
    if not os.path.isfile(target):
        return ""
    kept = _protected_content(target)
    if kept:
        return f"{kept}, which an export never replaces"
    if not replaces:
        return "there already"
    return "" if os.access(target, os.W_OK) else "write-protected"


def _protected_content(path: str) -> str:
    """What a file is that no export replaces: a roadmap, whatever its name; empty for any other."""
    if path.endswith(".toml"):
        return "a TOML file"  # broken or not
    document = load_document(path)
    is_roadmap = not isinstance(document, Unreadable) and any(
        key in document.data for key in known_keys(())
    )
    return "a roadmap" if is_roadmap else ""


def _write_to_stream(path: str, raw: bytes) -> None:
    """Write to what is no regular file; a pipe that nothing reads is refused, not waited for."""
    descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_NONBLOCK", 0))
    with open(descriptor, "wb") as target:
        os.set_blocking(descriptor, True)
        target.write(raw)


def _rejection_for(path: str, error: OSError | ValueError) -> EditRejected:
    if isinstance(error, ValueError):
        return EditRejected(f"{path}: no such path can exist", "choose another name")
    if error.errno == errno.ENXIO:
        return EditRejected(f"{path}: nothing reads from this pipe", "choose another name")
    return EditRejected(
        f"{path}: {error.strerror or error}", "choose another name, or free some space"
    )
