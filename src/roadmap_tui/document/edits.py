"""Edits of a document: small values, applied together or not at all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from roadmap_tui.document.blocks import insert_block, remove_blocks
from roadmap_tui.document.document import Document
from roadmap_tui.document.excerpt import replace_excerpt, table_excerpt
from roadmap_tui.document.field_editor import remove_field, write_field
from roadmap_tui.document.incremental_parse import parse_changed_data, parse_data
from roadmap_tui.document.item_rename import (
    ItemKey,
    item_mentions,
    item_table_paths,
    needs_without_item,
    rename_in_data,
    rename_in_text,
)
from roadmap_tui.document.line_endings import preserve_line_endings
from roadmap_tui.document.multiline_array import parse_multiline_array, replace_elements
from roadmap_tui.document.positions import BOM, table_span, value_spans_near
from roadmap_tui.document.reader import read_document, unchanged_items
from roadmap_tui.document.serializer import TRACKS, needs_header, serialize_table, serialize_value
from roadmap_tui.document.toml_parser import parse_toml
from roadmap_tui.document.values import (
    NotTomlError,
    Values,
    first_missing_path,
    get_at,
    is_same_value,
    pruned_variants,
    to_toml_value,
    with_value_at,
    without_path,
)
from roadmap_tui.plan.faults import Fault, KeyPath, format_path
from roadmap_tui.storage.load import MAX_BYTES


@dataclass(frozen=True, slots=True)
class SetValue:
    """Put a value at a path; tables on the way are made, and a list may grow by one element."""

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
    """Remove an item; with `mentions`, also from scenarios and from what other items name."""

    id: str
    mentions: bool = False


@dataclass(frozen=True, slots=True)
class RenameItem:
    """Give an item another id, everywhere, or another track, or both."""

    id: str
    track: str
    new_id: str


@dataclass(frozen=True, slots=True)
class ReplaceSource:
    """Write the lines of a table and of all below it as they are given; lines that stay the same stay as they are."""

    path: KeyPath
    text: str


Edit: TypeAlias = SetValue | Unset | AddItem | RemoveItem | RenameItem | ReplaceSource


@dataclass(frozen=True, slots=True)
class EditRejected:
    """Why nothing was done.

    Attributes:
        text: the reason, in a clause.
        remedy: what to do about it, in a clause; may be empty.
        faults: the faults that stand in the way, if it was them.
    """

    text: str
    remedy: str = ""
    faults: tuple[Fault, ...] = ()


def apply_edits(document: Document, *edits: Edit) -> Document | EditRejected:
    """The document with all edits made, in their order, or the reason why none was.

    The plan of the new document may have faults; its text is always valid TOML and says what was intended.
    """
    if document.read_only:
        faults = tuple(fault for fault, _ in document.unlocated_faults if fault.fatal)
        return EditRejected(
            f"{document.name} can only be looked at: {document.read_only}",
            "edit the file by hand",
            faults,
        )
    state = _State(document.text, document.data)
    try:
        for edit in edits:
            state = _apply_edit(state, edit)
    except _EditRejectedError as refused:
        return refused.rejection
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
    """Why a roadmap of that size is not written: it would not be read again; None if it may be."""
    if size <= MAX_BYTES:
        return None
    return EditRejected(
        f"{path} would have {size:,} bytes; a roadmap has at most {MAX_BYTES:,} (5 MB)",
        "split or shorten it",
    )


def rewrite_text(text: str, data: Values, wanted: Values) -> str | None:
    """The text, which says `data`, changed to say what is wanted; None if it can't be changed so as it is written."""
    return _set_keys(_State(text, data), (), data, wanted)


@dataclass(frozen=True, slots=True)
class _State:
    text: str
    data: Values


class _EditRejectedError(Exception):
    def __init__(self, text: str, remedy: str = "") -> None:
        self.rejection = EditRejected(text, remedy)
        super().__init__(text)


def _apply_edit(state: _State, edit: Edit) -> _State:
    match edit:
        case SetValue(path, value):
            return _without_assumption(_apply_set(state, path, value), path)
        case AddItem(track, name, values):
            return _apply_add(state, track, name, values)
        case RemoveItem(name, with_mentions):
            return _apply_remove(state, (_track_of(state, name), name), with_mentions)
        case RenameItem(name, track, new_name):
            return _apply_rename(state, (_track_of(state, name), name), (track, new_name))
        case Unset(path):
            return _apply_unset(state, path)
        case ReplaceSource(path, text):
            return _apply_replace_source(state, path, text)


