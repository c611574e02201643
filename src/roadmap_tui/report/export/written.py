"""A document written out."""

from roadmap_tui.report.escape import mermaid_label
from roadmap_tui.report.export.blocks import Report
from roadmap_tui.report.export.meaning import meaning
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.mermaid import diagram
from roadmap_tui.report.templating import Ready, fill


def to_markdown(report: Report) -> str:
    """The document in Markdown."""
    return fill("report.md.j2", report=report, ready=Ready)


def to_mermaid(subject: Subject) -> str:
    """What hangs on what as a Mermaid diagram, with what it is of in comments."""
    about = (subject.title, subject.scenario and f"Scenario {subject.scenario}", *meaning(subject), subject.made_from)
    comments = [f"%% {mermaid_label(each)}" for each in about if each]
    drawn = diagram(subject.plan, subject.forecast) or "flowchart LR"
    return "\n".join([*comments, drawn]) + "\n"
