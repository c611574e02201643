"""Failures as JSON, for those who asked for JSON."""

import re
from collections.abc import Iterator

from roadmap_tui.cli.reply import SUCCESS, Reply

_LOCATION = re.compile(r"(.+?):(\d+):(\d+): (.+)")
_EXCERPT_LINES = 2
"""How many lines show the place below a fault: the source and a caret."""
_PROGRAM_PREFIX = re.compile(r"roadmap(?: [a-z-]+)?: ")
_IGNORED_LINES = ("Usage: ", "Try '")


def json_failure(reply: Reply, command: str) -> Reply:
    """A reply without an answer, with the reason as JSON on standard output too."""
    if reply.code == SUCCESS or reply.out:
        return reply
    from roadmap_tui.answers.data import answer_envelope, to_json

    errors = list(_parse_errors(reply.err))
    return reply._replace(
        out=to_json(answer_envelope("failure", command=command, code=reply.code, errors=errors))
    )


def _parse_errors(text: str) -> Iterator[dict[str, str | int | None]]:
    """What is told on standard error, a fault or a line each."""
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
