"""Changing a file from the command line: the edit, its check, and the save."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from random import SystemRandom
from typing import Any, TypeAlias, TypeVar

import tomli
from filelock import Timeout

from roadmap_tui.cli.field_paths import resolve_field, resolve_item
from roadmap_tui.cli.reply import REFUSED, UNREADABLE, Reply, usage_error
from roadmap_tui.cli.source import STDIN, read_plan_file, read_source, render_faults
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import Edit, EditRejected, apply_edits
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.storage.load import Unreadable
from roadmap_tui.storage.save import ChangedOnDisk, LockedByOther, file_lock, save_document
from roadmap_tui.text.terminal_text import escape_control

_Target = TypeVar("_Target", KeyPath, tuple[str, str])
_EditCommand: TypeAlias = Callable[..., Reply]
_MAX_RETRIES = 10
_LOCK_TIMEOUT = 60.0
"""How many seconds a retry waits for its turn, while others write the same file."""
_MAX_PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """On what terms a command writes.

    Attributes:
        sha256: the hash that the file must have; None if any.
        locked: whether the file's lock is held.
    """

    sha256: str | None
    locked: bool


class ChangedMeanwhile(Reply):
    """The reply that nothing was written, because the file changed after it was read."""


def retry_on_change(answer: _EditCommand) -> _EditCommand:
    """Let a command that changes a file start over where another program changed the file at the same time.

    The first attempt works without a lock. Later ones read and write while they hold the file's lock, so that no other
    roadmap program comes between. Where a hash of the file was given, nothing is retried: the decision rests on it.
    """

    @wraps(answer)
    def answer_with_retries(*, file: str, sha256: str | None, **given: Any) -> Reply:
        reply = answer(file=file, terms=WriteOptions(sha256, locked=False), **given)
        for _ in range(_MAX_RETRIES):
            if sha256 is not None or not isinstance(reply, ChangedMeanwhile):
                break
            time.sleep(SystemRandom().uniform(0, _MAX_PAUSE))  # so that writers don't meet again
            try:
                with file_lock(file, _LOCK_TIMEOUT):
                    reply = answer(file=file, terms=WriteOptions(None, locked=True), **given)
            except Timeout:
                break
        return reply

    return answer_with_retries


def parse_value(text: str) -> object:
    """The TOML value that was typed; what is none is text as it stands."""
    try:
        read = tomli.loads(f"value = [{text}]")
    except (ValueError, RecursionError):
        return text
    values = read["value"]
    return values[0] if read.keys() == {"value"} and len(values) == 1 else text


def open_for_edit(file: str, sha256: str | None) -> Document | Reply:
    """The document to change, or the reply that it can't be.

    Args:
        file: where it is.
        sha256: the hash of its bytes as they were when somebody decided on the change; None if nobody says.
    """
    if file == STDIN:
        return usage_error("standard input can't be changed; name a file")
    found = read_plan_file(file)
    if isinstance(found, Reply):
        return found
    if sha256 is not None and found[0].sha256 != sha256.lower():
        return rejected_reply(
            EditRejected(
                f"{file} is not the one with that sha256 any more", "read it again, and decide anew"
            )
        )
    return found[0]


def open_for_upgrade(file: str) -> Document | Reply:
    """The document to upgrade, whether it makes a plan yet or not, or the reply that it can't be."""
    if file == STDIN:
        return usage_error("standard input can't be changed; name a file")
    found = read_source(file)
    if isinstance(found, Unreadable):
        return Reply(err=f"{found.text}\n", code=UNREADABLE)
    return found


def open_field(file: str, sha256: str | None, path: str) -> tuple[Document, KeyPath] | Reply:
    """The document to change and the place of a field in it, or the reply that there is none."""
    return _open_target(file, sha256, lambda document: resolve_field(document, path))


def open_item(file: str, sha256: str | None, name: str) -> tuple[Document, tuple[str, str]] | Reply:
    """The document to change and the track and id of an item in it, or the reply that there is none."""
    return _open_target(file, sha256, lambda document: resolve_item(document, name))


def _open_target(
    file: str, sha256: str | None, find: Callable[[Document], _Target | str]
) -> tuple[Document, _Target] | Reply:
    document = open_for_edit(file, sha256)
    if isinstance(document, Reply):
        return document
    found = find(document)
    return usage_error(found) if isinstance(found, str) else (document, found)


def apply_and_save(document: Document, *edits: Edit, locked: bool = False) -> Reply | None:
    """Make edits, all or none, and save; the reply that this was refused, or None.

    What brings a fault into the plan is refused; faults that were there before are let be.

    Args:
        document: as it was read.
        edits: what is changed in it.
        locked: whether the file's lock is held.
    """
    changed = apply_edits(document, *edits)
    if isinstance(changed, EditRejected):
        return rejected_reply(changed)
    refused = new_faults_reply(document, changed)
    if refused is not None:
        return refused
    if changed == document:
        return None
    saved = save_document(changed, document.name, document.sha256, is_locked=locked)
    if isinstance(saved, ChangedOnDisk | LockedByOther):
        return ChangedMeanwhile(*rejected_reply(saved))
    return rejected_reply(saved) if isinstance(saved, EditRejected) else None


def new_faults_reply(document: Document, changed: Document) -> Reply | None:
    """The reply that a change would bring a fault into the plan, or None."""
    before = {fault for fault, _ in document.unlocated_faults}
    new = [located for located in changed.faults if located.fault not in before]
    if new:
        return Reply(
            err=f"{render_faults(new)}roadmap: not written, for it would bring a fault in\n",
            code=REFUSED,
        )
    return None


def rejected_reply(refusal: EditRejected) -> Reply:
    """The reply that nothing was written, and why."""
    reasons: Sequence[str] = [refusal.text, refusal.remedy] if refusal.remedy else [refusal.text]
    return Reply(
        err=escape_control(f"roadmap: not written: {'; '.join(reasons)}") + "\n", code=REFUSED
    )
