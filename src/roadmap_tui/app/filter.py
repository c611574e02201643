"""Which items a typed filter shows."""

from collections.abc import Callable

from roadmap_tui.plan.items import Item
from roadmap_tui.plan.roadmap import Plan, kind_of, track_of


class Matching:
    """The items that pass a filter, kept until the plan, the filter or the findings change."""

    def __init__(self) -> None:
        self._given: tuple[object, ...] = ()
        self._found: frozenset[str] = frozenset()

    def of(
        self, plan: Plan, query: str, checked: object, known: Callable[[str], tuple[str, tuple[str, ...]]]
    ) -> frozenset[str]:
        """The ids of a plan's items that have every word of the filter.

        Args:
            plan: the plan.
            query: the filter.
            checked: what the findings are from.
            known: the text of an item, and the ids of the checks that found something about it.
        """
        given = (plan, query, checked)
        if len(self._given) != len(given) or any(a is not b for a, b in zip(self._given, given, strict=True)):
            items = plan.items.items()
            self._found = frozenset(name for name, item in items if matches(item, query, *known(name)))
            self._given = given
        return self._found


def matches(item: Item, query: str, text: str, found: tuple[str, ...] = ()) -> bool:
    """Whether an item has every word of the filter.

    Args:
        item: the item.
        query: plain words, or ``track:``, ``team:``, ``status:``, ``tag:``, ``check:`` with an id or ``any``.
        text: all that the file says of it, folded for comparing without regard to case.
        found: ids of the checks that found something about it.
    """
    return not query or all(_has(item, word, text, found) for word in query.casefold().split())


def _has(item: Item, word: str, text: str, found: tuple[str, ...]) -> bool:
    key, colon, value = word.partition(":")
    match key if colon else "":
        case "track":
            track = track_of(item)
            return value in {track, kind_of(item)}
        case "team":
            return (item.team or "").casefold() == value
        case "status":
            return item.status == value
        case "check":
            return value in {each.casefold() for each in found} or (value == "any" and bool(found))
        case "tag":
            return value in {tag.casefold() for tag in item.tags}
        case _:
            return word in text
