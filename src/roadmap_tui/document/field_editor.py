"""Edits of single fields in a text; the one module that knows tomlrt.

tomlrt finds the place and preserves everything around it. New values are written by `serializer`,
so that they look the same everywhere; until then a placeholder holds their place.
"""

from collections.abc import Callable, Mapping
from difflib import SequenceMatcher
from typing import Any, TypeAlias

import tomlrt

from roadmap_tui.document.blocks import detect_newline
from roadmap_tui.document.positions import BOM
from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import Values, get_at, is_same_value
from roadmap_tui.plan.faults import KeyPath

# A table or a list of tomlrt's: dicts and lists of each other, down to scalars.
_Container: TypeAlias = Any

_FAILURES = (tomlrt.TOMLError, TypeError, ValueError, LookupError, RecursionError)


def round_trips(text: str) -> bool:
    """Whether the editor writes `text` back unchanged."""
    bare = text.removeprefix(BOM)
    try:
        return tomlrt.loads(bare).render() == bare
    except _FAILURES:
        return False


def write_field(text: str, data: Values, path: KeyPath, value: object) -> str | None:
    """Put `value` at `path`, all but the last step of which exist; only differences are rewritten.

    Returns:
        The new text, or None if the editor cannot do it.
    """
    placeholders = _Placeholders(text, value)
    edited = _edit(
        text, path, lambda place: _change(place, path[-1], get_at(data, path), value, placeholders)
    )
    return None if edited is None else placeholders.fill(edited)


def remove_field(text: str, path: KeyPath) -> str | None:
    """Remove the key or the list element at `path`; None if the editor cannot do it."""
    return _edit(text, path, lambda place: place.__delitem__(path[-1]))


def _edit(text: str, path: KeyPath, change: Callable[[_Container], None]) -> str | None:
    bare = text.removeprefix(BOM)
    try:
        document = tomlrt.loads(bare)
        place: _Container = document
        for step in path[:-1]:
            place = place[step]
        change(place)
        return text[: len(text) - len(bare)] + document.render()
    except _FAILURES:
        return None


class _Placeholders:
    """Strings in place of new values until all are inserted."""

    def __init__(self, text: str, value: object) -> None:
        self._newline = detect_newline(text)
        self._spellings: list[str] = []
        # A placeholder must not occur in the text or in the value by chance.
        self._stem = "held"
        while self._stem in text or self._stem in serialize_value(value):
            self._stem += "-"

    def reserve(self, value: object, *, multiline: bool) -> str:
        """A placeholder for `value`, which may take several lines if `multiline`."""
        self._spellings.append(
            serialize_value(value, multiline=multiline).replace("\n", self._newline)
        )
        return f"{self._stem}{len(self._spellings) - 1}."

    def fill(self, text: str) -> str:
        """`text` with every placeholder replaced by its value."""
        for number, spelling in enumerate(self._spellings):
            text = text.replace(f'"{self._stem}{number}."', spelling)
        return text


def _change(
    place: _Container, step: str | int, old: object, new: object, placeholders: _Placeholders
) -> None:
    if is_same_value(old, new):
        return
    match old, new:
        case Mapping(), Mapping():
            _change_table(place[step], old, new, placeholders)
        case list(), list() if old and (isinstance(place[step], tomlrt.Array) or _all_tables(new)):
            _change_list(place[step], old, new, placeholders)
        case _:
            _put_value(place, step, new, placeholders)


def _change_table(table: _Container, old: Values, new: Values, placeholders: _Placeholders) -> None:
    for key in [key for key in old if key not in new]:
        del table[key]
    for key, value in new.items():
        _change(table, key, old.get(key), value, placeholders)


def _change_list(
    place: _Container, old: list[object], new: list[object], placeholders: _Placeholders
) -> None:
    """Change, insert and remove elements so that all others keep their lines and their comments."""
    before = [serialize_value(each) for each in old]
    after = [serialize_value(each) for each in new]
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    # From the end, so that indices before a change stay valid.
    for kind, start, stop, first, last in reversed(steps):
        if kind == "equal":
            continue
        kept = min(stop - start, last - first)
        for index in range(kept):
            _change(place, start + index, old[start + index], new[first + index], placeholders)
        del place[start + kept : stop]
        for index in range(kept, last - first):
            _insert_element(place, start + index, new[first + index], placeholders)


def _put_value(
    place: _Container, step: str | int, value: object, placeholders: _Placeholders
) -> None:
    if isinstance(place, list) and step == len(place):
        _insert_element(place, step, value, placeholders)
    else:
        # Only below a header, not in an inline table, may a value take several lines.
        has_header = isinstance(place, tomlrt.Document) or _is_section(place)
        place[step] = placeholders.reserve(value, multiline=has_header)


def _insert_element(
    place: _Container, index: int, value: object, placeholders: _Placeholders
) -> None:
    if isinstance(place, tomlrt.AoT) and isinstance(value, Mapping):
        place.insert(
            index, {key: placeholders.reserve(each, multiline=True) for key, each in value.items()}
        )
    else:
        place.insert(index, placeholders.reserve(value, multiline=False))


def _is_section(place: _Container) -> bool:
    return isinstance(place, tomlrt.Table) and not place.is_inline


def _all_tables(values: list[object]) -> bool:
    return bool(values) and all(isinstance(each, Mapping) for each in values)
