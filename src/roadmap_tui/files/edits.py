"""Edits of a document: small values, applied together or not at all."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from roadmap_tui.files.blocks import insert_block, remove_blocks
from roadmap_tui.files.document import Document
from roadmap_tui.files.excerpt import excerpt, with_lines
from roadmap_tui.files.fields import remove_field, write_field
from roadmap_tui.files.line_ends import keep_line_ends
from roadmap_tui.files.load import MAX_BYTES
from roadmap_tui.files.positions import BOM, stretch_of, values_near
from roadmap_tui.files.reader import read, unchanged
from roadmap_tui.files.renaming import (
    Name,
    mentions,
    needs_without,
    renamed,
    respell_name,
    tables_of,
)
from roadmap_tui.files.rereading import data_after, data_of
from roadmap_tui.files.spell import TRACKS, spell_block, spell_value, wants_block
from roadmap_tui.files.syntax import parse
from roadmap_tui.files.tall import tall, with_elements
from roadmap_tui.files.values import (
    NotTomlError,
    Values,
    first_missing,
    lookup,
    plain,
    prunings,
    same,
    with_value,
    without,
)
from roadmap_tui.plan.faults import Fault, KeyPath, spell_path


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
class Rewrite:
    """Write the lines of a table and of all below it as they are given; lines that stay the same stay as they are."""

    path: KeyPath
    text: str


Edit: TypeAlias = SetValue | Unset | AddItem | RemoveItem | RenameItem | Rewrite


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing was done.

    Attributes:
        text: the reason, in a clause.
        remedy: what to do about it, in a clause; may be empty.
        faults: the faults that stand in the way, if it was them.
    """

    text: str
    remedy: str = ""
    faults: tuple[Fault, ...] = ()


def apply(document: Document, *edits: Edit) -> Document | Refusal:
    """The document with all edits made, in their order, or the reason why none was.

    The plan of the new document may have faults; its text is always valid TOML and says what was intended.
    """
    if document.read_only:
        faults = tuple(fault for fault, _ in document.found if fault.fatal)
        return Refusal(
            f"{document.name} can only be looked at: {document.read_only}",
            "edit the file by hand",
            faults,
        )
    state = _State(document.text, document.data)
    try:
        for edit in edits:
            state = _step(state, edit)
    except _RefusedError as refused:
        return refused.refusal
    if state.text == document.text:
        return document
    raw = keep_line_ends(document.text, state.text).encode()
    oversize = size_refusal(document.name, len(raw))
    if oversize is not None and len(raw) > len(document.raw):
        return oversize
    edited = read(raw, document.name, state.data, unchanged(state.data, document))
    if edited.barred:
        return Refusal(f"no more edits would be possible: {edited.barred}", "leave it")
    return replace(edited, vetted=True)


def size_refusal(path: str, size: int) -> Refusal | None:
    """Why a roadmap of that size is not written: it would not be read again; None if it may be."""
    if size <= MAX_BYTES:
        return None
    return Refusal(
        f"{path} would have {size:,} bytes; a roadmap has at most {MAX_BYTES:,} (5 MB)",
        "split or shorten it",
    )


def respell(text: str, data: Values, wanted: Values) -> str | None:
    """The text, which says `data`, changed to say what is wanted; None if it can't be changed so as it is written."""
    return _set_each(_State(text, data), (), data, wanted)


@dataclass(frozen=True, slots=True)
class _State:
    text: str
    data: Values


class _RefusedError(Exception):
    def __init__(self, text: str, remedy: str = "") -> None:
        self.refusal = Refusal(text, remedy)
        super().__init__(text)


def _step(state: _State, edit: Edit) -> _State:
    match edit:
        case SetValue(path, value):
            return _no_guess(_set(state, path, value), path)
        case AddItem(track, name, values):
            return _add(state, track, name, values)
        case RemoveItem(name, with_mentions):
            return _remove(state, (_track_of(state, name), name), with_mentions)
        case RenameItem(name, track, new_name):
            return _rename(state, (_track_of(state, name), name), (track, new_name))
        case Unset(path):
            return _unset(state, path)
        case Rewrite(path, text):
            return _rewrite(state, path, text)


