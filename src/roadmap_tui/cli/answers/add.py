"""`roadmap add`: a new item."""

from roadmap_tui.cli.changing import WriteTerms, change, open_to_change, retried, value_of
from roadmap_tui.cli.reply import Reply
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import AddItem
from roadmap_tui.plan.faults import spell_path
from roadmap_tui.plan.roadmap import title_of
from roadmap_tui.report.data import envelope, to_json


@retried
def answer(
    file: str,
    track: str,
    name: str,
    terms: WriteTerms,
    as_json: bool,
    **given: str | tuple[str, ...] | None,
) -> Reply:
    """What was added, or why nothing was.

    Args:
        file: where to.
        track: product, model or spike.
        name: its id.
        terms: on what terms it writes.
        as_json: whether to answer as JSON.
        given: title, effort and needs, as typed.
    """
    document = open_to_change(file, terms.sha256)
    if isinstance(document, Reply):
        return document
    values = {field: _value(field, typed) for field, typed in given.items() if typed}
    refused = change(document, AddItem(track, name, values), locked=terms.locked)
    if refused is not None:
        return refused
    path = spell_path((track, name))
    if as_json:
        return Reply(
            to_json(envelope("add", file=file, changed={"path": path, "old": None, "new": values}))
        )
    return Reply(
        printable(f"{file}: added {path}, {title_of(name, str(values.get('title', '')))}") + "\n"
    )


def _value(field: str, typed: str | tuple[str, ...]) -> object:
    """The value of a field; needs may be told one by one or with commas."""
    if isinstance(typed, tuple):
        return [each.strip() for need in typed for each in need.split(",") if each.strip()]
    return value_of(typed) if field == "effort" else typed
