"""Plans between two versions: one with some of the other's tables and fields."""

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
    """Return the plan of `base` with `other`'s values at these places.

    None if it couldn't be forecast.

    An item that references another never stays without it: if the result lacks a referenced item,
    either that one is taken from `other` too, or the referencing item becomes what it is in
    `other`.

    Args:
        base: the version to start with.
        other: the version to take from.
        places: tables and fields to take, or to remove where `other` has none.
        order: the version whose order of items applies; items that it lacks come last.
        day: the day on which the plan is evaluated.
    """
    data = base.data
    for place in places:
        data = _take_value(data, other.data, place)
    data = _in_order(_with_references(data, base, other), order)
    plan, faults = parse_plan_data(data, day, unchanged_items(data, base, other))
    # dates that are in the future on the other version's day don't prevent a forecast
    if any(fault.fatal and fault.code != "date" for fault in faults):
        return None
    return plan


def _take_value(data: Values, other: Values, place: KeyPath) -> Values:
    value = get_at(other, place)
    if value is None:
        changed = data if get_at(data, place) is None else without_path(data, place)
    else:
        changed = with_value_at(data, place, value)
    return changed if isinstance(changed, Mapping) else data


def _with_references(data: Values, base: Document, other: Document) -> Values:
    """Return the data without items that reference one which is missing only here."""
    taken = set[str]()
    while loose := next((name for name in _dangling(data, base, other) if name not in taken), None):
        taken.add(loose)
        for track in TRACKS:
            data = _take_value(data, other.data, (track, loose))
    return data


def _dangling(data: Values, base: Document, other: Document) -> Iterator[str]:
    """Yield items to take from `other`: the referenced one if it exists, else the referrer."""
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
