"""Failures as JSON, where a command was called with `--json`."""

import re
from collections.abc import Iterator

from roadmap_tui.cli.reply import SUCCESS, Reply

_LOCATION = re.compile(r"(.+?):(\d+):(\d+): (.+)")
_EXCERPT_LINES = 2
"""How many lines follow the location of a fault: the source and a caret."""
_PROGRAM_PREFIX = re.compile(r"roadmap(?: [a-z-]+)?: ")
_IGNORED_LINES = ("Usage: ", "Try '")


def json_failure(reply: Reply, command: str) -> Reply:
    """The reply with its errors as JSON on standard output; unchanged if it has an answer."""
    if reply.code == SUCCESS or reply.out:
        return reply
    from roadmap_tui.answers.base import FailureAnswer
    from roadmap_tui.answers.json_text import to_json

    errors = list(_parse_errors(reply.err))
    answer = FailureAnswer.read(command=command, code=reply.code, errors=errors)
    return reply._replace(out=to_json(answer))


def _parse_errors(text: str) -> Iterator[dict[str, str | int | None]]:
    """The errors in a text for standard error: one for each fault with a location or other line."""
    skipped = 0
    for line in text.splitlines():
        place = _LOCATION.fullmatch(line)
        if skipped:
            skipped -= 1
        elif place:
            file, row, column, what = place.groups()
            yield {"text": what, "file": file, "line": int(row), "column": int(column)}
            skipped = _EXCERPT_LINES
        elif line.strip() and not line.startswith(_IGNORED_LINES):
            yield {
                "text": _PROGRAM_PREFIX.sub("", line, count=1),
                "file": None,
                "line": None,
                "column": None,
            }
