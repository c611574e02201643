"""Parts of a picture that scroll by themselves, against a plain list of what is on screen."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from roadmap_tui.tui.widgets.scroll_regions import ScrollRegions

PARTS = st.lists(
    st.tuples(st.integers(0, 3), st.lists(st.integers(1, 6), min_size=1, max_size=9)), max_size=4
)


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
@given(PARTS, st.integers(0, 3), st.integers(0, 60), st.data())
def test_all_that_does_not_scroll_is_there_and_each_part_from_one_of_its_blocks_on(
    shape: list[tuple[int, list[int]]], tail: int, height: int, data: st.DataObject
) -> None:
    parts, starts, lines = laid(shape, tail)
    panes = ScrollRegions.of(parts, lines, height, starts)
    if panes is None:
        return
    tops, seen = rolled(panes, height, data)
    there = [line for line in seen if line < lines]
    assert there == sorted(there)
    assert {line for line in range(lines) if not any(line in part for part in parts)} <= set(there)
    for nth, (part, top) in enumerate(zip(parts, tops, strict=True)):
        shown = [line for line in there if line in part]
        assert shown == list(range(part.start + top, part.start + top + len(shown)))
        assert part.start + top in starts
        assert {panes.region_at(seen.index(line)) for line in shown} == {nth}
        last = next(start for start in starts if start + panes.heights[nth] >= part.stop)
        assert part.start + top <= max(last, part.start)


@settings(deadline=None)
@given(PARTS, st.integers(0, 3), st.integers(0, 60), st.data())
def test_a_block_that_is_asked_for_is_in_sight(
    shape: list[tuple[int, list[int]]], tail: int, height: int, data: st.DataObject
) -> None:
    parts, starts, lines = laid(shape, tail)
    panes = ScrollRegions.of(parts, lines, height, starts)
    if panes is None:
        return
    nth = data.draw(st.integers(0, len(parts) - 1))
    first = data.draw(st.sampled_from([start for start in starts if start in parts[nth]]))
    ends = [start for start in starts if start > first and start <= parts[nth].stop]
    place = range(first, ends[0] if ends else parts[nth].stop)
    top = panes.offset_showing(nth, place, panes.snap(nth, data.draw(st.integers(0, 60))))
    in_sight = range(parts[nth].start + top, parts[nth].start + top + panes.heights[nth])
    assert place.start in in_sight
    assert len(place) > len(in_sight) or place[-1] in in_sight


@settings(deadline=None)
@given(PARTS, st.integers(0, 3), st.integers(0, 60), st.data())
def test_nothing_is_cut_and_what_is_hidden_below_is_known(
    shape: list[tuple[int, list[int]]], tail: int, height: int, data: st.DataObject
) -> None:
    parts, starts, lines = laid(shape, tail)
    panes = ScrollRegions.of(parts, lines, height, starts)
    if panes is None:
        return
    tops, seen = rolled(panes, height, data)
    told = [hidden for y in range(height) if (hidden := panes.hidden_below(y, tops))]
    for part in parts:
        shown = [line for line in seen if line in part]
        begun = [start for start in starts if start in shown]
        ends = [
            next((each for each in (*starts, part.stop) if each > start), part.stop)
            for start in begun
        ]
        assert all(end - 1 in shown for end in ends)
        left = range(shown[-1] + 1, part.stop)
        empty = panes.heights[parts.index(part)] - len(shown)
        assert (left in told) == bool(left and empty)
