"""Paths as they are typed on the command line."""

import re

from roadmap_tui.document.document import Document
from roadmap_tui.document.serializer import TRACKS
from roadmap_tui.document.values import get_at
from roadmap_tui.plan.faults import KeyPath, did_you_mean
from roadmap_tui.plan.table_keys import known_keys
from roadmap_tui.text.terminal_text import escape_control

_PATH_STEP = re.compile(
    r"""(?:^|\.)(?P<bare>[\w-]+)|(?:^|\.)"(?P<quoted>[^"]*)"|\[(?P<index>\d{1,6})\]"""
)


def resolve_field(document: Document, path: str) -> KeyPath | str:
    """The place of a path such as ``triage.bars.recall.measured[0].on``, from the top of the file; or what is wrong.

    It may begin with an item's id.
    """
    return _path_from_top(document, _split_path(path))


def resolve_item(document: Document, name: str) -> tuple[str, str] | str:
    """The track and the id of an item, named by its id or by both; or what is wrong."""
    track, _, rest = name.rpartition(".")
    holding = [
        each
        for each in TRACKS
        if get_at(document.data, (each, rest)) is not None and track in {"", each}
    ]
    if holding:
        return holding[0], rest
    suggestion = did_you_mean(rest, all_item_ids(document))
    return escape_control(f"no item {name}") + (f"; {suggestion}" if suggestion else "")


def all_item_ids(document: Document) -> list[str]:
    """The ids of all items."""
    return [name for track in TRACKS for name in _table_keys(document, track)]


def _split_path(path: str) -> KeyPath:
    """The steps of a path such as ``triage.bars.recall.measured[0].on``; none if it is no path."""
    steps: list[str | int] = []
    at = 0
    while at < len(path):
        step = _PATH_STEP.match(path, at)
        if step is None:
            return ()
        index, key = step["index"], step["bare"] or step["quoted"] or ""
        steps.append(key if index is None else int(index))
        at = step.end()
    return tuple(steps)


def _path_from_top(document: Document, path: KeyPath) -> KeyPath | str:
    """The path from the top of the file, of one that may begin with an item's id; or what is wrong with it."""
    first = str(path[0]) if path else ""
    holding = [track for track in TRACKS if get_at(document.data, (track, first)) is not None]
    if first in TRACKS and len(path) > 1 and get_at(document.data, path[:2]) is not None:
        return path
    if holding:
        return (
            (holding[0], *path)
            if len(path) > 1
            else f"{first} is an item; name a field of it: {first}.effort"
        )
    if first in known_keys(()):
        return path
    suggestion = did_you_mean(first, all_item_ids(document))
    wrong = (
        f"no item {first}"
        if first
        else "PATH is no path; write ID.FIELD, such as auto-route.effort"
    )
    return escape_control(wrong) + (f"; {suggestion}" if first and suggestion else "")


def _table_keys(document: Document, track: str) -> tuple[str, ...]:
    table = get_at(document.data, (track,))
    return tuple(table) if isinstance(table, dict) else ()
