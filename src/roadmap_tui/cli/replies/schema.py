"""`roadmap schema`: JSON Schemas of the file and of every answer."""

from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.reply import Reply, usage_error
from roadmap_tui.plan.faults import did_you_mean
from roadmap_tui.text.terminal_text import escape_control


def schema_reply(of: str) -> Reply:
    """Print the JSON Schema of the file, or of a command's answer."""
    if of == "file":
        from roadmap_tui.plan.json_schema import roadmap_json_schema

        return Reply(to_json(roadmap_json_schema()))
    from roadmap_tui.answers.registry import ANSWERS, FAILURE, failure_schema, schema_of

    if of == FAILURE:
        return Reply(to_json(failure_schema()))
    if of in ANSWERS:
        return Reply(to_json(schema_of(of)))
    names = ("file", FAILURE, *ANSWERS)
    hint = did_you_mean(of, names) or f"there is {', '.join(names)}"
    return usage_error(escape_control(f"no schema of {of}; {hint}"))
