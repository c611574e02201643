"""The dependency graph of the map as lines: layout, labels and edges."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

import networkx as nx

from roadmap_tui.diagrams.graph import Edge, EdgeKind, GraphPart, critical_chain, entry_groups
from roadmap_tui.diagrams.layout.grid import (
    EdgeStyle,
    LayerColumns,
    Pattern,
    draw_strokes,
    layer_columns,
)
from roadmap_tui.diagrams.layout.layers import LayoutEdge
from roadmap_tui.diagrams.layout.placement import GraphLayout, layout_graph
from roadmap_tui.narrative.failure_impact import item_failure_impact
from roadmap_tui.plan.failure_impact import FailureImpact
from roadmap_tui.tui.views.lines import Line, StyledSpan, line_width, text_cells
from roadmap_tui.tui.views.map_labels import MapLabel, map_label, stub_label
from roadmap_tui.tui.views.view_model import ViewModel

ARROW_HEADS: dict[EdgeKind, str] = {
    "need": "▸",
    "choice": "or▸",
    "informs": "◆▸",
    "fallback_for": "else▸",
    "via": "▸",
    "more": "▸",
}
"""Arrow heads by kind of edge."""
_PATTERNS: dict[EdgeKind, Pattern] = {"choice": "dashed", "via": "dotted", "more": "dotted"}
_NARROW, _WIDE = 13, 30
_TRIES = 3


@dataclass(frozen=True, slots=True)
class MapFocus:
    """What is highlighted.

    Attributes:
        upstream: the selected item and everything it depends on.
        downstream: the selected item and everything that depends on it.
        failure: the impact of its failure.
        chain: the edges of the likeliest chain that sets the target's finish.
    """

    upstream: frozenset[str] = frozenset()
    downstream: frozenset[str] = frozenset()
    failure: FailureImpact | None = None
    chain: frozenset[Edge] = frozenset()

    @classmethod
    def of(cls, scene: ViewModel) -> "MapFocus":
        """The highlights that follow from the selection and from the finish drivers."""
        causes, net = scene.causes, scene.graph
        if causes:
            heavy = frozenset(critical_chain(net.edges, causes.target, causes.criticality))
        else:
            heavy = frozenset[Edge]()
        name = scene.selected
        if name is None or name not in scene.forecast.items:
            return cls(chain=heavy)
        after = item_failure_impact(net.dependency_state, name)
        if name not in net.graph:
            return cls(failure=after, chain=heavy)
        behind, ahead = nx.ancestors(net.graph, name), nx.descendants(net.graph, name)
        return cls(frozenset({name, *behind}), frozenset({name, *ahead}), after, heavy)

    @property
    def lost(self) -> tuple[str, ...]:
        """Items that can't ship if the selected one fails."""
        return self.failure.lost if self.failure is not None else ()

    def includes(self, name: str) -> bool:
        """Whether an item is highlighted."""
        return name in self.upstream or name in self.downstream

    def includes_edge(self, tie: Edge) -> bool:
        """Whether an edge is on a path to or from the selected item."""
        return any(
            tie.before in side and tie.after in side for side in (self.upstream, self.downstream)
        )


