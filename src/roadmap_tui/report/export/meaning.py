"""What the figures of a document mean, and as of when they are."""

from collections.abc import Iterator

from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.figures import GUESS
from roadmap_tui.report.sections import guesses
from roadmap_tui.report.words import date


def meaning(subject: Subject) -> Iterator[str]:
    """As of when it is, and what a range and a chance mean."""
    yield (
        f"As of {date(subject.forecast.as_of)}. A range such as March–May means: 8 times out of 10 the truth lies in "
        "it, if the item ships at all."
    )
    yield f"A chance is that of shipping by {subject.until}."


def guesses_marked(subject: Subject) -> Iterator[str]:
    """What the mark of a guess means, where there are guesses."""
    if any(guesses(subject.forecast)):
        yield f"Figures marked {GUESS} rest on guesses; they are listed at the end."
