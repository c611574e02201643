"""Graphs in layers: every edge can be followed by eye, and no other; nothing overlaps."""

import unicodedata
from dataclasses import dataclass
from itertools import chain, combinations, pairwise, product
from typing import Any

import networkx as nx
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from roadmap_tui.diagrams.layout.grid import (
    EdgeStyle,
    LayerColumns,
    Stroke,
    draw_strokes,
    layer_columns,
)
from roadmap_tui.diagrams.layout.layers import (
    Layers,
    LayoutEdge,
    LayoutSegment,
    assign_layers,
    assign_ports,
    count_crossings,
    layout_segments,
    order_layers,
)
from roadmap_tui.diagrams.layout.placement import GraphLayout, layout_graph
from tests.tui.line_paths import Cell, ends, loose

HEAD = 1


@dataclass(frozen=True)
class Graph:
    """A graph without cycles: each item names some of those before it, in groups."""

    heights: tuple[int, ...]
    edges: tuple[LayoutEdge, ...]

    @property
    def names(self) -> dict[str, int]:
        return {f"n{nth}": height for nth, height in enumerate(self.heights)}


@st.composite
def graphs(draw: st.DrawFn, most: int = 9) -> Graph:
    heights = draw(st.lists(st.integers(1, 4), min_size=1, max_size=most))
    pairs = list(combinations(range(len(heights)), 2))
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=2 * most)) if pairs else []
    edges = [LayoutEdge(f"n{a}", f"n{b}", draw(st.integers(0, 2))) for a, b in chosen]
    return Graph(tuple(heights), tuple(draw(st.permutations(edges))))


def full(before: int, after: int) -> Graph:
    """Each of some items tied to each of some others."""
    ends = product(range(before), range(before, before + after))
    edges = [LayoutEdge(f"n{a}", f"n{b}") for a, b in ends]
    return Graph((2,) * (before + after), tuple(edges))


def crossed(many: int) -> Graph:
    """Pairs tied in the opposite order of the straight ones, and the straight ones too."""
    pairs = [(a, many + a) for a in range(many)] + [(a, 2 * many - 1 - a) for a in range(many)]
    return Graph(
        (1,) * (2 * many), tuple(LayoutEdge(f"n{a}", f"n{b}") for a, b in dict.fromkeys(pairs))
    )


@dataclass(frozen=True)
class Drawn:
    graph: Graph
    layout: GraphLayout
    columns: LayerColumns
    strokes: dict[Cell, Stroke]

    @property
    def labels(self) -> dict[Cell, str]:
        """The cells of the labels, and the name that stands there."""
        cells = {}
        for name, height in self.graph.names.items():
            top, left = self.layout.top(name), self.columns.left[self.layout.layer[name]]
            for row, column in product(range(height), range(width(name))):
                cells[top + row, left + column] = name
        return cells

    def head(self, edge: LayoutEdge) -> Cell:
        """The cell of an edge's arrow head."""
        return self.layout.entry(edge), self.columns.left[self.layout.layer[edge.target]] - HEAD


def width(name: str) -> int:
    """Labels of several widths."""
    return 2 + int(name[1:]) % 4


def drawn(graph: Graph) -> Drawn:
    laid = layout_graph(graph.names, graph.edges)
    across = layer_columns(
        laid, [max(map(width, layer)) for layer in laid.layers], [HEAD] * len(laid.layers)
    )
    looks = {edge: EdgeStyle(heavy=bool(edge.group % 2)) for edge in graph.edges}
    return Drawn(graph, laid, across, draw_strokes(laid, across, looks, width, lambda _: HEAD))


@settings(max_examples=400)
@given(graphs())
@example(full(2, 2))
@example(full(3, 3))
@example(full(5, 4))
@example(crossed(4))
def test_every_edge_can_be_followed_and_no_other(graph: Graph) -> None:
    picture = drawn(graph)
    grid = {cell: stroke.char for cell, stroke in picture.strokes.items()}
    assert loose(grid) == []
    for name in graph.names:
        mine = {picture.head(edge) for edge in graph.edges if edge.source == name}
        start = (
            picture.layout.top(name),
            picture.columns.left[picture.layout.layer[name]] + width(name) + 1,
        )
        assert (ends(grid, start) if mine else set()) == mine


@pytest.mark.soak
@settings(max_examples=3000)
@given(graphs(30))
def test_nor_in_large_graphs(graph: Graph) -> None:
    followed: Any = test_every_edge_can_be_followed_and_no_other
    followed.hypothesis.inner_test(graph)


@settings(max_examples=200)
@given(graphs())
@example(full(5, 4))
def test_nothing_lies_on_a_label_or_an_arrow_head(graph: Graph) -> None:
    picture = drawn(graph)
    heads = {picture.head(edge) for edge in graph.edges}
    assert len(picture.labels) == sum(height * width(name) for name, height in graph.names.items())
    assert not picture.labels.keys() & picture.strokes.keys()
    assert not heads & (picture.labels.keys() | picture.strokes.keys())
    cells = [*picture.labels, *picture.strokes, *heads]
    assert all(0 <= row < picture.layout.height and column >= 0 for row, column in cells)


