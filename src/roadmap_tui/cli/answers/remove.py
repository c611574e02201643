"""`roadmap remove`: take an item out."""

from roadmap_tui.cli.changing import WriteTerms, change, open_item, retried
from roadmap_tui.cli.reply import REFUSED, Reply
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import RemoveItem
from roadmap_tui.files.renaming import mentions
from roadmap_tui.files.values import lookup
from roadmap_tui.plan.faults import spell_path
from roadmap_tui.report.data import envelope, to_json


@retried
def answer(file: str, name: str, mentions: bool, terms: WriteTerms, as_json: bool) -> Reply:
    """What was removed, or why nothing was."""
    opened = open_item(file, terms.sha256, name)
    if isinstance(opened, Reply):
        return opened
    document, item = opened
    named = _named_by(document, item)
    if named and not mentions:
        text = (
            f"not written: {item[1]} is named by {', '.join(named)}; with --mentions it goes from"
            " there too"
        )
        return Reply(err=printable(f"roadmap: {text}") + "\n", code=REFUSED)
    old = lookup(document.data, item)
    refused = change(document, RemoveItem(item[1], mentions), locked=terms.locked)
    if refused is not None:
        return refused
    if as_json:
        changed = {"path": spell_path(item), "old": old, "new": None}
        return Reply(to_json(envelope("remove", file=file, changed=changed, mentions=named)))
    also = f", also from {', '.join(named)}" if named else ""
    return Reply(printable(f"{file}: removed {spell_path(item)}{also}") + "\n")


def _named_by(document: Document, item: tuple[str, str]) -> list[str]:
    """Where other items name this one."""
    own = (path for path, _ in mentions(document.data, item[1]) if path[:2] != item)
    return list(dict.fromkeys(spell_path(path[: _field(path)]) for path in own))


def _field(path: tuple[str | int, ...]) -> int:
    """How much of a path names the field."""
    return next((at for at, step in enumerate(path) if isinstance(step, int)), len(path))
