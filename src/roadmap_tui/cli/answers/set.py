"""`roadmap set`: change one field."""

from roadmap_tui.cli.changing import WriteTerms, change, open_field, retried, value_of
from roadmap_tui.cli.reply import Reply
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import SetValue
from roadmap_tui.files.spell import spell_value
from roadmap_tui.files.values import lookup, same
from roadmap_tui.plan.faults import spell_path
from roadmap_tui.report.data import envelope, to_json


@retried
def answer(file: str, path: str, value: str, terms: WriteTerms, as_json: bool) -> Reply:
    """What was changed, or why nothing was."""
    opened = open_field(file, terms.sha256, path)
    if isinstance(opened, Reply):
        return opened
    document, place = opened
    old, new = lookup(document.data, place), value_of(value)
    refused = change(document, SetValue(place, new), locked=terms.locked)
    if refused is not None:
        return refused
    guesses = lookup(document.data, (*place[:2], "guesses"))
    was_guess = isinstance(guesses, list) and place[-1] in guesses
    if as_json:
        changed = {"path": spell_path(place), "old": old, "new": new}
        return Reply(
            to_json(
                envelope(
                    "set", file=file, changed=None if same(old, new) and not was_guess else changed
                )
            )
        )
    vouched = ", and no guess any more" if was_guess else ""
    return Reply(printable(f"{file}: {path} {_told(old, new)}{vouched}") + "\n")


def _told(old: object | None, new: object) -> str:
    if same(old, new):
        return f"is {spell_value(new)} already"
    return f"{'(not set)' if old is None else spell_value(old)} → {spell_value(new)}"
