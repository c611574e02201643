"""The canonical form of a roadmap: one order, one spacing, and every comment where it belongs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from roadmap_tui.document.blocks import detect_newline
from roadmap_tui.document.document import Document
from roadmap_tui.document.edits import EditRejected
from roadmap_tui.document.positions import BOM, Positions, scan_positions
from roadmap_tui.document.reader import read_document
from roadmap_tui.document.serializer import TRACKS, is_growing_list, serialize_key
from roadmap_tui.document.statements import (
    HEADER,
    SectionedText,
    Statement,
    TableSection,
    iterate_comments,
    join_statements,
    split_statements,
)
from roadmap_tui.document.toml_parser import parse_toml
from roadmap_tui.document.values import Values, get_at, is_same_value
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.table_keys import known_keys

_INDENT = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)


def canonicalize(document: Document) -> Document | EditRejected:
    """The document with items by track and id, fields in the format's order, and even spacing.

    Scalars keep their spelling, and every comment stays with what it is above or beside.

    Returns:
        The document, or why it has no such form.
    """
    if document.read_only:
        reason = f"{document.name} is read-only: {document.read_only}"
        return EditRejected(reason, "fix it by hand")
    text = document.text.removeprefix(BOM)
    sections = split_statements(text.replace("\r\n", "\n"), document.data).sections
    formatted = tuple(map(_format_section, _sorted_sections(sections)))
    source = join_statements(SectionedText(formatted)).strip("\n")
    if source:
        source = f"{source}\n".replace("\n", detect_newline(text))
    if not is_same_value(parse_toml(source)[0], document.data):
        reason = f"{document.name} can't be formatted because of its layout"
        return EditRejected(reason, "it is left unchanged")
    result = BOM * document.text.startswith(BOM) + source
    if result == document.text:
        return document
    return replace(read_document(result.encode(), document.name), round_trip_verified=True)


def _sorted_sections(sections: tuple[TableSection, ...]) -> list[TableSection]:
    """The tables in the order of the format; comments between them stay with what they precede."""
    groups: list[list[TableSection]] = []
    above: list[TableSection] = []
    for section in sections:
        above.append(section)
        if not section.name.startswith("#"):
            groups.append(above)
            above = []
    groups.sort(key=lambda group: _sort_key(group[-1].path))
    return [section for section in chain(*groups, above) if section.statements]


def _sort_key(path: KeyPath) -> tuple[tuple[int, str], ...]:
    """Sort paths by the order of the format, items by id; unknown keys keep their order."""
    ranks = []
    for at, step in enumerate(path):
        fields = known_keys(path[:at])
        if isinstance(step, int):
            ranks.append((step, ""))
        elif step in fields:
            ranks.append((fields.index(step), ""))
        else:
            is_id = at == 1 and path[0] in TRACKS
            ranks.append((len(fields), step if is_id else ""))
    return tuple(ranks)


def _format_section(section: TableSection) -> TableSection:
    """A section with its fields in order, and blank lines only above it and around comments."""
    groups: list[list[Statement]] = []
    above: list[Statement] = []
    for statement in section.statements:
        above.append(statement)
        if statement.body:
            groups.append(above)
            above = []
    fields = known_keys(section.path)
    order = {name: at for at, name in enumerate(fields)}

    def position(group: list[Statement]) -> int:
        last = group[-1]
        if last.name == HEADER:
            return -1
        return order.get(str(last.path[len(section.path)]), len(fields))

    groups.sort(key=position)
    statements = [*chain(*groups, above)]
    return replace(section, statements=tuple(_format_spacing(statements)))


def _format_spacing(statements: list[Statement]) -> Iterator[Statement]:
    follows_comment = False
    for at, each in enumerate(statements):
        is_apart = each.blank_lines and (follows_comment or not each.body)
        gap = "\n" if at == 0 or is_apart else ""
        comment = _INDENT.sub("", each.comment.rstrip("\n")) + "\n" * bool(each.comment)
        tail = each.tail.rstrip() + "\n" if each.body else ""
        yield replace(each, blank_lines=gap, comment=comment, body=_format_body(each), tail=tail)
        follows_comment = not each.body


def _format_body(statement: Statement) -> str:
    """A key with its value, or a header, evenly spaced; unchanged if there are comments in it."""
    body = statement.body.lstrip(" \t")
    if statement.name == HEADER:
        names = ".".join(serialize_key(step) for step in statement.path if isinstance(step, str))
        return f"[[{names}]]" if isinstance(statement.path[-1], int) else f"[{names}]"
    data = parse_toml(body)[0]
    if not data or any(iterate_comments(body)):
        return body
    positions = scan_positions(body)
    path = min(positions.values, key=positions.values.__getitem__)
    key = ".".join(serialize_key(str(step)) for step in path)
    return f"{key} = {_format_value(positions, data, path, multiline=True)}"


def _format_value(
    positions: Positions, data: Values, path: KeyPath, *, multiline: bool = False
) -> str:
    """A value, evenly spaced, with the spelling of its scalars kept."""
    value = get_at(data, path)
    if isinstance(value, Mapping):
        inside = (
            f"{serialize_key(key)} = {_format_value(positions, data, (*path, key))}"
            for key in value
        )
        return f"{{ {', '.join(inside)} }}" if value else "{}"
    if isinstance(value, list):
        elements = [_format_value(positions, data, (*path, at)) for at in range(len(value))]
        if multiline and is_growing_list(value):
            return "[\n" + "".join(f"    {each},\n" for each in elements) + "]"
        return f"[{', '.join(elements)}]"
    span = positions.values[path]
    return positions.text[span.start : span.end]
