"""Plans that lie between two versions: one with some of the other's tables and fields."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from roadmap_tui.files.document import Document
from roadmap_tui.files.reader import unchanged
from roadmap_tui.files.spell import TRACKS
from roadmap_tui.files.values import Values, lookup, with_value, without
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.links import links_of
from roadmap_tui.plan.read import parse_plan, read_plan
from roadmap_tui.plan.roadmap import Plan


def mixed(
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
        data = _taken(data, other.data, place)
    data = _in_order(_joined(data, base, other), order)
    plan, faults = read_plan(data, day, unchanged(data, base, other))
    # what had not happened yet by the other version's day is no reason not to forecast
    return None if any(fault.fatal and fault.code != "date" for fault in faults) else plan


def _taken(data: Values, other: Values, place: KeyPath) -> Values:
    value = lookup(other, place)
    if value is None:
        changed = data if lookup(data, place) is None else without(data, place)
    else:
        changed = with_value(data, place, value)
    return changed if isinstance(changed, Mapping) else data


def _joined(data: Values, base: Document, other: Document) -> Values:
    """The data with no item that names one which is missing only here."""
    taken = set[str]()
    while loose := next((name for name in _loose(data, base, other) if name not in taken), None):
        taken.add(loose)
        for track in TRACKS:
            data = _taken(data, other.data, (track, loose))
    return data


def _loose(data: Values, base: Document, other: Document) -> Iterator[str]:
    """Items to be taken from the other version: what is named and there, else what names it."""
    plan, _ = parse_plan(data, unchanged(data, base, other))
    for name, item in plan.items.items() if plan else ():
        for link in links_of(name, item):
            named = link.before if link.after == name else link.after
            if named not in (plan.items if plan else ()):
                yield named if _has(other.data, named) else name


def _has(data: Values, name: str) -> bool:
    return any(lookup(data, (track, name)) is not None for track in TRACKS)


def _in_order(data: Values, order: Values) -> Values:
    ordered = dict(data)
    for track in TRACKS:
        items, first = lookup(data, (track,)), lookup(order, (track,))
        if isinstance(items, Mapping) and isinstance(first, Mapping):
            ordered[track] = {name: items[name] for name in {**first, **items} if name in items}
    return ordered
