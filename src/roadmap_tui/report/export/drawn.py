"""Pictures in documents."""

from roadmap_tui.report.export.blocks import Drawn
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.export.table import PICTURES, PictureName


def drawn(name: PictureName, subject: Subject) -> tuple[Drawn, ...]:
    """One of the pictures; none of a plan without items."""
    label = next(each.label for each in PICTURES if each.name == name)
    return (Drawn(name, f"{label} of {subject.title}"),) if subject.forecast.items else ()
