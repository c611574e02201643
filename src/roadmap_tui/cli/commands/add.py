"""`roadmap add`: a new item."""

from roadmap_tui.answers.data import answer_envelope, to_json
from roadmap_tui.cli.file_edits import (
    WriteOptions,
    apply_and_save,
    open_for_edit,
    parse_value,
    retry_on_change,
)
from roadmap_tui.cli.reply import Reply
from roadmap_tui.document.edits import AddItem
from roadmap_tui.plan.faults import format_path
from roadmap_tui.plan.roadmap import display_title
from roadmap_tui.text.terminal_text import escape_control


@retry_on_change
def answer(
    file: str,
    track: str,
    name: str,
    terms: WriteOptions,
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
    document = open_for_edit(file, terms.sha256)
    if isinstance(document, Reply):
        return document
    values = {field: _parse_field(field, typed) for field, typed in given.items() if typed}
    refused = apply_and_save(document, AddItem(track, name, values), locked=terms.locked)
    if refused is not None:
        return refused
    path = format_path((track, name))
    if as_json:
        return Reply(
            to_json(
                answer_envelope(
                    "add", file=file, changed={"path": path, "old": None, "new": values}
                )
            )
        )
    return Reply(
        escape_control(f"{file}: added {path}, {display_title(name, str(values.get('title', '')))}")
        + "\n"
    )


def _parse_field(field: str, typed: str | tuple[str, ...]) -> object:
    """The value of a field; needs may be told one by one or with commas."""
    if isinstance(typed, tuple):
        return [each.strip() for need in typed for each in need.split(",") if each.strip()]
    return parse_value(typed) if field == "effort" else typed
