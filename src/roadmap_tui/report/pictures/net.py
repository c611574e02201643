"""The map as a picture: what hangs on what."""

from collections.abc import Iterator

from roadmap_tui.forecast.summary import ItemForecast
from roadmap_tui.plan.resolve import OPEN
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.figures import ships, when
from roadmap_tui.report.layered.grid import Columns, columns, corners
from roadmap_tui.report.layered.layers import Edge
from roadmap_tui.report.layered.layout import Layout, layout
from roadmap_tui.report.net import Tie, TieKind, graph_of, groups, ties_of
from roadmap_tui.report.pictures.frame import TOP, framed
from roadmap_tui.report.pictures.pen import Picture, Point, area, box, group, line, text

_CELL, _ROW = 8.0, 19.0
_LABEL, _HEAD = 29, 1
_LEFT, _LEAST = 16.0, 640.0
_DASHES: dict[TieKind, str] = {"choice": "5 4", "informs": "2 4", "instead_of": "9 5"}
_LEGEND = (
    "An arrow leads from what must deliver first; dashed: one of several will do; dotted: it tells"
    " about it; long dashes: plan B."
)


def net(subject: Subject) -> Picture:
    """Every item that hangs on another, left to right, and the others below."""
    ties = ties_of(subject.plan)
    graph = graph_of(ties)
    tied = [name for name in subject.forecast.items if name in graph]
    group_of = groups(ties)
    edges = {Edge(tie.before, tie.after, group_of[tie]): tie for tie in ties}
    found = layout(dict.fromkeys(tied, 2), edges)
    places = columns(found, [_LABEL] * len(found.layers), [_HEAD] * len(found.layers))
    body = [each for edge, tie in edges.items() for each in _edge(found, places, edge, tie)]
    body += [
        _label(subject, name, _point(found.top(name), places.left[found.layer[name]]))
        for name in tied
    ]
    bottom = TOP + 8 + found.height * _ROW
    width = max(_LEAST, 2 * _LEFT + (places.left[-1] + _LABEL) * _CELL) if tied else _LEAST
    alone = [name for name in subject.forecast.items if name not in graph]
    below, bottom = _alone(subject, alone, bottom, width)
    return framed(subject, "Map", width, bottom, [*body, *below], _LEGEND)


def _point(row: float, column: float) -> Point:
    return _LEFT + column * _CELL, TOP + 8 + row * _ROW


def _edge(found: Layout, places: Columns, edge: Edge, tie: Tie) -> Iterator[str]:
    path = [
        _point(row + 0.5, column) for row, column in corners(found, places, edge, _LABEL, _HEAD)
    ]
    path[0] = (path[0][0] - _CELL, path[0][1])
    end = (path[-1][0] + 2 * _CELL - 2, path[-1][1])
    yield line(
        [*path, (end[0] - 6, end[1])], "line-dim", width=1.3, dashes=_DASHES.get(tie.kind, "")
    )
    yield area([end, (end[0] - 8, end[1] - 4), (end[0] - 8, end[1] + 4)], "dim")


def _label(subject: Subject, name: str, at: Point) -> str:
    item = subject.forecast.items[name]
    left, top = at
    colour = _colour(item)
    room = _LABEL * _CELL - 16
    title = f"◆ {item.title}" if item.kind == "spike" else item.title
    told = _prospect(subject, item)
    return group(
        f"{item.title}: {told}",
        [
            box((left, top - 2), (_LABEL * _CELL, 2 * _ROW), "panel", rounded=3),
            box((left, top - 2), (4, 2 * _ROW), colour),
            text((left + 10, top + 13), title, f"{colour} strong", room, size=12),
            text((left + 10, top + 29), told, "dim", room, size=11),
        ],
    )


def _colour(item: ItemForecast) -> str:
    if item.status not in {*OPEN, "idea"}:
        return "dim"
    return "spike" if item.kind == "spike" else item.track


def _prospect(subject: Subject, item: ItemForecast) -> str:
    if item.status not in OPEN:
        return item.status
    return (
        "won't ship as planned"
        if item.finish is None
        else f"{ships(item)} · {when(subject.forecast, item)}"
    )


def _alone(subject: Subject, names: list[str], top: float, width: float) -> tuple[list[str], float]:
    """Items that nothing ties, side by side below the others."""
    if not names:
        return [], top
    across = max(1, int((width - 2 * _LEFT) // ((_LABEL + 2) * _CELL)))
    body = [text((_LEFT, top + 22), "ON THEIR OWN", "dim strong", 200, size=11)]
    for nth, name in enumerate(names):
        place = (_LEFT + nth % across * (_LABEL + 2) * _CELL, top + 36 + nth // across * 3 * _ROW)
        body.append(_label(subject, name, place))
    return body, top + 36 + ((len(names) - 1) // across + 1) * 3 * _ROW - 10
