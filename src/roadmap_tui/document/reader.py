"""Reading a `Document` from bytes; whatever is wrong with them is a fault in it."""

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
        data: the parsed TOML, where that is known already.
        known_items: items whose data was read before, by track.

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
        tables = version.plan.items_by_table if version.plan else {}
        for track, items in tables.items():
            now, then = data.get(track), version.data.get(track)
            if isinstance(now, Mapping) and isinstance(then, Mapping):
                same = [name for name in items if name in now and now[name] is then[name]]
                known.setdefault(track, {}).update((name, items[name]) for name in same)
    return known


def _read_text(
    raw: bytes, text: str, name: str, known_data: Values | None, known_items: KnownItems
) -> Document:
    conflict = _conflict_fault(text)
    obstacle = "it has an unfinished merge" if conflict else None
    data, syntax_faults = parse_toml(text, known_data)
    if data is None:
        # Conflict markers explain the syntax errors that they cause.
        found = conflict or syntax_faults
        return Document(name, raw, text, {}, None, found, obstacle or "it is not valid TOML")
    faults_at: list[FaultAtOffset] = [*conflict]
    version = data.get("schema")
    if isinstance(version, int) and version > SCHEMA_VERSION:
        faults_at += _newer_schema_fault(version)
        obstacle = obstacle or f"its format {version} is newer than this program"
    plan, faults = parse_plan_data(data, known=known_items)
    faults_at += ((fault, None) for fault in faults)
    return Document(name, raw, text, data, plan, tuple(faults_at), obstacle)


def _decoding_fault(raw: bytes, error: UnicodeDecodeError) -> tuple[str, Fault, int]:
    """As much of the text as can be shown, and the fault with its place in it."""
    remedy = "save the file as UTF-8"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        fault = Fault("encoding", (), "UTF-16, not UTF-8 text", remedy)
        return raw.decode("utf-16", errors="replace"), fault, 0
    problem = f"a byte that is not UTF-8 text, 0x{raw[error.start]:02x}"
    fault = Fault("encoding", (), problem, remedy)
    return raw.decode(errors="replace"), fault, len(raw[: error.start].decode())


def _conflict_fault(text: str) -> tuple[FaultAtOffset, ...]:
    """A fault at the first marker of a side; a ruler of equal signs alone may be part of a text."""
    marker = _MARKER.search(text)
    if marker is None:
        return ()
    problem = "marks of an unfinished merge"
    fault = Fault("conflict", (), problem, "keep one side of each and remove the marks")
    return ((fault, marker.start()),)


def _newer_schema_fault(version: object) -> tuple[FaultAtOffset, ...]:
    problem = f"the file has format {version}, this program supports up to {SCHEMA_VERSION}"
    fault = Fault("schema", ("schema",), problem, "upgrade roadmap-tui to edit it", fatal=False)
    return ((fault, None),)
