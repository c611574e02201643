"""`roadmap new`: a new file from a template."""

import datetime as dt

from roadmap_tui.cli.changing import refusal_reply
from roadmap_tui.cli.reply import Reply, wrong_use
from roadmap_tui.cli.source import STDIN, rendered
from roadmap_tui.files.display import printable
from roadmap_tui.files.edits import Refusal
from roadmap_tui.files.reader import read
from roadmap_tui.files.save import save
from roadmap_tui.files.templates import templates, text_for
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.report.data import envelope, to_json


def answer(file: str, template: str, as_of: dt.date | None, as_json: bool) -> Reply:
    """What was written, or why nothing was."""
    if file == STDIN:
        return wrong_use("a new roadmap needs a name: roadmap new FILE")
    known = {each.name: each for each in templates()}
    if template not in known:
        there = did_you_mean(template, known) or f"there is {', '.join(known)}"
        return wrong_use(f"no template {printable(template)}; {there}")
    text = text_for(known[template], as_of or dt.date.today())
    document = read(text.encode(), file)
    if document.faults:
        text = f"the template's days would not fit into the calendar\n{rendered(document.faults)}"
        return wrong_use(f"{text}roadmap: not written; take an --as-of nearer to today")
    saved = save(document, file, None)
    if isinstance(saved, Refusal):
        return refusal_reply(saved)
    count = len(document.plan.items) if document.plan else 0
    if as_json:
        return Reply(to_json(envelope("new", file=file, template=template, items=count)))
    told = (
        f"{file}: {count} items from {template}; its numbers are marked ~ until they are yours:"
        f" roadmap {file}"
    )
    return Reply(printable(told) + "\n")
