"""`roadmap set` and `roadmap unset`: one field of a file."""

from roadmap_tui.answers.edits import ChangedValue, SetAnswer, UnsetAnswer
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.file_edits import (
    WriteOptions,
    apply_and_save,
    open_field,
    parse_value,
    typed_value_reply,
    with_retries,
)
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import SetValue, Unset
from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import get_at, is_same_value
from roadmap_tui.plan.faults import KeyPath, did_you_mean, format_path
from roadmap_tui.text.number_grammar import NumberFault
from roadmap_tui.text.stored_value import unusual_impact
from roadmap_tui.text.terminal_text import escape_control


def set_reply(file: str, path: str, value: str, *, sha256: str | None, as_json: bool) -> Reply:
    """Set a field to the value that was typed."""

    def attempt(write: WriteOptions) -> Reply:
        opened = open_field(file, write.sha256, path)
        if isinstance(opened, Reply):
            return opened
        document, place = opened
        new = parse_value(value, place)
        if isinstance(new, NumberFault):
            return typed_value_reply(path, new)
        rejected = apply_and_save(document, SetValue(place, new), locked=write.locked)
        if rejected is not None:
            return rejected
        return _set_result(document, place, path, new, as_json=as_json)

    return with_retries(file, sha256, attempt)


def unset_reply(file: str, path: str, *, sha256: str | None, as_json: bool) -> Reply:
    """Remove a field."""

    def attempt(write: WriteOptions) -> Reply:
        opened = open_field(file, write.sha256, path)
        if isinstance(opened, Reply):
            return opened
        document, place = opened
        old = get_at(document.data, place)
        if old is None:
            return _not_set(document, place, path)
        rejected = apply_and_save(document, Unset(place), locked=write.locked)
        if rejected is not None:
            return rejected
        if as_json:
            changed = ChangedValue(path=format_path(place), old=old, new=None)
            return Reply(to_json(UnsetAnswer.read(file=file, changed=changed)))
        return Reply(escape_control(f"{file}: {path} {serialize_value(old)} → (not set)") + "\n")

    return with_retries(file, sha256, attempt)


def _set_result(
    document: Document, place: KeyPath, path: str, new: object, *, as_json: bool
) -> Reply:
    """The reply to a field that was set; `document` is the one before."""
    file, old = document.name, get_at(document.data, place)
    guesses = get_at(document.data, (*place[:2], "guesses"))
    was_guess = isinstance(guesses, list) and place[-1] in guesses
    if as_json:
        changed = ChangedValue(path=format_path(place), old=old, new=new)
        is_unchanged = is_same_value(old, new) and not was_guess
        answer = SetAnswer.read(file=file, changed=None if is_unchanged else changed)
        return Reply(to_json(answer))
    suffix = ", and no guess any more" if was_guess else ""
    remark = unusual_impact(new) if place[-1] == "impact" else ""
    suffix += f"; {remark}" if remark else ""
    return Reply(escape_control(f"{file}: {path} {_change_text(old, new)}{suffix}") + "\n")


def _change_text(old: object | None, new: object) -> str:
    if is_same_value(old, new):
        return f"is {serialize_value(new)} already"
    before = "(not set)" if old is None else serialize_value(old)
    return f"{before} → {serialize_value(new)}"


def _not_set(document: Document, place: KeyPath, path: str) -> Reply:
    siblings = get_at(document.data, place[:-1])
    known = siblings if isinstance(siblings, dict) else ()
    hint = did_you_mean(str(place[-1]), known)
    return usage_error(escape_control(f"{path} is not set"), hint)
