"""A text as sections of statements, each with the comments that belong to it, so that whole statements can be moved.

Joining what `split` gives yields the text again.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from roadmap_tui.document.lexer import comment_starts, end_of_line
from roadmap_tui.document.positions import Positions, scan_positions
from roadmap_tui.document.serializer import serialize_value
from roadmap_tui.document.values import Values, get_at
from roadmap_tui.plan.faults import KeyPath

HEADER = "[]"
"""The name of a section's header among its statements."""

_STANDALONE_COMMENT = re.compile(r"((?:[ \t]*\r?\n)*)((?:[ \t]*#[^\n]*(?:\n|\Z))+)")


@dataclass(frozen=True, slots=True)
class Statement:
    """A key with its value, a header, or a remark that stands by itself between blank lines.

    Attributes:
        path: of the key or the table; for a remark, of the table it stands in.
        name: what it is called in its section; the same in another version of the text.
        blank_lines: the blank lines above.
        comment: the comment lines directly above; all of a remark.
        body: from the start of its line to the end of its value; empty for a remark.
        tail: the rest of its line: comment and line end.
    """

    path: KeyPath
    name: str
    blank_lines: str
    comment: str
    body: str = ""
    tail: str = ""

    @property
    def text(self) -> str:
        """All of it."""
        return self.blank_lines + self.comment + self.body + self.tail


@dataclass(frozen=True, slots=True)
class TableSection:
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
class SectionedText:
    """The sections of a text, and the blank lines at its end."""

    sections: tuple[TableSection, ...]
    end: str = ""


class _StatementStart(NamedTuple):
    """Where a header or the value of a key stands, outermost only."""

    start: int
    end: int
    path: KeyPath
    is_header: bool


def split_statements(text: str, data: Values) -> SectionedText:
    """Take apart a text that says `data` and has no byte order mark."""
    tables: list[list[Statement]] = [[]]
    for statement, is_header in _statements(text):
        if is_header:
            tables.append([])
        tables[-1].append(statement)
    found = [each for table in tables for each in _sections(table, data)]
    names = _distinct_names(each.name for each in found)
    sections = (replace(each, name=name) for each, name in zip(found, names, strict=True))
    return SectionedText(
        tuple(sections), text[sum(len(each.text) for table in tables for each in table) :]
    )


def join_statements(sheet: SectionedText) -> str:
    """The text of a sheet. A line that another follows ends."""
    texts = [statement.text for section in sheet.sections for statement in section.statements]
    ended = (each if each.endswith("\n") else f"{each}\n" for each in texts[:-1])
    return "".join([*ended, *texts[-1:]]) + sheet.end


def iterate_comments(text: str) -> Iterator[tuple[str, int]]:
    """Every comment of a valid text, with its offset."""
    for start in comment_starts(text):
        yield text[start : end_of_line(text, start)].rstrip(), start


def _sections(table: list[Statement], data: Values) -> Iterator[TableSection]:
    """A table without the remarks below it, which stay if it goes; then those."""
    end = len(table)
    while end and not table[end - 1].body and table[end - 1].blank_lines:
        end -= 1
    path = table[0].path if table and table[0].name == HEADER else ()
    yield TableSection(path, _table_name(path, data), tuple(table[:end]))
    for remark in table[end:]:
        yield TableSection(path, f"#{remark.comment.strip()}", (remark,))


def _statements(text: str) -> Iterator[tuple[Statement, bool]]:
    """The statements in their order, and whether each is a header."""
    at = 0
    table: KeyPath = ()
    names: list[str] = []
    for start, end, path, is_header in _starts(scan_positions(text)):
        line = text.rfind("\n", 0, start) + 1
        *remarks, (gap, lead) = _comment_groups(text[at:line])
        for remark in remarks:
            yield _comment_statement(table, remark, names), False
        newline = text.find("\n", end)
        at = len(text) if newline < 0 else newline + 1
        table, names = (path, []) if is_header else (table, names)
        name = HEADER if is_header else repr(path[len(table) :])
        yield Statement(path, name, gap, lead, text[line:end], text[end:at]), is_header
    for gap, lead in _comment_groups(text[at:]):
        if lead:
            yield _comment_statement(table, (gap, lead), names), False


def _starts(positions: Positions) -> list[_StatementStart]:
    starts = [_StatementStart(*block.header, block.path, True) for block in positions.blocks]
    outer = -1
    for path, span in sorted(positions.values.items(), key=lambda each: each[1]):
        if span.start >= outer:
            outer = span.end
            starts.append(_StatementStart(*span, path, False))
    return sorted(starts)


def _comment_groups(text: str) -> list[tuple[str, str]]:
    """Blank lines and the comment lines under them, in turn; the last comment lines, if any, are above what follows."""
    groups = [(found[1], found[2]) for found in _STANDALONE_COMMENT.finditer(text)]
    rest = text[sum(len(gap) + len(lead) for gap, lead in groups) :]
    return [*groups, (rest, "")] if rest or not groups else groups


def _comment_statement(table: KeyPath, group: tuple[str, str], names: list[str]) -> Statement:
    names.append(group[1].strip())
    return Statement(table, f"#{names.count(names[-1])} {names[-1]}", *group)


def _table_name(path: KeyPath, data: Values) -> str:
    """A path whose indices are replaced by what the elements say, for an index changes when others come and go."""
    steps = []
    for length, step in enumerate(path, 1):
        steps.append(
            repr(step) if isinstance(step, str) else serialize_value(get_at(data, path[:length]))
        )
    return " ".join(steps)


def _distinct_names(names: Iterable[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"
