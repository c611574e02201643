"""The board's strip of what runs: a row of figures for each live item, and below it what belongs to them."""

from collections.abc import Iterator
from functools import partial

from roadmap_tui.app.lines import Line, Span, clip, fit, mark, width
from roadmap_tui.app.sheet import Block
from roadmap_tui.app.view import Scene
from roadmap_tui.app.views.fitness_item import STYLES
from roadmap_tui.report.fitness_live import HEADS, Cell, Live, live

_GAP, _NAME, _LEAST = 2, 26, 12
_SPARE = ("cost a task", "latency", "override", "measured")
"""Columns that may be left out, the first one first."""


def live_strip(scene: Scene) -> list[Line | Block]:
    """The heading, and a block for each item; nothing where nothing runs."""
    running = [each for each in live(scene.fitness) if each.id in scene.shown]
    if not running:
        return []
    table = _Table(scene, running)
    blocks = (
        Block(partial(table.rows, each), (each.id,), 1 + bool(each.cells and each.notes))
        for each in running
    )
    return [table.heading(), *blocks, ()]


class _Table:
    """As many columns as there is room for, each as wide as its texts."""

    def __init__(self, scene: Scene, running: list[Live]) -> None:
        self._scene = scene
        told = [each.cells for each in running if each.cells]
        widths = {
            at: max(width(head), *(width(cells[at].text) for cells in told)) + _GAP
            for at, head in enumerate(HEADS)
            if any(cells[at].text for cells in told)
        }
        longest = max(width(scene.title(each.id)) for each in running)
        for head in _SPARE:
            if sum(widths.values()) + _LEAST + 1 <= scene.width:
                break
            widths.pop(HEADS.index(head), None)
        if widths:
            widths[max(widths)] -= _GAP
        self._widths = widths
        self._name = max(
            1,
            min(
                longest,
                _NAME if told else scene.width,
                scene.width - sum(widths.values()) - 1 - _GAP,
            ),
        )

    def heading(self) -> Line:
        heads = (Span(fit(HEADS[at], cells), "dim") for at, cells in self._widths.items())
        return (Span(fit(" LIVE", self._name + 1 + _GAP), "bold"), *heads)

    def rows(self, live: Live) -> Iterator[Line]:
        """Its figures, and what belongs to them; on one line where it has none."""
        scene, name = self._scene, live.id
        track = scene.item(name).track
        lead, title = (
            mark(name, track),
            Span(f"{fit(scene.title(name), self._name)}{' ' * _GAP}", f"{track} bold", name),
        )
        notes = Span(clip(" · ".join(live.notes), scene.width - _GAP - 1), "dim", name)
        if not live.cells:
            yield (lead, title, notes)
            return
        yield (
            lead,
            title,
            *(_cell(live.cells[at], cells, name) for at, cells in self._widths.items()),
        )
        if live.notes:
            yield (lead, Span("  ", "", name), notes)


def _cell(cell: Cell, cells: int, name: str) -> Span:
    if not cell.text:
        return Span(fit("–", cells), "faint", name)
    return Span(fit(cell.text, cells), "" if cell.level is None else STYLES[cell.level], name)
