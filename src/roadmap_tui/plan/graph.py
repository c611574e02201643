"""The plan as a graph; only what needs one imports it, for networkx takes long to load."""

from collections.abc import Iterator

import networkx as nx

from roadmap_tui.plan.dependencies import plan_dependencies
from roadmap_tui.plan.roadmap import Plan


def build_graph(plan: Plan) -> "nx.DiGraph[str]":
    """The items as nodes; an edge goes to each item that waits, with the `path` that names it."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_nodes_from(plan.items)
    for each in plan_dependencies(plan):
        graph.add_edge(each.before, each.after, path=each.path)
    return graph


def find_cycles(graph: "nx.DiGraph[str]") -> Iterator[list[str]]:
    """One cycle of each group of items that wait for each other."""
    for group in nx.strongly_connected_components(graph):
        if len(group) > 1 or any(graph.has_edge(name, name) for name in group):
            yield [edge[0] for edge in nx.find_cycle(graph.subgraph(group), source=min(group))]
