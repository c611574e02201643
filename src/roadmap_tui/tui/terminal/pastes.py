"""Pastes: found in the terminal's input, and made fit for where they go."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from roadmap_tui.text.terminal_text import escape_control

_BEGIN, _END = "\x1b[200~", "\x1b[201~"
_SHORTEST = 3
"""Least length of an incomplete paste marker; no key sends so much of it."""
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_INVISIBLE = {"Cc", "Cf", "Cs", "Zl", "Zp"}
_JOINERS = "\u200c\u200d"
MAX_PASTE = 1_000_000
"""Most characters of a paste that are kept."""
MAX_IN_LINE, MAX_IN_AREA = 20_000, 100_000
"""Most characters of a paste for a one-line and for a multi-line input."""


@dataclass(frozen=True, slots=True)
class Paste:
    """A pasted text."""

    text: str


class PasteReader:
    """Separates pastes from keys in the terminal's input."""

    def __init__(self) -> None:
        self._held = ""
        self._is_inside = False
        self._parts: list[str] = []
        self._room = MAX_PASTE

    def read(self, text: str, *, more_comes: bool = False) -> Iterator[str | Paste]:
        """The keys and pastes in the next chunk of input.

        Args:
            text: the chunk.
            more_comes: whether another chunk follows at once.
        """
        left, self._held = self._held + text, ""
        while left:
            mark = _END if self._is_inside else _BEGIN
            before, found, left = left.partition(mark)
            if not found:
                before, self._held = _split_at_mark(
                    before, mark, 1 if self._is_inside or more_comes else _SHORTEST
                )
            if self._is_inside:
                self._keep(before)
            elif before:
                yield before
            if found and self._is_inside:
                yield Paste("".join(self._parts))
                self._parts, self._room = [], MAX_PASTE
            self._is_inside ^= bool(found)

    def flush(self) -> str:
        """Input that was held back as a possible paste marker."""
        if self._is_inside:
            return ""
        held, self._held = self._held, ""
        return held

    def _keep(self, text: str) -> None:
        kept = text[: self._room]
        self._room -= len(kept)
        self._parts.append(kept)


def _split_at_mark(text: str, mark: str, least: int) -> tuple[str, str]:
    """Split off an incomplete marker of at least that length at the end of a text."""
    lengths = range(min(len(mark) - 1, len(text)), least - 1, -1)
    length = next((each for each in lengths if text.endswith(mark[:each])), 0)
    return text[: len(text) - length], text[len(text) - length :]


def paste_as_line(text: str) -> str:
    """A paste for one line: line ends become spaces, invisible characters go."""
    lines = _visible_lines(text[:MAX_IN_LINE].replace("\t", " "))
    if len(lines) > 1:
        lines = [line for each in lines if (line := each.strip())]
    return " ".join(lines)


def paste_as_text(text: str) -> str:
    """A paste for a one-line input that holds several lines, escaped for display."""
    lines = _visible_lines(text[:MAX_IN_LINE])
    if len(lines) > 1:
        written = [at for at, line in enumerate(lines) if line.strip()]
        lines = lines[written[0] : written[-1] + 1] if written else []
    return escape_control("\n".join(lines))


def paste_as_area(text: str) -> str:
    """A paste for a multi-line input."""
    return "\n".join(_visible_lines(text[:MAX_IN_AREA]))


def _visible_lines(text: str) -> list[str]:
    return [_visible_text(line) for line in _LINE_END.split(text)]


def _visible_text(line: str) -> str:
    """The line without invisible characters, except joiners."""
    if line.isprintable():
        return line
    return "".join(
        each
        for each in line
        if each == "\t" or each in _JOINERS or unicodedata.category(each) not in _INVISIBLE
    )
