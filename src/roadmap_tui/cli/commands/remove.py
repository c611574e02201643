"""`roadmap remove`: take an item out."""

from roadmap_tui.answers.data import answer_envelope, to_json
from roadmap_tui.cli.file_edits import WriteOptions, apply_and_save, open_item, retry_on_change
from roadmap_tui.cli.reply import REFUSED, Reply
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import RemoveItem
from roadmap_tui.document.item_rename import item_mentions
from roadmap_tui.document.values import get_at
from roadmap_tui.plan.faults import format_path
from roadmap_tui.text.terminal_text import escape_control


@retry_on_change
def answer(file: str, name: str, mentions: bool, terms: WriteOptions, as_json: bool) -> Reply:
    """What was removed, or why nothing was."""
    opened = open_item(file, terms.sha256, name)
    if isinstance(opened, Reply):
        return opened
    document, item = opened
    named = _references(document, item)
    if named and not mentions:
        text = (
            f"not written: {item[1]} is named by {', '.join(named)}; with --mentions it goes from"
            " there too"
        )
        return Reply(err=escape_control(f"roadmap: {text}") + "\n", code=REFUSED)
    old = get_at(document.data, item)
    refused = apply_and_save(document, RemoveItem(item[1], mentions), locked=terms.locked)
    if refused is not None:
        return refused
    if as_json:
        changed = {"path": format_path(item), "old": old, "new": None}
        return Reply(to_json(answer_envelope("remove", file=file, changed=changed, mentions=named)))
    also = f", also from {', '.join(named)}" if named else ""
    return Reply(escape_control(f"{file}: removed {format_path(item)}{also}") + "\n")


def _references(document: Document, item: tuple[str, str]) -> list[str]:
    """Where other items name this one."""
    own = (path for path, _ in item_mentions(document.data, item[1]) if path[:2] != item)
    return list(dict.fromkeys(format_path(path[: _field_path(path)]) for path in own))


def _field_path(path: tuple[str | int, ...]) -> int:
    """How much of a path names the field."""
    return next((at for at, step in enumerate(path) if isinstance(step, int)), len(path))
