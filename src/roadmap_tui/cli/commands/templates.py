"""`roadmap templates`: what to begin with."""

from collections.abc import Iterator

from roadmap_tui.answers.data import JsonObject, answer_envelope, to_json
from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.table import bold, wrap_text
from roadmap_tui.document.reader import read_document
from roadmap_tui.storage.templates import Template, load_templates


def answer(as_json: bool) -> Reply:
    """The templates there are."""
    if as_json:
        return Reply(
            to_json(
                answer_envelope(
                    "templates", templates=[_template_json(each) for each in load_templates()]
                )
            )
        )
    return Reply("\n".join(_template_lines()) + "\n")


def _item_count(template: Template) -> int:
    plan = read_document(template.text.encode(), template.name).plan
    return len(plan.items) if plan else 0


def _template_json(template: Template) -> JsonObject:
    return {"name": template.name, "about": template.about, "items": _item_count(template)}


def _template_lines() -> Iterator[str]:
    for each in load_templates():
        yield f"{bold(each.name)}, {_item_count(each)} items"
        yield from wrap_text(each.about, indent="  ", hang="  ")
    yield ""
    yield "Begin with one: roadmap new FILE --template NAME"
