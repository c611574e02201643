"""The canonical form of a roadmap: one order, one spacing, and every comment where it belongs."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from roadmap_tui.files.blocks import newline_of
from roadmap_tui.files.document import Document
from roadmap_tui.files.edits import Refusal, SetValue, apply
from roadmap_tui.files.positions import BOM, Positions, scan
from roadmap_tui.files.reader import read
from roadmap_tui.files.spell import TRACKS, grows, spell_key
from roadmap_tui.files.statements import HEADER, Section, Sheet, Statement, comments, join, split
from roadmap_tui.files.syntax import parse
from roadmap_tui.files.values import Values, lookup, same
from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.roadmap import SCHEMA
from roadmap_tui.plan.shape import known_keys

_INDENT = re.compile(r"^[ \t]+|[ \t]+$", re.MULTILINE)


def canonical(document: Document) -> Document | Refusal:
    """The document with items by track and id, fields in the order of the format, and even spacing.

    Numbers and texts are spelled as they were, and every comment stays with what it stood above or beside.

    Returns:
        The document, or why it has no such form.
    """
    if document.read_only:
        return Refusal(
            f"{document.name} can only be looked at: {document.read_only}", "mend it by hand"
        )
    text = document.text.removeprefix(BOM)
    newline = newline_of(text)
    sheet = split(text.replace("\r\n", "\n"), document.data)
    laid = join(Sheet(tuple(_laid(section) for section in _in_order(sheet.sections)))).strip("\n")
    spelled = f"{laid}\n".replace("\n", newline) if laid else ""
    if not same(parse(spelled)[0], document.data):
        return Refusal(
            f"{document.name} can't be put in order as it is written", "it stays as it is"
        )
    result = BOM * document.text.startswith(BOM) + spelled
    return (
        document
        if result == document.text
        else replace(read(result.encode(), document.name), vetted=True)
    )


def upgraded(document: Document) -> Document | Refusal:
    """The document in the format that this program writes, if it states an older one."""
    stated = document.data.get("schema")
    older = isinstance(stated, int) and stated < SCHEMA
    return apply(document, SetValue(("schema",), SCHEMA)) if older else document


def _in_order(sections: tuple[Section, ...]) -> list[Section]:
    """The tables in the order of the format; remarks between them stay above what they stand above."""
    groups: list[list[Section]] = []
    above: list[Section] = []
    for section in sections:
        above.append(section)
        if not section.name.startswith("#"):
            groups.append(above)
            above = []
    groups.sort(key=lambda group: _rank(group[-1].path))
    return [section for group in (*groups, above) for section in group if section.statements]


def _rank(path: KeyPath) -> tuple[tuple[int, str], ...]:
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


def _laid(section: Section) -> Section:
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
        section, statements=tuple(_spaced([each for group in (*groups, above) for each in group]))
    )


def _spaced(statements: list[Statement]) -> Iterator[Statement]:
    after_remark = False
    for at, each in enumerate(statements):
        apart = each.gap and (after_remark or not each.body)
        gap = "\n" if at == 0 or apart else ""
        lead = _INDENT.sub("", each.lead.rstrip("\n")) + "\n" * bool(each.lead)
        tail = each.tail.rstrip() + "\n" if each.body else ""
        yield replace(each, gap=gap, lead=lead, body=_body(each), tail=tail)
        after_remark = not each.body


def _body(statement: Statement) -> str:
    """A key with its value, or a header, evenly spaced; as it is if comments stand in it."""
    body = statement.body.lstrip(" \t")
    if statement.name == HEADER:
        names = ".".join(spell_key(step) for step in statement.path if isinstance(step, str))
        return f"[[{names}]]" if isinstance(statement.path[-1], int) else f"[{names}]"
    data = parse(body)[0]
    if not data or any(comments(body)):
        return body
    positions = scan(body)
    path = min(positions.values, key=positions.values.__getitem__)
    return (
        f"{'.'.join(spell_key(str(step)) for step in path)} ="
        f" {_value(positions, data, path, room=True)}"
    )


def _value(positions: Positions, data: Values, path: KeyPath, *, room: bool = False) -> str:
    """A value with its scalars as they are written."""
    value = lookup(data, path)
    match value:
        case Mapping():
            inside = (
                f"{spell_key(key)} = {_value(positions, data, (*path, key))}" for key in value
            )
            return f"{{ {', '.join(inside)} }}" if value else "{}"
        case list():
            elements = [_value(positions, data, (*path, at)) for at in range(len(value))]
            tall = room and grows(value)
            return (
                "[\n" + "".join(f"    {each},\n" for each in elements) + "]"
                if tall
                else f"[{', '.join(elements)}]"
            )
    span = positions.values[path]
    return positions.text[span.start : span.end]
