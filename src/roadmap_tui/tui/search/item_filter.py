"""Which items a typed filter shows."""

import re
from collections.abc import Callable
from functools import lru_cache

from roadmap_tui.plan.items import Item
from roadmap_tui.plan.roadmap import Plan, item_kind, item_track
from roadmap_tui.tui.search.case_folding import fold_case


class FilterCache:
    """The items that pass a filter, kept until the plan, the filter or the findings change."""

    def __init__(self) -> None:
        self._given: tuple[object, ...] = ()
        self._found: frozenset[str] = frozenset()

    def of(
        self,
        plan: Plan,
        query: str,
        checked: object,
        known: Callable[[str], tuple[str, tuple[str, ...]]],
    ) -> frozenset[str]:
        """The ids of a plan's items that have every word of the filter.

        Args:
            plan: the plan.
            query: the filter.
            checked: what the findings are from.
            known: the text of an item, and the ids of the checks that found something about it.
        """
        given = (plan, query, checked)
        if len(self._given) != len(given) or any(
            a is not b for a, b in zip(self._given, given, strict=True)
        ):
            items = plan.items.items()
            self._found = frozenset(
                name for name, item in items if matches_filter(item, query, *known(name))
            )
            self._given = given
        return self._found


FILTER_HINT = (
    'filter: words, track:model, team:ml, owner:"Ana Lee", status:active, tag:x, check:any'
)
_WORD = re.compile(r'(?:[^\s"]|"[^"]*(?:"|$))+')
"""A word; spaces between quotes are part of it, also while the second quote is not typed yet."""


def matches_filter(item: Item, query: str, text: str, found: tuple[str, ...] = ()) -> bool:
    """Whether an item has every word of the filter.

    Args:
        item: the item.
        query: plain words, or ``track:``, ``team:``, ``owner:``, ``status:``, ``tag:``, ``check:`` with an id or
            ``any``; what has spaces in it stands in quotes.
        text: all that the file says of it, folded.
        found: ids of the checks that found something about it.
    """
    return not query or all(_has(item, key, value, text, found) for key, value in _words(query))


@lru_cache(8)
def _words(query: str) -> tuple[tuple[str, str], ...]:
    """The words of a filter, each with the key before its colon, if it has one."""
    return tuple(_split_key(match[0]) for match in _WORD.finditer(fold_case(query)))


def _split_key(word: str) -> tuple[str, str]:
    key, colon, value = word.partition(":")
    if not colon or '"' in key:
        key, value = "", word
    return key, value.replace('"', "")


def _has(item: Item, key: str, value: str, text: str, found: tuple[str, ...]) -> bool:
    if not key:
        return value in text
    known = _filter_values(item, key, found)
    return f"{key}:{value}" in text if known is None else value in known


def _filter_values(item: Item, key: str, found: tuple[str, ...]) -> set[str] | None:
    """What the filter may name with that key; None if there is no such key."""
    match key:
        case "track":
            return {item_track(item), item_kind(item)}
        case "team" | "owner":
            name: str | None = getattr(item, key)
            return {fold_case(name or "")}
        case "status":
            return {item.status}
        case "check":
            return {fold_case(each) for each in (*found, "any")} if found else set()
        case "tag":
            return {fold_case(tag) for tag in item.tags}
    return None
