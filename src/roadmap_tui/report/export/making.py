"""Making an export."""

from collections.abc import Callable
from dataclasses import dataclass

from roadmap_tui.report.export.blocks import Report
from roadmap_tui.report.export.customer import customer
from roadmap_tui.report.export.executive import executive
from roadmap_tui.report.export.funding import funding
from roadmap_tui.report.export.learning import learning
from roadmap_tui.report.export.risk import risk
from roadmap_tui.report.export.rows import to_csv
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.export.table import AudienceName, FormatName, PictureName
from roadmap_tui.report.export.team import team
from roadmap_tui.report.export.whole import whole_json
from roadmap_tui.report.export.written import to_html, to_markdown, to_mermaid
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
    """

    form: FormatName = "md"
    audience: AudienceName = "team"
    picture: PictureName = "timeline"


def export(subject: Subject, wanted: Wanted) -> str:
    """The text of an export: the same for the same file, day, seed and number of futures.

    Raises:
        StoppedError: from the subject's `check`.
    """
    match wanted.form:
        case "md":
            return to_markdown(_REPORTS[wanted.audience](subject))
        case "html":
            return to_html(_REPORTS[wanted.audience](subject), subject)
        case "svg":
            return PICTURES[wanted.picture](subject).svg()
        case "mermaid":
            return to_mermaid(subject)
        case "csv":
            return to_csv(subject)
        case "json":
            return whole_json(subject)
