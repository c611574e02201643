"""Upgrade of a roadmap to the present format: renamed keys, all else with its bytes unchanged."""

from collections.abc import Iterator
from typing import NamedTuple

from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected, SetValue, apply_edits
from roadmap_tui.document.positions import TextSpan
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.values import get_at
from roadmap_tui.plan.faults import KeyPath, format_path
from roadmap_tui.plan.roadmap import SCHEMA_VERSION
from roadmap_tui.plan.table_keys import present_name


class _OldKey(NamedTuple):
    """An old key: where it is written, its path, and its present name."""

    span: TextSpan
    path: KeyPath
    name: str


def upgrade_document(document: Document) -> Document | EditRejected:
    """The document in the format that this program writes, or why it can't be."""
    if document.edit_obstacle:
        return EditRejected(
            f"{document.name} is read-only: {document.edit_obstacle}", "fix it by hand"
        )
    old_keys = tuple(_old_keys(document))
    for key in old_keys:
        if get_at(document.data, (*key.path[:-1], key.name)) is not None:
            both = f"both {format_path(key.path)} and its present name {key.name} are set"
            return EditRejected(both, "remove one of the two")
    current = _with_present_names(document, old_keys) if old_keys else document
    version = current.data.get("schema")
    if isinstance(version, int) and version < SCHEMA_VERSION:
        return apply_edits(current, SetValue(("schema",), SCHEMA_VERSION))
    return current


def _old_keys(document: Document) -> Iterator[_OldKey]:
    for path, spans in document.positions.occurrences.items():
        name = present_name(path)
        if name is not None:
            yield from (_OldKey(span, path, name) for span in spans)


def _with_present_names(document: Document, old_keys: tuple[_OldKey, ...]) -> Document:
    text = document.text
    for key in sorted(old_keys, reverse=True):
        text = text[: key.span.start] + key.name + text[key.span.end :]
    return read_document(text.encode(), document.name)
