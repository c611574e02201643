"""Mentions of an item, and renaming or moving it with all of them."""

import re
from collections.abc import Iterator, Mapping
from typing import TypeAlias

from roadmap_tui.document.blocks import insert_block, remove_blocks
from roadmap_tui.document.positions import Positions, scan_positions
from roadmap_tui.document.serializer import TRACKS, serialize_key
from roadmap_tui.document.values import Values, get_at, pruned_variants, with_value_at, without_path
from roadmap_tui.plan.faults import KeyPath

_DOT = re.compile(r"[ \t]*\.[ \t]*\Z")

ItemKey: TypeAlias = tuple[str, str]
"""A track and an id."""


def item_mentions(data: Values, name: str) -> Iterator[tuple[KeyPath, str]]:
    """The places where items name the item `name`, with what is written there.

    They are in needs, `fallback_for` and `informs`, in scenarios too.
    """
    for place, item in _all_items(data):
        for field in ("fallback_for", "informs"):
            if item.get(field) == name:
                yield (*place, field), name
        needs = item.get("needs")
        yield from _need_mentions((*place, "needs"), needs if isinstance(needs, list) else [], name)


def needs_without_item(data: Values, name: str) -> Iterator[tuple[KeyPath, object | None]]:
    """The needs that name an item as they are without it, from the last to the first.

    Yields:
        The path and what remains there; None if nothing does.
    """
    for place, item in _all_items(data):
        needs = item.get("needs")
        if isinstance(needs, list):
            left = [_without_item(need, name) for need in needs]
            if needs and all(each is None for each in left):
                yield (*place, "needs"), None
                continue
            for at in reversed(range(len(needs))):
                if left[at] != needs[at]:
                    yield (*place, "needs", at), left[at]


def item_table_paths(data: Values, name: ItemKey) -> Iterator[KeyPath]:
    """The paths of the item's tables: its own, and those of scenarios."""
    for place in _track_parents(data):
        path = (*place, *name)
        if get_at(data, path) is not None:
            yield path


def rename_in_data(data: Values, old: ItemKey, new: ItemKey) -> tuple[object, object]:
    """The data with the item renamed, in scenarios too, and the same without tables left empty.

    Mentions of it are left alone.
    """
    result: object = data
    pruned: object = data
    for path in item_table_paths(data, old):
        there, item = (*path[:-2], *new), get_at(data, path)
        result = with_value_at(without_path(result, path), there, item)
        if isinstance(pruned, Mapping):
            pruned = with_value_at(list(pruned_variants(pruned, path))[-1], there, item)
    return result, pruned


def rename_in_text(text: str, data: Values, old: ItemKey, new: ItemKey) -> str:
    """The text with the item's name replaced in its own tables, and moved if the track differs."""
    positions = scan_positions(text)
    for start, end, key in sorted(_name_spans(positions, data, old, new), reverse=True):
        text = text[:start] + serialize_key(key) + text[end:]
    return text if old[0] == new[0] else _moved_to_track(text, new)


def _all_items(data: Values) -> Iterator[tuple[KeyPath, Values]]:
    """Every item's path and table, those in scenarios included."""
    for place in _track_parents(data):
        for track in TRACKS:
            items = get_at(data, (*place, track))
            for name, item in items.items() if isinstance(items, Mapping) else ():
                if isinstance(item, Mapping):
                    yield (*place, track, name), item


def _track_parents(data: Values) -> Iterator[KeyPath]:
    """The paths that have tracks below them: the top, and each scenario."""
    yield ()
    scenarios = data.get("scenario")
    if isinstance(scenarios, Mapping):
        yield from (("scenario", name) for name in scenarios)


def _need_mentions(path: KeyPath, needs: list[object], name: str) -> Iterator[tuple[KeyPath, str]]:
    for at, need in enumerate(needs):
        match need:
            case str() if need == name:
                yield (*path, at), name
            case list():
                yield from _need_mentions((*path, at), need, name)
            case {"bar": str(bar)} if bar.startswith(f"{name}."):
                yield (*path, at, "bar"), bar


def _without_item(need: object, name: str) -> object | None:
    """A need without an item; None if nothing is left of it."""
    if isinstance(need, list):
        left = [each for each in need if each != name]
        return left if len(left) > 1 else next(iter(left), None)
    return None if any(_need_mentions((), [need], name)) else need


def _name_spans(
    positions: Positions, data: Values, old: ItemKey, new: ItemKey
) -> Iterator[tuple[int, int, str]]:
    """The spans where the name is written, and the new word for each."""
    for place in _track_parents(data):
        tracks = {span.end: span for span in positions.occurrences.get((*place, old[0]), ())}
        for start, end in positions.occurrences.get((*place, *old), ()):
            yield start, end, new[1]
            dot = _DOT.search(positions.text, 0, start)
            if old[0] != new[0] and dot and dot.start() in tracks:
                yield *tracks[dot.start()], new[0]


def _moved_to_track(text: str, name: ItemKey) -> str:
    """The text with the item's tables moved to where an item of this name belongs."""
    blocks = [each for each in scan_positions(text).blocks if each.path[:2] == name]
    if not blocks:
        return text
    spelled = "\n".join(text[each.start : each.content] for each in blocks).replace("\r\n", "\n")
    return insert_block(remove_blocks(text, name), name, spelled)
