"""What the figures of a document mean, and as of when they are."""

from collections.abc import Iterator

from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.figures import GUESS
from roadmap_tui.report.sections import guesses
from roadmap_tui.report.words import date


def meaning(subject: Subject) -> Iterator[str]:
    """As of when it is, and what a range and a chance mean."""
    yield (
        f"As of {date(subject.forecast.as_of)}. A range such as March–May means: 8 times out of 10"
        " the truth lies in it, if the item ships at all."
    )
    yield f"A chance is that of shipping by {subject.until}."


def guesses_marked(subject: Subject, *, listed: bool = False) -> Iterator[str]:
    """What the mark of a guess means, where there are guesses; `listed` if the document names them."""
    if any(guesses(subject.forecast)):
        told = "; they are listed at the end" if listed else ": fields that the file leaves out"
        yield f"Figures marked {GUESS} rest on guesses{told}."
