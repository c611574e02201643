"""`roadmap export`: the roadmap as a document, a picture or a table for others."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from roadmap_tui.answers.data import answer_envelope, to_json
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
    """What is to be made, and where it goes; None is standard output."""

    form: FormatName
    audience: AudienceName | None
    picture: PictureName | None
    item: str | None
    template_file: str | None
    assets: str | None
    out: str | None


def answer(file: str, basis: ForecastOptions, as_json: bool, **options: Any) -> Reply:
    """The export, on standard output or in a file."""
    asked = ExportOptions(**options)
    wrong = next(_option_conflict(asked), None)
    if wrong is not None:
        return usage_error(wrong)
    template = None if asked.template_file is None else _read_template(asked.template_file)
    if isinstance(template, Reply):
        return template
    found = forecast_file(file, basis)
    if isinstance(found, Reply):
        return found
    if asked.item is not None and asked.item not in found.plan.items:
        return unknown_item(file, found.plan, asked.item)
    with progress("making the export") as check:
        return _render_export(
            build_export_subject(file, found, check), found, asked, template, as_json
        )


def _option_conflict(asked: ExportOptions) -> Iterator[str]:
    """What does not go together."""
    form = format_by_name(asked.form)
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


def _read_template(path: str) -> str | Reply:
    """A template's text, or the reply that it can't be had."""
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
    subject: ReportContext,
    found: ForecastedPlan,
    asked: ExportOptions,
    template: str | None,
    as_json: bool,
) -> Reply:
    file = subject.document.name
    wanted = ExportSpec(
        asked.form, asked.audience or "team", asked.picture or "timeline", asked.item
    )
    if asked.assets is not None:
        linked = _write_pictures(file, subject, wanted, asked)
        if isinstance(linked, str):
            return _export_error(found.warnings, linked)
        wanted = linked
    made = (
        render_export(subject, wanted)
        if template is None
        else render_with_template(template, subject, wanted)
    )
    if isinstance(made, TemplateFault):
        place = escape_control(str(asked.template_file)) + (f":{made.line}" if made.line else "")
        return usage_error(f"{place}: {escape_control(made.text)}")
    if as_json:
        made = to_json(answer_envelope("export", format=asked.form, text=made))
    if asked.out is None:
        return Reply(made, found.warnings)
    refusal = _write_file(file, asked.out, made)
    return _export_error(found.warnings, refusal) if refusal else Reply(err=found.warnings)


def build_export_subject(
    file: str, found: ForecastedPlan, check: Checkpoint = no_checkpoint
) -> ReportContext:
    """What is exported."""
    made_from = None if file == STDIN else text_origin(file, found.document.raw)
    return ReportContext(
        found.document,
        found.plan,
        found.run,
        ReportSource(found.title, found.scenario, made_from),
        check,
    )


def _write_pictures(
    file: str, subject: ReportContext, wanted: ExportSpec, asked: ExportOptions
) -> ExportSpec | str:
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
    for name, drawn in report_pictures(subject, wanted).items():
        refusal = _write_file(file, os.path.join(folder, f"{name}.svg"), drawn)
        if refusal:
            return refusal
        links[name] = quote(os.fsencode(f"{way}/{name}.svg"))
    return ExportSpec(wanted.format, wanted.audience, wanted.picture, wanted.item, links)


def _write_file(file: str, out: str, text: str) -> str:
    """Write a text to a file; why it could not be written, else empty."""
    with suppress(OSError, ValueError):
        if os.path.samefile(file, out):
            return f"{out} is the roadmap itself"
    refused = write_export(out, text, replace=True)
    return (
        ""
        if refused is None
        else "; ".join(each for each in (refused.text, refused.remedy) if each)
    )


def _export_error(warnings: str, reason: str) -> Reply:
    return Reply(err=f"{warnings}roadmap: not written: {escape_control(reason)}\n", code=REFUSED)
