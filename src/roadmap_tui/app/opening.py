"""From a path to a session."""

import gc

from roadmap_tui.app.session import Session
from roadmap_tui.files.load import Unreadable, load


def opened(path: str) -> Session | str:
    """A session on the roadmap at `path`, or why there is none, ready to print."""
    document = load(path)
    if isinstance(document, Unreadable):
        return document.text
    fatal = [each for each in document.faults if each.fault.fatal]
    if document.plan is None or fatal:
        return "\n".join(each.render() for each in fatal)
    session = Session(path, document, document.plan, document.read_only)
    _keep_out_of_collections()
    return session


def _keep_out_of_collections() -> None:
    """What is loaded by now stays for good: looking through it in every collection would stop the keys for 0.1 s."""
    gc.collect()
    gc.freeze()
