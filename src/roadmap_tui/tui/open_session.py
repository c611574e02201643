"""From a path to a session."""

import gc
from pathlib import Path

from roadmap_tui.document.document import Document, format_faults
from roadmap_tui.document.reader import read_document
from roadmap_tui.storage.journal import unsaved_sessions
from roadmap_tui.storage.load import Unreadable, load_document
from roadmap_tui.storage.watch import FileStamp
from roadmap_tui.tui.state import Session, require_forecastable


def open_session(path: str, folder: Path | None = None) -> Session | str:
    """A session on the roadmap at `path`, or why there is none, ready to print.

    A file that is gone or broken is opened as it was if a crash left unsaved work on it.

    Args:
        path: the file.
        folder: the only one that may be written in; None if any may.
    """
    found = load_document(path)
    document = require_forecastable(found) if isinstance(found, Document) else found
    session = (
        _session(path, document)
        if isinstance(document, Document)
        else _from_unsaved_work(path, found)
    )
    if session is not None:
        session.folder = folder
        _freeze_gc()
        return session
    if isinstance(found, Unreadable):
        return found.text
    return "\n".join(format_faults(each for each in found.faults if each.fault.fatal))


def _session(path: str, document: Document) -> Session | None:
    return (
        None
        if document.plan is None
        else Session(path, document, document.plan, document.read_only)
    )


def _from_unsaved_work(path: str, found: Document | Unreadable) -> Session | None:
    """A session on the file as it was before the work that a crash left over; None if there is none."""
    for left in unsaved_sessions(path):
        document = require_forecastable(read_document(left.base.encode(), path))
        session = _session(path, document) if isinstance(document, Document) else None
        if session is not None:
            session.disk_version = found
            session.disk = FileStamp(found.sha256 if isinstance(found, Document) else "")
            return session
    return None


def _freeze_gc() -> None:
    """What is loaded by now stays for good: looking through it in every collection would stop the keys for 0.1 s."""
    gc.collect()
    gc.freeze()
