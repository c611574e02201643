"""Route the segments between two layers on tracks, so that lines stay distinguishable."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, product
from typing import TypeAlias

import networkx as nx

from roadmap_tui.diagrams.layout.layers import LayoutSegment, Spot

Port: TypeAlias = tuple[Spot, int]
"""A spot and the line of its label at which segments arrive."""


@dataclass(frozen=True, slots=True)
class RowConflict:
    """A spot, and a port in the next layer, that must not be on the same row."""

    source: Spot
    target: Spot
    port: int


@dataclass(frozen=True, slots=True)
class _Trunk:
    """A vertical line: segments of one source that turn together.

    Attributes:
        start: the row of its source.
        exit_rows: the rows on which its segments leave it.
    """

    source: Spot
    links: tuple[LayoutSegment, ...]
    start: int
    exit_rows: tuple[int, ...]

    @property
    def span(self) -> tuple[int, int]:
        """Its first and last row."""
        return min(self.start, *self.exit_rows), max(self.start, *self.exit_rows)

    @property
    def ports(self) -> set[Port]:
        """The ports of its segments."""
        return set(map(_port, self.links))

    @property
    def key(self) -> tuple[bool, int, tuple[LayoutSegment, ...]]:
        """Sort key that keeps parallel lines from crossing."""
        rises = sum(self.exit_rows) < self.start * len(self.exit_rows)
        return rises, self.start if rises else -self.start, self.links


def assign_tracks(
    links: Iterable[LayoutSegment], row: Mapping[Spot, int]
) -> dict[LayoutSegment, int] | RowConflict:
    """Assign tracks, from 0 on the left, to the segments that turn.

    Where a line branches off or joins, three ends meet; where four meet, two lines cross. A line
    that joins another one comes from a source without branches, so that it can't be misread.

    Args:
        links: all segments between two layers; of those at one port, at most one source branches.
        row: the first row of each spot.

    Returns:
        The tracks, or what must not be on the same row if there is no such assignment.
    """
    out: dict[Spot, list[LayoutSegment]] = {}
    arrivals: dict[Port, list[LayoutSegment]] = {}
    for link in links:
        out.setdefault(link.source, []).append(link)
        arrivals.setdefault(_port(link), []).append(link)
    forks = {source for source, each in out.items() if len(each) > 1}
    trunks = list(chain.from_iterable(_trunks(each, row) for each in out.values()))
    # an edge leads from a trunk to one that has to turn further right
    graph: nx.DiGraph[_Trunk] = nx.DiGraph()
    graph.add_nodes_from(trunks)
    for port, arriving in arrivals.items():
        joining = [each for each in trunks if port in each.ports]
        first = [each for each in joining if each.source in forks]
        at = _port_row(port, row)
        straight = [link.source for link in arriving if row[link.source] == at]
        if first and straight:
            return RowConflict(straight[0], *port)
        leaving = [each for each in trunks if each.start == at]
        _add_order(graph, first, joining)
        _add_conflicts(graph, port, leaving, joining)
    return _place_trunks(graph) if nx.is_directed_acyclic_graph(graph) else _conflict(graph)


def _conflict(graph: "nx.DiGraph[_Trunk]") -> RowConflict:
    """What must not be on the same row, for a cycle to be gone."""
    reasons: list[RowConflict | None] = [
        graph.edges[edge[0], edge[1]].get("unless") for edge in nx.find_cycle(graph)
    ]
    return next(each for each in reasons if each is not None)


def _add_order(graph: "nx.DiGraph[_Trunk]", first: list[_Trunk], joining: list[_Trunk]) -> None:
    """Let trunks that branch turn before the others that enter the same port."""
    pairs = product(first, joining)
    graph.add_edges_from((one, other) for one, other in pairs if other is not one)


def _add_conflicts(
    graph: "nx.DiGraph[_Trunk]", port: Port, leaving: list[_Trunk], joining: list[_Trunk]
) -> None:
    """Let trunks that leave on a port's row turn before those that enter it."""
    for one, other in product(leaving, joining):
        graph.add_edge(one, other, unless=RowConflict(one.source, *port))


def _port(link: LayoutSegment) -> Port:
    return link.target, link.port


def _port_row(port: Port, row: Mapping[Spot, int]) -> int:
    return row[port[0]] + port[1]


def _trunks(links: list[LayoutSegment], row: Mapping[Spot, int]) -> Iterator[_Trunk]:
    """Group the turning segments of one source; up and down are apart if one goes straight."""
    source = links[0].source
    start = row[source]
    ends = {link: _port_row(_port(link), row) for link in links}
    up = [link for link in links if ends[link] < start]
    down = [link for link in links if ends[link] > start]
    for part in [up, down] if len(up) + len(down) < len(links) else [up + down]:
        if part:
            yield _Trunk(source, tuple(part), start, tuple(ends[link] for link in part))


def _place_trunks(graph: "nx.DiGraph[_Trunk]") -> dict[LayoutSegment, int]:
    track: dict[_Trunk, int] = {}
    for trunk in nx.lexicographical_topological_sort(graph, key=lambda each: each.key):
        at = max((track[each] + 1 for each in graph.pred[trunk]), default=0)
        while any(track[other] == at and _overlap(other.span, trunk.span) for other in track):
            at += 1
        track[trunk] = at
    tracks: dict[LayoutSegment, int] = {}
    for trunk, at in track.items():
        tracks |= dict.fromkeys(trunk.links, at)
    return tracks


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