def _apply_replace_source(state: _State, path: KeyPath, wanted: str) -> _State:
    old = table_excerpt(state.text, path)
    if old is None:
        raise _EditRejectedError(
            f"{format_path(path)} has no header of its own", "change it in the file"
        )
    text = replace_excerpt(state.text, old, wanted)
    data = parse_changed_data(state.text, state.data, text)
    if data is None:
        found = parse_toml(text)[1]
        raise _EditRejectedError(found[0][0].text if found else "this is not valid TOML", "")
    if get_at(data, path) is None:
        raise _EditRejectedError(
            f"the header of {format_path(path)} is gone",
            "keep it; an item is removed or renamed whole",
        )
    if not is_same_value(without_path(state.data, path), without_path(data, path)):
        raise _EditRejectedError(
            f"more than {format_path(path)} is written here", "keep to its own headers and keys"
        )
    return _State(text, data)


def _apply_add(state: _State, track: str, name: str, values: Mapping[str, object]) -> _State:
    _require_free_id(state, track, name)
    return _apply_set(state, (track, name), values)


def _require_free_id(state: _State, track: str, name: str) -> None:
    if track not in TRACKS:
        raise _EditRejectedError(f"there is no track {track}", f"take one of {', '.join(TRACKS)}")
    taken = [each for each in TRACKS if get_at(state.data, (each, name)) is not None]
    if taken:
        raise _EditRejectedError(
            f"{format_path((taken[0], name))} is there already", "take another id"
        )


def _apply_remove(state: _State, name: ItemKey, with_mentions: bool) -> _State:
    if not with_mentions:
        return _apply_unset(state, name)
    for path in reversed(list(item_table_paths(state.data, name))):
        state = _apply_unset(state, path)
    for path, left in needs_without_item(state.data, name[1]):
        state = _apply_unset(state, path) if left is None else _apply_set(state, path, left)
    for path, _ in item_mentions(state.data, name[1]):
        state = _apply_unset(state, path)
    return state


def _apply_rename(state: _State, old: ItemKey, new: ItemKey) -> _State:
    if old == new:
        return state
    if old[1] != new[1]:
        _require_free_id(state, *new)
        laid = next(
            (path for track in TRACKS for path in item_table_paths(state.data, (track, new[1]))),
            None,
        )
        if laid is not None:
            raise _EditRejectedError(
                f"{format_path(laid)} is there already, and would be laid over it",
                "take another id",
            )
        for path, written in item_mentions(state.data, old[1]):
            state = _apply_set(state, path, new[1] + written.removeprefix(old[1]))
    wanted = rename_in_data(state.data, old, new)
    return _first_matching_text(
        state, iter([rename_in_text(state.text, state.data, old, new)]), list(wanted), old
    )


def _track_of(state: _State, name: str) -> str:
    tracks = [each for each in TRACKS if get_at(state.data, (each, name)) is not None]
    if len(tracks) != 1:
        raise _EditRejectedError(
            f"{name} stands in {' and '.join(tracks) or 'no track'}", "name one item that is there"
        )
    return tracks[0]


def _apply_set(state: _State, path: KeyPath, value: object) -> _State:
    try:
        value = to_toml_value(value)
        to_toml_value(path)
        wanted = with_value_at(state.data, path, value)
    except NotTomlError as error:
        raise _EditRejectedError(
            f"{format_path(path)} cannot be {error}", "write text, a number, a date or a list"
        ) from None
    except LookupError:
        raise _EditRejectedError(
            f"there is no place for {format_path(path)}", "look at what stands there now"
        ) from None
    old = get_at(state.data, path)
    if old is not None and is_same_value(old, value):
        return state
    return _first_matching_text(state, _set_candidates(state, path, value), [wanted], path)


def _without_assumption(state: _State, path: KeyPath) -> _State:
    """The state in which a number that was typed is called a guess no more; of a stage, its effort or its chance."""
    called = (*path[:2], "guesses")
    listed = get_at(state.data, called)
    own = path[:1] and path[0] in TRACKS and (len(path) == 3 or path[2:3] == ("stages",))
    if not own or not isinstance(listed, list) or path[-1] not in listed:
        return state
    left = [each for each in listed if each != path[-1]]
    return _apply_set(state, called, left) if left else _apply_unset(state, called)


