"""A document written out."""

from collections.abc import Mapping

from roadmap_tui.report.escape import markup, mermaid_label
from roadmap_tui.report.export.blocks import Drawn, Report
from roadmap_tui.report.export.meaning import meaning
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.export.table import PictureName
from roadmap_tui.report.mermaid import diagram
from roadmap_tui.report.pictures.all import PICTURES
from roadmap_tui.report.pictures.look import page_style
from roadmap_tui.report.templating import Ready, environment, fill

_SAID = ("text", "heading", "points", "table")


def to_markdown(report: Report, links: Mapping[PictureName, str] | None = None) -> str:
    """The document in Markdown.

    Args:
        report: the document.
        links: where its pictures lie, as addresses; without any, it has none.
    """
    return fill(
        "report.md.j2", report=in_markdown(report, links or {}), ready=Ready, links=links or {}
    )


def in_markdown(report: Report, links: Mapping[PictureName, str]) -> Report:
    """What Markdown can show of a document."""
    return report.only(*_SAID, "diagram", *(("drawn",) if links else ()))


def in_page(report: Report) -> Report:
    """What a page can show of a document."""
    return report.only(*_SAID, "drawn", "more")


def to_html(report: Report, subject: Subject) -> str:
    """The document as a page that needs nothing else."""
    shown = in_page(report)
    drawn = {name: Ready(PICTURES[name](subject).svg(inside=True)) for name in pictures_in(shown)}
    page = environment(markup).get_template("page.html.j2")
    return page.render(report=shown, pictures=drawn, style=Ready(page_style()))


def page_values(report: Report, subject: Subject) -> dict[str, object]:
    """What a page is made from beside its document: pictures and the style sheet, ready to be put out."""
    drawn = {
        name: {"ready": PICTURES[name](subject).svg(inside=True)} for name in pictures_in(report)
    }
    return {"pictures": drawn, "style": {"ready": page_style()}}


def pictures_in(report: Report) -> tuple[PictureName, ...]:
    """The pictures that a document has."""
    blocks = (block for section in report.sections for block in section.blocks)
    return tuple(block.picture for block in blocks if isinstance(block, Drawn))


def to_mermaid(subject: Subject) -> str:
    """What hangs on what as a Mermaid diagram, with what it is of in comments."""
    about = (
        subject.title,
        subject.scenario and f"Scenario {subject.scenario}",
        *meaning(subject),
        subject.made_from,
    )
    comments = [f"%% {mermaid_label(each)}" for each in about if each]
    drawn = diagram(subject.plan, subject.forecast) or "flowchart LR"
    return "\n".join([*comments, drawn]) + "\n"
