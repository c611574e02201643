"""Tables as spans of text: inserting and removing one without touching anything around it.

Removing what was just inserted gives the same bytes again: of the blank lines above and below a
table, only one run was added with it, and it is never longer than the other.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from roadmap_tui.document.lexer import repeated_match_end
from roadmap_tui.document.positions import BOM, Positions, TableBlock, scan_positions
from roadmap_tui.document.serializer import TRACKS
from roadmap_tui.plan.faults import KeyPath

_BLANK_LINES = re.compile(r"(?:[ \t]*\r?\n){0,200}(?:[ \t]+\Z)?")


def detect_newline(text: str) -> str:
    """The line ending of `text`, taken from its first line."""
    end = text.find("\n")
    return "\r\n" if end > 0 and text[end - 1] == "\r" else "\n"


def insert_block(text: str, path: KeyPath, block: str) -> str:
    """Insert `block`, the source of the table at `path`, where such a table belongs.

    An item goes before the first of its track with a greater id, or after the last; a part of a
    table after it; anything else above the items.
    """
    positions = scan_positions(text)
    spelled = block.replace("\n", detect_newline(text))
    before = _next_block_start(positions.blocks, path)
    if before is not None:
        return _insert_before(text, before, spelled)
    related = _related_blocks(positions.blocks, path)
    at = related[-1].content if related else _end_of_content(text)
    return _insert_after(text, at, spelled, is_tight=_has_no_gap(positions))


def remove_blocks(text: str, path: KeyPath) -> str:
    """Remove every table with a header at or below `path`, with the comments right above it."""
    for first, last in reversed(block_runs(scan_positions(text).blocks, path)):
        text = _remove_span(text, first.start, last.content)
    return text


def _next_block_start(blocks: tuple[TableBlock, ...], path: KeyPath) -> int | None:
    """The start of the block before which a new table at `path` belongs, if there is one."""
    if path[0] in TRACKS and len(path) == 2:
        items = (each for each in blocks if each.path[0] == path[0] and len(each.path) > 1)
        return next((each.start for each in items if str(each.path[1]) > str(path[1])), None)
    if path[0] in TRACKS or _related_blocks(blocks, path):
        return None
    return next(
        (each.start for each in blocks if path[0] == "roadmap" or each.path[0] in TRACKS), None
    )


def _related_blocks(blocks: tuple[TableBlock, ...], path: KeyPath) -> list[TableBlock]:
    """The tables that share the longest beginning with `path`; none if they share nothing."""
    for length in range(len(path) - 1, 0, -1):
        kin = [each for each in blocks if each.path[:length] == path[:length]]
        if kin:
            return kin
    return []


def block_runs(
    blocks: tuple[TableBlock, ...], path: KeyPath
) -> list[tuple[TableBlock, TableBlock]]:
    """The first and the last block of every unbroken run of blocks at or below `path`."""
    runs: list[tuple[TableBlock, TableBlock]] = []
    for each in blocks:
        if each.path[: len(path)] == path:
            joins = bool(runs) and runs[-1][1].end == each.start
            first = runs.pop()[0] if joins else each
            runs.append((first, each))
    return runs


def _insert_before(text: str, at: int, spelled: str) -> str:
    top = _start_of_blank_lines(text, at)
    is_first = text[:top] in ("", BOM)
    gap = detect_newline(text) if is_first else _first_line(text[top:at])
    return text[:at] + spelled + gap + text[at:]


def _insert_after(text: str, at: int, spelled: str, *, is_tight: bool) -> str:
    newline, head, tail = detect_newline(text), text[:at], text[at:]
    if head in ("", BOM):
        return head + spelled + tail
    if tail.strip(" \t\r\n"):
        return head + _first_line(tail[: _end_of_blank_lines(tail)]) + spelled + tail
    last_line = head[head.rstrip("\r\n").rfind("\n") + 1 :]
    ends_with_comment = last_line.lstrip(" \t").startswith("#")
    gap = "" if is_tight and not ends_with_comment else newline
    if head.endswith("\n"):
        return head + gap + spelled + tail
    return head + newline + gap + spelled.removesuffix(newline) + tail


def _remove_span(text: str, start: int, stop: int) -> str:
    top, bottom = _start_of_blank_lines(text, start), stop + _end_of_blank_lines(text[stop:])
    head, above, below, tail = text[:top], text[top:start], text[stop:bottom], text[bottom:]
    if not tail:
        if text[start:stop].endswith("\n"):
            return head + below
        return head.removesuffix("\n").removesuffix("\r")
    if head in ("", BOM):
        return head + above + tail
    return head + max(above, below, key=len) + tail


def _has_no_gap(positions: Positions) -> bool:
    """Whether the last two tables stand without a blank line between them."""
    if len(positions.blocks) < 2:
        return False
    start = positions.blocks[-1].start
    return _start_of_blank_lines(positions.text, start) == start


def _end_of_content(text: str) -> int:
    content = len(text.rstrip(" \t\r\n"))
    if content == 0 or text[:content] == BOM:
        return content
    newline = text.find("\n", content)
    return newline + 1 if newline >= 0 else len(text)


def _start_of_blank_lines(text: str, at: int) -> int:
    """The start of the blank lines that end at `at`, the start of a line."""
    while at > 0:
        line = text.rfind("\n", 0, at - 1) + 1
        if text[line:at].strip(" \t\r\n"):
            break
        at = line
    return at


def _end_of_blank_lines(text: str) -> int:
    return repeated_match_end(_BLANK_LINES, text, 0)


def _first_line(gap: str) -> str:
    return gap[: gap.find("\n") + 1]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The lines of a table and of all below it, with the comments above their headers.

    Attributes:
        lines: without their ends.
        numbers: their places in the whole text, from 0.
    """

    lines: tuple[str, ...]
    numbers: tuple[int, ...]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    @property
    def is_contiguous(self) -> bool:
        """Whether nothing else is between them."""
        return self.numbers[-1] - self.numbers[0] + 1 == len(self.numbers)


def table_excerpt(text: str, path: KeyPath) -> Excerpt | None:
    """The lines of the table at a path of a valid text; None if it has no header of its own."""
    lines = text.split("\n")
    numbers: list[int] = []
    for first, last in block_runs(scan_positions(text).blocks, path):
        begin = text.count("\n", 0, first.start)
        end = text.count("\n", 0, max(first.start, last.content - 1))
        numbers += range(begin, end + 1)
    if not numbers:
        return None
    return Excerpt(tuple(lines[number].removesuffix("\r") for number in numbers), tuple(numbers))


def replace_excerpt(text: str, old: Excerpt, wanted: str) -> str:
    """The text with the lines of an excerpt replaced; unchanged lines keep their bytes."""
    lines = text.split("\n")
    end = "\r" if detect_newline(text) == "\r\n" else ""
    new = wanted.split("\n")
    steps = SequenceMatcher(None, old.lines, new, autojunk=False).get_opcodes()
    for kind, start, stop, first, last in reversed(steps):
        if kind == "equal":
            continue
        place = _line_number(old, start, stop)
        for at in reversed(range(start, stop)):
            del lines[old.numbers[at]]
        lines[place:place] = [f"{line}{end}" for line in new[first:last]]
    return "\n".join(lines)


def _line_number(old: Excerpt, start: int, stop: int) -> int:
    """Where in the whole text the lines from `start` to `stop` are, or would be inserted."""
    if start < stop:
        return old.numbers[start]
    return old.numbers[start - 1] + 1 if start else old.numbers[0]
