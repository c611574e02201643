"""`roadmap templates`: what to begin with."""

from collections.abc import Iterator

from roadmap_tui.cli.reply import Reply
from roadmap_tui.cli.table import bold, wrapped
from roadmap_tui.files.reader import read
from roadmap_tui.files.templates import Template, templates
from roadmap_tui.report.data import Data, envelope, to_json


def answer(as_json: bool) -> Reply:
    """The templates there are."""
    if as_json:
        return Reply(
            to_json(envelope("templates", templates=[_data(each) for each in templates()]))
        )
    return Reply("\n".join(_lines()) + "\n")


def _items(template: Template) -> int:
    plan = read(template.text.encode(), template.name).plan
    return len(plan.items) if plan else 0


def _data(template: Template) -> Data:
    return {"name": template.name, "about": template.about, "items": _items(template)}


def _lines() -> Iterator[str]:
    for each in templates():
        yield f"{bold(each.name)}, {_items(each)} items"
        yield from wrapped(each.about, indent="  ", hang="  ")
    yield ""
    yield "Begin with one: roadmap new FILE --template NAME"
