"""A roadmap file as it was read: its bytes, data and plan, and its faults with their places."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module

from roadmap_tui.document.positions import BOM, LineIndex, Positions, scan_positions
from roadmap_tui.plan.faults import Fault, format_path
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.terminal_text import cell_width, escape_control

_CONTEXT_BEFORE = 80
_CONTEXT_AFTER = 60
_MAX_FAULTS = 20


@dataclass(frozen=True, slots=True)
class LocatedFault:
    """A fault and its place in a file.

    Attributes:
        file: the file's name, as the user wrote it.
        line: the line, from 1.
        column: the column in characters, from 1; a tab is one.
        source_line: the line's text, without its end.
        fault: what is wrong there.
    """

    file: str
    line: int
    column: int
    source_line: str
    fault: Fault

    @property
    def message(self) -> str:
        """``FILE:LINE:COLUMN: path: what is wrong; what would be right``, in one line."""
        place = f"{self.file}:{self.line}:{self.column}"
        path = format_path(self.fault.path)
        return escape_control(
            ": ".join([place, path, self.fault.text] if path else [place, self.fault.text])
        )

    def render(self) -> str:
        """The message, the source line, and a caret under the place."""
        before, after = self.source_line[: self.column - 1], self.source_line[self.column - 1 :]
        lead = "…" if len(before) > _CONTEXT_BEFORE else ""
        trail = "…" if len(after) > _CONTEXT_AFTER else ""
        before, after = (
            _escape_line(before[-_CONTEXT_BEFORE:]),
            _escape_line(after[:_CONTEXT_AFTER]),
        )
        indent = "".join(
            "\t" if character == "\t" else " " * cell_width(character)
            for character in lead + before
        )
        return f"{self.message}\n{lead}{before}{after}{trail}\n{indent}^"


@dataclass(frozen=True)
class Document:
    """One roadmap file, as it was read or edited; equal if name and bytes are.

    Attributes:
        name: the file, as the user wrote it.
        raw: its bytes.
        text: its characters, with byte order mark and line ends.
        data: the parsed TOML; empty if it is invalid.
        plan: the plan, or None if it does not have the format's shape.
        unlocated_faults: the faults, with an offset in the text where the path isn't enough.
        edit_obstacle: why it must not be edited, as far as reading showed; see `read_only`.
        round_trip_verified: whether it comes from a text that the editor preserves byte for byte.
    """

    name: str
    raw: bytes
    text: str = field(compare=False, repr=False)
    data: Mapping[str, object] = field(compare=False, repr=False)
    plan: Plan | None = field(compare=False, repr=False)
    unlocated_faults: tuple[tuple[Fault, int | None], ...] = field(compare=False, repr=False)
    edit_obstacle: str | None = field(compare=False, default=None)
    round_trip_verified: bool = field(compare=False, default=False)

    @cached_property
    def faults(self) -> tuple[LocatedFault, ...]:
        """Everything wrong with it, each with its place, in the order of the text."""
        located = (self._locate(fault, offset) for fault, offset in self.unlocated_faults)
        return tuple(sorted(located, key=lambda each: (each.line, each.column)))

    @cached_property
    def read_only(self) -> str | None:
        """Why it must not be edited, in a clause, or None."""
        if self.edit_obstacle or self.round_trip_verified:
            return self.edit_obstacle
        # The editor takes longer to load than a file does; those who only read never need it.
        if import_module("roadmap_tui.document.field_editor").round_trips(self.text):
            return None
        return "editing it would change other bytes of the file"

    @cached_property
    def sha256(self) -> str:
        """The hash of its bytes, in hexadecimal."""
        return hashlib.sha256(self.raw).hexdigest()

    @cached_property
    def positions(self) -> Positions:
        """Where keys, values and tables stand; nowhere if the text is not valid TOML."""
        if self.data:
            return scan_positions(self.text)
        return Positions(self.text, {}, {}, {}, (), int(self.text.startswith(BOM)))

    @cached_property
    def lines(self) -> LineIndex:
        """Its lines."""
        return LineIndex(self.text)

    def _locate(self, fault: Fault, offset: int | None) -> LocatedFault:
        start = offset
        if start is None:
            start = self.positions.locate(fault.path, fault.at).start
        line, column = self.lines.line_and_column(start)
        begin = self.text.rfind("\n", 0, start) + 1
        end = self.text.find("\n", start)
        source = (
            self.text[begin : end if end >= 0 else len(self.text)]
            .removeprefix(BOM)
            .removesuffix("\r")
        )
        return LocatedFault(self.name, line, column, source, fault)


def _escape_line(text: str) -> str:
    return "\t".join(escape_control(piece) for piece in text.split("\t"))


def format_faults(faults: Iterable[LocatedFault]) -> list[str]:
    """Faults as people and editors read them; of many, the first and the number of the rest."""
    listed = tuple(faults)
    lines = [each.render() for each in listed[:_MAX_FAULTS]]
    more = len(listed) - len(lines)
    return [*lines, f"… and {more:,} more"] if more else lines
