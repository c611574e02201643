"""Edits of a document: small values, applied together or not at all."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from roadmap_tui.document.blocks import replace_excerpt, table_excerpt
from roadmap_tui.document.document import Document
from roadmap_tui.document.incremental_parse import parse_changed_data
from roadmap_tui.document.item_rename import (
    ItemKey,
    item_mentions,
    item_table_paths,
    needs_without_item,
    rename_in_data,
    rename_in_text,
)
from roadmap_tui.document.limits import MAX_BYTES
from roadmap_tui.document.line_endings import preserve_line_endings
from roadmap_tui.document.reader import read_document, unchanged_items
from roadmap_tui.document.serializer import TRACKS
from roadmap_tui.document.toml_parser import parse_toml
from roadmap_tui.document.value_edits import (
    CannotEditError,
    EditState,
    first_matching_text,
    set_keys,
    set_value,
    unset_value,
)
from roadmap_tui.document.values import Values, get_at, is_same_value, without_path
from roadmap_tui.plan.faults import Fault, KeyPath, format_path


@dataclass(frozen=True, slots=True)
class SetValue:
    """Put a value at a path; tables on the way are made, a list may grow by one element."""

    path: KeyPath
    value: object


@dataclass(frozen=True, slots=True)
class Unset:
    """Remove a key, a table or a list element."""

    path: KeyPath


@dataclass(frozen=True, slots=True)
class AddItem:
    """Add an item to a track: product, model or spike."""

    track: str
    id: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RemoveItem:
    """Remove an item; with `mentions`, also from scenarios and from other items that name it."""

    id: str
    mentions: bool = False


@dataclass(frozen=True, slots=True)
class RenameItem:
    """Give an item another id everywhere, another track, or both."""

    id: str
    track: str
    new_id: str


@dataclass(frozen=True, slots=True)
class ReplaceSource:
    """Replace the source of a table and of all below it; unchanged lines keep their bytes."""

    path: KeyPath
    text: str


Edit: TypeAlias = SetValue | Unset | AddItem | RemoveItem | RenameItem | ReplaceSource


@dataclass(frozen=True, slots=True)
class EditRejected:
    """Why nothing was changed.

    Attributes:
        text: the reason, in a clause.
        remedy: what to do about it, in a clause; may be empty.
        faults: the faults that prevent it, if that is the reason.
    """

    text: str
    remedy: str = ""
    faults: tuple[Fault, ...] = ()


def apply_edits(document: Document, *edits: Edit) -> Document | EditRejected:
    """Make all edits in order, or none.

    Returns:
        The new document, or the reason for none. Its plan may have faults; its text is always
        valid TOML and parses to what was intended.
    """
    if document.read_only:
        faults = tuple(fault for fault, _ in document.unlocated_faults if fault.fatal)
        reason = f"{document.name} is read-only: {document.read_only}"
        return EditRejected(reason, "edit the file by hand", faults)
    state = EditState(document.text, document.data)
    try:
        for edit in edits:
            state = _apply_edit(state, edit)
    except CannotEditError as error:
        return EditRejected(error.text, error.remedy)
    if state.text == document.text:
        return document
    raw = preserve_line_endings(document.text, state.text).encode()
    oversize = oversize_rejection(document.name, len(raw))
    if oversize is not None and len(raw) > len(document.raw):
        return oversize
    edited = read_document(raw, document.name, state.data, unchanged_items(state.data, document))
    if edited.edit_obstacle:
        return EditRejected(f"no more edits would be possible: {edited.edit_obstacle}", "leave it")
    return replace(edited, round_trip_verified=True)


def oversize_rejection(path: str, size: int) -> EditRejected | None:
    """Why a roadmap of that size is not written (it could not be read again); None if it may be."""
    if size <= MAX_BYTES:
        return None
    reason = f"{path} would have {size:,} bytes; a roadmap has at most {MAX_BYTES:,} (5 MB)"
    return EditRejected(reason, "split or shorten it")


def rewrite_text(text: str, data: Values, wanted: Values) -> str | None:
    """Edit `text`, which parses to `data`, so that it parses to `wanted`.

    Returns:
        The new text; None if its layout makes that impossible.
    """
    return set_keys(EditState(text, data), (), data, wanted)


def _apply_edit(state: EditState, edit: Edit) -> EditState:
    match edit:
        case SetValue(path, value):
            return _without_assumption(set_value(state, path, value), path)
        case AddItem(track, name, values):
            _require_free_id(state, track, name)
            return set_value(state, (track, name), values)
        case RemoveItem(name, with_mentions):
            return _apply_remove(state, (_track_of(state, name), name), with_mentions)
        case RenameItem(name, track, new_name):
            return _apply_rename(state, (_track_of(state, name), name), (track, new_name))
        case Unset(path):
            return unset_value(state, path)
        case ReplaceSource(path, text):
            return _apply_replace_source(state, path, text)


def _apply_replace_source(state: EditState, path: KeyPath, wanted: str) -> EditState:
    table = format_path(path)
    old = table_excerpt(state.text, path)
    if old is None:
        raise CannotEditError(f"{table} has no header", "change it in the file")
    text = replace_excerpt(state.text, old, wanted)
    data = parse_changed_data(state.text, state.data, text)
    if data is None:
        faults = parse_toml(text)[1]
        raise CannotEditError(faults[0][0].text if faults else "this is not valid TOML")
    if get_at(data, path) is None:
        remedy = "keep it; remove or rename the item as a whole"
        raise CannotEditError(f"the header of {table} is gone", remedy)
    if not is_same_value(without_path(state.data, path), without_path(data, path)):
        remedy = "use only its own headers and keys"
        raise CannotEditError(f"the text contains more than {table}", remedy)
    return EditState(text, data)


def _require_free_id(state: EditState, track: str, name: str) -> None:
    if track not in TRACKS:
        raise CannotEditError(f"there is no track {track}", f"use one of {', '.join(TRACKS)}")
    for each in TRACKS:
        if get_at(state.data, (each, name)) is not None:
            reason = f"{format_path((each, name))} already exists"
            raise CannotEditError(reason, "use another id")


def _apply_remove(state: EditState, key: ItemKey, with_mentions: bool) -> EditState:
    if not with_mentions:
        return unset_value(state, key)
    for path in reversed(list(item_table_paths(state.data, key))):
        state = unset_value(state, path)
    for path, left in needs_without_item(state.data, key[1]):
        state = unset_value(state, path) if left is None else set_value(state, path, left)
    for path, _ in item_mentions(state.data, key[1]):
        state = unset_value(state, path)
    return state


def _apply_rename(state: EditState, old: ItemKey, new: ItemKey) -> EditState:
    if old == new:
        return state
    if old[1] != new[1]:
        _require_free_id(state, *new)
        overlay = next(_tables_called(state.data, new[1]), None)
        if overlay is not None:
            reason = f"{format_path(overlay)} already exists and would apply to it"
            raise CannotEditError(reason, "use another id")
        for path, written in item_mentions(state.data, old[1]):
            state = set_value(state, path, new[1] + written.removeprefix(old[1]))
    wanted = list(rename_in_data(state.data, old, new))
    text = rename_in_text(state.text, state.data, old, new)
    return first_matching_text(state, [text], wanted, old)


def _tables_called(data: Values, name: str) -> Iterator[KeyPath]:
    for track in TRACKS:
        yield from item_table_paths(data, (track, name))


def _track_of(state: EditState, name: str) -> str:
    tracks = [each for each in TRACKS if get_at(state.data, (each, name)) is not None]
    if len(tracks) != 1:
        reason = f"{name} is in {' and '.join(tracks) or 'no track'}"
        raise CannotEditError(reason, "name an existing item")
    return tracks[0]


def _without_assumption(state: EditState, path: KeyPath) -> EditState:
    """The state in which a number that was entered is no longer listed as an assumption.

    A number of a stage is listed by its name, effort or chance.
    """
    list_path = (*path[:2], "guesses")
    listed = get_at(state.data, list_path)
    is_of_item = bool(path) and path[0] in TRACKS
    is_listed_field = is_of_item and (len(path) == 3 or path[2:3] == ("stages",))
    if not is_listed_field or not isinstance(listed, list) or path[-1] not in listed:
        return state
    left = [each for each in listed if each != path[-1]]
    return set_value(state, list_path, left) if left else unset_value(state, list_path)
