"""Changing fields of many items at once: each in its own stretch of the text, so that none costs more than itself."""

from collections.abc import Mapping
from typing import TypeAlias

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected, SetValue, apply_edits
from roadmap_tui.document.positions import Positions, TextSpan, scan_positions
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.serializer import serialize_value

ItemAddress: TypeAlias = tuple[str, str]
FieldValues: TypeAlias = Mapping[str, object]


def edit_items(document: Document, changes: Mapping[ItemAddress, FieldValues]) -> str | None:
    """The text with fields of items set; None if one can't be changed as it is written.

    Args:
        document: the roadmap.
        changes: by track and id, the new values of fields.
    """
    if not changes:
        return document.text
    text, positions = document.text, scan_positions(document.text)
    stretches = _item_spans(positions, changes)
    pieces, at = list[str](), 0
    for place in sorted(stretches, key=stretches.__getitem__):
        start, end = stretches[place]
        stretch = _replace_scalars(positions, stretches[place], place, changes[place])
        stretch = _edit_span(text[start:end], place, changes[place]) if stretch is None else stretch
        if stretch is None:
            return None
        pieces += [text[at:start], stretch]
        at = end
    rest = {place: changes[place] for place in changes if place not in stretches}
    return _edit_remaining("".join([*pieces, text[at:]]), document.name, rest)


def _item_spans(
    positions: Positions, changes: Mapping[ItemAddress, FieldValues]
) -> dict[ItemAddress, TextSpan]:
    """Where the table of each item stands that has one with a header."""
    found = dict[ItemAddress, TextSpan]()
    for block in positions.blocks:
        if len(block.path) == 2:
            place = (str(block.path[0]), str(block.path[1]))
            if place in changes:
                found[place] = TextSpan(block.start, block.content)
    return found


def _replace_scalars(
    positions: Positions, stretch: TextSpan, place: ItemAddress, fields: FieldValues
) -> str | None:
    """The stretch with single values put in the place of others; None where more than that has to be done."""
    spans = {name: positions.value_span((*place, name)) for name in fields}
    is_plain = not any(isinstance(value, list) for value in fields.values())
    if (
        not is_plain
        or positions.key_span((*place, "guesses")) is not None
        or None in spans.values()
    ):
        return None
    text, end = positions.text, stretch.end
    after = ""
    for span, name in sorted(
        ((span, name) for name, span in spans.items() if span is not None), reverse=True
    ):
        after = serialize_value(fields[name]) + text[span.end : end] + after
        end = span.start
    return text[stretch.start : end] + after


def _edit_span(stretch: str, place: ItemAddress, fields: FieldValues) -> str | None:
    changed = apply_edits(
        read_document(stretch.encode(), ""),
        *(SetValue((*place, name), value) for name, value in fields.items()),
    )
    return None if isinstance(changed, EditRejected) else changed.text


def _edit_remaining(text: str, name: str, changes: Mapping[ItemAddress, FieldValues]) -> str | None:
    """The text with items changed that are not written as tables of their own."""
    if not changes:
        return text
    edits = [
        SetValue((*place, field), value)
        for place, fields in changes.items()
        for field, value in fields.items()
    ]
    changed = apply_edits(read_document(text.encode(), name), *edits)
    return None if isinstance(changed, EditRejected) else changed.text
