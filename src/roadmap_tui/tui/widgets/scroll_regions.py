"""Regions of a view that scroll separately when not all of it fits."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

MIN_LINES = 4
"""Least height of a region; with less room the view scrolls as a whole."""
_NOWHERE = 1_000_000_000
"""A line beyond the end of every view."""


@dataclass(frozen=True, slots=True)
class ScrollRegions:
    """Regions of a view, and the height of each on screen.

    Attributes:
        regions: the lines of each region, top to bottom.
        heights: the height of each on screen.
        starts: per region, the lines at which it may start when scrolled.
    """

    regions: tuple[range, ...]
    heights: tuple[int, ...]
    starts: tuple[tuple[int, ...], ...]

    @classmethod
    def of(
        cls, parts: Sequence[range], lines: int, height: int, starts: Sequence[int]
    ) -> "ScrollRegions | None":
        """The regions of a view; None if it scrolls as a whole.

        Regions that need less than their share leave the rest to the others.

        Args:
            parts: the lines of each region.
            lines: number of lines of the view.
            height: available height.
            starts: lines at which a block starts that must not be cut.
        """
        free = height - (lines - sum(map(len, parts)))
        if not parts or free >= sum(map(len, parts)):
            return None
        rooms, left = [0] * len(parts), free
        by_need = sorted(range(len(parts)), key=lambda at: len(parts[at]))
        for nth, at in enumerate(by_need):
            rooms[at] = min(len(parts[at]), left // (len(parts) - nth))
            left -= rooms[at]
        if any(room < min(MIN_LINES, len(part)) for room, part in zip(rooms, parts, strict=True)):
            return None
        begins = tuple(_starts_in(part, starts) for part in parts)
        if any(
            room < _min_lines(part, each)
            for room, part, each in zip(rooms, parts, begins, strict=True)
        ):
            return None
        return cls(tuple(parts), tuple(rooms), begins)

    def line_at(self, y: int, tops: Sequence[int]) -> int:
        """The line of the view at a screen line; beyond the end if there is none.

        Args:
            y: screen line.
            tops: scroll offset of each region.
        """
        at = y
        for nth, (part, room, top) in enumerate(zip(self.regions, self.heights, tops, strict=True)):
            if at < part.start:
                return at
            if at < part.start + room:
                if at + top < part.start + self._last_whole_line(nth, top):
                    return at + top
                return _NOWHERE
            at += len(part) - room
        return at

    def _last_whole_line(self, nth: int, top: int) -> int:
        """The end of the last block that is completely visible in a region."""
        last = top + self.heights[nth]
        if last >= len(self.regions[nth]):
            return len(self.regions[nth])
        begun = bisect_right(self.starts[nth], last)
        return self.starts[nth][begun - 1] if begun and self.starts[nth][begun - 1] > top else last

    def hidden_below(self, y: int, tops: Sequence[int]) -> range:
        """The lines hidden below a region, if its last screen line is free to say so."""
        nth = self.region_at(y)
        if nth is None or self.region_at(y + 1) == nth or self.line_at(y, tops) != _NOWHERE:
            return range(0)
        part = self.regions[nth]
        return range(part.start + self._last_whole_line(nth, tops[nth]), part.stop)

    def region_at(self, y: int) -> int | None:
        """Index of the region at a screen line."""
        gone = 0
        for nth, (part, room) in enumerate(zip(self.regions, self.heights, strict=True)):
            first = part.start - gone
            if first <= y < first + room:
                return nth
            gone += len(part) - room
        return None

    def offset_showing(self, nth: int, place: range, top: int) -> int:
        """The scroll offset nearest to the current one at which a range is visible."""
        part, room = self.regions[nth], self.heights[nth]
        first, last = place.start - part.start, place.stop - part.start
        if last > top + room:
            top = self.snap(nth, last - room)
        return min(top, first)

    def snap(self, nth: int, top: int) -> int:
        """The next block start at or after an offset, without leaving room at the end."""
        starts = self.starts[nth]
        most = bisect_left(starts, len(self.regions[nth]) - self.heights[nth])
        return starts[min(bisect_left(starts, max(0, top)), most, len(starts) - 1)]

    def step(self, nth: int, top: int, by: int) -> int:
        """The offset a number of blocks further on, or back."""
        starts = self.starts[nth]
        at = bisect_left(starts, top) + by
        return self.snap(nth, starts[max(0, min(at, len(starts) - 1))])

    def scrollbar_char(self, y: int, tops: Sequence[int]) -> str:
        """Scrollbar character of the region at a screen line; empty if all of it is visible."""
        nth = self.region_at(y)
        if nth is None or self.heights[nth] >= len(self.regions[nth]):
            return ""
        room, whole = self.heights[nth], len(self.regions[nth])
        first = self.regions[nth].start - sum(
            len(part) - space
            for part, space in zip(self.regions[:nth], self.heights[:nth], strict=True)
        )
        long = max(1, room * room // whole)
        start = min(room - long, round(tops[nth] / (whole - room) * (room - long)))
        return "█" if start <= y - first < start + long else "│"


def _starts_in(part: range, starts: Sequence[int]) -> tuple[int, ...]:
    """The starts within a region, counted from its first line."""
    within = starts[bisect_left(starts, part.start) : bisect_left(starts, part.stop)]
    return tuple(each - part.start for each in within)


def _min_lines(part: range, starts: Sequence[int]) -> int:
    """Least height of a region: its tallest block must fit."""
    highest = max(end - begin for begin, end in pairwise((*starts, len(part))))
    return max(min(MIN_LINES, len(part)), highest)
