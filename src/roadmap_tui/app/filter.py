"""Which items a typed filter shows."""

from roadmap_tui.plan.items import Item
from roadmap_tui.plan.roadmap import kind_of, track_of


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
