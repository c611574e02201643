"""Failures as JSON, for those who asked for JSON."""

import re
from collections.abc import Iterator

from roadmap_tui.cli.reply import GOOD, Reply

_PLACE = re.compile(r"(.+?):(\d+):(\d+): (.+)")
_EXCERPT = 2
"""How many lines show the place below a fault: the source and a caret."""
_SPEAKER = re.compile(r"roadmap(?: [a-z-]+)?: ")
_BESIDE = ("Usage: ", "Try '")


def json_failure(reply: Reply, command: str) -> Reply:
    """A reply without an answer, with the reason as JSON on standard output too."""
    if reply.code == GOOD or reply.out:
        return reply
    from roadmap_tui.report.data import envelope, to_json

    errors = list(_errors(reply.err))
    return reply._replace(
        out=to_json(envelope("failure", command=command, code=reply.code, errors=errors))
    )


def _errors(text: str) -> Iterator[dict[str, str | int | None]]:
    """What is told on standard error, a fault or a line each."""
    skipped = 0
    for line in text.splitlines():
        place = _PLACE.fullmatch(line)
        if skipped:
            skipped -= 1
        elif place:
            file, row, column, what = place.groups()
            yield {"text": what, "file": file, "line": int(row), "column": int(column)}
            skipped = _EXCERPT
        elif line.strip() and not line.startswith(_BESIDE):
            yield {
                "text": _SPEAKER.sub("", line, count=1),
                "file": None,
                "line": None,
                "column": None,
            }
