"""What hangs on what."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx

from roadmap_tui.plan.faults import KeyPath
from roadmap_tui.plan.items import Item, Spike
from roadmap_tui.plan.needs import ChoiceNeed, all_need_ids, need_ids
from roadmap_tui.plan.roadmap import Plan, kind_of


@dataclass(frozen=True, slots=True)
class Link:
    """One item named by another: `before` must be known first; `path` is where it is named."""

    before: str
    after: str
    path: KeyPath


def links_of(name: str, item: Item) -> Iterator[Link]:
    """Every item that this one names."""
    place = (kind_of(item), name)
    for at, need in enumerate(item.needs):
        for nth, needed in enumerate(need_ids(need)):
            inside = (nth,) if isinstance(need, ChoiceNeed) else ()
            yield Link(needed, name, (*place, "needs", at, *inside))
    if item.instead_of is not None:
        yield Link(item.instead_of, name, (*place, "instead_of"))
    if isinstance(item, Spike) and item.informs is not None:
        yield Link(name, item.informs, (*place, "informs"))


def graph_of(plan: Plan) -> "nx.DiGraph[str]":
    """The items as nodes, an edge from each item to those that wait for it, with the `path` that says so."""
    graph: nx.DiGraph[str] = nx.DiGraph()
    items = plan.items
    graph.add_nodes_from(items)
    for name, item in items.items():
        for link in links_of(name, item):
            if link.before in items and link.after in items:
                graph.add_edge(link.before, link.after, path=link.path)
    return graph


def topological(plan: Plan) -> tuple[str, ...]:
    """The ids so that each comes after all it waits for; in the order of the file where that leaves a choice.

    Raises:
        networkx.NetworkXUnfeasible: the plan has a cycle, which reading it would have told.
    """
    place = {name: at for at, name in enumerate(plan.items)}
    return tuple(nx.lexicographical_topological_sort(graph_of(plan), key=place.__getitem__))


def cycles(graph: "nx.DiGraph[str]") -> Iterator[list[str]]:
    """One cycle of each knot of items that wait for each other."""
    for knot in nx.strongly_connected_components(graph):
        if len(knot) > 1 or any(graph.has_edge(name, name) for name in knot):
            yield [edge[0] for edge in nx.find_cycle(graph.subgraph(knot), source=min(knot))]


def all_behind(plan: Plan, names: Iterable[str]) -> Iterator[str]:
    """All that these items wait for, every way of a choice included, each once."""
    items, waiting = plan.items, list(names)
    seen = set[str]()
    while waiting:
        for needed in all_need_ids(items[waiting.pop()].needs):
            if needed in items and needed not in seen:
                seen.add(needed)
                waiting.append(needed)
                yield needed
