"""Export formats and audiences: the table that commands, app and documentation share."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.diagrams.svg.catalogue import PICTURES, PictureKind, PictureName

__all__ = [
    "AUDIENCES",
    "FORMATS",
    "PICTURES",
    "Audience",
    "AudienceName",
    "ExportFormat",
    "FormatName",
    "PictureKind",
    "PictureName",
    "format_by_name",
]

FormatName: TypeAlias = Literal["md", "html", "svg", "mermaid", "csv", "json"]
AudienceName: TypeAlias = Literal["team", "executive", "customer", "risk", "funding", "learning"]


@dataclass(frozen=True, slots=True)
class ExportFormat:
    """An export format.

    Attributes:
        label: display name.
        help: its purpose, as a clause.
        extension: file name extension.
        for_audiences: whether it is written for an audience.
        has_pictures: whether a picture is chosen.
    """

    name: FormatName
    label: str
    help: str
    extension: str
    for_audiences: bool = False
    has_pictures: bool = False


@dataclass(frozen=True, slots=True)
class Audience:
    """An audience of a document."""

    name: AudienceName
    label: str
    help: str


FORMATS: tuple[ExportFormat, ...] = (
    ExportFormat(
        "md",
        "Markdown",
        "a document to send or to keep next to the code",
        ".md",
        for_audiences=True,
    ),
    ExportFormat(
        "html",
        "HTML",
        "a page in one file, with pictures and explained figures",
        ".html",
        for_audiences=True,
    ),
    ExportFormat(
        "svg", "SVG", "a picture that is readable in light and dark mode", ".svg", has_pictures=True
    ),
    ExportFormat(
        "mermaid", "Mermaid", "the dependencies, for pages that render Mermaid diagrams", ".mmd"
    ),
    ExportFormat("csv", "CSV", "a spreadsheet with one row per item", ".csv"),
    ExportFormat("json", "JSON", "all figures, for scripts", ".json"),
)
AUDIENCES: tuple[Audience, ...] = (
    Audience(
        "team",
        "Team",
        "everything: outcomes, ranking, questions, lessons, promises, links and assumptions",
    ),
    Audience(
        "executive",
        "Executives",
        "one page: the ask, outcomes, what is live, decisions, lessons, money, risks",
    ),
    Audience("customer", "Customers", "items with a public name, without chances and money"),
    Audience(
        "risk",
        "Risk",
        "quality bars, segments, failure modes, oversight, and a card for each model",
    ),
    Audience(
        "funding",
        "Funding",
        "the ask, the return, where to stop, unit economics, market, build or buy",
    ),
    Audience(
        "learning",
        "Learning",
        "what was refuted and what that saved, other lessons, open questions",
    ),
)


def format_by_name(name: str) -> ExportFormat:
    """Look up a format."""
    return next(each for each in FORMATS if each.name == name)
