"""The lines in which a table stands, wherever they are in the file, and the text with other lines in their place."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from roadmap_tui.document.blocks import block_runs, detect_newline
from roadmap_tui.document.positions import scan_positions
from roadmap_tui.plan.faults import KeyPath


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The lines of a table and of all below it, with the comments above their headers.

    Attributes:
        lines: without their ends.
        numbers: which lines of the whole text they are, from 0.
    """

    lines: tuple[str, ...]
    numbers: tuple[int, ...]

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    @property
    def is_contiguous(self) -> bool:
        """Whether nothing else stands between them."""
        return self.numbers[-1] - self.numbers[0] + 1 == len(self.numbers)


def table_excerpt(text: str, path: KeyPath) -> Excerpt | None:
    """The lines of the table at a path of a valid text; None if it has no header of its own."""
    lines = text.split("\n")
    numbers: list[int] = []
    for first, last in block_runs(scan_positions(text).blocks, path):
        begin, end = (
            text.count("\n", 0, at) for at in (first.start, max(first.start, last.content - 1))
        )
        numbers += range(begin, end + 1)
    if not numbers:
        return None
    return Excerpt(tuple(lines[number].removesuffix("\r") for number in numbers), tuple(numbers))


def replace_excerpt(text: str, old: Excerpt, wanted: str) -> str:
    """The text with the lines of an excerpt changed to what is wanted; lines that stay keep their place and bytes."""
    lines = text.split("\n")
    end = "\r" if detect_newline(text) == "\r\n" else ""
    new = wanted.split("\n")
    steps = SequenceMatcher(None, old.lines, new, autojunk=False).get_opcodes()
    for kind, start, stop, first, last in reversed(steps):
        if kind == "equal":
            continue
        place = (
            old.numbers[start]
            if start < stop
            else old.numbers[start - 1] + 1
            if start
            else old.numbers[0]
        )
        for at in reversed(range(start, stop)):
            del lines[old.numbers[at]]
        lines[place:place] = [f"{line}{end}" for line in new[first:last]]
    return "\n".join(lines)
