"""Where keys, values and tables stand in the text of a roadmap."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

import tomli

from roadmap_tui.document.lexer import SIMPLE_STRING, end_of_string
from roadmap_tui.plan.faults import KeyPath

BOM = "\ufeff"

_BLANK = re.compile(r"[ \t]*")
_GAP = re.compile(r"[ \t\r\n]*(?:#[^\n]*[ \t\r\n]*){0,200}")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_SCALAR = re.compile(
    rf"""
    {SIMPLE_STRING}
    | \d{{4}}-\d\d-\d\d [ ] \d\d: [^\s,\]}}#]*      # the one value with a space in it
    | [^\s,\]}}#"'] [^\s,\]}}#]*
    """,
    re.VERBOSE,
)
"""Any value but lists, tables, and strings of several lines or with escapes."""

_TO_BRACKET = re.compile(
    rf"""
    (?: [^"'\#\[\]{{}}=]+ | {SIMPLE_STRING} | \# [^\n]*
    | = [ \t]*
      (?: \[ [^"'\#\[\]{{}}\n]* (?: "[^"\\\n]+"(?!") [^"'\#\[\]{{}}\n]* ){{0,200}} \] )?
    ){{0,200}}
    (["'\[\]{{}}])?
    """,
    re.VERBOSE,
)
"""In a valid text: up to a quote or a bracket, except those of a plain list on one line."""

_PLAIN_HEADER = re.compile(r"\[([A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*)\]")


class TextSpan(NamedTuple):
    """A stretch of text, as offsets: from `start` up to, but not including, `end`."""

    start: int
    end: int


class TableBlock(NamedTuple):
    """A table with a header of its own, and the lines that are its.

    Attributes:
        path: the table's path; the last step is an index for ``[[…]]``.
        header: the header, from ``[`` to ``]``.
        start: where it begins: at the comment lines directly above the header, if any.
        content: where its last key, or the comment lines directly under it, end.
        end: where the next block starts, or the text ends.
    """

    path: KeyPath
    header: TextSpan
    start: int
    content: int
    end: int


@dataclass(frozen=True, slots=True)
class Positions:
    """Spans of everything in one text.

    Attributes:
        text: the text that was scanned.
        keys: the span of every key, by path; of a table, its name in its header.
        occurrences: every span where a key is written, by path; a table's name is in each header
            and dotted key below it.
        values: the span of every value, by path; list elements and inline tables included.
        blocks: every table with a header, in the order of the text.
        top: where the keys above all headers end.
    """

    text: str
    keys: dict[KeyPath, TextSpan]
    occurrences: dict[KeyPath, list[TextSpan]]
    values: dict[KeyPath, TextSpan]
    blocks: tuple[TableBlock, ...]
    top: int

    def key_span(self, path: KeyPath) -> TextSpan | None:
        """The span of the key at `path`, or None."""
        return self.keys.get(path)

    def value_span(self, path: KeyPath) -> TextSpan | None:
        """The span of the value at `path`, or None; a table with a header has none."""
        return self.values.get(path)

    def nearest_path(self, path: KeyPath) -> KeyPath:
        """The longest beginning of `path` that is in the text; ``()`` if there is none."""
        while path and path not in self.keys and path not in self.values:
            path = path[:-1]
        return path

    def locate(self, path: KeyPath, at: Literal["key", "value"] = "value") -> TextSpan:
        """The span to point at for `path`: its own, or else that of the table it would stand in."""
        near = self.nearest_path(path)
        first, second = self.keys, self.values
        if at == "value" and near == path:
            first, second = second, first
        begin = int(self.text.startswith(BOM))
        return first.get(near) or second.get(near) or TextSpan(begin, begin)


def line_and_column(text: str, offset: int) -> tuple[int, int]:
    """The line and the column of an offset, both from 1; a byte order mark takes no column."""
    start = text.rfind("\n", 0, offset) + 1
    hidden = int(start == 0 and text.startswith(BOM) and offset > 0)
    return text.count("\n", 0, start) + 1, offset - start - hidden + 1


class LineIndex:
    """An index of lines, for many lookups: each takes as long in a large text as in a small one."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def line_and_column(self, offset: int) -> tuple[int, int]:
        """What `line_and_column` gives."""
        line = bisect_right(self._starts, offset)
        start = self._starts[line - 1]
        hidden = int(start == 0 and self._text.startswith(BOM) and offset > 0)
        return line, offset - start - hidden + 1


def scan_positions(text: str) -> Positions:
    """Find the spans in `text`, which must be valid TOML (1.0 or 1.1)."""
    scanner = _Scanner(text)
    scanner.scan_document()
    blocks: list[TableBlock] = []
    ends = [*(block.start for block in scanner.blocks[1:]), len(text)]
    for block, end in zip(scanner.blocks, ends[: len(scanner.blocks)], strict=True):
        content = min(block.content, end)
        blocks.append(TableBlock(block.path, block.header, block.start, content, end))
    top = min(scanner.top, blocks[0].start) if blocks else scanner.top
    return Positions(text, scanner.keys, scanner.written, scanner.values, tuple(blocks), top)


def value_spans_near(text: str, path: KeyPath) -> dict[KeyPath, TextSpan]:
    """The value spans of the tables that may contain `path`; in a long text far less work."""
    scanner = _Scanner(text)
    heads = [*bare_headers(text), (len(text), None)]
    scanner.scan_body(int(text.startswith(BOM)), heads[0][0], ())
    for (start, plain), (end, _) in pairwise(heads):
        # Below a list of tables, the path of a header depends on the headers before it.
        if plain is None or scanner.lengths or _may_contain(plain, path):
            after = scanner.scan_header(start, start)
            table = scanner.blocks[-1].path
            if _may_contain(table, path):
                scanner.scan_body(scanner.next_line(after), end, table)
    return scanner.values


def table_span(text: str, table: KeyPath) -> TextSpan | None:
    """From a table's header to the end of its last key; None unless one plain header names it."""
    heads = [*bare_headers(text), (len(text), None)]
    found = [(start, end) for (start, path), (end, _) in pairwise(heads) if path == table]
    if len(found) != 1:
        return None
    start, end = found[0]
    scanner = _Scanner(text)
    scanner.scan_body(scanner.next_line(start), end, table)
    last = max((span.end for span in scanner.values.values()), default=start)
    return TextSpan(start, scanner.next_line(last))


# An edit asks several times for the headers of the same few texts.
@lru_cache(maxsize=8)
def bare_headers(text: str) -> tuple[tuple[int, tuple[str, ...] | None], ...]:
    """The starts of the headers of a valid text, with the paths of bare ones that are no list's."""
    found = ((start, _PLAIN_HEADER.match(text, start)) for start in _header_starts(text))
    return tuple((start, tuple(plain[1].split(".")) if plain else None) for start, plain in found)


def _may_contain(table: KeyPath, path: KeyPath) -> bool:
    return len(table) < len(path) and table == path[: len(table)]


def _header_starts(text: str) -> Iterator[int]:
    """Where the headers start."""
    depth = 0
    for start in _bracket_offsets(text):
        if text[start] in "[{":
            if depth == 0 and not text[text.rfind("\n", 0, start) + 1 : start].strip(f" \t{BOM}"):
                yield start
            depth += 1
        else:
            depth -= 1


def _bracket_offsets(text: str) -> Iterator[int]:
    """Where the brackets of a valid text stand, but for those of plain lists."""
    at = 0
    while found := _TO_BRACKET.match(text, at):
        start, at = found.start(1), found.end()
        if found[1] in {"[", "]", "{", "}"}:
            yield start
        elif found[1]:
            at = end_of_string(text, start) or len(text)
        elif at == len(text):
            return


@dataclass(slots=True)
class _OpenBlock:
    path: KeyPath
    header: TextSpan
    start: int
    content: int


@dataclass(slots=True)
class _Scanner:
    text: str
    keys: dict[KeyPath, TextSpan] = field(default_factory=dict)
    written: dict[KeyPath, list[TextSpan]] = field(default_factory=dict)
    values: dict[KeyPath, TextSpan] = field(default_factory=dict)
    blocks: list[_OpenBlock] = field(default_factory=list)
    lengths: dict[KeyPath, int] = field(default_factory=dict)
    top: int = 0

    def scan_document(self) -> None:
        """Go through the statements line by line."""
        at = int(self.text.startswith(BOM))
        self.top = at
        comment: int | None = None
        while at < len(self.text):
            line = at
            at = self._skip(_BLANK, at)
            sign = self.text[at : at + 1]
            if sign == "[":
                at = self.scan_header(at, line if comment is None else comment)
            elif sign not in ("#", "\r", "\n", ""):
                at = self._assignment(at, self.blocks[-1].path if self.blocks else ())
            at = self.next_line(at)
            if sign == "#":
                comment = line if comment is None else comment
                self._extend(at, only_from=line)
                continue
            comment = None
            if sign not in ("\r", "\n", ""):
                self._extend(at)

    def scan_body(self, at: int, end: int, table: KeyPath) -> None:
        """Go through the statements of one table."""
        while at < end:
            at = self._skip(_BLANK, at)
            if at < end and self.text[at] not in "#\r\n":
                at = self._assignment(at, table)
            at = self.next_line(at)

    def _extend(self, to: int, only_from: int | None = None) -> None:
        content = self.blocks[-1].content if self.blocks else self.top
        if only_from not in (None, content):
            return
        if self.blocks:
            self.blocks[-1].content = to
        else:
            self.top = to

    def _skip(self, pattern: re.Pattern[str], at: int) -> int:
        found = pattern.match(self.text, at)
        return found.end() if found else at

    def _skip_gap(self, at: int) -> int:
        at = self._skip(_GAP, at)
        while self.text.startswith("#", at):
            at = self._skip(_GAP, at)
        return at

    def _skip_quoted(self, at: int) -> int:
        return end_of_string(self.text, at) or len(self.text)

    def next_line(self, at: int) -> int:
        """Where the line after the one at `at` starts."""
        newline = self.text.find("\n", at)
        return len(self.text) if newline < 0 else newline + 1

    def scan_header(self, at: int, start: int) -> int:
        """Record a header and the comments above it, which begin at `start`; returns its end."""
        listed = self.text.startswith("[[", at)
        parts, end = self._key_parts(at + 1 + listed)
        path: KeyPath = ()
        for number, (part, span) in enumerate(parts, 1):
            path = (*path, part)
            self._write(path, span)
            # A header below a list of tables belongs to the list's last element.
            if path in self.lengths and not (listed and number == len(parts)):
                path = (*path, self.lengths[path] - 1)
        if listed:
            index = self.lengths.get(path, 0)
            self.lengths[path] = index + 1
            path = (*path, index)
        self.keys[path] = parts[-1][1]
        end += 1 + listed
        self.blocks.append(_OpenBlock(path, TextSpan(at, end), start, end))
        return end

    def _write(self, path: KeyPath, span: TextSpan) -> None:
        self.keys.setdefault(path, span)
        self.written.setdefault(path, []).append(span)

    def _key_parts(self, at: int) -> tuple[list[tuple[str, TextSpan]], int]:
        parts: list[tuple[str, TextSpan]] = []
        while True:
            start = self._skip(_BLANK, at)
            is_quoted = self.text[start] in "\"'"
            end = self._skip_quoted(start) if is_quoted else self._skip(_BARE_KEY, start)
            parts.append((_key_name(self.text[start:end]), TextSpan(start, end)))
            at = self._skip(_BLANK, end)
            if self.text[at : at + 1] != ".":
                return parts, at
            at += 1

    def _assignment(self, at: int, table: KeyPath) -> int:
        parts, at = self._key_parts(at)
        path = table
        for part, span in parts:
            path = (*path, part)
            self._write(path, span)
        return self._value(self._skip(_BLANK, at + 1), path)

    def _value(self, start: int, path: KeyPath) -> int:
        sign = self.text[start]
        if sign == "[":
            end = self._list(start + 1, path)
        elif sign == "{":
            end = self._inline_table(start + 1, path)
        else:
            end = self._skip(_SCALAR, start)
            # What the pattern leaves out are strings with escapes or of several lines.
            end = self._skip_quoted(start) if end == start else end
        self.values[path] = TextSpan(start, end)
        return end

    def _list(self, at: int, path: KeyPath) -> int:
        at = self._skip_gap(at)
        index = 0
        while self.text[at] != "]":
            at = self._separator(self._value(at, (*path, index)))
            index += 1
        return at + 1

    def _inline_table(self, at: int, path: KeyPath) -> int:
        at = self._skip_gap(at)
        while self.text[at] != "}":
            at = self._separator(self._assignment(at, path))
        return at + 1

    def _separator(self, at: int) -> int:
        at = self._skip_gap(at)
        return self._skip_gap(at + 1) if self.text[at] == "," else at


def _key_name(spelled: str) -> str:
    if spelled[0] == '"' and "\\" in spelled:
        return next(iter(tomli.loads(f"{spelled}=0")))
    return spelled[1:-1] if spelled[0] in "\"'" else spelled
