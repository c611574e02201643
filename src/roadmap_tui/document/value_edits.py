"""Setting and removing single values in a text; ways to write the change are tried in turn."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from roadmap_tui.document.blocks import insert_block, remove_blocks
from roadmap_tui.document.field_editor import remove_field, write_field
from roadmap_tui.document.incremental_parse import parse_changed_data, parse_data
from roadmap_tui.document.multiline_array import parse_multiline_array, replace_elements
from roadmap_tui.document.positions import BOM, table_span, value_spans_near
from roadmap_tui.document.serializer import needs_header, serialize_table, serialize_value
from roadmap_tui.document.values import (
    NotTomlError,
    Values,
    first_missing_path,
    get_at,
    is_same_value,
    pruned_variants,
    to_toml_value,
    with_value_at,
)
from roadmap_tui.plan.faults import KeyPath, format_path


@dataclass(frozen=True, slots=True)
class EditState:
    """A text and its data while edits are made."""

    text: str
    data: Values


class CannotEditError(Exception):
    """An edit that can't be made.

    Attributes:
        text: the reason, in a clause.
        remedy: what to do about it, in a clause; may be empty.
    """

    def __init__(self, text: str, remedy: str = "") -> None:
        super().__init__(text)
        self.text = text
        self.remedy = remedy


def set_value(state: EditState, path: KeyPath, value: object) -> EditState:
    """Put a value at a path; tables on the way are made.

    Raises:
        CannotEditError: it can't be put there.
    """
    try:
        value = to_toml_value(value)
        to_toml_value(path)
        wanted = with_value_at(state.data, path, value)
    except NotTomlError as error:
        reason = f"{format_path(path)} cannot be {error}"
        raise CannotEditError(reason, "write text, a number, a date or a list") from None
    except LookupError:
        reason = f"there is no place for {format_path(path)}"
        raise CannotEditError(reason, "check the current value there") from None
    old = get_at(state.data, path)
    if old is not None and is_same_value(old, value):
        return state
    return first_matching_text(state, _set_candidates(state, path, value), [wanted], path)


def unset_value(state: EditState, path: KeyPath) -> EditState:
    """Remove what is at a path.

    Raises:
        CannotEditError: nothing is there, or it can't be removed.
    """
    if not path or get_at(state.data, path) is None:
        raise CannotEditError(f"{format_path(path)} is not set", "there is nothing to remove")
    wanted = list(pruned_variants(state.data, path))
    return first_matching_text(state, _unset_candidates(state, path), wanted, path)


def set_keys(state: EditState, path: KeyPath, old: Values, new: Values) -> str | None:
    """Change a table key by key, so that parts of it that deserve a header get one."""
    try:
        for key in [key for key in old if key not in new]:
            state = unset_value(state, (*path, key))
        for key, value in new.items():
            state = set_value(state, (*path, key), value)
    except CannotEditError:
        return None
    return state.text


def first_matching_text(
    state: EditState, texts: Iterable[str | None], wanted: list[object], path: KeyPath
) -> EditState:
    """The first text that parses to one of the wanted data; nothing else is ever written.

    Raises:
        CannotEditError: none does.
    """
    for text in texts:
        if text is None:
            continue
        data = parse_changed_data(state.text, state.data, text)
        if data is not None and _is_any(data, wanted):
            return EditState(text, data)
    reason = f"{format_path(path)} cannot be changed because of its layout"
    raise CannotEditError(reason, "give it a table with a header first")


def _is_any(data: Values, wanted: list[object]) -> bool:
    return any(is_same_value(each, data) for each in wanted)


def _set_candidates(state: EditState, path: KeyPath, value: object) -> Iterator[str | None]:
    missing, nested = first_missing_path(state.data, path, value)
    old = get_at(state.data, missing)
    if old is None and needs_header(nested, missing):
        yield insert_block(state.text, missing, serialize_table(missing, nested))
    if isinstance(old, Mapping) and isinstance(nested, Mapping):
        yield set_keys(state, path, old, nested)
    if isinstance(old, list) and isinstance(nested, list):
        if _have_same_shape(old, nested):
            yield _set_elements(state.text, path, old, nested)
        yield _set_lines(state.text, path, nested)
    if not isinstance(old, Mapping | list):
        span = value_spans_near(state.text, path).get(path)
        if span:
            yield state.text[: span.start] + serialize_value(value) + state.text[span.end :]
    yield _edit_within_table(
        state.text, missing, lambda text, data: write_field(text, data, missing, nested)
    )
    yield write_field(state.text, state.data, missing, nested)


def _have_same_shape(old: list[object], new: list[object]) -> bool:
    """Whether two lists have the same length and hold only scalars."""
    has_parts = any(isinstance(each, Mapping | list) for each in (*old, *new))
    return len(old) == len(new) and not has_parts


def _set_elements(text: str, path: KeyPath, old: list[object], new: list[object]) -> str | None:
    """Rewrite the elements that differ, each in its place."""
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
    if span is None:
        return None
    start = text.rfind("\n", 0, span.start) + 1
    if start <= text.find(BOM):
        return None
    array = parse_multiline_array(text[start : span.end])
    if array is None:
        return None
    return text[:start] + replace_elements(array, new).text + text[span.end :]


def _edit_within_table(
    text: str, path: KeyPath, change: Callable[[str, Values], str | None]
) -> str | None:
    """The text, changed in the one table that holds `path`; in a long text far less work."""
    for length in range(len(path) - 1, 0, -1):
        span = table_span(text, path[:length])
        if span is None:
            continue
        own = text[span.start : span.end]
        data = parse_data(own)
        if data is None or get_at(data, path[:-1]) is None:
            return None
        changed = change(own, data)
        if changed is None:
            return None
        return text[: span.start] + changed + text[span.end :]
    return None


def _unset_candidates(state: EditState, path: KeyPath) -> Iterator[str | None]:
    if path in value_spans_near(state.text, path):
        yield _edit_within_table(state.text, path, lambda text, _: remove_field(text, path))
    text = remove_blocks(state.text, path)
    data = parse_data(text)
    yield text
    if data is not None and get_at(data, path) is not None:
        yield remove_field(text, path)
    yield remove_field(state.text, path)
