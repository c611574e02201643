"""A text as sections of statements, each with the comments that belong to it, so that whole statements can be moved.

Joining what `split` gives yields the text again.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from roadmap_tui.files.positions import Positions, scan
from roadmap_tui.files.quoted import end_of_line, remarks
from roadmap_tui.files.spell import spell_value
from roadmap_tui.files.values import Values, lookup
from roadmap_tui.plan.faults import KeyPath

HEADER = "[]"
"""The name of a section's header among its statements."""

_REMARK = re.compile(r"((?:[ \t]*\r?\n)*)((?:[ \t]*#[^\n]*(?:\n|\Z))+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A key with its value, a header, or a remark that stands by itself between blank lines.

    Attributes:
        path: of the key or the table; for a remark, of the table it stands in.
        name: what it is called in its section; the same in another version of the text.
        gap: the blank lines above.
        lead: the comment lines directly above; all of a remark.
        body: from the start of its line to the end of its value; empty for a remark.
        tail: the rest of its line: comment and line end.
    """

    path: KeyPath
    name: str
    gap: str
    lead: str
    body: str = ""
    tail: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return self.gap + self.lead + self.body + self.tail


@dataclass(frozen=True, slots=True)
class Section:
    """A header and what stands under it, or a remark between tables; the first section has no header.

    Attributes:
        path: the table's path; of a remark, that of the table above.
        name: what it is called among the sections; the same in another version of the text.
        statements: in their order.
    """

    path: KeyPath
    name: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sections of a text, and the blank lines at its end."""

    sections: tuple[Section, ...]
    end: str = ""


class _Start(NamedTuple):
    """Where a header or the value of a key stands, outermost only."""

    start: int
    end: int
    path: KeyPath
    is_header: bool


def split(text: str, data: Values) -> Sheet:
    """Take apart a text that says `data` and has no byte order mark."""
    tables: list[list[Statement]] = [[]]
    for statement, is_header in _statements(text):
        if is_header:
            tables.append([])
        tables[-1].append(statement)
    found = [each for table in tables for each in _sections(table, data)]
    names = _distinct(each.name for each in found)
    sections = (replace(each, name=name) for each, name in zip(found, names, strict=True))
    return Sheet(tuple(sections), text[sum(len(each.text) for table in tables for each in table) :])


def join(sheet: Sheet) -> str:
    """The text of a sheet. A line that another follows ends."""
    texts = [statement.text for section in sheet.sections for statement in section.statements]
    ended = (each if each.endswith("\n") else f"{each}\n" for each in texts[:-1])
    return "".join([*ended, *texts[-1:]]) + sheet.end


def comments(text: str) -> Iterator[tuple[str, int]]:
    """Every comment of a valid text, with its offset."""
    for start in remarks(text):
        yield text[start : end_of_line(text, start)].rstrip(), start


def _sections(table: list[Statement], data: Values) -> Iterator[Section]:
    """A table without the remarks below it, which stay if it goes; then those."""
    end = len(table)
    while end and not table[end - 1].body and table[end - 1].gap:
        end -= 1
    path = table[0].path if table and table[0].name == HEADER else ()
    yield Section(path, _table_name(path, data), tuple(table[:end]))
    for remark in table[end:]:
        yield Section(path, f"#{remark.lead.strip()}", (remark,))


def _statements(text: str) -> Iterator[tuple[Statement, bool]]:
    """The statements in their order, and whether each is a header."""
    at = 0
    table: KeyPath = ()
    names: list[str] = []
    for start, end, path, is_header in _starts(scan(text)):
        line = text.rfind("\n", 0, start) + 1
        *remarks, (gap, lead) = _groups(text[at:line])
        for remark in remarks:
            yield _remark(table, remark, names), False
        newline = text.find("\n", end)
        at = len(text) if newline < 0 else newline + 1
        table, names = (path, []) if is_header else (table, names)
        name = HEADER if is_header else repr(path[len(table) :])
        yield Statement(path, name, gap, lead, text[line:end], text[end:at]), is_header
    for gap, lead in _groups(text[at:]):
        if lead:
            yield _remark(table, (gap, lead), names), False


def _starts(positions: Positions) -> list[_Start]:
    starts = [_Start(*block.header, block.path, True) for block in positions.blocks]
    outer = -1
    for path, span in sorted(positions.values.items(), key=lambda each: each[1]):
        if span.start >= outer:
            outer = span.end
            starts.append(_Start(*span, path, False))
    return sorted(starts)


def _groups(text: str) -> list[tuple[str, str]]:
    """Blank lines and the comment lines under them, in turn; the last comment lines, if any, are above what follows."""
    groups = [(found[1], found[2]) for found in _REMARK.finditer(text)]
    rest = text[sum(len(gap) + len(lead) for gap, lead in groups) :]
    return [*groups, (rest, "")] if rest or not groups else groups


def _remark(table: KeyPath, group: tuple[str, str], names: list[str]) -> Statement:
    names.append(group[1].strip())
    return Statement(table, f"#{names.count(names[-1])} {names[-1]}", *group)


def _table_name(path: KeyPath, data: Values) -> str:
    """A path whose indices are replaced by what the elements say, for an index changes when others come and go."""
    steps = []
    for length, step in enumerate(path, 1):
        steps.append(
            repr(step) if isinstance(step, str) else spell_value(lookup(data, path[:length]))
        )
    return " ".join(steps)


def _distinct(names: Iterable[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"
