"""The dependency map as a picture."""

from collections.abc import Iterator

from roadmap_tui.diagrams.graph import Edge, EdgeKind, entry_groups, plan_edges, to_digraph
from roadmap_tui.diagrams.layout.grid import LayerColumns, edge_corners, layer_columns
from roadmap_tui.diagrams.layout.layers import LayoutEdge
from roadmap_tui.diagrams.layout.placement import GraphLayout, layout_graph
from roadmap_tui.diagrams.svg.elements import (
    Point,
    SvgPicture,
    area_element,
    group_element,
    line_element,
    rect_element,
    text_element,
)
from roadmap_tui.diagrams.svg.frame import BODY_TOP, frame_picture
from roadmap_tui.forecast.simulation.results import ItemForecast
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_figures import format_delivery_chance, format_finish_range
from roadmap_tui.plan.base import OPEN_STATUSES

_CELL, _ROW = 8.0, 19.0
_LABEL, _HEAD = 29, 1
_LEFT, _LEAST = 16.0, 640.0
_DASHES: dict[EdgeKind, str] = {"choice": "5 4", "informs": "2 4", "fallback_for": "9 5"}
_LEGEND = (
    "An arrow leads from what must deliver first; dashed: one of several will do; dotted: it"
    " informs it; long dashes: plan B."
)


def map_picture(context: ReportContext) -> SvgPicture:
    """Connected items from left to right, unconnected ones below."""
    dependencies = plan_edges(context.plan)
    graph = to_digraph(dependencies)
    connected = [name for name in context.forecast.items if name in graph]
    group_of = entry_groups(dependencies)
    edges = {
        LayoutEdge(dependency.before, dependency.after, group_of[dependency]): dependency
        for dependency in dependencies
    }
    found = layout_graph(dict.fromkeys(connected, 2), edges)
    places = layer_columns(found, [_LABEL] * len(found.layers), [_HEAD] * len(found.layers))
    body: list[str] = []
    for edge, dependency in edges.items():
        body += _edge(found, places, edge, dependency)
    body += [
        _label(context, name, _point(found.top(name), places.left[found.layer[name]]))
        for name in connected
    ]
    bottom = BODY_TOP + 8 + found.height * _ROW
    width = max(_LEAST, 2 * _LEFT + (places.left[-1] + _LABEL) * _CELL) if connected else _LEAST
    alone = [name for name in context.forecast.items if name not in graph]
    below, bottom = _unlinked_items(context, alone, bottom, width)
    return frame_picture(context, "Map", width, bottom, [*body, *below], _LEGEND)


def _point(row: float, column: float) -> Point:
    return _LEFT + column * _CELL, BODY_TOP + 8 + row * _ROW


def _edge(
    found: GraphLayout, places: LayerColumns, edge: LayoutEdge, dependency: Edge
) -> Iterator[str]:
    path = [
        _point(row + 0.5, column)
        for row, column in edge_corners(found, places, edge, _LABEL, _HEAD)
    ]
    path[0] = (path[0][0] - _CELL, path[0][1])
    end = (path[-1][0] + 2 * _CELL - 2, path[-1][1])
    yield line_element(
        [*path, (end[0] - 6, end[1])],
        "line-dim",
        width=1.3,
        dashes=_DASHES.get(dependency.kind, ""),
    )
    yield area_element([end, (end[0] - 8, end[1] - 4), (end[0] - 8, end[1] + 4)], "dim")


def _label(context: ReportContext, name: str, at: Point) -> str:
    item = context.forecast.items[name]
    left, top = at
    colour = _colour(item)
    room = _LABEL * _CELL - 16
    title = f"◆ {item.title}" if item.kind == "spike" else item.title
    outlook = _prospect(context, item)
    return group_element(
        f"{item.title}: {outlook}",
        [
            rect_element((left, top - 2), (_LABEL * _CELL, 2 * _ROW), "panel", rounded=3),
            rect_element((left, top - 2), (4, 2 * _ROW), colour),
            text_element((left + 10, top + 13), title, f"{colour} strong", room, size=12),
            text_element((left + 10, top + 29), outlook, "dim", room, size=11),
        ],
    )


def _colour(item: ItemForecast) -> str:
    if item.status not in {*OPEN_STATUSES, "idea"}:
        return "dim"
    return "spike" if item.kind == "spike" else item.track


def _prospect(context: ReportContext, item: ItemForecast) -> str:
    if item.status not in OPEN_STATUSES:
        return item.status
    if item.finish is None:
        return "won't ship as planned"
    return f"{format_delivery_chance(item)} · {format_finish_range(context.forecast, item)}"


def _unlinked_items(
    context: ReportContext, names: list[str], top: float, width: float
) -> tuple[list[str], float]:
    """Unconnected items, side by side below the others."""
    if not names:
        return [], top
    across = max(1, int((width - 2 * _LEFT) // ((_LABEL + 2) * _CELL)))
    body = [text_element((_LEFT, top + 22), "ON THEIR OWN", "dim strong", 200, size=11)]
    for nth, name in enumerate(names):
        place = (_LEFT + nth % across * (_LABEL + 2) * _CELL, top + 36 + nth // across * 3 * _ROW)
        body.append(_label(context, name, place))
    return body, top + 36 + ((len(names) - 1) // across + 1) * 3 * _ROW - 10
