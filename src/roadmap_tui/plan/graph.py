"""The plan as a graph; what only reads a plan does without, for networkx takes long to load."""

from collections.abc import Iterator

import networkx as nx

from roadmap_tui.plan.dependencies import plan_dependencies, predecessors
from roadmap_tui.plan.roadmap import Plan


def build_graph(plan: Plan) -> "nx.DiGraph[str]":
    """The items as nodes, an edge from each item to those that wait for it, with the `path` that says so."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(plan.items)
    for link in plan_dependencies(plan):
        graph.add_edge(link.before, link.after, path=link.path)
    return graph


def topological_order(plan: Plan) -> tuple[str, ...]:
    """The ids so that each comes after all it waits for; in the order of the file where that leaves a choice.

    Raises:
        networkx.NetworkXUnfeasible: the plan has a cycle, which reading it would have told.
    """
    place = {name: at for at, name in enumerate(plan.items)}
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(place)
    graph.add_edges_from(
        (before, name) for name, those in predecessors(plan).items() for before in those
    )
    return tuple(nx.lexicographical_topological_sort(graph, key=place.__getitem__))


def find_cycles(graph: "nx.DiGraph[str]") -> Iterator[list[str]]:
    """One cycle of each knot of items that wait for each other."""
    for knot in nx.strongly_connected_components(graph):
        if len(knot) > 1 or any(graph.has_edge(name, name) for name in knot):
            yield [edge[0] for edge in nx.find_cycle(graph.subgraph(knot), source=min(knot))]
