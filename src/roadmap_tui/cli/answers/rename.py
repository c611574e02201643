"""`roadmap rename`: another id, or another track."""

from roadmap_tui.cli.changing import WriteTerms, change, open_item, retried
from roadmap_tui.cli.reply import Reply
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import RenameItem
from roadmap_tui.files.renaming import mentions
from roadmap_tui.plan.faults import spell_path
from roadmap_tui.report.data import envelope, to_json


@retried
def answer(file: str, old: str, new: str, terms: WriteTerms, as_json: bool) -> Reply:
    """What was renamed, or why nothing was."""
    opened = open_item(file, terms.sha256, old)
    if isinstance(opened, Reply):
        return opened
    document, item = opened
    track, _, name = new.rpartition(".")
    to = (track or item[0], name)
    followed = (
        [spell_path(path) for path, _ in mentions(document.data, item[1])]
        if name != item[1]
        else []
    )
    refused = change(document, RenameItem(item[1], *to), locked=terms.locked)
    if refused is not None:
        return refused
    changed = (
        None
        if to == item
        else {"path": spell_path(item), "old": spell_path(item), "new": spell_path(to)}
    )
    if as_json:
        return Reply(to_json(envelope("rename", file=file, changed=changed, mentions=followed)))
    if changed is None:
        return Reply(printable(f"{file}: {spell_path(item)} is called so already") + "\n")
    also = f", and in {', '.join(followed)}" if followed else ""
    return Reply(printable(f"{file}: {spell_path(item)} → {spell_path(to)}{also}") + "\n")
