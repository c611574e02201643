"""`roadmap new`: a new file from a template."""

import datetime as dt

from roadmap_tui.answers.data import answer_envelope, to_json
from roadmap_tui.cli.file_edits import rejected_reply
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.cli.source import STDIN, render_faults
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.reader import read_document
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.storage.save import save_document
from roadmap_tui.storage.templates import dated_template_text, load_templates
from roadmap_tui.text.terminal_text import escape_control


def answer(file: str, template: str, as_of: dt.date | None, as_json: bool) -> Reply:
    """What was written, or why nothing was."""
    if file == STDIN:
        return usage_error("a new roadmap needs a name: roadmap new FILE")
    known = {each.name: each for each in load_templates()}
    if template not in known:
        there = did_you_mean(template, known) or f"there is {', '.join(known)}"
        return usage_error(f"no template {escape_control(template)}; {there}")
    text = dated_template_text(known[template], as_of or dt.date.today())
    document = read_document(text.encode(), file)
    if document.faults:
        text = (
            f"the template's days would not fit into the calendar\n{render_faults(document.faults)}"
        )
        return usage_error(f"{text}roadmap: not written; take an --as-of nearer to today")
    saved = save_document(document, file, None)
    if isinstance(saved, EditRejected):
        return rejected_reply(saved)
    count = len(document.plan.items) if document.plan else 0
    if as_json:
        return Reply(to_json(answer_envelope("new", file=file, template=template, items=count)))
    told = (
        f"{file}: {count} items from {template}; its numbers are marked ~ until they are yours:"
        f" roadmap {file}"
    )
    return Reply(escape_control(told) + "\n")