@dataclass(frozen=True, slots=True)
class MapDrawing:
    """A graph that is laid out.

    Attributes:
        part: the items and edges that are drawn.
        layout: the position of each item.
        labels: the label of each item and each stub.
        edges: the dependency behind each edge of the layout.
        columns: the position of each layer.
        focus: what is highlighted.
    """

    part: GraphPart
    layout: GraphLayout
    labels: Mapping[str, MapLabel]
    edges: Mapping[LayoutEdge, Edge]
    columns: LayerColumns
    focus: MapFocus

    @property
    def order(self) -> tuple[str, ...]:
        """The items, layer by layer, top to bottom, without stubs."""
        names = chain.from_iterable(self.layout.layers)
        return tuple(name for name in names if name not in self.part.stubs)

    @property
    def width(self) -> int:
        """Its width in cells."""
        return max(map(sum, zip(self.columns.left, self.columns.width, strict=True)), default=0)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its lines, top to bottom."""
        rows: dict[int, list[tuple[int, StyledSpan]]] = {at: [] for at in range(self.layout.height)}
        for row, column, span in (*self._labels(), *self._heads(), *self._strokes()):
            rows[row].append((column, span))
        return tuple(_line(sorted(row, key=lambda each: each[0])) for row in rows.values())

    def _labels(self) -> Iterator[tuple[int, int, StyledSpan]]:
        for name, each in self.labels.items():
            left = self.columns.left[self.layout.layer[name]]
            for nth, line in enumerate(each.lines):
                for at, span in enumerate(line):
                    yield self.layout.top(name) + nth, left + line_width(line[:at]), span

    def _heads(self) -> Iterator[tuple[int, int, StyledSpan]]:
        best: dict[tuple[int, int], Edge] = {}
        for edge, tie in sorted(
            self.edges.items(), key=lambda each: self.focus.includes_edge(each[1])
        ):
            column = self.columns.left[self.layout.layer[edge.target]] - text_cells(
                ARROW_HEADS[tie.kind]
            )
            best[self.layout.entry(edge), column] = tie
        for (row, column), tie in best.items():
            yield row, column, StyledSpan(ARROW_HEADS[tie.kind], self._style([tie]))

    def _strokes(self) -> Iterator[tuple[int, int, StyledSpan]]:
        looks = {
            edge: EdgeStyle(tie in self.focus.chain, _PATTERNS.get(tie.kind, "solid"))
            for edge, tie in self.edges.items()
        }
        drawn = draw_strokes(
            self.layout,
            self.columns,
            looks,
            lambda name: self.labels[name].first_line_cells,
            lambda edge: text_cells(ARROW_HEADS[self.edges[edge].kind]),
        )
        styles: dict[frozenset[LayoutEdge], str] = {}
        for (row, column), stroke in drawn.items():
            if stroke.edges not in styles:
                styles[stroke.edges] = self._style(self.edges[edge] for edge in stroke.edges)
            yield row, column, StyledSpan(stroke.char, styles[stroke.edges])

    def _style(self, ties: Iterable[Edge]) -> str:
        ties = list(ties)
        if any(tie in self.focus.chain for tie in ties):
            return "bold"
        return "" if any(self.focus.includes_edge(tie) for tie in ties) else "faint"


def _line(row: list[tuple[int, StyledSpan]]) -> Line:
    """The spans with spaces between them; neighbours of one style are joined."""
    spans: list[StyledSpan] = []
    at = 0
    for column, span in row:
        if column > at:
            spans.append(StyledSpan(" " * (column - at)))
        at = column + text_cells(span.text)
        last = spans[-1] if spans else None
        if last is not None and span.item is None and (last.style, last.item) == (span.style, None):
            spans[-1] = StyledSpan(last.text + span.text, span.style)
        else:
            spans.append(span)
    return tuple(spans)


def draw_map(scene: ViewModel, part: GraphPart, focus: MapFocus) -> MapDrawing:
    """Draw a part of the graph with the widest labels that fit; it may still be too wide."""
    narrow = _draw_with_labels(scene, part, focus, _NARROW)
    if narrow.width > scene.width:
        return narrow
    cells = _WIDE
    for _ in range(_TRIES):
        drawn = _draw_with_labels(scene, part, focus, cells)
        if drawn.width <= scene.width:
            return drawn
        cells = _label_limit(drawn.columns.width, drawn.width - scene.width)
    return narrow


def _label_limit(widths: tuple[int, ...], over: int) -> int:
    """The label width at which the columns take that many cells less."""
    cap = max(widths)
    while cap > _NARROW and sum(min(each, cap) for each in widths) > sum(widths) - over:
        cap -= 1
    return cap


def _draw_with_labels(scene: ViewModel, part: GraphPart, focus: MapFocus, cells: int) -> MapDrawing:
    labels = {
        name: map_label(scene, name, cells, near=focus.includes(name), lost=name in focus.lost)
        for name in part.names
    } | {name: stub_label(len(items)) for name, items in part.stubs.items()}
    ties = {
        LayoutEdge(tie.before, tie.after, group): tie
        for tie, group in entry_groups(part.edges).items()
    }
    laid = layout_graph({name: len(each.lines) for name, each in labels.items()}, ties)
    widths = [_widest(labels, layer) for layer in laid.layers]
    heads = [0] * len(widths)
    for edge, tie in ties.items():
        at = laid.layer[edge.target]
        heads[at] = max(heads[at], text_cells(ARROW_HEADS[tie.kind]))
    return MapDrawing(part, laid, labels, ties, layer_columns(laid, widths, heads), focus)


def _widest(labels: Mapping[str, MapLabel], names: Iterable[str]) -> int:
    return max(labels[name].cells for name in names)
