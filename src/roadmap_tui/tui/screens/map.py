"""Map: dependencies, and the impact of a failure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain

from roadmap_tui.diagrams.graph import EdgeKind, cut_graph, nearest_items
from roadmap_tui.narrative.failure_impact import impact_sentences
from roadmap_tui.plan.failure_impact import FailureImpact
from roadmap_tui.tui.actions import bindings_for
from roadmap_tui.tui.limits import MAP_LIMIT, limit_message
from roadmap_tui.tui.screen_help import ScreenHelp
from roadmap_tui.tui.screens.plan_screen import PlanScreen
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    fit_cells,
    join_fitting,
    pad_line,
    text_cells,
    truncate,
)
from roadmap_tui.tui.views.lines import truncate_line as shortened
from roadmap_tui.tui.views.map_graph import MapDrawing, MapFocus, draw_map
from roadmap_tui.tui.views.map_labels import one_line_label
from roadmap_tui.tui.views.view_model import RenderedView, ViewModel, build_view

MAX_FOLLOWED = 40
"""Most items that people can follow by eye."""
_LEGEND: dict[EdgeKind, str] = {
    "need": "─▸ needs",
    "choice": "┄or▸ one of them",
    "informs": "◆▸ informs",
    "fallback_for": "else▸ plan B",
    "via": "┈▸ through hidden ones",
}
_NO_LINKS = "No dependencies yet. Press {} to set what the selected item needs."
_ALONE, _A_LAYER = 36, 15


def render_map(scene: ViewModel) -> RenderedView:
    """Render the map: dependencies at the left of each item, dependents at the right."""
    names = [name for name in scene.forecast.items if name in scene.visible]
    if not names:
        if scene.forecast.items:
            words = "No items match the filter."
        else:
            words = f"No items yet. Press {scene.key_label('add')} to add one."
        return build_view([(StyledSpan(f" {words}", "dim"),)], (), scene.width)
    if len(names) > MAP_LIMIT:
        words = limit_message(
            len(names),
            "the map shows",
            MAP_LIMIT,
            f"press {scene.key_label('filter')} and filter to see a part",
        )
        return build_view([(StyledSpan(f" {truncate(words, scene.width - 1)}"),)], (), scene.width)
    linked = [name for name in names if name in scene.graph.graph]
    alone = [name for name in names if name not in scene.graph.graph]
    focus = MapFocus.of(scene)
    if not linked:
        words = _NO_LINKS.format(scene.key_label("edit"))
        return _finish(
            scene,
            [(StyledSpan(f" {words}", "dim"),), *_unlinked(scene, alone)],
            alone,
            focus.failure,
        )
    drawn, order = _fit_layers(scene, _nearby_items(scene, linked), focus)
    lines = [_heading(scene, len(linked), drawn), *drawn.lines]
    if alone:
        lines += [(), (StyledSpan(" ON THEIR OWN", "bold"),), *_unlinked(scene, alone)]
    return replace(
        _finish(scene, lines, [*order, *alone], focus.failure),
        arrow_neighbours=_arrow_neighbours(scene, drawn),
    )


def _finish(
    scene: ViewModel, lines: Iterable[Line], order: Iterable[str], after: FailureImpact | None
) -> RenderedView:
    cut_off = build_view(lines, ((name,) for name in order), scene.width, fixed=1)
    below = tuple(shortened(line, scene.width) for line in _failure_lines(scene, after))
    return replace(cut_off, detail_lines=below, depends_on_selection=True)


def _nearby_items(scene: ViewModel, linked: list[str]) -> list[str]:
    """All items; if they are too many, those near the selected one."""
    if len(linked) <= MAX_FOLLOWED:
        return linked
    start = scene.selected if scene.selected in linked else linked[0]
    found = set(nearest_items(scene.graph.graph, start, MAX_FOLLOWED))
    return [name for name in linked if name in found]


def _fit_layers(
    scene: ViewModel, names: list[str], focus: MapFocus
) -> tuple[MapDrawing, list[str]]:
    """Draw as many layers around the selected item as fit; and all items in order."""
    ties = scene.graph.edges
    whole = draw_map(scene, cut_graph(ties, names), focus)
    layer, depth = whole.layout.layer, len(whole.layout.layers)
    drawn = whole
    for inside in _windows(scene, layer, min(depth - 1, max(1, scene.width // _A_LAYER))):
        if drawn.width <= scene.width:
            break
        drawn = draw_map(scene, cut_graph(ties, [name for name in names if name in inside]), focus)
    seen = set(drawn.order)
    start = min((layer[name] for name in seen), default=0)
    hidden = [name for name in whole.order if name not in seen]
    earlier = [name for name in hidden if layer[name] < start]
    return drawn, [*earlier, *drawn.order, *(name for name in hidden if layer[name] >= start)]


def _windows(scene: ViewModel, layer: dict[str, int], most: int) -> Iterator[set[str]]:
    """Ever fewer layers around the selected item; first with all its neighbours."""
    here, depth = layer.get(scene.selected or "", 0), max(layer.values()) + 1
    for beside in (_neighbourhood(scene), set[str]()):
        for many in range(most, 0, -1):
            first = min(max(0, here - (many - 1) // 2), depth - many)
            yield beside | {name for name, at in layer.items() if first <= at < first + many}


def _neighbourhood(scene: ViewModel) -> set[str]:
    """The selected item and its neighbours."""
    name, graph = scene.selected, scene.graph.graph
    if name is not None and name in graph:
        return {name, *graph.predecessors(name), *graph.successors(name)}
    return set()


def _heading(scene: ViewModel, linked: int, drawn: MapDrawing) -> Line:
    """The legend, and the number of hidden items."""
    kinds = {tie.kind for tie in drawn.part.edges}
    hidden = linked - len(drawn.order)
    more = f"… {hidden} more ← → " if hidden else ""
    legend = [words for kind, words in _LEGEND.items() if kind in kinds]
    if drawn.focus.lost:
        legend.insert(0, "× lost without it")
    if drawn.focus.chain:
        legend.insert(0, "━ critical")
    room = scene.width - text_cells(more)
    return (
        StyledSpan(fit_cells(f" {join_fitting(legend, room - 2, between='   ')}", room), "dim"),
        StyledSpan(more, "bold"),
    )


def _unlinked(scene: ViewModel, names: list[str]) -> Iterator[Line]:
    """Items without dependencies, side by side."""
    across = max(1, scene.width // _ALONE)
    for at in range(0, len(names), across):
        parts = (_one_line(scene, name, scene.width // across) for name in names[at : at + across])
        yield tuple(chain.from_iterable(parts))


def _one_line(scene: ViewModel, name: str, cells: int) -> Line:
    """An item on one line."""
    lead, title, figures = one_line_label(scene, name)
    words = truncate(figures.text, cells // 2)
    short = truncate(title.text, cells - text_cells(words) - 4)
    return pad_line(
        (lead, replace(title, text=short), StyledSpan(f"  {words}", figures.style, name)), cells
    )


def _arrow_neighbours(scene: ViewModel, drawn: MapDrawing) -> dict[str, tuple[str, str]]:
    """Nearest dependency and nearest dependent of each drawn item; itself without one."""
    top = {name: drawn.layout.top(name) for name in drawn.order}
    net = scene.graph.graph

    def nearest(name: str, others: Iterable[str]) -> str:
        far = drawn.layout.height
        return min(
            others, key=lambda each: abs(top.get(each, far * 2) - top.get(name, 0)), default=name
        )

    return {
        name: (nearest(name, net.predecessors(name)), nearest(name, net.successors(name)))
        for name in top
    }


def _failure_lines(scene: ViewModel, after: FailureImpact | None) -> tuple[Line, ...]:
    """The impact of a failure of the selected item, in two lines."""
    if scene.selected is None or after is None:
        return ((), ())
    case, lost, rest = impact_sentences(scene.plan, scene.forecast, scene.selected, after)
    effect: list[Line] = [
        (StyledSpan(f" {case} ", "bold"), StyledSpan(lost)),
        (StyledSpan(f" {join_fitting(rest, scene.width - 2)}", "dim"),),
    ]
    return tuple(effect)


class MapScreen(PlanScreen):
    """The map."""

    NAME = "map"
    RENDERER = staticmethod(render_map)
    SUBJECTS = ("finish",)
    SCREEN_HELP = ScreenHelp(
        "dependencies, and what fails if an item fails",
        (
            ("──▸", "is needed by"),
            ("or▸", "one of several options"),
            ("◆▸", "informs"),
            ("else▸", "the fallback if it fails"),
            ("━━", "the chain that sets when the target is done"),
            ("×", "can't ship if the selected item fails"),
        ),
    )
    BINDINGS = bindings_for("map")
