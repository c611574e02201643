"""A text as sections of statements with their comments, so that whole statements can be moved.

`join_statements` reverses `split_statements`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
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
    """A key with its value, a header, or a standalone comment between blank lines.

    Attributes:
        path: of the key or the table; for a standalone comment, of the table around it.
        name: identifies it in its section, in other versions of the text too.
        blank_lines: the blank lines above.
        comment: the comment lines directly above; all of a standalone comment.
        body: from the start of its line to the end of its value; empty for a comment.
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
    """A header and what is under it, or a comment between tables; the first has no header.

    Attributes:
        path: the table's path; for a comment, that of the table above.
        name: identifies it among the sections, in other versions of the text too.
        statements: in order.
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
    """The place of a header or of a key's value, outermost only."""

    start: int
    end: int
    path: KeyPath
    is_header: bool


def split_statements(text: str, data: Values) -> SectionedText:
    """Split a text without byte order mark, which parses to `data`."""
    tables: list[list[Statement]] = [[]]
    length = 0
    for statement, is_header in _statements(text):
        if is_header:
            tables.append([])
        tables[-1].append(statement)
        length += len(statement.text)
    found = [*chain.from_iterable(_sections(table, data) for table in tables)]
    names = _distinct_names(each.name for each in found)
    sections = (replace(each, name=name) for each, name in zip(found, names, strict=True))
    return SectionedText(tuple(sections), text[length:])


def join_statements(source: SectionedText) -> str:
    """The text of sections; each line but the last gets an end if it has none."""
    statements = chain.from_iterable(section.statements for section in source.sections)
    texts = [statement.text for statement in statements]
    ended = (text if text.endswith("\n") else f"{text}\n" for text in texts[:-1])
    return "".join([*ended, *texts[-1:]]) + source.end


def iterate_comments(text: str) -> Iterator[tuple[str, int]]:
    """Every comment of a valid text, with its offset."""
    for start in comment_starts(text):
        yield text[start : end_of_line(text, start)].rstrip(), start


def _sections(table: list[Statement], data: Values) -> Iterator[TableSection]:
    """A table, then the standalone comments below it, which stay when the table goes."""
    end = len(table)
    while end and not table[end - 1].body and table[end - 1].blank_lines:
        end -= 1
    path = table[0].path if table and table[0].name == HEADER else ()
    yield TableSection(path, _table_name(path, data), tuple(table[:end]))
    for comment in table[end:]:
        yield TableSection(path, f"#{comment.comment.strip()}", (comment,))


def _statements(text: str) -> Iterator[tuple[Statement, bool]]:
    """The statements in order, and whether each is a header."""
    at = 0
    table: KeyPath = ()
    names: list[str] = []
    for start, end, path, is_header in _starts(scan_positions(text)):
        line = text.rfind("\n", 0, start) + 1
        *standalone, (gap, comment) = _comment_groups(text[at:line])
        for group in standalone:
            yield _comment_statement(table, group, names), False
        newline = text.find("\n", end)
        at = len(text) if newline < 0 else newline + 1
        if is_header:
            table, names = path, []
        name = HEADER if is_header else repr(path[len(table) :])
        yield Statement(path, name, gap, comment, text[line:end], text[end:at]), is_header
    for gap, comment in _comment_groups(text[at:]):
        if comment:
            yield _comment_statement(table, (gap, comment), names), False


def _starts(positions: Positions) -> list[_StatementStart]:
    starts = [_StatementStart(*block.header, block.path, True) for block in positions.blocks]
    outer = -1
    for path, span in sorted(positions.values.items(), key=lambda each: each[1]):
        if span.start >= outer:
            outer = span.end
            starts.append(_StatementStart(*span, path, False))
    return sorted(starts)


def _comment_groups(text: str) -> list[tuple[str, str]]:
    """Blank lines and the comment lines below them, in turn; the last belong to what follows."""
    groups = [(found[1], found[2]) for found in _STANDALONE_COMMENT.finditer(text)]
    rest = text[sum(len(gap) + len(comment) for gap, comment in groups) :]
    return [*groups, (rest, "")] if rest or not groups else groups


def _comment_statement(table: KeyPath, group: tuple[str, str], names: list[str]) -> Statement:
    names.append(group[1].strip())
    return Statement(table, f"#{names.count(names[-1])} {names[-1]}", *group)


def _table_name(path: KeyPath, data: Values) -> str:
    """A path with list elements instead of their indices, which change when others come and go."""
    steps: list[str] = []
    for length, step in enumerate(path, 1):
        if isinstance(step, str):
            steps.append(repr(step))
        else:
            steps.append(serialize_value(get_at(data, path[:length])))
    return " ".join(steps)


def _distinct_names(names: Iterable[str]) -> Iterator[str]:
    seen: Counter[str] = Counter()
    for name in names:
        seen[name] += 1
        yield name if seen[name] == 1 else f"{name} ({seen[name]})"
