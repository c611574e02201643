"""`roadmap templates` and `roadmap new`."""

import datetime as dt
from collections.abc import Iterator

from roadmap_tui.answers.edits import NewAnswer, TemplateRow, TemplatesAnswer
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.file_edits import rejected_reply
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.cli.source import STDIN, render_faults
from roadmap_tui.cli.table import bold, wrap_text
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.reader import read_document
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.storage.save import save_document
from roadmap_tui.storage.templates import Template, dated_template_text, load_templates
from roadmap_tui.text.terminal_text import escape_control


def templates_reply(*, as_json: bool) -> Reply:
    """List the templates with what each is for."""
    if as_json:
        listed = [TemplateRow.read(each, items=_item_count(each)) for each in load_templates()]
        return Reply(to_json(TemplatesAnswer.read(templates=listed)))
    return Reply("\n".join(_template_lines()) + "\n")


def new_reply(file: str, template: str, as_of: dt.date | None, *, as_json: bool) -> Reply:
    """Write a new roadmap from a template, with its dates moved to `as_of` or today."""
    if file == STDIN:
        return usage_error("a new roadmap needs a name: roadmap new FILE")
    known = {each.name: each for each in load_templates()}
    if template not in known:
        hint = did_you_mean(template, known) or f"there is {', '.join(known)}"
        return usage_error(f"no template {escape_control(template)}; {hint}")
    document = read_document(
        dated_template_text(known[template], as_of or dt.date.today()).encode(), file
    )
    if document.faults:
        faults = render_faults(document.faults)
        return usage_error(
            f"the template's days would not fit into the calendar\n{faults}"
            "roadmap: not written; take an --as-of nearer to today"
        )
    saved = save_document(document, file, None)
    if isinstance(saved, EditRejected):
        return rejected_reply(saved)
    count = len(document.plan.items) if document.plan else 0
    if as_json:
        return Reply(to_json(NewAnswer.read(file=file, template=template, items=count)))
    text = (
        f"{file}: {count} items from {template}; its numbers are marked ~ until they are yours:"
        f" roadmap {file}"
    )
    return Reply(escape_control(text) + "\n")


def _item_count(template: Template) -> int:
    plan = read_document(template.text.encode(), template.name).plan
    return len(plan.items) if plan else 0


def _template_lines() -> Iterator[str]:
    for each in load_templates():
        yield f"{bold(each.name)}, {_item_count(each)} items"
        yield from wrap_text(each.about, indent="  ", hang="  ")
    yield ""
    yield "Begin with one: roadmap new FILE --template NAME"
