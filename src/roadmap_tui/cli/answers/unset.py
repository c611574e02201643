"""`roadmap unset`: take one field out."""

from roadmap_tui.cli.changing import WriteTerms, change, open_field, retried
from roadmap_tui.cli.reply import Reply, wrong_use
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import Unset
from roadmap_tui.files.spell import spell_value
from roadmap_tui.files.values import lookup
from roadmap_tui.plan.faults import did_you_mean, spell_path
from roadmap_tui.report.data import envelope, to_json


@retried
def answer(file: str, path: str, terms: WriteTerms, as_json: bool) -> Reply:
    """What was taken out, or why nothing was."""
    opened = open_field(file, terms.sha256, path)
    if isinstance(opened, Reply):
        return opened
    document, place = opened
    old = lookup(document.data, place)
    if old is None:
        around = lookup(document.data, place[:-1])
        suggestion = did_you_mean(str(place[-1]), around) if isinstance(around, dict) else ""
        return wrong_use(
            printable(f"{path} is not set") + (f"; {suggestion}" if suggestion else "")
        )
    refused = change(document, Unset(place), locked=terms.locked)
    if refused is not None:
        return refused
    if as_json:
        return Reply(
            to_json(
                envelope(
                    "unset", file=file, changed={"path": spell_path(place), "old": old, "new": None}
                )
            )
        )
    return Reply(printable(f"{file}: {path} {spell_value(old)} → (not set)") + "\n")
