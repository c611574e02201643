"""Paths to fields and items as users type them."""

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
    """The place of a path such as ``triage.bars.recall.measured[0].on``, or what is wrong with it.

    The result begins at the top of the file; the path may begin with an item's id.
    """
    steps = _split_path(path)
    first = str(steps[0]) if steps else ""
    if not first:
        return "PATH is no path; write ID.FIELD, such as auto-route.effort"
    if first in TRACKS and len(steps) > 1 and get_at(document.data, steps[:2]) is not None:
        return steps
    track = _track_of(document, first)
    if track is not None and len(steps) == 1:
        return escape_control(f"{first} is an item; name a field of it: {first}.effort")
    if track is not None:
        return (track, *steps)
    if first in known_keys(()):
        return steps
    return _no_item(document, first, first)


def resolve_item(document: Document, name: str) -> tuple[str, str] | str:
    """The track and the id of an item, named by its id or by both; or what is wrong."""
    track, _, item = name.rpartition(".")
    for each in TRACKS:
        if track in {"", each} and get_at(document.data, (each, item)) is not None:
            return each, item
    return _no_item(document, name, item)


def all_item_ids(document: Document) -> list[str]:
    """The ids of all items."""
    ids = list[str]()
    for track in TRACKS:
        table = get_at(document.data, (track,))
        ids += table if isinstance(table, dict) else ()
    return ids


def _split_path(path: str) -> KeyPath:
    """The steps of a path; none if it is malformed."""
    steps: list[str | int] = []
    at = 0
    while at < len(path):
        step = _PATH_STEP.match(path, at)
        if step is None:
            return ()
        if step["index"] is not None:
            steps.append(int(step["index"]))
        else:
            steps.append(step["bare"] or step["quoted"] or "")
        at = step.end()
    return tuple(steps)


def _track_of(document: Document, item: str) -> str | None:
    return next((each for each in TRACKS if get_at(document.data, (each, item)) is not None), None)


def _no_item(document: Document, name: str, item: str) -> str:
    suggestion = did_you_mean(item, all_item_ids(document))
    return "; ".join(filter(None, [escape_control(f"no item {name}"), suggestion]))
