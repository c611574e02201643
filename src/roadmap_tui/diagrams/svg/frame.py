"""The frame of every picture: title above, meaning of figures below."""

from collections.abc import Iterable

from roadmap_tui.diagrams.svg.elements import SvgPicture, text_element, wrap_text_to_width
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.preamble import preamble_sentences

BODY_TOP = 44.0
"""Where the body of a picture begins."""
_EDGE, _SMALL, _STEP, _LINES = 16.0, 11.0, 16.0, 3


def frame_picture(
    context: ReportContext, name: str, width: float, bottom: float, body: Iterable[str], *notes: str
) -> SvgPicture:
    """A picture of a roadmap.

    Args:
        context: the roadmap.
        name: what it shows.
        width: its width.
        bottom: where its body ends.
        body: its elements.
        notes: the legend.
    """
    scenario = f"Scenario {context.scenario}, not the current plan." if context.scenario else ""
    parts = [scenario, *preamble_sentences(context), *notes, context.version_sentence]
    words = " ".join(each for each in parts if each)
    room = width - 2 * _EDGE
    lines = wrap_text_to_width(words, room, _LINES, _SMALL)
    at = bottom + 22
    below = [
        text_element((_EDGE, at + _STEP * nth), each, "dim", room + 20, size=_SMALL)
        for nth, each in enumerate(lines)
    ]
    head = text_element((_EDGE, 27), context.title, "ink strong", room, size=17)
    height = at + _STEP * len(lines)
    return SvgPicture(f"{name} of {context.title}", words, width, height, (head, *body, *below))
