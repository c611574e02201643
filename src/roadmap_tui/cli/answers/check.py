"""`roadmap check`: what is wrong with plans."""

from roadmap_tui.cli.reply import FOUND, GOOD, UNREADABLE, Reply
from roadmap_tui.cli.source import read_source, rendered
from roadmap_tui.files.document import Document
from roadmap_tui.files.load import Unreadable
from roadmap_tui.plan.meaning import GRAPH
from roadmap_tui.report.data import check_data, severity, to_json


def answer(files: tuple[str, ...], as_json: bool) -> Reply:
    """The findings of each file; if one of them holds no plan, all goes to standard error."""
    sources = [read_source(file) for file in files]
    faults = [fault for source in sources if isinstance(source, Document) for fault in source.faults]
    told = "".join(map(_told, sources))
    if not all(map(_holds_a_plan, sources)):
        return Reply(err=told, code=UNREADABLE)
    code = FOUND if any(severity(fault) == "E" for fault in faults) else GOOD
    return Reply(to_json(check_data(faults)) if as_json else told, code=code)


def _holds_a_plan(source: Document | Unreadable) -> bool:
    if isinstance(source, Unreadable) or source.plan is None:
        return False
    return all(fault.code == GRAPH or not fault.fatal for fault, _ in source.found)


def _told(source: Document | Unreadable) -> str:
    if isinstance(source, Unreadable):
        return f"{source.text}\n"
    if source.faults or source.plan is None:
        return rendered(source.faults)
    count = len(source.plan.items)
    return f"{source.name}: nothing is wrong with its {count} item{'' if count == 1 else 's'}\n"
