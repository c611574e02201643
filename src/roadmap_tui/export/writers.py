"""Write a document in Markdown, HTML or Mermaid."""

from collections.abc import Mapping
from itertools import chain

from roadmap_tui.diagrams.mermaid import mermaid_diagram
from roadmap_tui.diagrams.svg.registry import PICTURE_RENDERERS
from roadmap_tui.diagrams.svg.style import page_style
from roadmap_tui.export.blocks import PictureBlock, Report
from roadmap_tui.export.formats import PictureName
from roadmap_tui.export.template_engine import SafeText, render_template, template_environment
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.preamble import preamble_sentences
from roadmap_tui.text.escape import escape_markup, escape_mermaid_label

_TEXT_KINDS = ("text", "heading", "points", "table")


def write_markdown(report: Report, links: Mapping[PictureName, str] | None = None) -> str:
    """Write the document in Markdown.

    Args:
        report: the document.
        links: URLs of its pictures; without any, pictures are left out.
    """
    return render_template(
        "report.md.j2",
        report=markdown_report(report, links or {}),
        ready=SafeText,
        links=links or {},
    )


def markdown_report(report: Report, links: Mapping[PictureName, str]) -> Report:
    """The blocks that Markdown supports."""
    return report.with_blocks(*_TEXT_KINDS, "diagram", *(("drawn",) if links else ()))


def page_report(report: Report) -> Report:
    """The blocks that HTML supports."""
    return report.with_blocks(*_TEXT_KINDS, "drawn", "more")


def write_html(report: Report, context: ReportContext) -> str:
    """Write the document as a self-contained page."""
    shown = page_report(report)
    drawn = {
        name: SafeText(PICTURE_RENDERERS[name](context).to_svg(inside=True))
        for name in picture_names(shown)
    }
    page = template_environment(escape_markup).get_template("page.html.j2")
    return page.render(report=shown, pictures=drawn, style=SafeText(page_style()))


def page_values(report: Report, context: ReportContext) -> dict[str, object]:
    """Template variables beside the document: pictures and style sheet, pre-escaped."""
    drawn = {
        name: {"ready": PICTURE_RENDERERS[name](context).to_svg(inside=True)}
        for name in picture_names(report)
    }
    return {"pictures": drawn, "style": {"ready": page_style()}}


def picture_names(report: Report) -> tuple[PictureName, ...]:
    """The names of the document's pictures."""
    blocks = chain.from_iterable(section.blocks for section in report.sections)
    return tuple(block.picture for block in blocks if isinstance(block, PictureBlock))


def write_mermaid(context: ReportContext) -> str:
    """Write the dependencies as a Mermaid diagram, with their source in comments."""
    about = (
        context.title,
        context.scenario and f"Scenario {context.scenario}",
        *preamble_sentences(context),
        context.version_sentence,
    )
    comments = [f"%% {escape_mermaid_label(each)}" for each in about if each]
    drawn = mermaid_diagram(context.plan, context.forecast) or "flowchart LR"
    return "\n".join([*comments, drawn]) + "\n"
