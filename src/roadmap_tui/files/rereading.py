"""What a changed text says, from what it said before: only the item that was changed is read again."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from typing import NamedTuple

import tomli

from roadmap_tui.files.positions import BOM, plain_heads
from roadmap_tui.files.values import Values, lookup, same
from roadmap_tui.plan.faults import KeyPath


class _Part(NamedTuple):
    """The tables of one item that stand in a row: its path, and their text before and now."""

    path: tuple[str, str]
    before: str
    now: str


def data_of(text: str) -> Values | None:
    """What a text, byte order mark allowed, says as TOML; None if it is none."""
    try:
        return tomli.loads(text.removeprefix(BOM))
    except (ValueError, RecursionError):
        return None


def data_after(before: str, data: Values, text: str) -> Values | None:
    """What a text says as TOML, given another that says `data`; None if it is none.

    Where they differ within the tables of one item, those are all that is read: they hold all that was said of it
    and nothing else now, no header of it stands elsewhere, and they begin with a header and end where another begins,
    so that the rest says what it said.
    """
    part = _part(before, text)
    if part is None or not same(_said(part.before, part.path), lookup(data, part.path)):
        return data_of(text)
    said, (track, item) = _said(part.now, part.path), part.path
    items = data[track]
    return (
        {**data, track: {**items, item: said}}
        if said and isinstance(items, Mapping)
        else data_of(text)
    )


def _said(text: str, path: KeyPath) -> object | None:
    """What the tables of one item say of it; None if they say anything else, or are none of its."""
    data = data_of(text)
    if not data or not text.startswith("["):
        return None
    return lookup(data, path) if all(_is_of(head, path) for _, head in plain_heads(text)) else None


def _part(before: str, text: str) -> _Part | None:
    """The part of two texts in which all is that differs, if it is one item's."""
    heads, differ = plain_heads(before), _alike(before, text)
    first = bisect_right([start for start, _ in heads], differ) - 1
    head = heads[first][1] if first >= 0 else None
    if head is None or len(head) < 2:
        return None
    path, last = (head[0], head[1]), first + 1
    while first and _is_of(heads[first - 1][1], path):
        first -= 1
    while last < len(heads) and _is_of(heads[last][1], path):
        last += 1
    if any(
        _may_be_of(head, before[start : start + 2], path)
        for start, head in (*heads[:first], *heads[last:])
    ):
        return None
    start, end = heads[first][0], heads[last][0] if last < len(heads) else len(before)
    rest = before[end:]
    now = text[start : len(text) - len(rest)]
    if not text.endswith(rest) or (rest and not now.endswith("\n")):
        return None
    return _Part(path, before[start:end], now)


def _is_of(head: KeyPath | None, path: KeyPath) -> bool:
    return head is not None and head[: len(path)] == path


def _may_be_of(head: KeyPath | None, begin: str, path: KeyPath) -> bool:
    """Whether a header elsewhere may be of these tables; a list's is not, for lists are seen by what they say."""
    return _is_of(head, path) if head is not None else begin != "[["


def _alike(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    lengths = range(1, min(len(one), len(other)) + 1)
    return bisect_left(lengths, True, key=lambda length: one[:length] != other[:length])
