"""The graph of the map: as much of it as fits, its labels and lines put together."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import networkx as nx

from roadmap_tui.app.lines import Line, Span, line_width, width
from roadmap_tui.app.view import Scene
from roadmap_tui.app.views.labels import Label, label, stub
from roadmap_tui.plan.failing import Failing
from roadmap_tui.report.failing import fails
from roadmap_tui.report.layered.grid import Columns, Look, Pattern, columns, strokes
from roadmap_tui.report.layered.layers import Edge
from roadmap_tui.report.layered.layout import Layout, layout
from roadmap_tui.report.net import Cut, Tie, TieKind, chain, groups

HEADS: dict[TieKind, str] = {
    "need": "▸",
    "choice": "or▸",
    "informs": "◆▸",
    "instead_of": "else▸",
    "via": "▸",
    "more": "▸",
}
"""The heads of the arrows."""
_PATTERNS: dict[TieKind, Pattern] = {"choice": "dashed", "via": "dotted", "more": "dotted"}
_NARROW, _WIDE = 13, 30
_TRIES = 3


@dataclass(frozen=True, slots=True)
class Focus:
    """What is put forward.

    Attributes:
        behind: the selected item and all it hangs on.
        ahead: the selected item and all that hangs on it.
        after: what follows if it fails.
        chain: the ties of the likeliest chain that sets the target's finish.
    """

    behind: frozenset[str] = frozenset()
    ahead: frozenset[str] = frozenset()
    after: Failing | None = None
    chain: frozenset[Tie] = frozenset()

    @classmethod
    def of(cls, scene: Scene) -> "Focus":
        """What a scene's selection and causes put forward."""
        causes, net = scene.causes, scene.net
        heavy = (
            frozenset(chain(net.ties, causes.target, causes.critical))
            if causes
            else frozenset[Tie]()
        )
        name = scene.selected
        if name is None or name not in scene.forecast.items:
            return cls(chain=heavy)
        after = fails(net.waiting, name)
        if name not in net.graph:
            return cls(after=after, chain=heavy)
        behind, ahead = nx.ancestors(net.graph, name), nx.descendants(net.graph, name)
        return cls(frozenset({name, *behind}), frozenset({name, *ahead}), after, heavy)

    @property
    def lost(self) -> tuple[str, ...]:
        """What can't ship if it fails."""
        return self.after.lost if self.after is not None else ()

    def has(self, name: str) -> bool:
        """Whether an item is put forward."""
        return name in self.behind or name in self.ahead

    def holds(self, tie: Tie) -> bool:
        """Whether a tie lies on a way to or from the selected item."""
        return any(tie.before in side and tie.after in side for side in (self.behind, self.ahead))


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn graph.

    Attributes:
        cut: the items and ties that are drawn.
        layout: where they stand.
        labels: what stands at each item and each stub.
        ties: what each edge of the layout is.
        columns: where the layers lie.
        focus: what is put forward.
    """

    cut: Cut
    layout: Layout
    labels: Mapping[str, Label]
    ties: Mapping[Edge, Tie]
    columns: Columns
    focus: Focus

    @property
    def order(self) -> tuple[str, ...]:
        """The items, layer by layer, top to bottom; stubs are none."""
        return tuple(
            name for layer in self.layout.layers for name in layer if name not in self.cut.stubs
        )

    @property
    def cells(self) -> int:
        """How wide it is."""
        return max(map(sum, zip(self.columns.left, self.columns.width, strict=True)), default=0)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its lines, top to bottom."""
        rows: dict[int, list[tuple[int, Span]]] = {at: [] for at in range(self.layout.height)}
        for row, column, span in (*self._labels(), *self._heads(), *self._strokes()):
            rows[row].append((column, span))
        return tuple(_line(sorted(row, key=lambda each: each[0])) for row in rows.values())

    def _labels(self) -> Iterator[tuple[int, int, Span]]:
        for name, each in self.labels.items():
            left = self.columns.left[self.layout.layer[name]]
            for nth, line in enumerate(each.lines):
                for at, span in enumerate(line):
                    yield self.layout.top(name) + nth, left + line_width(line[:at]), span

    def _heads(self) -> Iterator[tuple[int, int, Span]]:
        best: dict[tuple[int, int], Tie] = {}
        for edge, tie in sorted(self.ties.items(), key=lambda each: self.focus.holds(each[1])):
            column = self.columns.left[self.layout.layer[edge.target]] - width(HEADS[tie.kind])
            best[self.layout.entry(edge), column] = tie
        for (row, column), tie in best.items():
            yield row, column, Span(HEADS[tie.kind], self._style([tie]))

    def _strokes(self) -> Iterator[tuple[int, int, Span]]:
        looks = {
            edge: Look(tie in self.focus.chain, _PATTERNS.get(tie.kind, "solid"))
            for edge, tie in self.ties.items()
        }
        drawn = strokes(
            self.layout,
            self.columns,
            looks,
            lambda name: self.labels[name].first,
            lambda edge: width(HEADS[self.ties[edge].kind]),
        )
        styles = {
            edges: self._style(self.ties[edge] for edge in edges)
            for edges in {s.edges for s in drawn.values()}
        }
        for (row, column), stroke in drawn.items():
            yield row, column, Span(stroke.char, styles[stroke.edges])

    def _style(self, ties: Iterable[Tie]) -> str:
        ties = list(ties)
        if any(tie in self.focus.chain for tie in ties):
            return "bold"
        return "" if any(self.focus.holds(tie) for tie in ties) else "faint"


def _line(row: list[tuple[int, Span]]) -> Line:
    """The spans with the spaces between them; those of one style as one."""
    spans: list[Span] = []
    at = 0
    for column, span in row:
        if column > at:
            spans.append(Span(" " * (column - at)))
        at = column + width(span.text)
        last = spans[-1] if spans else None
        if last is not None and span.item is None and (last.style, last.item) == (span.style, None):
            spans[-1] = Span(last.text + span.text, span.style)
        else:
            spans.append(span)
    return tuple(spans)


def drawing(scene: Scene, part: Cut, focus: Focus) -> Drawing:
    """A part of a net drawn with labels as wide as there is room for; too wide if it does not fit at all."""
    narrow = _drawn(scene, part, focus, _NARROW)
    if narrow.cells > scene.width:
        return narrow
    cells = _WIDE
    for _ in range(_TRIES):
        drawn = _drawn(scene, part, focus, cells)
        if drawn.cells <= scene.width:
            return drawn
        cells = _narrower(drawn.columns.width, drawn.cells - scene.width)
    return narrow


def _narrower(widths: tuple[int, ...], over: int) -> int:
    """The widest that labels may be so that the columns take that many cells less."""
    cap = max(widths)
    while cap > _NARROW and sum(min(each, cap) for each in widths) > sum(widths) - over:
        cap -= 1
    return cap


def _drawn(scene: Scene, part: Cut, focus: Focus, cells: int) -> Drawing:
    labels = {
        name: label(scene, name, cells, near=focus.has(name), lost=name in focus.lost)
        for name in part.names
    } | {name: stub(len(items)) for name, items in part.stubs.items()}
    ties = {Edge(tie.before, tie.after, group): tie for tie, group in groups(part.ties).items()}
    laid = layout({name: len(each.lines) for name, each in labels.items()}, ties)
    widths = [max(labels[name].cells for name in layer) for layer in laid.layers]
    heads = [
        max(
            (width(HEADS[tie.kind]) for edge, tie in ties.items() if laid.layer[edge.target] == at),
            default=0,
        )
        for at in range(len(widths))
    ]
    return Drawing(part, laid, labels, ties, columns(laid, widths, heads), focus)
