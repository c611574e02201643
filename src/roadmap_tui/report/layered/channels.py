"""How links turn between two layers: each on a track of its own, so that no two lines seem to be one."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx

from roadmap_tui.report.layered.layers import Link, Spot

Port: TypeAlias = tuple[Spot, int]
"""A spot and the line of its label at which links come in."""


@dataclass(frozen=True, slots=True)
class Apart:
    """A spot, and a port in the next layer, that must not lie on the same row."""

    source: Spot
    target: Spot
    port: int


@dataclass(frozen=True, slots=True)
class _Trunk:
    """A vertical line: links of one source that turn together.

    Attributes:
        start: the row of its source.
        ends: the rows on which its links leave it.
    """

    source: Spot
    links: tuple[Link, ...]
    start: int
    ends: tuple[int, ...]

    @property
    def span(self) -> tuple[int, int]:
        """The first and the last row it takes."""
        return min(self.start, *self.ends), max(self.start, *self.ends)

    def passes(self, row: int) -> bool:
        """Whether it goes on above and below a row."""
        low, high = self.span
        return low < row < high

    @property
    def key(self) -> tuple[bool, int, tuple[Link, ...]]:
        """Its place where nothing else decides: the way that lines side by side don't cross."""
        rises = sum(self.ends) < self.start * len(self.ends)
        return rises, self.start if rises else -self.start, self.links


def turns(links: Iterable[Link], row: Mapping[Spot, int]) -> dict[Link, int] | Apart:
    """The track, from 0 on the left, on which each link turns; those that are straight are left out.

    What comes of it: where a line branches off or comes in, three ends meet; where four meet, two lines cross.

    Args:
        links: all between two layers.
        row: the first row of each spot.

    Returns:
        What must not lie on the same row, if there is no such way.
    """
    links = tuple(links)
    unpassed: set[Port] = set()
    while True:
        trunks = _trunks(links, row, unpassed)
        graph = _left_of(links, trunks, row)
        if nx.is_directed_acyclic_graph(graph):
            return _placed(graph)
        reasons = [graph.edges[edge[0], edge[1]]["reason"] for edge in nx.find_cycle(graph)]
        passed = [each for each in reasons if not isinstance(each, Apart)]
        if not passed:
            return next(each for each in reasons if isinstance(each, Apart))
        unpassed.update(passed)


def _trunks(links: tuple[Link, ...], row: Mapping[Spot, int], unpassed: set[Port]) -> list[_Trunk]:
    """The links of each source that turn, together where that can be drawn."""
    out: dict[Spot, list[Link]] = {}
    for link in links:
        out.setdefault(link.source, []).append(link)
    wholes = [_trunk([link for link in each if _end(link, row) != row[source]], row) for source, each in out.items()]
    straight = {link for link in links if _end(link, row) == row[link.source]}
    single = _single([each for each in wholes if each], straight, row, unpassed)
    trunks: list[_Trunk] = []
    for whole in filter(None, wholes):
        apart = [link for link in whole.links if link in single]
        rest = [link for link in whole.links if link not in single]
        goes_on = bool(apart) or any(link.source == whole.source for link in straight)
        parts = _ways(rest, row) if goes_on else [rest]
        trunks += filter(None, (_trunk(part, row) for part in (*parts, *([link] for link in apart))))
    return trunks


def _trunk(links: list[Link], row: Mapping[Spot, int]) -> _Trunk | None:
    if not links:
        return None
    ends = tuple(_end(link, row) for link in links)
    return _Trunk(links[0].source, tuple(links), row[links[0].source], ends)


def _end(link: Link, row: Mapping[Spot, int]) -> int:
    return row[link.target] + link.port


def _ways(links: list[Link], row: Mapping[Spot, int]) -> list[list[Link]]:
    """Those that go up, and those that go down."""
    up = [link for link in links if _end(link, row) < row[link.source]]
    return [up, [link for link in links if link not in up]]


def _single(trunks: list[_Trunk], straight: set[Link], row: Mapping[Spot, int], unpassed: set[Port]) -> set[Link]:
    """The links that need a track of their own: one trunk at most goes on past a port that it has a link to."""
    taken = unpassed | {(link.target, link.port) for link in straight}
    single: set[Link] = set()
    for trunk in sorted(trunks, key=lambda each: -len(each.links)):
        for link in trunk.links:
            if trunk.passes(_end(link, row)):
                if (link.target, link.port) in taken:
                    single.add(link)
                taken.add((link.target, link.port))
    return single


def _left_of(links: tuple[Link, ...], trunks: list[_Trunk], row: Mapping[Spot, int]) -> "nx.DiGraph[_Trunk]":
    """An edge from each trunk to those that must lie on its right, with the reason."""
    graph: nx.DiGraph[_Trunk] = nx.DiGraph()
    graph.add_nodes_from(trunks)
    ports = {(link.target, link.port): _end(link, row) for link in links}
    for port, at in ports.items():
        joining = [each for each in trunks if any((link.target, link.port) == port for link in each.links)]
        for left, reason in _before(port, at, joining, trunks):
            graph.add_edges_from((left, each, {"reason": reason}) for each in joining if each.source != left.source)
    return graph


def _before(port: Port, at: int, joining: list[_Trunk], trunks: list[_Trunk]) -> Iterator[tuple[_Trunk, Apart | Port]]:
    """The trunks that must lie left of those that join a port on row `at`."""
    for trunk in trunks:
        if trunk.start == at:
            yield trunk, Apart(trunk.source, *port)
        elif trunk in joining and trunk.passes(at):
            yield trunk, port


def _placed(graph: "nx.DiGraph[_Trunk]") -> dict[Link, int]:
    track: dict[_Trunk, int] = {}
    for trunk in nx.lexicographical_topological_sort(graph, key=lambda each: each.key):
        at = max((track[each] + 1 for each in graph.pred[trunk]), default=0)
        while any(track[other] == at and _overlap(other.span, trunk.span) for other in track):
            at += 1
        track[trunk] = at
    return {link: at for trunk, at in track.items() for link in trunk.links}


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
