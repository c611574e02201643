"""Preview of an import: items added, items changed, and the roadmap with all of it."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from roadmap_tui.document.blocks import insert_block
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected, oversize_rejection
from roadmap_tui.document.item_rename import ItemKey
from roadmap_tui.document.line_endings import preserve_line_endings
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.serializer import TRACKS, serialize_value
from roadmap_tui.document.values import Values, get_at, is_same_value
from roadmap_tui.importers.bulk_edit import edit_items
from roadmap_tui.importers.columns import ColumnMapping
from roadmap_tui.importers.csv_table import CsvTable, ImportProblem
from roadmap_tui.importers.item_matcher import ItemMatcher, items_by_id
from roadmap_tui.importers.rows import ImportOptions, ImportRow, read_import_rows
from roadmap_tui.plan.table_keys import known_keys

_MAX_ID = "\U0010ffff"
"""Greater than any id."""
_FINISHED_STATUSES = ("failed", "live", "done")
_LIST_FIELDS = ("links", "tags", "needs")

FieldChanges: TypeAlias = dict[str, tuple[object, object]]
"""Fields by name, with their old and their new values."""


@dataclass(frozen=True, slots=True)
class AddedItem:
    """A new item."""

    line: int
    track: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class UpdatedItem:
    """An existing item whose fields change."""

    line: int
    track: str
    id: str
    changes: FieldChanges


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do.

    Attributes:
        unchanged_count: how many items already are as the table describes them.
        problems: what could not be read, by line.
        document: the roadmap with the import applied.
    """

    columns: ColumnMapping
    added: tuple[AddedItem, ...]
    updated: tuple[UpdatedItem, ...]
    unchanged_count: int
    problems: tuple[ImportProblem, ...]
    document: Document


def preview_import(
    document: Document,
    table: CsvTable,
    columns: ColumnMapping,
    options: ImportOptions,
    *,
    keep_existing: bool,
) -> ImportPreview | EditRejected:
    """What importing a table would do to a roadmap, or why it can't be imported.

    Args:
        document: the roadmap; an empty one is begun.
        table: the table.
        columns: the roles of its columns.
        options: how to read its cells.
        keep_existing: whether to fill in only what the roadmap leaves out, and change nothing.
    """
    if document.raw and (document.read_only or document.plan is None):
        obstacle = document.read_only or "it is not a valid plan"
        reason = f"{document.name} can't be changed: {obstacle}"
        return EditRejected(reason, "fix it first: roadmap check FILE")
    rows, problems = read_import_rows(table, columns, options)
    matcher = ItemMatcher(document.data, rows)
    for index, row in enumerate(rows):
        problems += matcher.resolve_references(index, row)
    added: dict[ItemKey, ImportRow] = {}
    updates: dict[ItemKey, UpdatedItem] = {}
    for index, row in enumerate(rows):
        key = matcher.item_keys[index]
        if matcher.is_new[index]:
            added[key] = row
        else:
            item = matcher.existing_item(index)
            changes = dict(_find_changes(key[0], item, row, keep_existing=keep_existing))
            updates[key] = UpdatedItem(row.line, *key, changes)
    updated = {key: item.changes for key, item in updates.items() if item.changes}
    result = _build_document(document, added, updated)
    if isinstance(result, EditRejected):
        return result
    return ImportPreview(
        columns=columns,
        added=tuple(AddedItem(row.line, *key, row.title) for key, row in added.items()),
        updated=tuple(item for item in updates.values() if item.changes),
        unchanged_count=len(updates) - len(updated),
        problems=tuple(sorted(problems, key=lambda each: each.line)),
        document=result,
    )


def _find_changes(
    track: str, item: Values, row: ImportRow, *, keep_existing: bool
) -> Iterator[tuple[str, tuple[object, object]]]:
    """The fields of an existing item that its row changes."""
    known = {*known_keys((track, "id"))}
    if "stages" in item:
        known.discard("effort")
    for name, value in row.values.items():
        if name not in known:
            continue
        old = item.get(name)
        new = _union_of_lists(old, value) if name in _LIST_FIELDS else value
        is_same = is_same_value(old, new) or _is_as_precise(name, old, new)
        if name not in item or not (keep_existing or is_same):
            yield name, (old, new)


def _union_of_lists(old: object, new: object) -> object:
    """The elements of both lists; needs that are more than ids are kept, too."""
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *(each for each in new if each not in old)]
    return new


def _is_as_precise(name: str, old: object, new: object) -> bool:
    """Whether the old value implies the new one: a range around a number, live instead of done."""
    if name == "status":
        return new == "done" and old in _FINISHED_STATUSES
    if isinstance(old, list) and isinstance(new, int | float):
        numbers = [each for each in old if isinstance(each, int | float)]
        return bool(numbers) and min(numbers) <= new <= max(numbers)
    return False


def _insert_new_items(text: str, data: Values, added: Mapping[ItemKey, ImportRow]) -> str:
    """The text with the new items after those of their track, or else at the end."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for (track, name), row in added.items():
        after = track if track in data else TRACKS[-1]
        lines = [f"[{track}.{name}]\n"]
        for key, value in row.values.items():
            lines.append(f"{key} = {serialize_value(value, multiline=True)}\n")
        blocks[after].append("".join(lines))
    for track, tables in blocks.items():
        text = insert_block(text, (track, _MAX_ID), "\n".join(tables))
    return text


def _without_assumptions(item: Values, changed: Values) -> dict[str, object]:
    """The item, in which imported numbers are no longer listed as assumptions."""
    listed = item.get("guesses")
    rest = {key: value for key, value in item.items() if key != "guesses"}
    if isinstance(listed, list):
        listed = [each for each in listed if each not in changed]
    return {**rest, "guesses": listed} if listed else rest


def _build_document(
    document: Document,
    added: Mapping[ItemKey, ImportRow],
    updated: Mapping[ItemKey, FieldChanges],
) -> Document | EditRejected:
    """The document with the import applied, or why it can't be written."""
    wanted = {track: dict(items_by_id(document.data, track)) for track in TRACKS}
    values: dict[ItemKey, dict[str, object]] = {}
    for (track, name), changes in updated.items():
        values[track, name] = new = {field: after for field, (_, after) in changes.items()}
        wanted[track][name] = _without_assumptions({**wanted[track][name], **new}, new)
    text = edit_items(document, values)
    if text is None:
        remedy = "give each a table with a header"
        return EditRejected("items can't be changed because of their layout", remedy)
    for (track, name), row in added.items():
        wanted[track][name] = row.values
    text = _insert_new_items(text, document.data, added)
    if text == document.text:
        return document
    raw = preserve_line_endings(document.text, text).encode()
    oversize = oversize_rejection(document.name, len(raw))
    if oversize is not None:
        return replace(oversize, remedy="import fewer rows, or no summary: --map summary=")
    result = read_document(raw, document.name)
    # Nothing is written that does not read back as what was imported.
    for track, items in wanted.items():
        if not is_same_value(get_at(result.data, (track,)) or {}, items):
            reason = "the result would differ from the table"
            return EditRejected(reason, "import it into a new file")
    return result