def _apply_unset(state: _State, path: KeyPath) -> _State:
    if not path or get_at(state.data, path) is None:
        raise _EditRejectedError(f"{format_path(path)} is not there", "nothing needs removing")
    return _first_matching_text(
        state, _unset_candidates(state, path), list(pruned_variants(state.data, path)), path
    )


def _first_matching_text(
    state: _State, texts: Iterator[str | None], wanted: list[object], path: KeyPath
) -> _State:
    """The first text that says what is wanted; nothing else is ever written."""
    for text in texts:
        data = None if text is None else parse_changed_data(state.text, state.data, text)
        if (
            text is not None
            and data is not None
            and any(is_same_value(each, data) for each in wanted)
        ):
            return _State(text, data)
    raise _EditRejectedError(
        f"{format_path(path)} cannot be changed as it is written",
        "give it a table with a header first",
    )


def _set_candidates(state: _State, path: KeyPath, value: object) -> Iterator[str | None]:
    missing, nested = first_missing_path(state.data, path, value)
    old = get_at(state.data, missing)
    if old is None and needs_header(nested, missing):
        yield insert_block(state.text, missing, serialize_table(missing, nested))
    if isinstance(old, Mapping) and isinstance(nested, Mapping):
        yield _set_keys(state, path, old, nested)
    if isinstance(old, list) and isinstance(nested, list) and _same_shape(old, nested):
        yield _set_elements(state.text, path, old, nested)
    if isinstance(old, list) and isinstance(nested, list):
        yield _set_lines(state.text, path, nested)
    span = (
        None if isinstance(old, (Mapping, list)) else value_spans_near(state.text, path).get(path)
    )
    if span:
        yield state.text[: span.start] + serialize_value(value) + state.text[span.end :]
    yield _edit_within_table(
        state.text, missing, lambda text, data: write_field(text, data, missing, nested)
    )
    yield write_field(state.text, state.data, missing, nested)


def _same_shape(old: list[object], new: list[object]) -> bool:
    """Whether two lists are of the same length and hold nothing that has parts."""
    return len(old) == len(new) and not any(
        isinstance(each, Mapping | list) for each in (*old, *new)
    )


def _set_elements(text: str, path: KeyPath, old: list[object], new: list[object]) -> str | None:
    """Respell the elements that differ, each at its place."""
    values = value_spans_near(text, path)
    for at in reversed(range(len(old))):
        if not is_same_value(old[at], new[at]):
            span = values.get((*path, at))
            if span is None:
                return None
            text = text[: span.start] + serialize_value(new[at]) + text[span.end :]
    return text


def _set_lines(text: str, path: KeyPath, new: list[object]) -> str | None:
    """Change a list that has one element a line, line by line."""
    span = value_spans_near(text, path).get(path)
    start = 0 if span is None else text.rfind("\n", 0, span.start) + 1
    lines = (
        None
        if span is None or start <= text.find(BOM)
        else parse_multiline_array(text[start : span.end])
    )
    return (
        None
        if span is None or lines is None
        else text[:start] + replace_elements(lines, new).text + text[span.end :]
    )


def _set_keys(state: _State, path: KeyPath, old: Values, new: Values) -> str | None:
    """Change a table key by key, so that parts of it that deserve a header get one."""
    try:
        for key in [key for key in old if key not in new]:
            state = _apply_unset(state, (*path, key))
        for key, value in new.items():
            state = _apply_set(state, (*path, key), value)
    except _EditRejectedError:
        return None
    return state.text


def _edit_within_table(
    text: str, path: KeyPath, change: Callable[[str, Values], str | None]
) -> str | None:
    """The text with the change made in the one table that holds `path`: of a long text, a fraction of the work."""
    for length in range(len(path) - 1, 0, -1):
        stretch = table_span(text, path[:length])
        if stretch is not None:
            own = text[stretch.start : stretch.end]
            data = parse_data(own)
            changed = None if data is None or get_at(data, path[:-1]) is None else change(own, data)
            return (
                None if changed is None else text[: stretch.start] + changed + text[stretch.end :]
            )
    return None


def _unset_candidates(state: _State, path: KeyPath) -> Iterator[str | None]:
    if path in value_spans_near(state.text, path):
        yield _edit_within_table(state.text, path, lambda text, _: remove_field(text, path))
    text = remove_blocks(state.text, path)
    data = parse_data(text)
    yield text
    if data is not None and get_at(data, path) is not None:
        yield remove_field(text, path)
    yield remove_field(state.text, path)