@settings(max_examples=100)
@given(graphs())
def test_the_same_graph_is_always_drawn_alike(graph: Graph) -> None:
    other = Graph(graph.heights, tuple(sorted(graph.edges)))
    once, again = (
        drawn(graph),
        drawn(
            Graph(
                graph.heights, tuple(LayoutEdge(e.source, e.target, e.group) for e in graph.edges)
            )
        ),
    )
    assert once == again
    assert drawn(other).layout.layer == once.layout.layer


@given(graphs())
def test_edges_go_to_the_right_and_layers_are_few(graph: Graph) -> None:
    layer = assign_layers(graph.names, graph.edges)
    assert all(layer[edge.source] < layer[edge.target] for edge in graph.edges)
    net: nx.DiGraph[str] = nx.DiGraph([(edge.source, edge.target) for edge in graph.edges])
    assert max(layer.values()) == nx.dag_longest_path_length(net)
    assert min(layer.values()) == 0


@given(graphs())
def test_items_without_needs_are_next_to_their_dependents(graph: Graph) -> None:
    layer = assign_layers(graph.names, graph.edges)
    targets = {edge.target for edge in graph.edges}
    for name in layer.keys() - targets:
        after = [layer[edge.target] for edge in graph.edges if edge.source == name]
        assert layer[name] == (min(after) - 1 if after else 0)


def crossings_by_pairs(layers: Layers, links: tuple[LayoutSegment, ...]) -> int:
    spots = chain.from_iterable(map(enumerate, layers))
    place = {spot: at for at, spot in spots}
    ways = [
        (place[a.source] - place[b.source]) * (place[a.target] - place[b.target])
        for a, b in combinations(links, 2)
        if a.source[1] == b.source[1]
    ]
    return sum(way < 0 for way in ways)


@given(graphs())
def test_crossings_are_counted(graph: Graph) -> None:
    layer = assign_layers(graph.names, graph.edges)
    links = layout_segments(layer, assign_ports(layer, graph.edges))
    layers = order_layers(layer, links)
    assert count_crossings(layers, links) == crossings_by_pairs(layers, links)


@pytest.mark.parametrize("many", [2, 3, 6])
def test_what_can_be_drawn_without_crossings_is(many: int) -> None:
    tree = [LayoutEdge(f"n{(nth - 1) // 2}", f"n{nth}") for nth in range(1, 2**many - 1)]
    layer = assign_layers([f"n{nth}" for nth in reversed(range(2**many - 1))], tree)
    links = layout_segments(layer, assign_ports(layer, tree))
    assert count_crossings(order_layers(layer, links), links) == 0


def test_a_chain_is_one_straight_line() -> None:
    graph = Graph(
        (3, 1, 2, 4, 3), tuple(LayoutEdge(f"n{a}", f"n{b}") for a, b in pairwise(range(5)))
    )
    picture = drawn(graph)
    assert {picture.layout.top(name) for name in graph.names} == {0}
    assert {stroke.char for stroke in picture.strokes.values()} <= {"─", "━"}


def test_what_does_not_hang_together_is_drawn_apart() -> None:
    picture = drawn(Graph((2, 2, 3, 2), (LayoutEdge("n0", "n1"), LayoutEdge("n2", "n3"))))
    rows = [set(map(picture.layout.top, pair)) for pair in (("n0", "n1"), ("n2", "n3"))]
    assert rows == [{0}, {3}]
    assert picture.layout.height == 6


@pytest.mark.parametrize(
    ("look", "char"),
    [
        (EdgeStyle(), "─"),
        (EdgeStyle(heavy=True), "━"),
        (EdgeStyle(pattern="dashed"), "┄"),
        (EdgeStyle(True, "dotted"), "┉"),
    ],
)
def test_heavy_and_broken_lines(look: EdgeStyle, char: str) -> None:
    edge = LayoutEdge("n0", "n1")
    laid = layout_graph({"n0": 2, "n1": 2}, [edge])
    across = layer_columns(laid, [3, 3], [HEAD, HEAD])
    drawn = draw_strokes(laid, across, {edge: look}, lambda _: 2, lambda _: HEAD)
    assert {stroke.char for stroke in drawn.values()} == {char}


def test_a_line_is_as_heavy_as_the_heaviest_that_runs_in_it() -> None:
    edges = [LayoutEdge("n0", "n1"), LayoutEdge("n0", "n2")]
    laid = layout_graph({"n0": 2, "n1": 2, "n2": 2}, edges)
    across = layer_columns(laid, [3, 3], [HEAD, HEAD])
    looks = {edges[0]: EdgeStyle(heavy=True), edges[1]: EdgeStyle(pattern="dashed")}
    drawn = draw_strokes(laid, across, looks, lambda _: 2, lambda _: HEAD)
    for stroke in drawn.values():
        assert ("HEAVY" in unicodedata.name(stroke.char)) == (edges[0] in stroke.edges)
