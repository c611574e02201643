"""What the figures of a document mean, and their date."""

from collections.abc import Iterator

from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_figures import ASSUMPTION_MARK, people_note
from roadmap_tui.narrative.plan_tables import assumption_rows
from roadmap_tui.text.dates import format_date


def preamble_sentences(subject: ReportContext) -> Iterator[str]:
    """The date of the figures, and the meaning of ranges and chances."""
    yield (
        f"As of {format_date(subject.forecast.as_of)}. A range such as March–May is an 80%"
        " range, if the item ships at all."
    )
    yield f"A chance is that of shipping by {subject.until}."
    note = people_note(subject.forecast)
    if note:
        yield f"{note[0].upper()}{note[1:]}."


def assumption_note(subject: ReportContext, *, are_listed: bool = False) -> Iterator[str]:
    """Explain the mark of assumptions if there are any; `are_listed` if the document lists them."""
    if any(assumption_rows(subject.forecast)):
        place = "; they are listed at the end" if are_listed else ""
        yield f"Figures marked {ASSUMPTION_MARK} would move if an assumption did{place}."
