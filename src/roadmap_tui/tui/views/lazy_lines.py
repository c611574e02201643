"""Lines that are rendered on demand, so that long views open at once."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import overload

from roadmap_tui.tui.views.lines import Line, truncate_line


@dataclass(frozen=True, slots=True)
class LineBlock:
    """Lines that are rendered together.

    Attributes:
        draw: renders them.
        items: ids of the items in them.
        height: number of lines.
    """

    draw: Callable[[], Iterable[Line]]
    items: tuple[str, ...]
    height: int = 1


class LazyLines(Sequence[Line]):
    """The lines of blocks, top to bottom, truncated to a width; a line counts as a block."""

    def __init__(self, blocks: Iterable[LineBlock | Line], cells: int) -> None:
        self.blocks = tuple(
            each if isinstance(each, LineBlock) else _block(each) for each in blocks
        )
        self._cells = cells
        self._ends = tuple(accumulate(block.height for block in self.blocks))
        self._drawn: dict[int, tuple[Line, ...]] = {}

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    @overload
    def __getitem__(self, at: int) -> Line: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Line, ...]: ...
    def __getitem__(self, at: int | slice) -> Line | tuple[Line, ...]:
        """A line, or a slice of lines."""
        if isinstance(at, slice):
            return tuple(self[each] for each in range(*at.indices(len(self))))
        line = range(len(self))[at]
        nth = bisect_right(self._ends, line)
        if nth not in self._drawn:
            self._drawn[nth] = tuple(
                truncate_line(each, self._cells) for each in self.blocks[nth].draw()
            )
        return self._drawn[nth][line - self._ends[nth] + self.blocks[nth].height]

    @cached_property
    def block_starts(self) -> tuple[int, ...]:
        """Index of the first line of each block."""
        return tuple(end - block.height for block, end in zip(self.blocks, self._ends, strict=True))

    @cached_property
    def item_positions(self) -> dict[str, range]:
        """Range of lines of each item."""
        found: dict[str, range] = {}
        for block, end in zip(self.blocks, self._ends, strict=True):
            for name in block.items:
                first = found[name].start if name in found else end - block.height
                found[name] = range(first, end)
        return found


def _block(line: Line) -> LineBlock:
    return LineBlock(
        lambda: (line,), tuple(dict.fromkeys(span.item for span in line if span.item is not None))
    )
