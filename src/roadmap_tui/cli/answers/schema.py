"""`roadmap schema`: JSON Schemas of the file and of every answer."""

from roadmap_tui.cli.reply import Reply, wrong_use
from roadmap_tui.files.display import printable
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.report.data import to_json


def answer(of: str) -> Reply:
    """The JSON Schema of the file, or of a command's answer."""
    if of == "file":
        from roadmap_tui.plan.published import file_schema

        return Reply(to_json(file_schema()))
    from roadmap_tui.report.shapes.all import ANSWERS, schema_of

    if of not in ANSWERS:
        suggestion = did_you_mean(of, ["file", *ANSWERS]) or f"there is file, {', '.join(ANSWERS)}"
        return wrong_use(printable(f"no schema of {of}; {suggestion}"))
    return Reply(to_json(schema_of(of)))
