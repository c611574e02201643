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
    from roadmap_tui.report.shapes.all import ANSWERS, FAILURE, failure_schema, schema_of

    if of == FAILURE:
        return Reply(to_json(failure_schema()))
    if of not in ANSWERS:
        suggestion = (
            did_you_mean(of, ["file", FAILURE, *ANSWERS])
            or f"there is file, {FAILURE}, {', '.join(ANSWERS)}"
        )
        return wrong_use(printable(f"no schema of {of}; {suggestion}"))
    return Reply(to_json(schema_of(of)))
