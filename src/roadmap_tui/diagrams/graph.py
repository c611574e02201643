"""Dependency graph of the visible items: edges, indirect edges, and cut-off parts."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Literal, TypeAlias

import networkx as nx

from roadmap_tui.plan.dependencies import Dependency, plan_dependencies
from roadmap_tui.plan.failure_impact import DependencyState
from roadmap_tui.plan.roadmap import Plan

EdgeKind: TypeAlias = Literal["need", "choice", "informs", "fallback_for", "via", "more"]


@dataclass(frozen=True, slots=True)
class Edge:
    """A dependency between two items.

    Attributes:
        kind: "via" goes through hidden items, "more" leads to a cut-off part.
        group: distinguishes the choices of one item.
    """

    before: str
    after: str
    kind: EdgeKind
    group: int = 0


def plan_edges(plan: Plan) -> tuple[Edge, ...]:
    """Every edge of a plan whose ends exist."""
    return tuple(dict.fromkeys(map(_edge_from_link, plan_dependencies(plan))))


def _edge_from_link(link: Dependency) -> Edge:
    match link.path[2:]:
        case ("needs", int(at), _):
            return Edge(link.before, link.after, "choice", at)
        case ("fallback_for",):
            return Edge(link.before, link.after, "fallback_for")
        case ("informs",):
            return Edge(link.before, link.after, "informs")
        case _:
            return Edge(link.before, link.after, "need")


class _PlanDependencies:
    """Dependencies of all items, independent of which are visible."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        return plan_edges(self._plan)

    @cached_property
    def dependency_state(self) -> DependencyState:
        return DependencyState.from_plan(self._plan)


class DependencyGraph:
    """The visible items of a plan and the edges between them; computed on demand."""

    def __init__(
        self, plan: Plan, shown: frozenset[str], known: "DependencyGraph | None" = None
    ) -> None:
        self.plan = plan
        self.shown = shown
        # what doesn't depend on what is shown is found once for each plan
        self._dependencies: _PlanDependencies = (
            known._dependencies
            if known is not None and known.plan is plan
            else _PlanDependencies(plan)
        )

    @cached_property
    def edges(self) -> tuple[Edge, ...]:
        """Edges between visible items, direct or through others."""
        return edges_between(self._dependencies.edges, self.shown)

    @cached_property
    def graph(self) -> "nx.DiGraph[str]":
        """The same as a networkx graph."""
        return to_digraph(self.edges)

    @property
    def dependency_state(self) -> DependencyState:
        """Dependencies and status of all items."""
        return self._dependencies.dependency_state


def edges_between(edges: Iterable[Edge], shown: Collection[str]) -> tuple[Edge, ...]:
    """The edges between visible items, including those through hidden ones."""
    edges = tuple(edges)
    direct = [edge for edge in edges if edge.before in shown and edge.after in shown]
    if len(direct) == len(edges):
        return edges
    linked = {(edge.before, edge.after) for edge in direct}
    through: list[Edge] = []
    for name, ends in _visible_successors(to_digraph(edges), shown).items():
        if name in shown:
            indirect = (end for end in sorted(ends) if (name, end) not in linked)
            through += [Edge(name, end, "via") for end in indirect]
    return (*direct, *through)


def _visible_successors(graph: "nx.DiGraph[str]", shown: Collection[str]) -> dict[str, set[str]]:
    """The nearest visible successors of each item, through hidden ones."""
    nearest: dict[str, set[str]] = {name: set() for name in graph}
    for name in reversed(list(nx.topological_sort(graph))):
        for after in graph.successors(name):
            nearest[name] |= {after} if after in shown else nearest[after]
    return nearest


def to_digraph(edges: Iterable[Edge]) -> "nx.DiGraph[str]":
    """The edges as a networkx graph."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from((edge.before, edge.after) for edge in edges)
    return graph


def nearest_items(graph: "nx.DiGraph[str]", name: str, room: int) -> tuple[str, ...]:
    """As many items as there is room for: one, its predecessors and successors, nearest first."""
    found = {name: None}
    if name not in graph:
        return tuple(found)
    behind, ahead = [name], [name]
    while behind or ahead:
        behind = _next_ring(found, map(graph.predecessors, behind))
        ahead = _next_ring(found, map(graph.successors, ahead))
    _next_ring(found, map(graph.successors, graph.predecessors(name)))
    _next_ring(found, map(graph.predecessors, graph.successors(name)))
    return tuple(found)[:room]


def _next_ring(found: dict[str, None], neighbours: Iterable[Iterable[str]]) -> list[str]:
    """Names that were not found before; they are added to `found`."""
    names = dict.fromkeys(chain.from_iterable(neighbours))
    new = [name for name in names if name not in found]
    found.update(dict.fromkeys(new))
    return new


@dataclass(frozen=True, slots=True)
class GraphPart:
    """A part of a graph.

    Attributes:
        names: its items, in order.
        edges: between them, and between them and the stubs.
        stubs: by the name of a stub, the items cut off there.
    """

    names: tuple[str, ...]
    edges: tuple[Edge, ...]
    stubs: Mapping[str, tuple[str, ...]]


def cut_graph(edges: Iterable[Edge], names: Iterable[str]) -> GraphPart:
    """The part with these items, and stubs for what precedes and follows them."""
    names = tuple(names)
    inside = set(names)
    kept: dict[Edge, None] = {}
    stubs: dict[str, dict[str, None]] = {}
    for edge in edges:
        if edge.before in inside and edge.after in inside:
            kept[edge] = None
        elif edge.after in inside:
            stub = f"<{edge.after}"
            kept[Edge(stub, edge.after, "more")] = None
            stubs.setdefault(stub, {})[edge.before] = None
        elif edge.before in inside:
            stub = f">{edge.before}"
            kept[Edge(edge.before, stub, "more")] = None
            stubs.setdefault(stub, {})[edge.after] = None
    return GraphPart(names, tuple(kept), {stub: tuple(each) for stub, each in stubs.items()})


_ENTRY_ORDER: tuple[EdgeKind, ...] = ("need", "via", "more", "choice", "informs", "fallback_for")


def entry_groups(edges: Iterable[Edge]) -> dict[Edge, int]:
    """A number for each edge: equal for those that enter an item together, by kind."""
    edges = tuple(edges)
    entries = sorted({(_ENTRY_ORDER.index(edge.kind), edge.group) for edge in edges})
    return {edge: entries.index((_ENTRY_ORDER.index(edge.kind), edge.group)) for edge in edges}


def critical_chain(
    edges: Iterable[Edge], target: str, critical: Mapping[str, float]
) -> tuple[Edge, ...]:
    """The likeliest chain that sets the target's finish: back by highest criticality."""
    before: dict[str, list[Edge]] = {}
    for edge in edges:
        if critical.get(edge.before, 0) > 0:
            before.setdefault(edge.after, []).append(edge)
    return tuple(_walk_back(before, target, critical))


def _walk_back(
    before: Mapping[str, list[Edge]], target: str, critical: Mapping[str, float]
) -> Iterator[Edge]:
    while target in before:
        edge = max(before[target], key=lambda each: critical[each.before])
        yield edge
        target = edge.before
