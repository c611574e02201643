"""Filter of items by typed words."""

import re
from collections.abc import Callable
from functools import lru_cache

from roadmap_tui.plan.items import Item
from roadmap_tui.plan.roadmap import Plan, item_kind, item_track
from roadmap_tui.tui.search.case_folding import fold_case


class FilterCache:
    """The matching items, cached until the plan, the filter or the findings change."""

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
        """The ids of the items that match every word of a filter.

        Args:
            plan: the plan.
            query: the filter.
            checked: the results that the findings are from.
            known: text of an item, and the ids of checks with findings on it.
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
"""A word; quoted spaces are part of it, even before the closing quote is typed."""


def matches_filter(item: Item, query: str, text: str, found: tuple[str, ...] = ()) -> bool:
    """Whether an item matches every word of a filter.

    Args:
        item: the item.
        query: words, or ``track:``, ``team:``, ``owner:``, ``status:``, ``tag:``, ``check:`` with a
            value (an id or ``any`` for checks); values with spaces are quoted.
        text: all text of the item, folded.
        found: ids of checks with findings on it.
    """
    return not query or all(_has(item, key, value, text, found) for key, value in _words(query))


@lru_cache(8)
def _words(query: str) -> tuple[tuple[str, str], ...]:
    """The words of a filter, each with its key if it has one."""
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
    """The values that an item has for a key; None if there is no such key."""
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
