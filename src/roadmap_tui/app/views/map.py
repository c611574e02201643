"""The map: what hangs on what, and what if it fails."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from roadmap_tui.app.lines import Line, Span, clip, fit, joined, padded, width
from roadmap_tui.app.lines import cut as shortened
from roadmap_tui.app.scale import MAPPED, too_many
from roadmap_tui.app.view import Picture, Scene, picture
from roadmap_tui.app.views.drawing import Drawing, Focus, drawing
from roadmap_tui.app.views.labels import headline
from roadmap_tui.plan.failing import Failing
from roadmap_tui.report.failing import told
from roadmap_tui.report.net import TieKind, cut, near

MOST = 40
"""How many items can be followed by eye."""
_LEGEND: dict[TieKind, str] = {
    "need": "─▸ needs",
    "choice": "┄or▸ one of them",
    "informs": "◆▸ tells about",
    "instead_of": "else▸ plan B",
    "via": "┈▸ through hidden ones",
}
_UNTIED = "nothing hangs on anything yet; press {} and name what a bet needs"
_ALONE, _A_LAYER = 36, 15


def graph(scene: Scene) -> Picture:
    """Draw the map: what each item waits for on its left, what waits for it on its right."""
    names = [name for name in scene.forecast.items if name in scene.shown]
    if not names:
        words = (
            "nothing passes the filter"
            if scene.forecast.items
            else f"nothing here yet; press {scene.key('add')} to add a bet"
        )
        return picture([(Span(f" {words}", "dim"),)], (), scene.width)
    if len(names) > MAPPED:
        words = too_many(
            len(names),
            "the map shows",
            MAPPED,
            f"press {scene.key('filter')} and filter to see a part",
        )
        return picture([(Span(f" {clip(words, scene.width - 1)}"),)], (), scene.width)
    linked = [name for name in names if name in scene.net.graph]
    alone = [name for name in names if name not in scene.net.graph]
    focus = Focus.of(scene)
    if not linked:
        words = _UNTIED.format(scene.key("edit"))
        return _put(scene, [(Span(f" {words}", "dim"),), *_alone(scene, alone)], alone, focus.after)
    drawn, order = _fitting(scene, _whole(scene, linked), focus)
    lines = [_heading(scene, len(linked), drawn), *drawn.lines]
    if alone:
        lines += [(), (Span(" ON THEIR OWN", "bold"),), *_alone(scene, alone)]
    return replace(_put(scene, lines, [*order, *alone], focus.after), sides=_sides(scene, drawn))


def _put(
    scene: Scene, lines: Iterable[Line], order: Iterable[str], after: Failing | None
) -> Picture:
    cut_off = picture(lines, ((name,) for name in order), scene.width, fixed=1)
    below = tuple(shortened(line, scene.width) for line in _below(scene, after))
    return replace(cut_off, below=below, follows=True)


def _whole(scene: Scene, linked: list[str]) -> list[str]:
    """The items to draw: all of them, or those near the selected one where they are too many to follow."""
    if len(linked) <= MOST:
        return linked
    start = scene.selected if scene.selected in linked else linked[0]
    found = set(near(scene.net.graph, start, MOST))
    return [name for name in linked if name in found]


def _fitting(scene: Scene, names: list[str], focus: Focus) -> tuple[Drawing, list[str]]:
    """As many layers around the selected item as there is room for; and the items in order, those not drawn too."""
    ties = scene.net.ties
    whole = drawing(scene, cut(ties, names), focus)
    layer, depth = whole.layout.layer, len(whole.layout.layers)
    drawn = whole
    for inside in _windows(scene, layer, min(depth - 1, max(1, scene.width // _A_LAYER))):
        if drawn.cells <= scene.width:
            break
        drawn = drawing(scene, cut(ties, [name for name in names if name in inside]), focus)
    seen = set(drawn.order)
    start = min((layer[name] for name in seen), default=0)
    hidden = [name for name in whole.order if name not in seen]
    earlier = [name for name in hidden if layer[name] < start]
    return drawn, [*earlier, *drawn.order, *(name for name in hidden if layer[name] >= start)]


def _windows(scene: Scene, layer: dict[str, int], most: int) -> Iterator[set[str]]:
    """Ever fewer layers around the selected item; at first with all its neighbours, however far they are."""
    here, depth = layer.get(scene.selected or "", 0), max(layer.values()) + 1
    for beside in (_beside(scene), set[str]()):
        for many in range(most, 0, -1):
            first = min(max(0, here - (many - 1) // 2), depth - many)
            yield beside | {name for name, at in layer.items() if first <= at < first + many}


def _beside(scene: Scene) -> set[str]:
    """The selected item and its neighbours."""
    name, graph = scene.selected, scene.net.graph
    return (
        {name, *graph.predecessors(name), *graph.successors(name)}
        if name is not None and name in graph
        else set()
    )


def _heading(scene: Scene, linked: int, drawn: Drawing) -> Line:
    """What the lines mean, and how much is not drawn."""
    kinds = {tie.kind for tie in drawn.cut.ties}
    hidden = linked - len(drawn.order)
    more = f"… {hidden} more ← → " if hidden else ""
    legend = [words for kind, words in _LEGEND.items() if kind in kinds]
    if drawn.focus.lost:
        legend.insert(0, "× lost without it")
    if drawn.focus.chain:
        legend.insert(0, "━ critical")
    room = scene.width - width(more)
    return (
        Span(fit(f" {joined(legend, room - 2, between='   ')}", room), "dim"),
        Span(more, "bold"),
    )


def _alone(scene: Scene, names: list[str]) -> Iterator[Line]:
    """Items side by side."""
    across = max(1, scene.width // _ALONE)
    for at in range(0, len(names), across):
        spans = (
            span
            for name in names[at : at + across]
            for span in _short(scene, name, scene.width // across)
        )
        yield tuple(spans)


def _short(scene: Scene, name: str, cells: int) -> Line:
    """An item on one line."""
    lead, title, figures = headline(scene, name)
    words = clip(figures.text, cells // 2)
    short = clip(title.text, cells - width(words) - 4)
    return padded(
        (lead, replace(title, text=short), Span(f"  {words}", figures.style, name)), cells
    )


def _sides(scene: Scene, drawn: Drawing) -> dict[str, tuple[str, str]]:
    """By drawn item, the nearest it waits for and the nearest that waits for it; itself without one."""
    top = {name: drawn.layout.top(name) for name in drawn.order}
    net = scene.net.graph

    def nearest(name: str, others: Iterable[str]) -> str:
        far = drawn.layout.height
        return min(
            others, key=lambda each: abs(top.get(each, far * 2) - top.get(name, 0)), default=name
        )

    return {
        name: (nearest(name, net.predecessors(name)), nearest(name, net.successors(name)))
        for name in top
    }


def _below(scene: Scene, after: Failing | None) -> tuple[Line, ...]:
    """What the failing of the selected item means, in two lines."""
    if scene.selected is None or after is None:
        return ((), ())
    case, lost, rest = told(scene.plan, scene.forecast, scene.selected, after)
    effect: list[Line] = [
        (Span(f" {case} ", "bold"), Span(lost)),
        (Span(f" {joined(rest, scene.width - 2)}", "dim"),),
    ]
    return tuple(effect)
