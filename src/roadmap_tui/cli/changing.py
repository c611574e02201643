"""Changing a file from the command line: the edit, its check, and the save."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from random import SystemRandom
from typing import Any, TypeAlias, TypeVar

import tomli
from filelock import Timeout

from roadmap_tui.cli.paths import item_of, place_of
from roadmap_tui.cli.reply import REFUSED, Reply, wrong_use
from roadmap_tui.cli.source import STDIN, read_plan, rendered
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Edit, Refusal, apply
from roadmap_tui.files.save import Busy, Changed, file_lock, save
from roadmap_tui.plan.faults import KeyPath

_Found = TypeVar("_Found", KeyPath, tuple[str, str])
_Answer: TypeAlias = Callable[..., Reply]
_RETRIES = 10
_LOCK_PATIENCE = 60.0
"""How many seconds a retry waits for its turn, while others write the same file."""
_LONGEST_PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class WriteTerms:
    """On what terms a command writes.

    Attributes:
        sha256: the hash that the file must have; None if any.
        locked: whether the file's lock is held.
    """

    sha256: str | None
    locked: bool


class Overtaken(Reply):
    """The reply that nothing was written, because the file changed after it was read."""


def retried(answer: _Answer) -> _Answer:
    """Let a command that changes a file start over where another program changed the file at the same time.

    The first attempt works without a lock. Later ones read and write while they hold the file's lock, so that no other
    roadmap program comes between. Where a hash of the file was given, nothing is retried: the decision rests on it.
    """

    @wraps(answer)
    def answer_with_retries(*, file: str, sha256: str | None, **given: Any) -> Reply:
        reply = answer(file=file, terms=WriteTerms(sha256, locked=False), **given)
        for _ in range(_RETRIES):
            if sha256 is not None or not isinstance(reply, Overtaken):
                break
            time.sleep(
                SystemRandom().uniform(0, _LONGEST_PAUSE)
            )  # so that writers don't meet again
            try:
                with file_lock(file, _LOCK_PATIENCE):
                    reply = answer(file=file, terms=WriteTerms(None, locked=True), **given)
            except Timeout:
                break
        return reply

    return answer_with_retries


def value_of(text: str) -> object:
    """The TOML value that was typed; what is none is text as it stands."""
    try:
        read = tomli.loads(f"value = [{text}]")
    except (ValueError, RecursionError):
        return text
    values = read["value"]
    return values[0] if read.keys() == {"value"} and len(values) == 1 else text


def open_to_change(file: str, sha256: str | None) -> Document | Reply:
    """The document to change, or the reply that it can't be.

    Args:
        file: where it is.
        sha256: the hash of its bytes as they were when somebody decided on the change; None if nobody says.
    """
    if file == STDIN:
        return wrong_use("standard input can't be changed; name a file")
    found = read_plan(file)
    if isinstance(found, Reply):
        return found
    if sha256 is not None and found[0].sha256 != sha256.lower():
        return refusal_reply(
            Refusal(
                f"{file} is not the one with that sha256 any more", "read it again, and decide anew"
            )
        )
    return found[0]


def open_field(file: str, sha256: str | None, path: str) -> tuple[Document, KeyPath] | Reply:
    """The document to change and the place of a field in it, or the reply that there is none."""
    return _opened(file, sha256, lambda document: place_of(document, path))


def open_item(file: str, sha256: str | None, name: str) -> tuple[Document, tuple[str, str]] | Reply:
    """The document to change and the track and id of an item in it, or the reply that there is none."""
    return _opened(file, sha256, lambda document: item_of(document, name))


def _opened(
    file: str, sha256: str | None, find: Callable[[Document], _Found | str]
) -> tuple[Document, _Found] | Reply:
    document = open_to_change(file, sha256)
    if isinstance(document, Reply):
        return document
    found = find(document)
    return wrong_use(found) if isinstance(found, str) else (document, found)


def change(document: Document, *edits: Edit, locked: bool = False) -> Reply | None:
    """Make edits, all or none, and save; the reply that this was refused, or None.

    What brings a fault into the plan is refused; faults that were there before are let be.

    Args:
        document: as it was read.
        edits: what is changed in it.
        locked: whether the file's lock is held.
    """
    changed = apply(document, *edits)
    if isinstance(changed, Refusal):
        return refusal_reply(changed)
    refused = new_faults(document, changed)
    if refused is not None:
        return refused
    if changed == document:
        return None
    saved = save(changed, document.name, document.sha256, locked=locked)
    if isinstance(saved, Changed | Busy):
        return Overtaken(*refusal_reply(saved))
    return refusal_reply(saved) if isinstance(saved, Refusal) else None


def new_faults(document: Document, changed: Document) -> Reply | None:
    """The reply that a change would bring a fault into the plan, or None."""
    before = {fault for fault, _ in document.found}
    new = [located for located in changed.faults if located.fault not in before]
    if new:
        return Reply(
            err=f"{rendered(new)}roadmap: not written, for it would bring a fault in\n",
            code=REFUSED,
        )
    return None


def refusal_reply(refusal: Refusal) -> Reply:
    """The reply that nothing was written, and why."""
    reasons: Sequence[str] = [refusal.text, refusal.remedy] if refusal.remedy else [refusal.text]
    return Reply(err=printable(f"roadmap: not written: {'; '.join(reasons)}") + "\n", code=REFUSED)
