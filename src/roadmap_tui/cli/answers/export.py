"""`roadmap export`: the roadmap as a document to send."""

import os
from dataclasses import dataclass
from typing import Any

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.reply import REFUSED, Reply, wrong_use
from roadmap_tui.cli.source import STDIN, Forecasted, forecasted
from roadmap_tui.files.display import printable
from roadmap_tui.history.origin import origin
from roadmap_tui.report.data import envelope, to_json
from roadmap_tui.report.export.making import Wanted, export
from roadmap_tui.report.export.subject import About, Subject
from roadmap_tui.report.export.table import FORMATS, AudienceName, FormatName, PictureName, format_named


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be made, and where it goes; None is standard output."""

    form: FormatName
    audience: AudienceName | None
    picture: PictureName | None
    out: str | None


def answer(file: str, basis: Basis, as_json: bool, **options: Any) -> Reply:
    """The document, on standard output or in a file."""
    asked = Asked(**options)
    if asked.audience is not None and not format_named(asked.form).for_audiences:
        those = " or ".join(each.name for each in FORMATS if each.for_audiences)
        return wrong_use(f"--for goes with --format {those}; {asked.form} tells the same to everybody")
    if asked.picture is not None and not format_named(asked.form).has_pictures:
        return wrong_use(f"--picture goes with --format svg; {asked.form} has no single picture")
    found = forecasted(file, basis)
    if isinstance(found, Reply):
        return found
    text = export(subject_of(file, found), Wanted(asked.form, asked.audience or "team", asked.picture or "timeline"))
    if as_json:
        text = to_json(envelope("export", format=asked.form, text=text))
    return Reply(text, found.warnings) if asked.out is None else _write(file, asked.out, text, found.warnings)


def subject_of(file: str, found: Forecasted) -> Subject:
    """What is exported."""
    made_from = None if file == STDIN else origin(file, found.document.raw)
    return Subject(found.document, found.plan, found.run, About(found.title, found.scenario, made_from))


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
