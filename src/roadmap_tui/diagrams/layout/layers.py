"""Assign nodes to layers, and order each layer to reduce crossings."""

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, groupby, product
from typing import TypeAlias

import networkx as nx

Spot: TypeAlias = tuple[str, int]
"""A node in a layer: an item, or its line on the way to later layers."""
Layers: TypeAlias = tuple[tuple[Spot, ...], ...]
"""The spots of each layer, top to bottom."""
_SWEEPS = 8


@dataclass(frozen=True, slots=True, order=True)
class LayoutEdge:
    """A dependency; edges of one group may enter their target as one line."""

    source: str
    target: str
    group: int = 0


@dataclass(frozen=True, slots=True, order=True)
class LayoutSegment:
    """A piece of one or more edges between two layers; `port` is the label line it enters."""

    source: Spot
    target: Spot
    port: int = 0


def assign_layers(names: Iterable[str], edges: Iterable[LayoutEdge]) -> dict[str, int]:
    """The layer of each item: after its predecessors, close to its successors if they are more.

    Raises:
        networkx.NetworkXUnfeasible: the edges have a cycle.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(names)
    graph.add_edges_from((edge.source, edge.target) for edge in edges)
    generations = [list(each) for each in nx.topological_generations(graph)]
    layer: dict[str, int] = {}
    for at, generation in enumerate(generations):
        layer |= dict.fromkeys(generation, at)
    for name in reversed(list(layer)):
        after = [layer[each] for each in graph.successors(name)]
        if len(after) > len(graph.pred[name]):
            layer[name] = min(after) - 1
    return layer


def assign_ports(layer: dict[str, int], edges: Iterable[LayoutEdge]) -> dict[LayoutEdge, int]:
    """The label line at which each edge enters its target; as few lines per group as possible.

    Into one line, at most one edge comes from a source that branches; otherwise the source of a
    line would be ambiguous.
    """
    edges = sorted(edges, key=lambda edge: (edge.target, edge.group))
    ways: dict[Spot, set[tuple[str, int]]] = {}
    for edge in edges:
        for at in range(layer[edge.source], layer[edge.target]):
            onward = at + 1 < layer[edge.target]
            ways.setdefault((edge.source, at), set()).add(
                ("", 0) if onward else (edge.target, edge.group)
            )
    port: dict[LayoutEdge, int] = {}
    for target, ending in groupby(edges, key=lambda edge: edge.target):
        line = -1
        for _, group in groupby(ending, key=lambda edge: edge.group):
            for nth, edge in enumerate(
                sorted(group, key=lambda each: len(ways[each.source, layer[target] - 1]) == 1)
            ):
                branches = len(ways[edge.source, layer[target] - 1]) > 1
                line += 1 if nth == 0 or branches else 0
                port[edge] = line
    return port


def layout_segments(
    layer: dict[str, int], ports: Mapping[LayoutEdge, int]
) -> tuple[LayoutSegment, ...]:
    """The segments of all edges; edges of one item share segments until they part."""
    segments = (edge_segments(layer, edge, port) for edge, port in ports.items())
    return tuple(dict.fromkeys(chain.from_iterable(segments)))


def edge_segments(layer: dict[str, int], edge: LayoutEdge, port: int) -> Iterator[LayoutSegment]:
    """The segments of one edge, from its source on."""
    here, there = layer[edge.source], layer[edge.target]
    for at in range(here, there - 1):
        yield LayoutSegment((edge.source, at), (edge.source, at + 1))
    yield LayoutSegment((edge.source, there - 1), (edge.target, there), port)


def order_layers(layer: dict[str, int], links: Iterable[LayoutSegment]) -> Layers:
    """Order each layer to reduce crossings: median sweeps, then swaps of neighbours."""
    links = tuple(links)
    ends = chain.from_iterable((link.source, link.target) for link in links)
    spots = dict.fromkeys(chain(layer.items(), ends))
    depth = max(layer.values(), default=-1) + 1
    stacked: list[list[Spot]] = [[] for _ in range(depth)]
    for spot in spots:
        stacked[spot[1]].append(spot)
    layers: Layers = tuple(map(tuple, stacked))
    before: dict[Spot, list[Spot]] = {spot: [] for spot in spots}
    after: dict[Spot, list[Spot]] = {spot: [] for spot in spots}
    for link in links:
        before[link.target].append(link.source)
        after[link.source].append(link.target)
    best = layers
    for sweep in range(_SWEEPS):
        if sweep % 2 == 0:
            layers = _sweep_layers(layers, before, down=True)
        else:
            layers = _sweep_layers(layers, after, down=False)
        layers = _swap_neighbours(layers, before, after)
        best = min(best, layers, key=lambda each: count_crossings(each, links))
    return best


def count_crossings(layers: Layers, links: Iterable[LayoutSegment]) -> int:
    """Count the pairs of segments that cross."""
    place = _places(layers)
    count = 0
    for at in range(len(layers) - 1):
        pairs = sorted(
            (place[link.source], place[link.target]) for link in links if link.source[1] == at
        )
        seen: list[int] = []
        for _, target in sorted(pairs):
            count += len(seen) - bisect_left(seen, target + 1)
            insort(seen, target)
    return count


def _places(layers: Layers) -> dict[Spot, int]:
    places: dict[Spot, int] = {}
    for layer in layers:
        places |= zip(layer, range(len(layer)), strict=True)
    return places


def _sweep_layers(layers: Layers, beside: dict[Spot, list[Spot]], *, down: bool) -> Layers:
    """Sort each layer by the medians of its neighbours, one layer after the other."""
    result = list(layers)
    place = {spot: float(at) for spot, at in _places(layers).items()}
    for at in range(len(layers)) if down else reversed(range(len(layers))):
        result[at] = tuple(sorted(result[at], key=_median(beside, place)))
        place |= {spot: float(nth) for nth, spot in enumerate(result[at])}
    return tuple(result)


def _median(beside: dict[Spot, list[Spot]], place: dict[Spot, float]) -> Callable[[Spot], float]:
    def key(spot: Spot) -> float:
        found = sorted(place[each] for each in beside[spot])
        return (found[(len(found) - 1) // 2] + found[len(found) // 2]) / 2 if found else place[spot]

    return key


def _swap_neighbours(
    layers: Layers, before: dict[Spot, list[Spot]], after: dict[Spot, list[Spot]]
) -> Layers:
    """Swap neighbours wherever that removes crossings, until none is left."""
    place = _places(layers)
    for layer in layers:
        row = list(layer)
        swapping = True
        while swapping:
            swapping = False
            for at in range(len(row) - 1):
                upper, lower = row[at], row[at + 1]
                if sum(_gain(place, each[upper], each[lower]) for each in (before, after)) > 0:
                    row[at], row[at + 1] = lower, upper
                    swapping = True
        place |= {spot: at for at, spot in enumerate(row)}
    return tuple(tuple(sorted(layer, key=place.__getitem__)) for layer in layers)


def _gain(place: dict[Spot, int], upper: list[Spot], lower: list[Spot]) -> int:
    """The number of crossings that a swap removes."""
    pairs = list(product((place[one] for one in upper), [place[other] for other in lower]))
    return sum(one > other for one, other in pairs) - sum(one < other for one, other in pairs)
