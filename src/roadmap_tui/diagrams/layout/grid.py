"""Draw the edges of a layout with box-drawing characters."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import or_
from typing import Literal, TypeAlias

from roadmap_tui.diagrams.layout.layers import LayoutEdge, edge_segments
from roadmap_tui.diagrams.layout.placement import GraphLayout

Point: TypeAlias = tuple[int, int]
"""A cell of the grid: row and column."""
Weight: TypeAlias = Literal["plain", "heavy"]
Pattern: TypeAlias = Literal["solid", "dashed", "dotted"]
_UP, _RIGHT, _DOWN, _LEFT = range(4)
_BOXES = " ╴╸╷╮┑╻┒┓╶─╾╭┬┭┎┰┱╺╼━┍┮┯┏┲┳╵╯┙│┤┥╽┧┪╰┴┵├┼┽┟╁╅┕┶┷┝┾┿┢╆╈╹┚┛╿┦┩┃┨┫┖┸┹┞╀╃┠╂╉┗┺┻┡╄╇┣╊╋"
"""By the weights 0, 1, 2 of the arms up, right, down, left, as a number to base 3."""
_BROKEN = {
    "dashed": dict(zip("─━│┃", "┄┅┆┇", strict=True)),
    "dotted": dict(zip("─━│┃", "┈┉┊┋", strict=True)),
}


@dataclass(frozen=True, slots=True)
class LayerColumns:
    """The columns of the layers.

    Attributes:
        left: the first cell of each layer's labels.
        width: the cells of each layer's labels.
    """

    left: tuple[int, ...]
    width: tuple[int, ...]

    def track(self, layer: int, track: int) -> int:
        """The column of a track after a layer, past a space and a cell of the incoming line."""
        return self.left[layer] + self.width[layer] + 2 + track


def layer_columns(layout: GraphLayout, width: Iterable[int], heads: Iterable[int]) -> LayerColumns:
    """Compute the columns of the layers.

    Args:
        layout: the layout.
        width: the cells of each layer's labels.
        heads: the cells of the arrow heads that enter each layer.
    """
    width = tuple(width)
    left: list[int] = []
    at = 0
    for cells, head, tracks in zip(width, heads, (0, *layout.tracks), strict=False):
        at += head + (tracks + 2 if left else 0)
        left.append(at)
        at += cells
    return LayerColumns(tuple(left), width)


@dataclass(frozen=True, slots=True)
class EdgeStyle:
    """The line style of an edge."""

    heavy: bool = False
    pattern: Pattern = "solid"


@dataclass(frozen=True, slots=True)
class Stroke:
    """A cell of lines: its character, and the edges through it."""

    char: str
    edges: frozenset[LayoutEdge]


def draw_strokes(
    layout: GraphLayout,
    columns: LayerColumns,
    styles: Mapping[LayoutEdge, EdgeStyle],
    begin: Callable[[str], int],
    head: Callable[[LayoutEdge], int],
) -> dict[Point, Stroke]:
    """Draw all edges, by cell.

    Args:
        layout: the layout.
        columns: the columns of its layers.
        styles: every edge with its style.
        begin: the cells of an item's label on its first line.
        head: the cells of an edge's arrow head, which stay free.
    """
    cells: dict[Point, list[int]] = {}
    for nth, edge in enumerate(styles):
        points = list(edge_corners(layout, columns, edge, begin(edge.source), head(edge)))
        for point, arm in _cell_arms(points):
            cells.setdefault(point, [0, 0, 0, 0])[arm] |= 1 << nth
    edges = list(styles)
    heavy = sum(1 << nth for nth, style in enumerate(styles.values()) if style.heavy)
    # far fewer combinations of arms than cells
    alike: dict[tuple[int, ...], Stroke] = {}
    for arms in set(map(tuple, cells.values())):
        through = frozenset(edges[nth] for nth in _set_bits(arms))
        alike[arms] = _stroke(arms, heavy, styles, through)
    return {point: alike[tuple(arms)] for point, arms in cells.items()}


def edge_corners(
    layout: GraphLayout, columns: LayerColumns, edge: LayoutEdge, begin: int, head: int
) -> Iterator[Point]:
    """The points between which an edge is straight.

    Args:
        layout: the layout.
        columns: the columns of its layers.
        edge: the edge.
        begin: the cells of its source's label on its first line.
        head: the cells of its arrow head, which stay free.
    """
    yield layout.top(edge.source), columns.left[layout.layer[edge.source]] + begin + 1
    for link in edge_segments(layout.layer, edge, layout.port[edge]):
        if link in layout.turn:
            column = columns.track(link.source[1], layout.turn[link])
            yield layout.row[link.source], column
            yield layout.row[link.target] + link.port, column
    yield layout.entry(edge), columns.left[layout.layer[edge.target]] - head - 1


def _cell_arms(corners: list[Point]) -> Iterator[tuple[Point, int]]:
    """The cells of a line with their arms; the first and the last reach beyond the line."""
    yield corners[0], _LEFT
    yield corners[-1], _RIGHT
    for (row, column), (to_row, to_column) in pairwise(corners):
        for at in range(column, to_column):
            yield (row, at), _RIGHT
            yield (row, at + 1), _LEFT
        low, high = sorted((row, to_row))
        for at in range(low, high):
            yield (at, column), _DOWN
            yield (at + 1, column), _UP


def _set_bits(arms: tuple[int, ...]) -> Iterator[int]:
    """The positions of the bits set in any of the arms."""
    left = reduce(or_, arms)
    while left:
        lowest = left & -left
        yield lowest.bit_length() - 1
        left ^= lowest


def _stroke(
    arms: tuple[int, ...],
    heavy: int,
    looks: Mapping[LayoutEdge, EdgeStyle],
    through: frozenset[LayoutEdge],
) -> Stroke:
    """The character of a cell, from the edges in its arms and which of them are heavy."""
    number = 0
    for arm in arms:
        weight = 2 if arm & heavy else int(bool(arm))
        number = number * 3 + weight
    patterns = {looks[edge].pattern for edge in through}
    broken = _BROKEN.get(next(iter(patterns)), {}) if len(patterns) == 1 else {}
    char = _BOXES[number]
    return Stroke(broken.get(char, char), through)
