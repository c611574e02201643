"""Plans that lie between two versions: one with some of the other's tables and fields."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from roadmap_tui.document.document import Document
from roadmap_tui.document.reader import unchanged_items
from roadmap_tui.document.serializer import TRACKS
from roadmap_tui.document.values import Values, get_at, with_value_at, without_path
from roadmap_tui.plan.dependencies import item_dependencies
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.parser import parse_plan_data, parse_shape
from roadmap_tui.plan.roadmap import Plan


def apply_changes(
    base: Document, other: Document, places: Iterable[KeyPath], order: Values, day: dt.date
) -> Plan | None:
    """The plan of `base` with what `other` says at these places; None if no forecast could be made of it.

    An item that names another never stands without it: of items that the mixture would leave without
    what they name, either that comes with them, or they become what they are in `other`.

    Args:
        base: the version to begin with.
        other: the version to take from.
        places: tables and fields to take, or to take away where `other` has none.
        order: the version whose order of items holds; what it doesn't have comes last.
        day: the day on which the plan is looked at.
    """
    data = base.data
    for place in places:
        data = _take_value(data, other.data, place)
    data = _in_order(_with_references(data, base, other), order)
    plan, faults = parse_plan_data(data, day, unchanged_items(data, base, other))
    # what had not happened yet by the other version's day is no reason not to forecast
    return None if any(fault.fatal and fault.code != "date" for fault in faults) else plan


def _take_value(data: Values, other: Values, place: KeyPath) -> Values:
    value = get_at(other, place)
    if value is None:
        changed = data if get_at(data, place) is None else without_path(data, place)
    else:
        changed = with_value_at(data, place, value)
    return changed if isinstance(changed, Mapping) else data


def _with_references(data: Values, base: Document, other: Document) -> Values:
    """The data with no item that names one which is missing only here."""
    taken = set[str]()
    while loose := next((name for name in _dangling(data, base, other) if name not in taken), None):
        taken.add(loose)
        for track in TRACKS:
            data = _take_value(data, other.data, (track, loose))
    return data


def _dangling(data: Values, base: Document, other: Document) -> Iterator[str]:
    """Items to be taken from the other version: what is named and there, else what names it."""
    plan, _ = parse_shape(data, unchanged_items(data, base, other))
    for name, item in plan.items.items() if plan else ():
        for link in item_dependencies(name, item):
            named = link.before if link.after == name else link.after
            if named not in (plan.items if plan else ()):
                yield named if _has(other.data, named) else name


def _has(data: Values, name: str) -> bool:
    return any(get_at(data, (track, name)) is not None for track in TRACKS)


def _in_order(data: Values, order: Values) -> Values:
    ordered = dict(data)
    for track in TRACKS:
        items, first = get_at(data, (track,)), get_at(order, (track,))
        if isinstance(items, Mapping) and isinstance(first, Mapping):
            ordered[track] = {name: items[name] for name in {**first, **items} if name in items}
    return ordered
