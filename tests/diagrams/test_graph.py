"""Parts of a graph: removed nodes keep their edges, cut edges leave a stub."""

from itertools import combinations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from roadmap_tui.diagrams.graph import (
    Edge,
    critical_chain,
    cut_graph,
    edges_between,
    entry_groups,
    nearest_items,
)

NAMES = [f"n{nth}" for nth in range(9)]


@st.composite
def nets(draw: st.DrawFn) -> tuple[Edge, ...]:
    pairs = draw(st.lists(st.sampled_from(list(combinations(NAMES, 2))), unique=True, max_size=16))
    return tuple(Edge(before, after, "need") for before, after in pairs)


SOME = st.sets(st.sampled_from(NAMES))


@given(nets(), SOME)
def test_ties_through_what_is_left_out(edges: tuple[Edge, ...], shown: set[str]) -> None:
    net: nx.DiGraph[str] = nx.DiGraph([(edge.before, edge.after) for edge in edges])
    found = {(edge.before, edge.after): edge.kind for edge in edges_between(edges, shown)}
    expected: dict[tuple[str, str], str] = {}
    for before in shown & set(net):
        for after in shown & set(net) - {before}:
            inner = net.subgraph({before, after} | (set(net) - shown))
            if nx.has_path(inner, before, after):
                expected[before, after] = "need" if net.has_edge(before, after) else "via"
    assert found == expected


@given(nets(), SOME)
def test_a_cut_shows_how_much_is_cut_off(edges: tuple[Edge, ...], names: set[str]) -> None:
    part = cut_graph(edges, sorted(names))
    for name in names:
        before = {edge.before for edge in edges if edge.after == name} - names
        after = {edge.after for edge in edges if edge.before == name} - names
        assert set(part.stubs.get(f"<{name}", ())) == before
        assert set(part.stubs.get(f">{name}", ())) == after
    inside = [edge for edge in part.edges if edge.kind != "more"]
    assert inside == [edge for edge in edges if {edge.before, edge.after} <= names]


@given(nets(), st.sampled_from(NAMES), st.integers(1, 12))
def test_near_is_what_hangs_together_in_both_directions_first(
    edges: tuple[Edge, ...], name: str, room: int
) -> None:
    net: nx.DiGraph[str] = nx.DiGraph([(edge.before, edge.after) for edge in edges])
    net.add_node(name)
    kin = {name} | nx.ancestors(net, name) | nx.descendants(net, name)
    found = nearest_items(nx.DiGraph([(edge.before, edge.after) for edge in edges]), name, room)
    assert found[0] == name
    assert len(found) == len(set(found)) <= room
    assert set(found[: len(kin)]) <= kin
    away = {each: nx.shortest_path_length(net.to_undirected(), name, each) for each in found}
    if room > len(kin):
        assert kin <= set(found)
        assert all(away[each] <= 2 for each in found[len(kin) :])


def test_choices_come_in_apart_and_in_the_order_of_kinds() -> None:
    edges = [
        Edge("a", "z", "fallback_for"),
        Edge("b", "z", "choice", 2),
        Edge("c", "z", "choice", 1),
        Edge("d", "z", "need"),
    ]
    edges.append(Edge("e", "z", "choice", 1))
    group = entry_groups(edges)
    assert sorted(edges, key=lambda edge: (group[edge], edge.before)) == [
        edges[3],
        edges[2],
        edges[4],
        edges[1],
        edges[0],
    ]
    assert group[edges[2]] == group[edges[4]]


def test_the_chain_goes_back_to_what_is_critical_most() -> None:
    edges = [
        Edge("a", "t", "need"),
        Edge("b", "t", "need"),
        Edge("c", "b", "need"),
        Edge("d", "a", "need"),
    ]
    found = critical_chain(edges, "t", {"t": 1.0, "a": 0.3, "b": 0.6, "c": 0.2, "d": 0.9})
    assert [edge.before for edge in found] == ["b", "c"]
    assert critical_chain(edges, "t", {}) == ()
