"""`roadmap set`: change one field."""

from roadmap_tui.answers.data import answer_envelope, to_json
from roadmap_tui.cli.file_edits import (
    WriteOptions,
    apply_and_save,
    open_field,
    parse_value,
    retry_on_change,
)
from roadmap_tui.cli.reply import Reply
from roadmap_tui.document.edits import SetValue
from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import get_at, is_same_value
from roadmap_tui.plan.faults import format_path
from roadmap_tui.text.terminal_text import escape_control


@retry_on_change
def answer(file: str, path: str, value: str, terms: WriteOptions, as_json: bool) -> Reply:
    """What was changed, or why nothing was."""
    opened = open_field(file, terms.sha256, path)
    if isinstance(opened, Reply):
        return opened
    document, place = opened
    old, new = get_at(document.data, place), parse_value(value)
    refused = apply_and_save(document, SetValue(place, new), locked=terms.locked)
    if refused is not None:
        return refused
    guesses = get_at(document.data, (*place[:2], "guesses"))
    was_guess = isinstance(guesses, list) and place[-1] in guesses
    if as_json:
        changed = {"path": format_path(place), "old": old, "new": new}
        return Reply(
            to_json(
                answer_envelope(
                    "set",
                    file=file,
                    changed=None if is_same_value(old, new) and not was_guess else changed,
                )
            )
        )
    vouched = ", and no guess any more" if was_guess else ""
    return Reply(escape_control(f"{file}: {path} {_change_text(old, new)}{vouched}") + "\n")


def _change_text(old: object | None, new: object) -> str:
    if is_same_value(old, new):
        return f"is {serialize_value(new)} already"
    return f"{'(not set)' if old is None else serialize_value(old)} → {serialize_value(new)}"
