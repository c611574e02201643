"""`roadmap unset`: take one field out."""

from roadmap_tui.answers.data import answer_envelope, to_json
from roadmap_tui.cli.file_edits import WriteOptions, apply_and_save, open_field, retry_on_change
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.document.edits import Unset
from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import get_at
from roadmap_tui.plan.faults import did_you_mean, format_path
from roadmap_tui.text.terminal_text import escape_control


@retry_on_change
def answer(file: str, path: str, terms: WriteOptions, as_json: bool) -> Reply:
    """What was taken out, or why nothing was."""
    opened = open_field(file, terms.sha256, path)
    if isinstance(opened, Reply):
        return opened
    document, place = opened
    old = get_at(document.data, place)
    if old is None:
        around = get_at(document.data, place[:-1])
        suggestion = did_you_mean(str(place[-1]), around) if isinstance(around, dict) else ""
        return usage_error(
            escape_control(f"{path} is not set") + (f"; {suggestion}" if suggestion else "")
        )
    refused = apply_and_save(document, Unset(place), locked=terms.locked)
    if refused is not None:
        return refused
    if as_json:
        return Reply(
            to_json(
                answer_envelope(
                    "unset",
                    file=file,
                    changed={"path": format_path(place), "old": old, "new": None},
                )
            )
        )
    return Reply(escape_control(f"{file}: {path} {serialize_value(old)} → (not set)") + "\n")
