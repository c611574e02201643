"""`roadmap export`: the roadmap as a document, a picture or a table for others."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from roadmap_tui.cli.basis import Basis
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import REFUSED, Reply, wrong_use
from roadmap_tui.cli.source import STDIN, Forecasted, forecasted, no_item
from roadmap_tui.files.display import printable
from roadmap_tui.files.load import Unreadable, load_bytes
from roadmap_tui.files.writing import write_out
from roadmap_tui.forecast.pace import Check, go_on
from roadmap_tui.history.origin import origin
from roadmap_tui.report.data import envelope, to_json
from roadmap_tui.report.export.making import Wanted, export, export_by, pictures
from roadmap_tui.report.export.own import TemplateFault
from roadmap_tui.report.export.subject import About, Subject
from roadmap_tui.report.export.table import (
    FORMATS,
    AudienceName,
    FormatName,
    PictureName,
    format_named,
)

_LONGEST_TEMPLATE = 1_000_000


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be made, and where it goes; None is standard output."""

    form: FormatName
    audience: AudienceName | None
    picture: PictureName | None
    item: str | None
    template_file: str | None
    assets: str | None
    out: str | None


def answer(file: str, basis: Basis, as_json: bool, **options: Any) -> Reply:
    """The export, on standard output or in a file."""
    asked = Asked(**options)
    wrong = next(_wrong(asked), None)
    if wrong is not None:
        return wrong_use(wrong)
    template = None if asked.template_file is None else _read(asked.template_file)
    if isinstance(template, Reply):
        return template
    found = forecasted(file, basis)
    if isinstance(found, Reply):
        return found
    if asked.item is not None and asked.item not in found.plan.items:
        return no_item(file, found.plan, asked.item)
    with progress("making the export") as check:
        return _made(subject_of(file, found, check), found, asked, template, as_json)


def _wrong(asked: Asked) -> Iterator[str]:
    """What does not go together."""
    form = format_named(asked.form)
    told = " or ".join(each.name for each in FORMATS if each.for_audiences)
    if asked.audience is not None and not form.for_audiences:
        yield f"--for goes with --format {told}; {form.name} tells the same to everybody"
    if asked.picture is not None and not form.has_pictures:
        yield f"--picture goes with --format svg; {form.name} has no single picture"
    if asked.item is not None and asked.audience is not None:
        yield "--item tells all of one item to whoever may know it; leave out --for"
    for name, value in (("--item", asked.item), ("--template", asked.template_file)):
        if value is not None and not form.for_audiences:
            yield f"{name} goes with --format {told}"
    if asked.assets is not None and form.name != "md":
        yield "--assets goes with --format md; html has its pictures inside"


def _read(path: str) -> str | Reply:
    """A template's text, or the reply that it can't be had."""
    raw = load_bytes(path, _LONGEST_TEMPLATE)
    if isinstance(raw, Unreadable):
        return wrong_use(raw.text)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return wrong_use(f"{printable(path)}:{line}: not UTF-8 text; save the template as UTF-8")


def _made(
    subject: Subject, found: Forecasted, asked: Asked, template: str | None, as_json: bool
) -> Reply:
    file = subject.document.name
    wanted = Wanted(asked.form, asked.audience or "team", asked.picture or "timeline", asked.item)
    if asked.assets is not None:
        linked = _with_pictures(file, subject, wanted, asked)
        if isinstance(linked, str):
            return _refused(found.warnings, linked)
        wanted = linked
    made = export(subject, wanted) if template is None else export_by(template, subject, wanted)
    if isinstance(made, TemplateFault):
        place = printable(str(asked.template_file)) + (f":{made.line}" if made.line else "")
        return wrong_use(f"{place}: {printable(made.text)}")
    if as_json:
        made = to_json(envelope("export", format=asked.form, text=made))
    if asked.out is None:
        return Reply(made, found.warnings)
    refusal = _written(file, asked.out, made)
    return _refused(found.warnings, refusal) if refusal else Reply(err=found.warnings)


def subject_of(file: str, found: Forecasted, check: Check = go_on) -> Subject:
    """What is exported."""
    made_from = None if file == STDIN else origin(file, found.document.raw)
    return Subject(
        found.document, found.plan, found.run, About(found.title, found.scenario, made_from), check
    )


def _with_pictures(file: str, subject: Subject, wanted: Wanted, asked: Asked) -> Wanted | str:
    """Write the pictures; the same with links to them, or why one could not be written."""
    folder = str(asked.assets)
    try:
        os.fsencode(folder)
        os.makedirs(folder, exist_ok=True)
    except (OSError, ValueError) as error:
        return (
            f"{folder}:"
            f" {error.strerror if isinstance(error, OSError) else 'no such path can exist'}"
        )
    beside = os.path.dirname(asked.out) if asked.out else ""
    way = os.path.relpath(folder, beside or os.curdir).replace(os.sep, "/")
    links: dict[PictureName, str] = {}
    for name, drawn in pictures(subject, wanted).items():
        refusal = _written(file, os.path.join(folder, f"{name}.svg"), drawn)
        if refusal:
            return refusal
        links[name] = quote(os.fsencode(f"{way}/{name}.svg"))
    return Wanted(wanted.form, wanted.audience, wanted.picture, wanted.item, links)


def _written(file: str, out: str, text: str) -> str:
    """Write a text to a file; why it could not be written, else empty."""
    with suppress(OSError, ValueError):
        if os.path.samefile(file, out):
            return f"{out} is the roadmap itself"
    refused = write_out(out, text, replaces=True)
    return (
        ""
        if refused is None
        else "; ".join(each for each in (refused.text, refused.remedy) if each)
    )


def _refused(warnings: str, reason: str) -> Reply:
    return Reply(err=f"{warnings}roadmap: not written: {printable(reason)}\n", code=REFUSED)
