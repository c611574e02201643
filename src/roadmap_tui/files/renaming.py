"""What names an item, and giving it another id or another track."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from roadmap_tui.files.blocks import insert_block, remove_blocks
from roadmap_tui.files.positions import Positions, scan
from roadmap_tui.files.spell import TRACKS, spell_key
from roadmap_tui.files.values import Values, lookup, prunings, with_value, without
from roadmap_tui.plan.faults import KeyPath

_DOT = re.compile(r"[ \t]*\.[ \t]*\Z")

Name: TypeAlias = tuple[str, str]
"""A track and an id."""


def mentions(data: Values, name: str) -> Iterator[tuple[KeyPath, str]]:
    """Where items name the item `name`, with what is written there: in needs, `instead_of` and `informs`.

    Scenarios count too.
    """
    for place, item in _items(data):
        for field in ("instead_of", "informs"):
            if item.get(field) == name:
                yield (*place, field), name
        needs = item.get("needs")
        yield from _named((*place, "needs"), needs if isinstance(needs, list) else [], name)


def needs_without(data: Values, name: str) -> Iterator[tuple[KeyPath, object | None]]:
    """What becomes of the needs that name an item, without it: another need, or None; from the last to the first."""
    for place, item in _items(data):
        needs = item.get("needs")
        if isinstance(needs, list):
            left = [_need_without(need, name) for need in needs]
            if needs and all(each is None for each in left):
                yield (*place, "needs"), None
                continue
            for at in reversed(range(len(needs))):
                if left[at] != needs[at]:
                    yield (*place, "needs", at), left[at]


def tables_of(data: Values, name: Name) -> Iterator[KeyPath]:
    """Where the item's tables stand: its own, and those of scenarios."""
    return ((*place, *name) for place in _places(data) if lookup(data, (*place, *name)) is not None)


def renamed(data: Values, old: Name, new: Name) -> tuple[object, object]:
    """The data with the item under its new name, in scenarios too, and that without tables this left empty.

    What names it is left alone.
    """
    result: object = data
    pruned: object = data
    for path in tables_of(data, old):
        there, item = (*path[:-2], *new), lookup(data, path)
        result = with_value(without(result, path), there, item)
        if isinstance(pruned, Mapping):
            pruned = with_value(list(prunings(pruned, path))[-1], there, item)
    return result, pruned


def respell_name(text: str, data: Values, old: Name, new: Name) -> str:
    """The text with the item's name spelled anew wherever its own table is written; in another track, moved there."""
    positions = scan(text)
    for start, end, key in sorted(_spans(positions, data, old, new), reverse=True):
        text = text[:start] + spell_key(key) + text[end:]
    return text if old[0] == new[0] else _in_place(text, new)


def _items(data: Values) -> Iterator[tuple[KeyPath, Values]]:
    """Every item's path and table, those of scenarios included."""
    for place in _places(data):
        for track in TRACKS:
            items = lookup(data, (*place, track))
            for name, item in items.items() if isinstance(items, Mapping) else ():
                if isinstance(item, Mapping):
                    yield (*place, track, name), item


def _places(data: Values) -> Iterator[KeyPath]:
    """Where tables of tracks stand: at the top, and in each scenario."""
    yield ()
    scenarios = data.get("scenario")
    yield from (
        ("scenario", name) for name in (scenarios if isinstance(scenarios, Mapping) else ())
    )


def _named(path: KeyPath, needs: list[object], name: str) -> Iterator[tuple[KeyPath, str]]:
    for at, need in enumerate(needs):
        match need:
            case str() if need == name:
                yield (*path, at), name
            case list():
                yield from _named((*path, at), need, name)
            case {"bar": str(bar)} if bar.startswith(f"{name}."):
                yield (*path, at, "bar"), bar


def _need_without(need: object, name: str) -> object | None:
    """A need without an item; None if nothing is left of it."""
    if isinstance(need, list):
        left = [each for each in need if each != name]
        return left if len(left) > 1 else next(iter(left), None)
    return None if any(_named((), [need], name)) else need


def _spans(
    positions: Positions, data: Values, old: Name, new: Name
) -> Iterator[tuple[int, int, str]]:
    """Where the name is written, and the new word for each place."""
    for place in _places(data):
        tracks = {span.end: span for span in positions.written.get((*place, old[0]), ())}
        for start, end in positions.written.get((*place, *old), ()):
            yield start, end, new[1]
            dot = _DOT.search(positions.text, 0, start)
            if old[0] != new[0] and dot and dot.start() in tracks:
                yield *tracks[dot.start()], new[0]


def _in_place(text: str, name: Name) -> str:
    """The text with the item's tables where an item of this name belongs."""
    blocks = [each for each in scan(text).blocks if each.path[:2] == name]
    if not blocks:
        return text
    spelled = "\n".join(text[each.start : each.content] for each in blocks).replace("\r\n", "\n")
    return insert_block(remove_blocks(text, name), name, spelled)
