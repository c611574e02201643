"""From a path to a session."""

import gc
from pathlib import Path

from roadmap_tui.document.document import Document, format_faults
from roadmap_tui.document.reader import read_document
from roadmap_tui.storage.journal import unsaved_sessions
from roadmap_tui.storage.load import Unreadable, load_document
from roadmap_tui.storage.watch import FileStamp
from roadmap_tui.tui.edit_history import require_forecastable
from roadmap_tui.tui.state import Session


def open_session(path: str, folder: Path | None = None) -> Session | str:
    """A session on the roadmap at `path`; an error message if there is no plan.

    With unsaved work, a missing or broken file is opened as it was before.

    Args:
        path: the file.
        folder: the only folder that may be written to; None for any.
    """
    found = load_document(path)
    document = require_forecastable(found) if isinstance(found, Document) else found
    if isinstance(document, Document):
        session = _session(path, document)
    else:
        session = _from_unsaved_work(path, found)
    if session is not None:
        session.folder = folder
        _freeze_gc()
        return session
    if isinstance(found, Unreadable):
        return found.text
    return "\n".join(format_faults(each for each in found.faults if each.fault.fatal))


def _session(path: str, document: Document) -> Session | None:
    if document.plan is None:
        return None
    return Session(path, document, document.plan, document.read_only)


def _from_unsaved_work(path: str, found: Document | Unreadable) -> Session | None:
    """A session on the file before a crash left unsaved work; None without any."""
    for left in unsaved_sessions(path):
        document = require_forecastable(read_document(left.base.encode(), path))
        session = _session(path, document) if isinstance(document, Document) else None
        if session is not None:
            session.disk_version = found
            session.disk = FileStamp(found.sha256 if isinstance(found, Document) else "")
            return session
    return None


def _freeze_gc() -> None:
    """Exclude loaded objects from collections, which would block input for 0.1 s."""
    gc.collect()
    gc.freeze()
