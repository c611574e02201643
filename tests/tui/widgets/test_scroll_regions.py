"""Regions that scroll separately, against a plain list of the screen."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.tui.widgets.scroll_regions import MIN_LINES, ScrollRegions

Shape = list[tuple[int, list[int]]]
PARTS: st.SearchStrategy[Shape] = st.lists(
    st.tuples(st.integers(0, 3), st.lists(st.integers(1, 6), min_size=1, max_size=9)), max_size=4
)


@st.composite
def scrolled(draw: st.DrawFn) -> tuple[Shape, int, int]:
    """Parts, the lines after them, and a height at which the parts must scroll separately.

    There is less room than lines, and an equal share fits the highest block of any part.
    """
    shape = draw(PARTS.filter(lambda each: sum(sum(blocks) for _, blocks in each) > enough(each)))
    tail = draw(st.integers(0, 3))
    fixed = sum(before for before, _ in shape) + tail
    lines = sum(sum(blocks) for _, blocks in shape)
    return shape, tail, fixed + draw(st.integers(enough(shape), lines - 1))


def enough(shape: Shape) -> int:
    """A number of lines that is enough for all parts, however they are shared out."""
    return len(shape) * max((max(MIN_LINES, *blocks) for _, blocks in shape), default=0)


def laid(
    shape: Sequence[tuple[int, Sequence[int]]], tail: int
) -> tuple[list[range], list[int], int]:
    """The parts, where blocks begin, and how many lines there are."""
    parts: list[range] = []
    starts: list[int] = []
    at = 0
    for before, blocks in shape:
        starts += range(at, at + before)
        at += before
        begin = at
        for height in blocks:
            starts.append(at)
            at += height
        parts.append(range(begin, at))
    return parts, [*starts, *range(at, at + tail)], at + tail


def rolled(panes: ScrollRegions, height: int, data: st.DataObject) -> tuple[list[int], list[int]]:
    """How far each part is scrolled, anyhow, and the lines that are on screen then."""
    tops = [panes.snap(nth, data.draw(st.integers(-3, 60))) for nth in range(len(panes.regions))]
    return tops, [panes.line_at(y, tops) for y in range(height)]


@settings(deadline=None)
@given(scrolled(), st.data())
def test_all_that_does_not_scroll_is_there_and_each_part_from_one_of_its_blocks_on(
    drawn: tuple[Shape, int, int], data: st.DataObject
) -> None:
    shape, tail, height = drawn
    parts, starts, lines = laid(shape, tail)
    panes = ScrollRegions.of(parts, lines, height, starts)
    assert panes is not None
    tops, seen = rolled(panes, height, data)
    there = [line for line in seen if line < lines]
    assert there == sorted(there)
    assert set(range(lines)).difference(*parts) <= set(there)
    for nth, (part, top) in enumerate(zip(parts, tops, strict=True)):
        shown = [line for line in there if line in part]
        assert shown == list(range(part.start + top, part.start + top + len(shown)))
        assert part.start + top in starts
        assert {panes.region_at(seen.index(line)) for line in shown} == {nth}
        last = next(start for start in starts if start + panes.heights[nth] >= part.stop)
        assert part.start + top <= max(last, part.start)


@settings(deadline=None)
@given(scrolled(), st.data())
def test_a_block_that_is_asked_for_is_in_sight(
    drawn: tuple[Shape, int, int], data: st.DataObject
) -> None:
    shape, tail, height = drawn
    parts, starts, lines = laid(shape, tail)
    panes = ScrollRegions.of(parts, lines, height, starts)
    assert panes is not None
    nth = data.draw(st.integers(0, len(parts) - 1))
    first = data.draw(st.sampled_from([start for start in starts if start in parts[nth]]))
    ends = [start for start in starts if start > first and start <= parts[nth].stop]
    place = range(first, ends[0] if ends else parts[nth].stop)
    top = panes.offset_showing(nth, place, panes.snap(nth, data.draw(st.integers(0, 60))))
    in_sight = range(parts[nth].start + top, parts[nth].start + top + panes.heights[nth])
    assert place.start in in_sight
    assert len(place) > len(in_sight) or place[-1] in in_sight


@settings(deadline=None)
@given(scrolled(), st.data())
def test_nothing_is_cut_and_what_is_hidden_below_is_known(
    drawn: tuple[Shape, int, int], data: st.DataObject
) -> None:
    shape, tail, height = drawn
    parts, starts, lines = laid(shape, tail)
    panes = ScrollRegions.of(parts, lines, height, starts)
    assert panes is not None
    tops, seen = rolled(panes, height, data)
    counts = [hidden for y in range(height) if (hidden := panes.hidden_below(y, tops))]
    for part in parts:
        shown = [line for line in seen if line in part]
        begun = [start for start in starts if start in shown]
        following = [*starts[1:], part.stop]
        ends = [following[starts.index(start)] for start in begun]
        assert all(end - 1 in shown for end in ends)
        left = range(shown[-1] + 1, part.stop)
        empty = panes.heights[parts.index(part)] - len(shown)
        assert (left in counts) == bool(left and empty)


@given(PARTS, st.integers(0, 3), st.integers(0, 60))
def test_where_all_has_room_nothing_scrolls(shape: Shape, tail: int, more: int) -> None:
    parts, starts, lines = laid(shape, tail)
    assert ScrollRegions.of(parts, lines, lines + more, starts) is None


@given(scrolled())
def test_where_a_block_has_no_room_the_picture_scrolls_as_a_whole(
    drawn: tuple[Shape, int, int],
) -> None:
    shape, tail, _ = drawn
    parts, starts, lines = laid(shape, tail)
    fixed = lines - sum(map(len, parts))
    smallest = sum(max(blocks) for _, blocks in shape)
    assert ScrollRegions.of(parts, lines, fixed + smallest - 1, starts) is None
