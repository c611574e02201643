"""`roadmap rename`: another id, or another track."""

from roadmap_tui.answers.data import answer_envelope, to_json
from roadmap_tui.cli.file_edits import WriteOptions, apply_and_save, open_item, retry_on_change
from roadmap_tui.cli.reply import Reply
from roadmap_tui.document.edits import RenameItem
from roadmap_tui.document.item_rename import item_mentions
from roadmap_tui.plan.faults import format_path
from roadmap_tui.text.terminal_text import escape_control


@retry_on_change
def answer(file: str, old: str, new: str, terms: WriteOptions, as_json: bool) -> Reply:
    """What was renamed, or why nothing was."""
    opened = open_item(file, terms.sha256, old)
    if isinstance(opened, Reply):
        return opened
    document, item = opened
    track, _, name = new.rpartition(".")
    to = (track or item[0], name)
    followed = (
        [format_path(path) for path, _ in item_mentions(document.data, item[1])]
        if name != item[1]
        else []
    )
    refused = apply_and_save(document, RenameItem(item[1], *to), locked=terms.locked)
    if refused is not None:
        return refused
    changed = (
        None
        if to == item
        else {"path": format_path(item), "old": format_path(item), "new": format_path(to)}
    )
    if as_json:
        return Reply(
            to_json(answer_envelope("rename", file=file, changed=changed, mentions=followed))
        )
    if changed is None:
        return Reply(escape_control(f"{file}: {format_path(item)} is called so already") + "\n")
    also = f", and in {', '.join(followed)}" if followed else ""
    return Reply(escape_control(f"{file}: {format_path(item)} → {format_path(to)}{also}") + "\n")
