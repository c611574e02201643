"""`roadmap fmt`: the canonical form."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from roadmap_tui.answers.edits import FmtAnswer, FormattedFile
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.file_edits import open_for_edit, open_for_upgrade, rejected_reply
from roadmap_tui.cli.reply import FINDINGS_FOUND, SUCCESS, UNREADABLE, Reply
from roadmap_tui.cli.source import render_faults
from roadmap_tui.document.canonical import canonicalize
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.upgrade import upgrade_document
from roadmap_tui.storage.save import save_document
from roadmap_tui.text.terminal_text import escape_control

FormatOutcome: TypeAlias = Literal["unchanged", "changed", "would change"]
_OUTCOME_TEXTS: dict[FormatOutcome, str] = {
    "unchanged": "is in order already",
    "changed": "put in order",
    "would change": "is not in order",
}


def fmt_reply(files: tuple[str, ...], *, check: bool, upgrade: bool, as_json: bool) -> Reply:
    """Format the files; the first that can't be written ends the command."""
    outcomes: dict[str, FormatOutcome] = {}
    for file in files:
        outcome = _format_file(file, check=check, upgrade=upgrade)
        if isinstance(outcome, Reply):
            before = "" if as_json else _outcome_lines(outcomes)
            return outcome._replace(err=before + outcome.err)
        outcomes[file] = outcome
    code = FINDINGS_FOUND if "would change" in outcomes.values() else SUCCESS
    if as_json:
        listed = [
            FormattedFile(file=file, changed=outcome != "unchanged")
            for file, outcome in outcomes.items()
        ]
        return Reply(to_json(FmtAnswer.read(written=not check, files=listed)), code=code)
    return Reply(_outcome_lines(outcomes), code=code)


def _outcome_lines(outcomes: Mapping[str, FormatOutcome]) -> str:
    return "".join(
        escape_control(f"{file}: {_OUTCOME_TEXTS[outcome]}") + "\n"
        for file, outcome in outcomes.items()
    )


def _format_file(file: str, *, check: bool, upgrade: bool) -> FormatOutcome | Reply:
    document = open_for_upgrade(file) if upgrade else open_for_edit(file, None)
    if isinstance(document, Reply):
        return document
    ordered = _canonical_form(document, upgrade=upgrade)
    if isinstance(ordered, Reply):
        return ordered
    if ordered.raw == document.raw:
        return "unchanged"
    if check:
        return "would change"
    saved = save_document(ordered, file, document.sha256)
    return rejected_reply(saved) if isinstance(saved, EditRejected) else "changed"


def _canonical_form(document: Document, *, upgrade: bool) -> Document | Reply:
    """The document in canonical form and, if requested, in the newest format."""
    current = upgrade_document(document) if upgrade else document
    if isinstance(current, EditRejected):
        return rejected_reply(current)
    if current.plan is None:
        return Reply(err=render_faults(current.faults), code=UNREADABLE)
    ordered = canonicalize(current)
    return rejected_reply(ordered) if isinstance(ordered, EditRejected) else ordered