def _rewrite(state: _State, path: KeyPath, wanted: str) -> _State:
    old = excerpt(state.text, path)
    if old is None:
        raise _RefusedError(f"{spell_path(path)} has no header of its own", "change it in the file")
    text = with_lines(state.text, old, wanted)
    data = data_after(state.text, state.data, text)
    if data is None:
        found = parse(text)[1]
        raise _RefusedError(found[0][0].text if found else "this is not valid TOML", "")
    if lookup(data, path) is None:
        raise _RefusedError(
            f"the header of {spell_path(path)} is gone",
            "keep it; an item is removed or renamed whole",
        )
    if not same(without(state.data, path), without(data, path)):
        raise _RefusedError(
            f"more than {spell_path(path)} is written here", "keep to its own headers and keys"
        )
    return _State(text, data)


def _add(state: _State, track: str, name: str, values: Mapping[str, object]) -> _State:
    _check_free(state, track, name)
    return _set(state, (track, name), values)


def _check_free(state: _State, track: str, name: str) -> None:
    if track not in TRACKS:
        raise _RefusedError(f"there is no track {track}", f"take one of {', '.join(TRACKS)}")
    taken = [each for each in TRACKS if lookup(state.data, (each, name)) is not None]
    if taken:
        raise _RefusedError(f"{spell_path((taken[0], name))} is there already", "take another id")


def _remove(state: _State, name: Name, with_mentions: bool) -> _State:
    if not with_mentions:
        return _unset(state, name)
    for path in reversed(list(tables_of(state.data, name))):
        state = _unset(state, path)
    for path, left in needs_without(state.data, name[1]):
        state = _unset(state, path) if left is None else _set(state, path, left)
    for path, _ in mentions(state.data, name[1]):
        state = _unset(state, path)
    return state


def _rename(state: _State, old: Name, new: Name) -> _State:
    if old == new:
        return state
    if old[1] != new[1]:
        _check_free(state, *new)
        laid = next(
            (path for track in TRACKS for path in tables_of(state.data, (track, new[1]))), None
        )
        if laid is not None:
            raise _RefusedError(
                f"{spell_path(laid)} is there already, and would be laid over it", "take another id"
            )
        for path, written in mentions(state.data, old[1]):
            state = _set(state, path, new[1] + written.removeprefix(old[1]))
    wanted = renamed(state.data, old, new)
    return _first_right(
        state, iter([respell_name(state.text, state.data, old, new)]), list(wanted), old
    )


def _track_of(state: _State, name: str) -> str:
    tracks = [each for each in TRACKS if lookup(state.data, (each, name)) is not None]
    if len(tracks) != 1:
        raise _RefusedError(
            f"{name} stands in {' and '.join(tracks) or 'no track'}", "name one item that is there"
        )
    return tracks[0]


def _set(state: _State, path: KeyPath, value: object) -> _State:
    try:
        value = plain(value)
        plain(path)
        wanted = with_value(state.data, path, value)
    except NotTomlError as error:
        raise _RefusedError(
            f"{spell_path(path)} cannot be {error}", "write text, a number, a date or a list"
        ) from None
    except LookupError:
        raise _RefusedError(
            f"there is no place for {spell_path(path)}", "look at what stands there now"
        ) from None
    old = lookup(state.data, path)
    if old is not None and same(old, value):
        return state
    return _first_right(state, _ways_to_set(state, path, value), [wanted], path)


def _no_guess(state: _State, path: KeyPath) -> _State:
    """The state in which a number that was typed is called a guess no more; of a stage, its effort or its chance."""
    called = (*path[:2], "guesses")
    listed = lookup(state.data, called)
    own = path[:1] and path[0] in TRACKS and (len(path) == 3 or path[2:3] == ("stages",))
    if not own or not isinstance(listed, list) or path[-1] not in listed:
        return state
    left = [each for each in listed if each != path[-1]]
    return _set(state, called, left) if left else _unset(state, called)


