"""Parsing a changed text from its previous data: only the changed item is parsed again."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import NamedTuple

import tomli

from roadmap_tui.document.positions import BOM, bare_headers
from roadmap_tui.document.values import Values, get_at, is_same_value
from roadmap_tui.plan.faults import KeyPath


class _ItemChange(NamedTuple):
    """A run of one item's tables: the item's path, and their text before and now."""

    path: tuple[str, str]
    before: str
    now: str


def parse_data(text: str) -> Values | None:
    """The data of a TOML text, which may have a byte order mark; None if it is invalid."""
    try:
        return tomli.loads(text.removeprefix(BOM))
    except (ValueError, RecursionError):
        return None


def parse_changed_data(before: str, data: Values, text: str) -> Values | None:
    """The data of a text that was made from another; None if it is invalid.

    If the texts differ only within the tables of one item, only those are parsed. That is safe
    where they are all that defines the item, no header of it is elsewhere, and they begin with a
    header and end where another begins: then the rest of the data stays the same.

    Args:
        before: the text before.
        data: its data.
        text: the text now.
    """
    part = _changed_item(before, text)
    if part is None:
        return parse_data(text)
    old = _item_data(part.before, part.path)
    if not is_same_value(old, get_at(data, part.path)):
        return parse_data(text)
    track, name = part.path
    item, items = _item_data(part.now, part.path), data[track]
    if not item or not isinstance(items, Mapping):
        return parse_data(text)
    return {**data, track: {**items, name: item}}


def _item_data(text: str, path: KeyPath) -> object | None:
    """The item's data in the text of its tables; None if there is anything else in it."""
    data = parse_data(text)
    if not data or not text.startswith("["):
        return None
    if not all(_is_item_header(head, path) for _, head in bare_headers(text)):
        return None
    return get_at(data, path)


def _changed_item(before: str, text: str) -> _ItemChange | None:
    """The run of tables that contains all differences of two texts, if it is one item's."""
    heads, differ = bare_headers(before), _common_prefix_length(before, text)
    first = bisect_right([start for start, _ in heads], differ) - 1
    head = heads[first][1] if first >= 0 else None
    if head is None or len(head) < 2:
        return None
    path, last = (head[0], head[1]), first + 1
    while first and _is_item_header(heads[first - 1][1], path):
        first -= 1
    while last < len(heads) and _is_item_header(heads[last][1], path):
        last += 1
    elsewhere = (*heads[:first], *heads[last:])
    if any(_may_be_item_header(head, before[at : at + 2], path) for at, head in elsewhere):
        return None
    start = heads[first][0]
    end = heads[last][0] if last < len(heads) else len(before)
    rest = before[end:]
    now = text[start : len(text) - len(rest)]
    if not text.endswith(rest) or (rest and not now.endswith("\n")):
        return None
    return _ItemChange(path, before[start:end], now)


def _is_item_header(head: KeyPath | None, path: KeyPath) -> bool:
    return head is not None and head[: len(path)] == path


def _may_be_item_header(head: KeyPath | None, begin: str, path: KeyPath) -> bool:
    """Whether a header elsewhere may belong to the item; that of a list shows in the data."""
    return _is_item_header(head, path) if head is not None else begin != "[["


def _common_prefix_length(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    # Comparing slices is much faster than comparing characters one by one.
    lengths = range(1, min(len(one), len(other)) + 1)
    return bisect_left(lengths, True, key=lambda length: one[:length] != other[:length])
