"""Making an export."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from roadmap_tui.report.export.blocks import Report
from roadmap_tui.report.export.customer import customer
from roadmap_tui.report.export.executive import executive
from roadmap_tui.report.export.funding import funding
from roadmap_tui.report.export.item import about_item
from roadmap_tui.report.export.learning import learning
from roadmap_tui.report.export.own import TemplateFault, fill_own, report_values
from roadmap_tui.report.export.risk import risk
from roadmap_tui.report.export.rows import to_csv
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.export.table import AudienceName, FormatName, PictureName
from roadmap_tui.report.export.team import team
from roadmap_tui.report.export.whole import whole_data, whole_json
from roadmap_tui.report.export.written import (
    in_markdown,
    in_page,
    page_values,
    pictures_in,
    to_html,
    to_markdown,
    to_mermaid,
)
from roadmap_tui.report.pictures.all import PICTURES

_REPORTS: dict[AudienceName, Callable[[Subject], Report]] = {
    "team": team,
    "executive": executive,
    "customer": customer,
    "risk": risk,
    "funding": funding,
    "learning": learning,
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be made.

    Attributes:
        form: a name in `table.FORMATS`.
        audience: a name in `table.AUDIENCES`; counts where the format is for audiences.
        picture: a name in `table.PICTURES`; counts where the format has pictures.
        item: the id of an item that the document is about, instead of the whole; counts where it is for audiences.
        links: where the document's pictures lie, as addresses; in Markdown there are none without.
    """

    form: FormatName = "md"
    audience: AudienceName = "team"
    picture: PictureName = "timeline"
    item: str | None = None
    links: Mapping[PictureName, str] = field(default_factory=dict)


def report(subject: Subject, wanted: Wanted) -> Report:
    """The document that is wanted, whatever it will be written in."""
    return (
        _REPORTS[wanted.audience](subject)
        if wanted.item is None
        else about_item(subject, wanted.item)
    )


def export(subject: Subject, wanted: Wanted) -> str:
    """The text of an export: the same for the same file, day, seed and number of futures.

    Raises:
        StoppedError: from the subject's `check`.
    """
    match wanted.form:
        case "md":
            return to_markdown(report(subject, wanted), wanted.links)
        case "html":
            return to_html(report(subject, wanted), subject)
        case "svg":
            return PICTURES[wanted.picture](subject).svg()
        case "mermaid":
            return to_mermaid(subject)
        case "csv":
            return to_csv(subject)
        case "json":
            return whole_json(subject)


def export_by(template: str, subject: Subject, wanted: Wanted) -> str | TemplateFault:
    """The text that somebody's own template makes of a document; what is wrong with the template if it makes none.

    The template sees the document as `report`, and, but for customers, all figures as `data`.
    """
    whole = report(subject, wanted)
    document = in_page(whole) if wanted.form == "html" else in_markdown(whole, wanted.links)
    values: dict[str, object] = {"report": report_values(document), "links": wanted.links}
    if wanted.form == "html":
        values |= page_values(document, subject)
    if wanted.audience != "customer":
        values["data"] = whole_data(subject)
    return fill_own(template, wanted.form, values)


def pictures(subject: Subject, wanted: Wanted) -> dict[PictureName, str]:
    """The pictures that the document has, as SVG."""
    return {name: PICTURES[name](subject).svg() for name in pictures_in(report(subject, wanted))}
