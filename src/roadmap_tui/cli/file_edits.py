"""Change a file from the command line: the edit, its validation, and the save."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from random import SystemRandom
from typing import TypeVar

import tomli
from filelock import Timeout

from roadmap_tui.cli.field_paths import resolve_field, resolve_item
from roadmap_tui.cli.reply import REFUSED, UNREADABLE, Reply, usage_error
from roadmap_tui.cli.source import STDIN, read_plan_file, read_source, render_faults
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import Edit, EditRejected, apply_edits
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.table_keys import field_doc_at, number_kind_at
from roadmap_tui.storage.load import Unreadable
from roadmap_tui.storage.save import ChangedOnDisk, LockedByOther, file_lock, save_document
from roadmap_tui.text.number_grammar import NumberFault
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.text.typed_numbers import read_typed

_Target = TypeVar("_Target", KeyPath, tuple[str, str])
_MAX_RETRIES = 10
_LOCK_TIMEOUT = 60.0
"""Seconds that a retry waits for the lock while others write the same file."""
_MAX_PAUSE = 0.2


@dataclass(frozen=True, slots=True)
class WriteOptions:
    """The conditions under which a command writes.

    Attributes:
        sha256: the hash that the file must have; None if any.
        locked: whether the file's lock is held.
    """

    sha256: str | None
    locked: bool


class ChangedMeanwhile(Reply):
    """The reply that nothing was written, because the file changed after it was read."""


def with_retries(file: str, sha256: str | None, attempt: Callable[[WriteOptions], Reply]) -> Reply:
    """Run `attempt`, and again if another program changed the file at the same time.

    The first attempt takes no lock. Later ones read and write while they hold the file's lock, so
    that no other roadmap program comes between. With a hash nothing is retried: the user's
    decision rests on that version of the file.
    """
    reply = attempt(WriteOptions(sha256, locked=False))
    if sha256 is not None:
        return reply
    for _ in range(_MAX_RETRIES):
        if not isinstance(reply, ChangedMeanwhile):
            break
        # a random pause, so that competing writers don't meet again
        time.sleep(SystemRandom().uniform(0, _MAX_PAUSE))
        try:
            with file_lock(file, _LOCK_TIMEOUT):
                reply = attempt(WriteOptions(None, locked=True))
        except Timeout:
            break
    return reply


def parse_value(text: str, place: KeyPath) -> object | NumberFault:
    """The value that `text` spells in TOML, or else a typed number, or else the text itself.

    Args:
        text: what was typed.
        place: the field that it is for. Where that holds a number, what isn't TOML is read by the
            grammar of typed numbers.
    """
    try:
        data = tomli.loads(f"value = [{text}]")
    except (ValueError, RecursionError):
        return _parse_number(text, place)
    values = data["value"]
    is_one = data.keys() == {"value"} and len(values) == 1
    return values[0] if is_one else _parse_number(text, place)


def _parse_number(text: str, place: KeyPath) -> object | NumberFault:
    place = place[2:] if place[0] == "scenario" else place
    kind, doc = number_kind_at(place), field_doc_at(place)
    if kind is None:
        return text
    value = read_typed(text, kind, doc.unit if doc else "")
    is_word = not any(character.isdigit() for character in text)
    # the plan's own fault on a word that is no number names its place in the file
    return text if isinstance(value, NumberFault) and is_word else value


def typed_value_reply(path: str, fault: NumberFault) -> Reply:
    """The reply that a typed number can't be stored."""
    return rejected_reply(EditRejected(f"{path}: {fault.problem}", fault.remedy))


def open_for_edit(file: str, sha256: str | None) -> Document | Reply:
    """The document to change, or the reply that it can't be changed.

    Args:
        file: the path.
        sha256: the hash that its bytes must have; None for any.
    """
    if file == STDIN:
        return usage_error("standard input can't be changed; name a file")
    found = read_plan_file(file)
    if isinstance(found, Reply):
        return found
    document, _ = found
    if sha256 is not None and document.sha256 != sha256.lower():
        return rejected_reply(
            EditRejected(
                f"{file} is not the one with that sha256 any more",
                "read it again, and decide again",
            )
        )
    return document


def open_for_upgrade(file: str) -> Document | Reply:
    """The document to upgrade, even without a valid plan, or the reply that it can't be read."""
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
    """The document to change and an item's track and id, or the reply that there is none."""
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
    """Apply all edits or none, and save; the reply that this was rejected, or None.

    Edits that bring a new fault into the plan are rejected; faults that were there before are
    left alone.

    Args:
        document: as it was read.
        edits: what is changed in it.
        locked: whether the file's lock is held.
    """
    changed = apply_edits(document, *edits)
    if isinstance(changed, EditRejected):
        return rejected_reply(changed)
    rejected = new_faults_reply(document, changed)
    if rejected is not None:
        return rejected
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
    if not new:
        return None
    text = f"{render_faults(new)}roadmap: not written, for it would bring a fault in\n"
    return Reply(err=text, code=REFUSED)


def rejected_reply(refusal: EditRejected) -> Reply:
    """The reply that nothing was written, and why."""
    reasons = [each for each in (refusal.text, refusal.remedy) if each]
    return Reply(
        err=escape_control(f"roadmap: not written: {'; '.join(reasons)}") + "\n", code=REFUSED
    )
