"""What stands around every picture: its title above, what its figures mean below."""

from collections.abc import Iterable

from roadmap_tui.report.export.meaning import meaning
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.pictures.pen import Picture, text, wrapped

TOP = 44.0
"""Where the picture itself begins."""
_EDGE, _SMALL, _STEP, _LINES = 16.0, 11.0, 16.0, 3


def framed(
    subject: Subject, name: str, width: float, bottom: float, body: Iterable[str], *notes: str
) -> Picture:
    """A picture of a roadmap.

    Args:
        subject: the roadmap.
        name: what it shows of that.
        width: how broad it is.
        bottom: where its body ends.
        body: its elements.
        notes: what its signs mean.
    """
    scenario = f"Scenario {subject.scenario}, not the plan as it is." if subject.scenario else ""
    told = [scenario, *meaning(subject), *notes, subject.made_from]
    words = " ".join(each for each in told if each)
    room = width - 2 * _EDGE
    lines = wrapped(words, room, _LINES, _SMALL)
    at = bottom + 22
    below = [
        text((_EDGE, at + _STEP * nth), each, "dim", room + 20, size=_SMALL)
        for nth, each in enumerate(lines)
    ]
    head = text((_EDGE, 27), subject.title, "ink strong", room, size=17)
    height = at + _STEP * len(lines)
    return Picture(f"{name} of {subject.title}", words, width, height, (head, *body, *below))
