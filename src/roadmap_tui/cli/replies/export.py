"""`roadmap export`: the roadmap as a document, a picture or a table for others."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from urllib.parse import quote

from roadmap_tui.answers.edits import ExportAnswer
from roadmap_tui.answers.json_text import to_json
from roadmap_tui.cli.forecast_options import ForecastOptions
from roadmap_tui.cli.progress import progress
from roadmap_tui.cli.reply import REFUSED, Reply, usage_error
from roadmap_tui.cli.source import STDIN, ForecastedPlan, forecast_file, unknown_item
from roadmap_tui.export.custom_template import TemplateFault
from roadmap_tui.export.formats import (
    FORMATS,
    AudienceName,
    FormatName,
    PictureName,
    format_by_name,
)
from roadmap_tui.export.pipeline import (
    ExportSpec,
    render_export,
    render_with_template,
    report_pictures,
)
from roadmap_tui.forecast.simulation.cancellation import Checkpoint, no_checkpoint
from roadmap_tui.history.origin import text_origin
from roadmap_tui.narrative.context import ReportContext, ReportSource
from roadmap_tui.storage.export_file import write_export
from roadmap_tui.storage.load import Unreadable, load_bytes
from roadmap_tui.text.terminal_text import escape_control

_MAX_TEMPLATE_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """What to export, and where to.

    Attributes:
        item: the item that a document is about; None is the whole roadmap.
        template_file: a Jinja2 template of the user's.
        assets: the folder for the pictures of a Markdown document.
        out: the file to write; None is standard output.
    """

    form: FormatName
    audience: AudienceName | None
    picture: PictureName | None
    item: str | None
    template_file: str | None
    assets: str | None
    out: str | None


def export_reply(
    file: str, options: ForecastOptions, wanted: ExportOptions, *, as_json: bool
) -> Reply:
    """Export the roadmap to standard output or a file."""
    template = _checked_template(wanted)
    if isinstance(template, Reply):
        return template
    found = forecast_file(file, options)
    if isinstance(found, Reply):
        return found
    if wanted.item is not None and wanted.item not in found.plan.items:
        return unknown_item(file, found.plan, wanted.item)
    with progress("making the export") as checkpoint:
        subject = build_export_subject(file, found, checkpoint)
        text = _render_export(subject, wanted, template, found.warnings)
    if isinstance(text, Reply):
        return text
    if as_json:
        text = to_json(ExportAnswer.read(format=wanted.form, text=text))
    return _deliver(file, wanted.out, text, found.warnings)


def _deliver(file: str, out: str | None, text: str, warnings: str) -> Reply:
    """The text as the reply, or in a file."""
    if out is None:
        return Reply(text, warnings)
    problem = _write_file(file, out, text)
    return _not_written(warnings, problem) if problem else Reply(err=warnings)


def _checked_template(wanted: ExportOptions) -> str | Reply | None:
    """The text of the user's template if there is one, or the reply that options are wrong."""
    conflict = next(_option_conflicts(wanted), None)
    if conflict is not None:
        return usage_error(conflict)
    return None if wanted.template_file is None else _read_template(wanted.template_file)


def _option_conflicts(wanted: ExportOptions) -> Iterator[str]:
    """Why options can't be combined."""
    form = format_by_name(wanted.form)
    documents = " or ".join(each.name for each in FORMATS if each.for_audiences)
    if wanted.audience is not None and not form.for_audiences:
        yield f"--for goes with --format {documents}; {form.name} is the same for all readers"
    if wanted.picture is not None and not form.has_pictures:
        yield f"--picture goes with --format svg; {form.name} has no single picture"
    if wanted.item is not None and wanted.audience is not None:
        yield "--item shows all of one item, for any reader; leave out --for"
    for name, value in (("--item", wanted.item), ("--template", wanted.template_file)):
        if value is not None and not form.for_audiences:
            yield f"{name} goes with --format {documents}"
    if wanted.assets is not None and form.name != "md":
        yield "--assets goes with --format md; html has its pictures inside"


def _read_template(path: str) -> str | Reply:
    """A template's text, or the reply that it can't be read."""
    raw = load_bytes(path, _MAX_TEMPLATE_BYTES)
    if isinstance(raw, Unreadable):
        return usage_error(raw.text)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return usage_error(
            f"{escape_control(path)}:{line}: not UTF-8 text; save the template as UTF-8"
        )


def _render_export(
    subject: ReportContext, options: ExportOptions, template: str | None, warnings: str
) -> str | Reply:
    """The export's text, or the reply that it can't be made; pictures are written before."""
    wanted = ExportSpec(
        options.form, options.audience or "team", options.picture or "timeline", options.item
    )
    if options.assets is not None:
        linked = _write_pictures(subject, wanted, options.assets, options.out)
        if isinstance(linked, str):
            return _not_written(warnings, linked)
        wanted = linked
    if template is None:
        return render_export(subject, wanted)
    text = render_with_template(template, subject, wanted)
    if isinstance(text, TemplateFault):
        line = f":{text.line}" if text.line else ""
        return usage_error(
            f"{escape_control(str(options.template_file))}{line}: {escape_control(text.text)}"
        )
    return text


def build_export_subject(
    file: str, found: ForecastedPlan, checkpoint: Checkpoint = no_checkpoint
) -> ReportContext:
    """The forecast with the commit that it is made from."""
    commit = None if file == STDIN else text_origin(file, found.document.raw)
    about = ReportSource(found.title, found.scenario, commit)
    return ReportContext(found.document, found.plan, found.run, about, checkpoint)


def _write_pictures(
    subject: ReportContext, wanted: ExportSpec, folder: str, out: str | None
) -> ExportSpec | str:
    """Write the pictures; the request with links to them, or why one couldn't be written."""
    try:
        os.fsencode(folder)
        os.makedirs(folder, exist_ok=True)
    except OSError as error:
        return f"{folder}: {error.strerror}"
    except ValueError:
        return f"{folder}: no such path can exist"
    start = os.path.dirname(out) if out else ""
    relative = os.path.relpath(folder, start or os.curdir).replace(os.sep, "/")
    links: dict[PictureName, str] = {}
    for name, svg in report_pictures(subject, wanted).items():
        problem = _write_file(subject.document.name, os.path.join(folder, f"{name}.svg"), svg)
        if problem:
            return problem
        links[name] = quote(os.fsencode(f"{relative}/{name}.svg"))
    return replace(wanted, links=links)


def _write_file(source: str, out: str, text: str) -> str:
    """Write a text to a file other than the roadmap; why it couldn't be written, else empty."""
    with suppress(OSError, ValueError):
        if os.path.samefile(source, out):
            return f"{out} is the roadmap itself"
    refusal = write_export(out, text, replace=True)
    if refusal is None:
        return ""
    return "; ".join(each for each in (refusal.text, refusal.remedy) if each)


def _not_written(warnings: str, reason: str) -> Reply:
    return Reply(err=f"{warnings}roadmap: not written: {escape_control(reason)}\n", code=REFUSED)
