"""Bytes to a `Document`; whatever is wrong with them is a fault in it."""

import re
from collections.abc import Mapping

from roadmap_tui.document.document import Document
from roadmap_tui.document.toml_parser import FaultAtOffset, parse_toml
from roadmap_tui.document.values import Values
from roadmap_tui.plan.faults import Fault
from roadmap_tui.plan.items import Item
from roadmap_tui.plan.parser import NO_KNOWN_ITEMS, KnownItems, parse_plan_data
from roadmap_tui.plan.roadmap import SCHEMA_VERSION

_MARKER = re.compile(r"^(?:<{7}|>{7}) ", re.MULTILINE)


def read_document(
    raw: bytes, name: str, data: Values | None = None, known_items: KnownItems = NO_KNOWN_ITEMS
) -> Document:
    """Read a roadmap from bytes.

    Args:
        raw: the whole file.
        name: the file, as the user wrote it; faults name it so.
        data: what the bytes say as TOML, where that is known already.
        known_items: the items of which the bytes say what was read before, by track.

    Returns:
        A document; without a plan if the bytes are no text or no TOML. Never raises.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        text, fault, offset = _decoding_fault(raw, error)
        return Document(name, raw, text, {}, None, ((fault, offset),), "it is not UTF-8 text")
    return _read_text(raw, text, name, data, known_items)


def unchanged_items(data: Values, *versions: Document) -> KnownItems:
    """The items, by track, whose data is the very object that one of the versions was read from."""
    known: dict[str, dict[str, Item]] = {}
    for version in versions:
        for track, items in version.plan.items_by_table.items() if version.plan else ():
            now, then = data.get(track), version.data.get(track)
            if isinstance(now, Mapping) and isinstance(then, Mapping):
                same = {
                    name: items[name] for name in items if name in now and now[name] is then[name]
                }
                known[track] = known.get(track, {}) | same
    return known


def _read_text(
    raw: bytes, text: str, name: str, said: Values | None, known: KnownItems
) -> Document:
    conflict = _conflict_fault(text)
    data, broken = parse_toml(text, said)
    if data is None:
        found = conflict or broken
        return Document(
            name, raw, text, {}, None, found, _conflict_reason(conflict) or "it is not valid TOML"
        )
    version = data.get("schema")
    newer = isinstance(version, int) and version > SCHEMA_VERSION
    plan, faults = parse_plan_data(data, known=known)
    found = (
        *conflict,
        *(_newer_schema_fault(version) if newer else ()),
        *((fault, None) for fault in faults),
    )
    barred = _conflict_reason(conflict) or (
        f"it is of format {version}, newer than this program" if newer else None
    )
    return Document(name, raw, text, data, plan, found, barred)


def _decoding_fault(raw: bytes, error: UnicodeDecodeError) -> tuple[str, Fault, int]:
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


def _conflict_fault(text: str) -> tuple[FaultAtOffset, ...]:
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


def _conflict_reason(conflict: tuple[FaultAtOffset, ...]) -> str | None:
    return "a merge is not finished in it" if conflict else None


def _newer_schema_fault(version: object) -> tuple[FaultAtOffset, ...]:
    wrong = f"this file is of format {version}, this program knows formats up to {SCHEMA_VERSION}"
    fault = Fault("schema", ("schema",), wrong, "upgrade roadmap-tui to edit it", fatal=False)
    return ((fault, None),)
