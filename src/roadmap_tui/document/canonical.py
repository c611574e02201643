"""The canonical form of a roadmap: one order, one spacing, and every comment where it belongs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

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
    """The document with items by track and id, fields in the order of the format, and even spacing.

    Numbers and texts are spelled as they were, and every comment stays with what it stood above or beside.

    Returns:
        The document, or why it has no such form.
    """
    if document.read_only:
        return EditRejected(
            f"{document.name} can only be looked at: {document.read_only}", "mend it by hand"
        )
    text = document.text.removeprefix(BOM)
    newline = detect_newline(text)
    sheet = split_statements(text.replace("\r\n", "\n"), document.data)
    laid = join_statements(
        SectionedText(
            tuple(_format_section(section) for section in _sorted_sections(sheet.sections))
        )
    ).strip("\n")
    spelled = f"{laid}\n".replace("\n", newline) if laid else ""
    if not is_same_value(parse_toml(spelled)[0], document.data):
        return EditRejected(
            f"{document.name} can't be put in order as it is written", "it stays as it is"
        )
    result = BOM * document.text.startswith(BOM) + spelled
    return (
        document
        if result == document.text
        else replace(read_document(result.encode(), document.name), round_trip_verified=True)
    )


def _sorted_sections(sections: tuple[TableSection, ...]) -> list[TableSection]:
    """The tables in the order of the format; remarks between them stay above what they stand above."""
    groups: list[list[TableSection]] = []
    above: list[TableSection] = []
    for section in sections:
        above.append(section)
        if not section.name.startswith("#"):
            groups.append(above)
            above = []
    groups.sort(key=lambda group: _sort_key(group[-1].path))
    return [section for group in (*groups, above) for section in group if section.statements]


def _sort_key(path: KeyPath) -> tuple[tuple[int, str], ...]:
    """What paths are sorted by: the order of the format, items by id; the rest keep their order."""
    ranks = []
    for at, step in enumerate(path):
        fields = known_keys(path[:at])
        if isinstance(step, int):
            ranks.append((step, ""))
        elif step in fields:
            ranks.append((fields.index(step), ""))
        else:
            ranks.append((len(fields), step if at == 1 and path[0] in TRACKS else ""))
    return tuple(ranks)


def _format_section(section: TableSection) -> TableSection:
    """A section with its fields in order, a blank line above it, and others only round remarks."""
    groups: list[list[Statement]] = []
    above: list[Statement] = []
    for statement in section.statements:
        above.append(statement)
        if statement.body:
            groups.append(above)
            above = []
    fields = known_keys(section.path)
    order = {name: at for at, name in enumerate(fields)}
    depth = len(section.path)
    groups.sort(
        key=lambda group: (
            -1 if group[-1].name == HEADER else order.get(str(group[-1].path[depth]), len(fields))
        )
    )
    return replace(
        section,
        statements=tuple(_format_spacing([each for group in (*groups, above) for each in group])),
    )


def _format_spacing(statements: list[Statement]) -> Iterator[Statement]:
    after_remark = False
    for at, each in enumerate(statements):
        apart = each.blank_lines and (after_remark or not each.body)
        gap = "\n" if at == 0 or apart else ""
        lead = _INDENT.sub("", each.comment.rstrip("\n")) + "\n" * bool(each.comment)
        tail = each.tail.rstrip() + "\n" if each.body else ""
        yield replace(each, blank_lines=gap, comment=lead, body=_format_body(each), tail=tail)
        after_remark = not each.body


def _format_body(statement: Statement) -> str:
    """A key with its value, or a header, evenly spaced; as it is if comments stand in it."""
    body = statement.body.lstrip(" \t")
    if statement.name == HEADER:
        names = ".".join(serialize_key(step) for step in statement.path if isinstance(step, str))
        return f"[[{names}]]" if isinstance(statement.path[-1], int) else f"[{names}]"
    data = parse_toml(body)[0]
    if not data or any(iterate_comments(body)):
        return body
    positions = scan_positions(body)
    path = min(positions.values, key=positions.values.__getitem__)
    return (
        f"{'.'.join(serialize_key(str(step)) for step in path)} ="
        f" {_format_value(positions, data, path, room=True)}"
    )


def _format_value(positions: Positions, data: Values, path: KeyPath, *, room: bool = False) -> str:
    """A value with its scalars as they are written."""
    value = get_at(data, path)
    match value:
        case Mapping():
            inside = (
                f"{serialize_key(key)} = {_format_value(positions, data, (*path, key))}"
                for key in value
            )
            return f"{{ {', '.join(inside)} }}" if value else "{}"
        case list():
            elements = [_format_value(positions, data, (*path, at)) for at in range(len(value))]
            tall = room and is_growing_list(value)
            return (
                "[\n" + "".join(f"    {each},\n" for each in elements) + "]"
                if tall
                else f"[{', '.join(elements)}]"
            )
    span = positions.values[path]
    return positions.text[span.start : span.end]
