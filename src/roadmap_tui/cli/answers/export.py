"""`roadmap export`: the roadmap as a document to send."""

import os

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.reply import REFUSED, Reply
from roadmap_tui.cli.source import forecasted
from roadmap_tui.files.display import printable
from roadmap_tui.report.data import envelope, to_json
from roadmap_tui.report.markdown import to_markdown


def answer(file: str, form: str, out: str | None, basis: Basis, as_json: bool) -> Reply:
    """The document, on standard output or in a file."""
    found = forecasted(file, basis)
    if isinstance(found, Reply):
        return found
    text = to_markdown(found.plan, found.forecast, found.title, found.scenario)
    if as_json:
        text = to_json(envelope("export", format=form, text=text))
    return Reply(text, found.warnings) if out is None else _write(file, out, text, found.warnings)


def _write(file: str, out: str, text: str, warnings: str) -> Reply:
    try:
        if os.path.exists(file) and os.path.exists(out) and os.path.samefile(file, out):
            return _refused(warnings, f"{out} is the roadmap itself")
        with open(out, "w", encoding="utf-8", errors="backslashreplace", newline="\n") as target:
            target.write(text)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else "no such path can exist"
        return _refused(warnings, f"{out}: {reason}")
    return Reply(err=warnings)


def _refused(warnings: str, reason: str) -> Reply:
    return Reply(err=f"{warnings}roadmap: not written: {printable(reason)}\n", code=REFUSED)
