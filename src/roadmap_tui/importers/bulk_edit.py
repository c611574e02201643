"""Edits of many items at once: each in its own span of the text, so that the cost stays linear."""

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected, SetValue, apply_edits
from roadmap_tui.document.item_rename import ItemKey
from roadmap_tui.document.positions import Positions, TextSpan, scan_positions
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.serializer import serialize_value

FieldValues: TypeAlias = Mapping[str, object]


def edit_items(document: Document, changes: Mapping[ItemKey, FieldValues]) -> str | None:
    """The text with fields of items set; None if the layout of one makes that impossible.

    Args:
        document: the roadmap.
        changes: by track and id, the new values of fields.
    """
    if not changes:
        return document.text
    text, positions = document.text, scan_positions(document.text)
    spans = _item_spans(positions, changes)
    pieces, at = list[str](), 0
    for key in sorted(spans, key=spans.__getitem__):
        start, end = spans[key]
        edited = _replace_scalars(positions, spans[key], key, changes[key])
        if edited is None:
            edited = _apply_changes(text[start:end], {key: changes[key]})
        if edited is None:
            return None
        pieces += [text[at:start], edited]
        at = end
    remaining = {key: changes[key] for key in changes if key not in spans}
    return _apply_changes("".join([*pieces, text[at:]]), remaining, document.name)


def _item_spans(
    positions: Positions, changes: Mapping[ItemKey, FieldValues]
) -> dict[ItemKey, TextSpan]:
    """The spans of the changed items that have a table with a header."""
    found = dict[ItemKey, TextSpan]()
    for block in positions.blocks:
        if len(block.path) == 2:
            key = (str(block.path[0]), str(block.path[1]))
            if key in changes:
                found[key] = TextSpan(block.start, block.content)
    return found


def _replace_scalars(
    positions: Positions, span: TextSpan, key: ItemKey, fields: FieldValues
) -> str | None:
    """The span with scalars replaced by others; None if more than that is needed."""
    if any(isinstance(value, list) for value in fields.values()):
        return None
    if positions.key_span((*key, "guesses")) is not None:
        return None
    replacements: list[tuple[TextSpan, str]] = []
    for name, value in fields.items():
        place = positions.value_span((*key, name))
        if place is None:
            return None
        replacements.append((place, serialize_value(value)))
    text, end = positions.text, span.end
    after = ""
    for place, spelled in sorted(replacements, reverse=True):
        after = spelled + text[place.end : end] + after
        end = place.start
    return text[span.start : end] + after


def _apply_changes(text: str, changes: Mapping[ItemKey, FieldValues], name: str = "") -> str | None:
    """The text with items changed one by one, for what is no plain replacement."""
    if not changes:
        return text
    edited = apply_edits(read_document(text.encode(), name), *_edits(changes))
    return None if isinstance(edited, EditRejected) else edited.text


def _edits(changes: Mapping[ItemKey, FieldValues]) -> Iterator[SetValue]:
    for key, fields in changes.items():
        yield from (SetValue((*key, name), value) for name, value in fields.items())
