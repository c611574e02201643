"""Place a whole graph: its connected parts, one below the other."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

import networkx as nx

from roadmap_tui.diagrams.layout.channels import RowConflict, assign_tracks
from roadmap_tui.diagrams.layout.layers import (
    Layers,
    LayoutEdge,
    LayoutSegment,
    Spot,
    assign_layers,
    assign_ports,
    layout_segments,
    order_layers,
)
from roadmap_tui.diagrams.layout.rows import assign_rows

_GAP = 1
"""Free rows below an item."""


@dataclass(frozen=True, slots=True)
class GraphLayout:
    """The placement of a graph.

    Attributes:
        layers: the items of each layer, top to bottom.
        layer: the layer of each item.
        port: the label line at which each edge enters its target.
        row: the first row of each spot.
        turn: the track of each segment that turns.
        tracks: the number of tracks after each layer.
        height: the number of rows.
    """

    layers: tuple[tuple[str, ...], ...]
    layer: dict[str, int]
    port: dict[LayoutEdge, int]
    row: dict[Spot, int]
    turn: dict[LayoutSegment, int]
    tracks: tuple[int, ...]
    height: int

    def top(self, name: str) -> int:
        """The first row of an item."""
        return self.row[name, self.layer[name]]

    def entry(self, edge: LayoutEdge) -> int:
        """The row on which an edge enters its target."""
        return self.top(edge.target) + self.port[edge]


def layout_graph(heights: Mapping[str, int], edges: Iterable[LayoutEdge]) -> GraphLayout:
    """Lay out a graph.

    Args:
        heights: the lines of each item's label, by id; their order breaks ties.
        edges: without cycles. A label grows to the number of lines that enter it.
    """
    return _cached_layout(tuple(heights.items()), tuple(edges))


@lru_cache(maxsize=128)
def _cached_layout(
    items: tuple[tuple[str, int], ...], edges: tuple[LayoutEdge, ...]
) -> GraphLayout:
    """The layout, cached because most key presses leave the graph unchanged."""
    heights = dict(items)
    layer = assign_layers(heights, edges)
    ports = assign_ports(layer, edges)
    heights = _label_heights(heights, ports)
    row: dict[Spot, int] = {}
    turn: dict[LayoutSegment, int] = {}
    height = 0
    for names in _connected_parts(heights, edges):
        inside = {edge: port for edge, port in ports.items() if edge.source in names}
        part = _place_part(
            {name: layer[name] for name in heights if name in names}, inside, heights
        )
        row |= {spot: at + height for spot, at in part[0].items()}
        turn |= part[1]
        height = _GAP + max(row[spot] + _lines(spot, layer, heights) for spot in part[0])
    depth = max(layer.values(), default=-1) + 1
    columns: list[list[str]] = [[] for _ in range(depth)]
    for name in sorted(heights, key=lambda name: row[name, layer[name]]):
        columns[layer[name]].append(name)
    tracks = [0] * depth
    for link, track in turn.items():
        at = link.source[1]
        tracks[at] = max(tracks[at], track + 1)
    return GraphLayout(
        tuple(map(tuple, columns)), layer, ports, row, turn, tuple(tracks), max(0, height - _GAP)
    )


def _label_heights(heights: Mapping[str, int], ports: Mapping[LayoutEdge, int]) -> dict[str, int]:
    """The lines of each label: as many as are written, or as edges enter."""
    lines = dict(heights)
    for edge, port in ports.items():
        lines[edge.target] = max(lines[edge.target], port + 1)
    return lines


def _lines(spot: Spot, layer: Mapping[str, int], heights: Mapping[str, int]) -> int:
    """The rows of a spot: a whole label, or a line on its way."""
    name, at = spot
    return heights[name] if layer[name] == at else 1


def _connected_parts(names: Iterable[str], edges: Iterable[LayoutEdge]) -> list[set[str]]:
    """The connected parts, largest first."""
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(names)
    graph.add_edges_from((edge.source, edge.target) for edge in edges)
    return sorted(nx.connected_components(graph), key=len, reverse=True)


def _height(spot: Spot, layer: Mapping[str, int], heights: Mapping[str, int]) -> int:
    name, at = spot
    return heights[name] + _GAP if layer[name] == at else 1


def _place_part(
    layer: dict[str, int], ports: Mapping[LayoutEdge, int], heights: Mapping[str, int]
) -> tuple[dict[Spot, int], dict[LayoutSegment, int]]:
    """Rows and tracks of a connected graph."""
    links = layout_segments(layer, ports)
    layers = order_layers(layer, links)
    room = {spot: _height(spot, layer, heights) for spot in chain.from_iterable(layers)}
    apart: list[tuple[Spot, Spot, int]] = []
    while True:
        row = assign_rows(layers, links, room, apart)
        found = _assign_part_tracks(layers, links, row)
        if not isinstance(found, RowConflict):
            return _remove_empty_rows(row, room), found
        apart.append((found.source, found.target, found.port))


def _remove_empty_rows(row: dict[Spot, int], room: Mapping[Spot, int]) -> dict[Spot, int]:
    """The same without empty rows."""
    used: set[int] = set()
    for spot, at in row.items():
        used.update(range(at, at + room[spot]))
    squeezed = {at: nth for nth, at in enumerate(sorted(used))}
    return {spot: squeezed[at] for spot, at in row.items()}


def _assign_part_tracks(
    layers: Layers, links: tuple[LayoutSegment, ...], row: dict[Spot, int]
) -> dict[LayoutSegment, int] | RowConflict:
    turn: dict[LayoutSegment, int] = {}
    for at in range(len(layers) - 1):
        found = assign_tracks([link for link in links if link.source[1] == at], row)
        if isinstance(found, RowConflict):
            return found
        turn |= found
    return turn
