"""Build an export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from roadmap_tui.answers.json_text import to_json, to_plain
from roadmap_tui.answers.roadmap import RoadmapAnswer
from roadmap_tui.diagrams.svg.registry import PICTURE_RENDERERS
from roadmap_tui.export.blocks import Report
from roadmap_tui.export.csv_rows import to_csv
from roadmap_tui.export.custom_template import TemplateFault, render_custom_template, report_values
from roadmap_tui.export.formats import AudienceName, FormatName, PictureName
from roadmap_tui.export.reports.customers import customer_report
from roadmap_tui.export.reports.executives import executive_report
from roadmap_tui.export.reports.funders import funding_report
from roadmap_tui.export.reports.item import item_report
from roadmap_tui.export.reports.lessons import lessons_report
from roadmap_tui.export.reports.risk import risk_report
from roadmap_tui.export.reports.team import team_report
from roadmap_tui.export.writers import (
    markdown_report,
    page_report,
    page_values,
    picture_names,
    write_html,
    write_markdown,
    write_mermaid,
)
from roadmap_tui.narrative.context import ReportContext

_REPORTS: dict[AudienceName, Callable[[ReportContext], Report]] = {
    "team": team_report,
    "executive": executive_report,
    "customer": customer_report,
    "risk": risk_report,
    "funding": funding_report,
    "learning": lessons_report,
}


@dataclass(frozen=True, slots=True)
class ExportSpec:
    """What to export.

    Attributes:
        format: a name in `formats.FORMATS`.
        audience: a name in `formats.AUDIENCES`; used by formats with audiences.
        picture: a name in `PICTURES`; used by formats with pictures.
        item: id of an item, to report on it alone; used by formats with audiences.
        links: URLs of the document's pictures; Markdown has no pictures without.
    """

    format: FormatName = "md"
    audience: AudienceName = "team"
    picture: PictureName = "timeline"
    item: str | None = None
    links: Mapping[PictureName, str] = field(default_factory=dict)


def build_report(context: ReportContext, wanted: ExportSpec) -> Report:
    """Build the document, independent of the format it is written in."""
    if wanted.item is None:
        return _REPORTS[wanted.audience](context)
    return item_report(context, wanted.item)


def render_export(context: ReportContext, wanted: ExportSpec) -> str:
    """The text of an export: the same for the same file, day, seed and number of runs.

    Raises:
        CalculationCancelledError: from the checkpoint of `context`.
    """
    match wanted.format:
        case "md":
            return write_markdown(build_report(context, wanted), wanted.links)
        case "html":
            return write_html(build_report(context, wanted), context)
        case "svg":
            return PICTURE_RENDERERS[wanted.picture](context).to_svg()
        case "mermaid":
            return write_mermaid(context)
        case "csv":
            return to_csv(context)
        case "json":
            return to_json(RoadmapAnswer.of(context))


def render_with_template(
    template: str, context: ReportContext, wanted: ExportSpec
) -> str | TemplateFault:
    """Render a document with a custom template, or return the template's fault.

    The template gets the document as `report` and, except for customers, all figures as `data`.
    """
    whole = build_report(context, wanted)
    document = (
        page_report(whole) if wanted.format == "html" else markdown_report(whole, wanted.links)
    )
    values: dict[str, object] = {"report": report_values(document), "links": wanted.links}
    if wanted.format == "html":
        values |= page_values(document, context)
    if wanted.audience != "customer":
        values["data"] = to_plain(RoadmapAnswer.of(context))
    return render_custom_template(template, wanted.format, values)


def report_pictures(context: ReportContext, wanted: ExportSpec) -> dict[PictureName, str]:
    """The document's pictures as SVG."""
    return {
        name: PICTURE_RENDERERS[name](context).to_svg()
        for name in picture_names(build_report(context, wanted))
    }
