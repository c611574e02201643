"""From a path to a session."""

import gc
from pathlib import Path

from roadmap_tui.app.session import Session, usable
from roadmap_tui.files.document import Document, fault_lines
from roadmap_tui.files.journal import leftovers
from roadmap_tui.files.load import Unreadable, load
from roadmap_tui.files.reader import read
from roadmap_tui.files.watch import Stamp


def opened(path: str, folder: Path | None = None) -> Session | str:
    """A session on the roadmap at `path`, or why there is none, ready to print.

    A file that is gone or broken is opened as it was if a crash left unsaved work on it.

    Args:
        path: the file.
        folder: the only one that may be written in; None if any may.
    """
    found = load(path)
    document = usable(found) if isinstance(found, Document) else found
    session = (
        _session(path, document) if isinstance(document, Document) else _from_leftovers(path, found)
    )
    if session is not None:
        session.folder = folder
        _keep_out_of_collections()
        return session
    if isinstance(found, Unreadable):
        return found.text
    return "\n".join(fault_lines(each for each in found.faults if each.fault.fatal))


def _session(path: str, document: Document) -> Session | None:
    return (
        None
        if document.plan is None
        else Session(path, document, document.plan, document.read_only)
    )


def _from_leftovers(path: str, found: Document | Unreadable) -> Session | None:
    """A session on the file as it was before the work that a crash left over; None if there is none."""
    for left in leftovers(path):
        document = usable(read(left.base.encode(), path))
        session = _session(path, document) if isinstance(document, Document) else None
        if session is not None:
            session.elsewhere = found
            session.disk = Stamp(found.sha256 if isinstance(found, Document) else "")
            return session
    return None


def _keep_out_of_collections() -> None:
    """What is loaded by now stays for good: looking through it in every collection would stop the keys for 0.1 s."""
    gc.collect()
    gc.freeze()
