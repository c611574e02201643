"""Changing fields of many items at once: each in its own stretch of the text, so that none costs more than itself."""

from collections.abc import Mapping
from typing import TypeAlias

from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal, SetValue, apply
from roadmap_tui.files.positions import Positions, Span, scan
from roadmap_tui.files.reader import read
from roadmap_tui.files.spell import spell_value

Place: TypeAlias = tuple[str, str]
Fields: TypeAlias = Mapping[str, object]


def patched(document: Document, changes: Mapping[Place, Fields]) -> str | None:
    """The text with fields of items set; None if one can't be changed as it is written.

    Args:
        document: the roadmap.
        changes: by track and id, the new values of fields.
    """
    if not changes:
        return document.text
    text, positions = document.text, scan(document.text)
    stretches = _stretches(positions, changes)
    pieces, at = list[str](), 0
    for place in sorted(stretches, key=stretches.__getitem__):
        start, end = stretches[place]
        stretch = _spelled(positions, stretches[place], place, changes[place])
        stretch = _set(text[start:end], place, changes[place]) if stretch is None else stretch
        if stretch is None:
            return None
        pieces += [text[at:start], stretch]
        at = end
    rest = {place: changes[place] for place in changes if place not in stretches}
    return _rest("".join([*pieces, text[at:]]), document.name, rest)


def _stretches(positions: Positions, changes: Mapping[Place, Fields]) -> dict[Place, Span]:
    """Where the table of each item stands that has one with a header."""
    found = dict[Place, Span]()
    for block in positions.blocks:
        if len(block.path) == 2:
            place = (str(block.path[0]), str(block.path[1]))
            if place in changes:
                found[place] = Span(block.start, block.content)
    return found


def _spelled(positions: Positions, stretch: Span, place: Place, fields: Fields) -> str | None:
    """The stretch with single values put in the place of others; None where more than that has to be done."""
    spans = {name: positions.value((*place, name)) for name in fields}
    is_plain = not any(isinstance(value, list) for value in fields.values())
    if not is_plain or positions.key((*place, "guesses")) is not None or None in spans.values():
        return None
    text, end = positions.text, stretch.end
    after = ""
    for span, name in sorted(
        ((span, name) for name, span in spans.items() if span is not None), reverse=True
    ):
        after = spell_value(fields[name]) + text[span.end : end] + after
        end = span.start
    return text[stretch.start : end] + after


def _set(stretch: str, place: Place, fields: Fields) -> str | None:
    changed = apply(
        read(stretch.encode(), ""),
        *(SetValue((*place, name), value) for name, value in fields.items()),
    )
    return None if isinstance(changed, Refusal) else changed.text


def _rest(text: str, name: str, changes: Mapping[Place, Fields]) -> str | None:
    """The text with items changed that are not written as tables of their own."""
    if not changes:
        return text
    edits = [
        SetValue((*place, field), value)
        for place, fields in changes.items()
        for field, value in fields.items()
    ]
    changed = apply(read(text.encode(), name), *edits)
    return None if isinstance(changed, Refusal) else changed.text
