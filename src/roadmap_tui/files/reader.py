"""Bytes to a `Document`; whatever is wrong with them is a fault in it."""

import re
from collections.abc import Mapping

from roadmap_tui.files.document import Document
from roadmap_tui.files.syntax import Found, parse
from roadmap_tui.files.values import Values
from roadmap_tui.plan.faults import Fault
from roadmap_tui.plan.items import Item
from roadmap_tui.plan.read import NOTHING_KNOWN, Known, read_plan
from roadmap_tui.plan.roadmap import SCHEMA

_MARKER = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)


def read(
    raw: bytes, name: str, said: Values | None = None, known: Known = NOTHING_KNOWN
) -> Document:
    """Read a roadmap from bytes.

    Args:
        raw: the whole file.
        name: the file, as the user wrote it; faults name it so.
        said: what the bytes say as TOML, where that is known already.
        known: the items of which the bytes say what was read before, by track.

    Returns:
        A document. Never raises: bytes that are not text or not TOML give a document without a plan.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        text, fault, offset = _not_text(raw, error)
        return Document(name, raw, text, {}, None, ((fault, offset),), "it is not UTF-8 text")
    return _read_text(raw, text, name, said, known)


def unchanged(data: Values, *versions: Document) -> Known:
    """The items, by track, of which the data has the very values that one of these versions was read from."""
    known: dict[str, dict[str, Item]] = {}
    for version in versions:
        for track, items in version.plan.tables.items() if version.plan else ():
            now, then = data.get(track), version.data.get(track)
            if isinstance(now, Mapping) and isinstance(then, Mapping):
                same = {
                    name: items[name] for name in items if name in now and now[name] is then[name]
                }
                known[track] = known.get(track, {}) | same
    return known


def _read_text(raw: bytes, text: str, name: str, said: Values | None, known: Known) -> Document:
    conflict = _conflict(text)
    data, broken = parse(text, said)
    if data is None:
        found = conflict or broken
        return Document(
            name, raw, text, {}, None, found, _conflict_reason(conflict) or "it is not valid TOML"
        )
    version = data.get("schema")
    newer = isinstance(version, int) and version > SCHEMA
    plan, faults = read_plan(data, known=known)
    found = (
        *conflict,
        *(_newer_schema(version) if newer else ()),
        *((fault, None) for fault in faults),
    )
    barred = _conflict_reason(conflict) or (
        f"it is of format {version}, newer than this program" if newer else None
    )
    return Document(name, raw, text, data, plan, found, barred)


def _not_text(raw: bytes, error: UnicodeDecodeError) -> tuple[str, Fault, int]:
    """As much of the text as can be shown, and the fault with its place in it."""
    right = "save the file as UTF-8"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return (
            raw.decode("utf-16", errors="replace"),
            Fault("encoding", (), "UTF-16, not UTF-8 text", right),
            0,
        )
    fault = Fault("encoding", (), f"a byte that is not UTF-8 text, 0x{raw[error.start]:02x}", right)
    return raw.decode(errors="replace"), fault, len(raw[: error.start].decode())


def _conflict(text: str) -> tuple[Found, ...]:
    """A fault at the first marker of a side; a ruler of equal signs alone may be part of a text."""
    marker = _MARKER.search(text)
    if marker is None:
        return ()
    fault = Fault(
        "conflict",
        (),
        "marks of a merge that is not finished",
        "keep one side of each and remove the marks",
    )
    return ((fault, marker.start()),)


def _conflict_reason(conflict: tuple[Found, ...]) -> str | None:
    return "a merge is not finished in it" if conflict else None


def _newer_schema(version: object) -> tuple[Found, ...]:
    wrong = f"this file is of format {version}, this program knows formats up to {SCHEMA}"
    fault = Fault("schema", ("schema",), wrong, "upgrade roadmap-tui to edit it", fatal=False)
    return ((fault, None),)
