"""Paths as they are typed on the command line."""

import re

from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.spell import TRACKS
from roadmap_tui.files.values import lookup
from roadmap_tui.plan.faults import KeyPath, did_you_mean
from roadmap_tui.plan.shape import known_keys

_STEP = re.compile(
    r"""(?:^|\.)(?P<bare>[\w-]+)|(?:^|\.)"(?P<quoted>[^"]*)"|\[(?P<index>\d{1,6})\]"""
)


def place_of(document: Document, path: str) -> KeyPath | str:
    """The place of a path such as ``triage.bars.recall.measured[0].on``, from the top of the file; or what is wrong.

    It may begin with an item's id.
    """
    return _whole(document, _split(path))


def item_of(document: Document, name: str) -> tuple[str, str] | str:
    """The track and the id of an item, named by its id or by both; or what is wrong."""
    track, _, rest = name.rpartition(".")
    holding = [
        each
        for each in TRACKS
        if lookup(document.data, (each, rest)) is not None and track in {"", each}
    ]
    if holding:
        return holding[0], rest
    suggestion = did_you_mean(rest, item_names(document))
    return printable(f"no item {name}") + (f"; {suggestion}" if suggestion else "")


def item_names(document: Document) -> list[str]:
    """The ids of all items."""
    return [name for track in TRACKS for name in _names(document, track)]


def _split(path: str) -> KeyPath:
    """The steps of a path such as ``triage.bars.recall.measured[0].on``; none if it is no path."""
    steps: list[str | int] = []
    at = 0
    while at < len(path):
        step = _STEP.match(path, at)
        if step is None:
            return ()
        index, key = step["index"], step["bare"] or step["quoted"] or ""
        steps.append(key if index is None else int(index))
        at = step.end()
    return tuple(steps)


def _whole(document: Document, path: KeyPath) -> KeyPath | str:
    """The path from the top of the file, of one that may begin with an item's id; or what is wrong with it."""
    first = str(path[0]) if path else ""
    holding = [track for track in TRACKS if lookup(document.data, (track, first)) is not None]
    if first in TRACKS and len(path) > 1 and lookup(document.data, path[:2]) is not None:
        return path
    if holding:
        return (
            (holding[0], *path)
            if len(path) > 1
            else f"{first} is an item; name a field of it: {first}.effort"
        )
    if first in known_keys(()):
        return path
    suggestion = did_you_mean(first, item_names(document))
    wrong = (
        f"no item {first}"
        if first
        else "PATH is no path; write ID.FIELD, such as auto-route.effort"
    )
    return printable(wrong) + (f"; {suggestion}" if first and suggestion else "")


def _names(document: Document, track: str) -> tuple[str, ...]:
    table = lookup(document.data, (track,))
    return tuple(table) if isinstance(table, dict) else ()
