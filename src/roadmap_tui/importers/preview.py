"""What an import would make of a roadmap: items added, items changed, and the text with all of it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

from roadmap_tui.document.blocks import insert_block
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected, oversize_rejection
from roadmap_tui.document.line_endings import preserve_line_endings
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.serializer import TRACKS, serialize_value
from roadmap_tui.document.values import Values, get_at, is_same_value
from roadmap_tui.importers.bulk_edit import edit_items
from roadmap_tui.importers.columns import ColumnMapping
from roadmap_tui.importers.csv_table import CsvTable, ImportProblem
from roadmap_tui.importers.item_matcher import ItemMatcher, Place, items_by_id
from roadmap_tui.importers.rows import ImportOptions, ImportRow, read_import_rows
from roadmap_tui.plan.table_keys import known_keys

_MAX_ID = "\U0010ffff"
"""Greater than any id."""
_FINISHED_STATUSES = ("failed", "live", "done")
_LIST_FIELDS = ("links", "tags", "needs")


@dataclass(frozen=True, slots=True)
class AddedItem:
    """An item that is new."""

    line: int
    track: str
    id: str
    title: str


@dataclass(frozen=True, slots=True)
class UpdatedItem:
    """An item that is there, and its fields that change: by name, what they were and what they will be."""

    line: int
    track: str
    id: str
    changes: dict[str, tuple[object, object]]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What an import would do.

    Attributes:
        unchanged_count: how many items are there already as the table wants them.
        problems: what could not be read, by line.
        document: the roadmap with all of it.
    """

    columns: ColumnMapping
    added: tuple[AddedItem, ...]
    updated: tuple[UpdatedItem, ...]
    unchanged_count: int
    problems: tuple[ImportProblem, ...]
    document: Document


def preview_import(
    document: Document,
    sheet: CsvTable,
    columns: ColumnMapping,
    options: ImportOptions,
    *,
    keep_existing: bool,
) -> ImportPreview | EditRejected:
    """What importing a table would do to a roadmap, or why it can't be done.

    Args:
        document: the roadmap; one without any text is begun.
        sheet: the table.
        columns: what its columns mean.
        options: how its cells are to be read.
        keep_existing: whether nothing that the roadmap says is to be changed, only what it leaves out to be filled in.
    """
    if document.raw and (document.read_only or document.plan is None):
        reason = document.read_only or "it holds no plan"
        return EditRejected(
            f"{document.name} can't be changed: {reason}", "mend it first: roadmap check FILE"
        )
    wanted, problems = read_import_rows(sheet, columns, options)
    places = ItemMatcher(document.data, wanted)
    problems += [
        problem for at, wish in enumerate(wanted) for problem in places.resolve_references(at, wish)
    ]
    added = {places.item_keys[at]: wish for at, wish in enumerate(wanted) if places.is_new[at]}
    changes = _find_changes(places, wanted, keep=keep_existing)
    changed = _build_document(
        document, added, {place: news for place, (_, news) in changes.items() if news}
    )
    if isinstance(changed, EditRejected):
        return changed
    return ImportPreview(
        columns,
        tuple(AddedItem(wish.line, *place, wish.title) for place, wish in added.items()),
        tuple(UpdatedItem(line, *place, news) for place, (line, news) in changes.items() if news),
        sum(1 for _, news in changes.values() if not news),
        tuple(sorted(problems, key=lambda each: each.line)),
        changed,
    )


_FieldChanges: TypeAlias = dict[str, tuple[object, object]]


def _find_changes(
    places: ItemMatcher, wanted: list[ImportRow], *, keep: bool
) -> dict[Place, tuple[int, _FieldChanges]]:
    """By item that is there: the line of its row, and its fields that change."""
    found: dict[Place, tuple[int, _FieldChanges]] = {}
    for at, wish in enumerate(wanted):
        if places.is_new[at]:
            continue
        item, news = places.existing_item(at), _FieldChanges()
        known = {*known_keys((places.item_keys[at][0], "id"))} - (
            {"effort"} if "stages" in item else set()
        )
        for name, value in wish.values.items():
            new = _union_of_lists(item.get(name), value) if name in _LIST_FIELDS else value
            said = name in item and (
                keep or is_same_value(item[name], new) or _is_as_precise(name, item[name], new)
            )
            if name in known and not said:
                news[name] = (item.get(name), new)
        found[places.item_keys[at]] = (wish.line, news)
    return found


def _union_of_lists(old: object, new: object) -> object:
    """What a list holds, and then what is new of the other; needs that are more than ids are kept, too."""
    if isinstance(old, list) and isinstance(new, list):
        return [*old, *(each for each in new if each not in old)]
    return new


def _is_as_precise(name: str, old: object, new: object) -> bool:
    """Whether the roadmap says the same more exactly: a range round a number, live where the table says done."""
    if name == "status":
        return new == "done" and old in _FINISHED_STATUSES
    if isinstance(old, list) and isinstance(new, int | float):
        numbers = [each for each in old if isinstance(each, int | float)]
        return bool(numbers) and min(numbers) <= new <= max(numbers)
    return False


def _insert_new_items(text: str, data: Values, added: Mapping[Place, ImportRow]) -> str:
    """The text with the new items after those of their track, or else at the end."""
    blocks: dict[str, list[str]] = defaultdict(list)
    for (track, name), wish in added.items():
        after = track if track in data else TRACKS[-1]
        lines = [
            f"{field} = {serialize_value(value, multiline=True)}\n"
            for field, value in wish.values.items()
        ]
        blocks[after].append("".join([f"[{track}.{name}]\n", *lines]))
    for track, spelled in blocks.items():
        text = insert_block(text, (track, _MAX_ID), "\n".join(spelled))
    return text


def _without_assumptions(
    item: Mapping[str, object], news: Mapping[str, object]
) -> dict[str, object]:
    """The item, without calling a guess what the table says."""
    guesses = item.get("guesses")
    left = [each for each in guesses if each not in news] if isinstance(guesses, list) else guesses
    return {
        **{key: value for key, value in item.items() if key != "guesses"},
        **({"guesses": left} if left else {}),
    }


def _build_document(
    document: Document, added: Mapping[Place, ImportRow], changes: Mapping[Place, _FieldChanges]
) -> Document | EditRejected:
    """The document with all of it, or why it can't be written."""
    wanted = {track: dict(items_by_id(document.data, track)) for track in TRACKS}
    values = {
        place: {name: new for name, (_, new) in news.items()} for place, news in changes.items()
    }
    for (track, name), news in values.items():
        wanted[track][name] = _without_assumptions({**wanted[track][name], **news}, news)
    text = edit_items(document, values)
    if text is None:
        return EditRejected(
            "items can't be changed as they are written", "give each a table with a header"
        )
    for (track, name), wish in added.items():
        wanted[track][name] = wish.values
    text = _insert_new_items(text, document.data, added)
    if text == document.text:
        return document
    raw = preserve_line_endings(document.text, text).encode()
    oversize = oversize_rejection(document.name, len(raw))
    if oversize is not None:
        return replace(oversize, remedy="import fewer rows, or no summary: --map summary=")
    changed = read_document(raw, document.name)
    if any(
        not is_same_value(get_at(changed.data, (track,)) or {}, items)
        for track, items in wanted.items()
    ):
        return EditRejected(
            "what would be written does not say what the table says", "import it into a new file"
        )
    return changed