def _unset(state: _State, path: KeyPath) -> _State:
    if not path or lookup(state.data, path) is None:
        raise _RefusedError(f"{spell_path(path)} is not there", "nothing needs removing")
    return _first_right(state, _ways_to_unset(state, path), list(prunings(state.data, path)), path)


def _first_right(
    state: _State, texts: Iterator[str | None], wanted: list[object], path: KeyPath
) -> _State:
    """The first text that says what is wanted; nothing else is ever written."""
    for text in texts:
        data = None if text is None else data_after(state.text, state.data, text)
        if text is not None and data is not None and any(same(each, data) for each in wanted):
            return _State(text, data)
    raise _RefusedError(
        f"{spell_path(path)} cannot be changed as it is written",
        "give it a table with a header first",
    )


def _ways_to_set(state: _State, path: KeyPath, value: object) -> Iterator[str | None]:
    missing, nested = first_missing(state.data, path, value)
    old = lookup(state.data, missing)
    if old is None and wants_block(nested, missing):
        yield insert_block(state.text, missing, spell_block(missing, nested))
    if isinstance(old, Mapping) and isinstance(nested, Mapping):
        yield _set_each(state, path, old, nested)
    if isinstance(old, list) and isinstance(nested, list) and _same_shape(old, nested):
        yield _set_elements(state.text, path, old, nested)
    if isinstance(old, list) and isinstance(nested, list):
        yield _set_lines(state.text, path, nested)
    span = None if isinstance(old, (Mapping, list)) else values_near(state.text, path).get(path)
    if span:
        yield state.text[: span.start] + spell_value(value) + state.text[span.end :]
    yield _within(state.text, missing, lambda text, data: write_field(text, data, missing, nested))
    yield write_field(state.text, state.data, missing, nested)


def _same_shape(old: list[object], new: list[object]) -> bool:
    """Whether two lists are of the same length and hold nothing that has parts."""
    return len(old) == len(new) and not any(
        isinstance(each, Mapping | list) for each in (*old, *new)
    )


def _set_elements(text: str, path: KeyPath, old: list[object], new: list[object]) -> str | None:
    """Respell the elements that differ, each at its place."""
    values = values_near(text, path)
    for at in reversed(range(len(old))):
        if not same(old[at], new[at]):
            span = values.get((*path, at))
            if span is None:
                return None
            text = text[: span.start] + spell_value(new[at]) + text[span.end :]
    return text


def _set_lines(text: str, path: KeyPath, new: list[object]) -> str | None:
    """Change a list that has one element a line, line by line."""
    span = values_near(text, path).get(path)
    start = 0 if span is None else text.rfind("\n", 0, span.start) + 1
    lines = None if span is None or start <= text.find(BOM) else tall(text[start : span.end])
    return (
        None
        if span is None or lines is None
        else text[:start] + with_elements(lines, new).text + text[span.end :]
    )


def _set_each(state: _State, path: KeyPath, old: Values, new: Values) -> str | None:
    """Change a table key by key, so that parts of it that deserve a header get one."""
    try:
        for key in [key for key in old if key not in new]:
            state = _unset(state, (*path, key))
        for key, value in new.items():
            state = _set(state, (*path, key), value)
    except _RefusedError:
        return None
    return state.text


def _within(text: str, path: KeyPath, change: Callable[[str, Values], str | None]) -> str | None:
    """The text with the change made in the one table that holds `path`: of a long text, a fraction of the work."""
    for length in range(len(path) - 1, 0, -1):
        stretch = stretch_of(text, path[:length])
        if stretch is not None:
            own = text[stretch.start : stretch.end]
            data = data_of(own)
            changed = None if data is None or lookup(data, path[:-1]) is None else change(own, data)
            return (
                None if changed is None else text[: stretch.start] + changed + text[stretch.end :]
            )
    return None


def _ways_to_unset(state: _State, path: KeyPath) -> Iterator[str | None]:
    if path in values_near(state.text, path):
        yield _within(state.text, path, lambda text, _: remove_field(text, path))
    text = remove_blocks(state.text, path)
    data = data_of(text)
    yield text
    if data is not None and lookup(data, path) is not None:
        yield remove_field(text, path)
    yield remove_field(state.text, path)
