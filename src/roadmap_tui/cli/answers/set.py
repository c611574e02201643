"""`roadmap set`: change one field."""

import re

from roadmap_tui.cli.changing import change, open_to_change, value_of
from roadmap_tui.cli.reply import Reply, wrong_use
from roadmap_tui.files.display import printable
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import SetValue
from roadmap_tui.files.spell import TRACKS, spell_value
from roadmap_tui.files.values import lookup, same
from roadmap_tui.plan.faults import KeyPath, did_you_mean, spell_path
from roadmap_tui.plan.shape import known_keys
from roadmap_tui.report.data import envelope, to_json

_STEP = re.compile(r"""(?:^|\.)(?P<bare>[\w-]+)|(?:^|\.)"(?P<quoted>[^"]*)"|\[(?P<index>\d{1,6})\]""")


def answer(file: str, path: str, value: str, as_json: bool) -> Reply:
    """What was changed, or why nothing was."""
    document = open_to_change(file)
    if isinstance(document, Reply):
        return document
    place = _whole(document, _split(path))
    if isinstance(place, str):
        return wrong_use(place)
    old, new = lookup(document.data, place), value_of(value)
    refused = change(document, SetValue(place, new))
    if refused is not None:
        return refused
    if as_json:
        changed = {"path": spell_path(place), "old": old, "new": new}
        return Reply(to_json(envelope("set", file=file, changed=None if same(old, new) else changed)))
    return Reply(printable(f"{file}: {path} {_told(old, new)}") + "\n")


def _told(old: object | None, new: object) -> str:
    if same(old, new):
        return f"is {spell_value(new)} already"
    return f"{'(not set)' if old is None else spell_value(old)} → {spell_value(new)}"


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
        return (holding[0], *path) if len(path) > 1 else f"{first} is an item; name a field of it: {first}.effort"
    if first in known_keys(()):
        return path
    items = [name for track in TRACKS for name in _names(document, track)]
    suggestion = did_you_mean(first, items)
    wrong = f"no item {first}" if first else "PATH is no path; write ID.FIELD, such as auto-route.effort"
    return printable(wrong) + (f"; {suggestion}" if first and suggestion else "")


def _names(document: Document, track: str) -> tuple[str, ...]:
    table = lookup(document.data, (track,))
    return tuple(table) if isinstance(table, dict) else ()
