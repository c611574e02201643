"""Live items on the board: a row of figures each, with notes below."""

from collections.abc import Iterator
from functools import partial

from roadmap_tui.narrative.readiness.live_items import LIVE_COLUMNS, LiveCell, LiveItem, live_items
from roadmap_tui.tui.views.lazy_lines import LineBlock
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    fit_cells,
    selection_mark,
    text_cells,
    truncate,
)
from roadmap_tui.tui.views.readiness_item import STYLES
from roadmap_tui.tui.views.view_model import ViewModel

_GAP, _NAME, _LEAST = 2, 26, 12
_SPARE = ("cost a task", "latency", "override", "measured")
"""Columns that may be left out, in that order."""


def live_item_lines(scene: ViewModel) -> list[Line | LineBlock]:
    """The heading and a block per live item; empty without any."""
    running = [each for each in live_items(scene.readiness) if each.id in scene.visible]
    if not running:
        return []
    table = _Table(scene, running)
    blocks = (
        LineBlock(partial(table.rows, each), (each.id,), 1 + bool(each.cells and each.notes))
        for each in running
    )
    return [table.heading(), *blocks, ()]


class _Table:
    """The columns that fit, each as wide as its texts."""

    def __init__(self, scene: ViewModel, running: list[LiveItem]) -> None:
        self._scene = scene
        rows = [each.cells for each in running if each.cells]
        widths: dict[int, int] = {}
        for at, head in enumerate(LIVE_COLUMNS):
            texts = [cells[at].text for cells in rows]
            if any(texts):
                widths[at] = max(map(text_cells, (head, *texts))) + _GAP
        longest = max(text_cells(scene.title(each.id)) for each in running)
        for head in _SPARE:
            if sum(widths.values()) + _LEAST + 1 <= scene.width:
                break
            widths.pop(LIVE_COLUMNS.index(head), None)
        if widths:
            widths[max(widths)] -= _GAP
        self._widths = widths
        self._name = max(
            1,
            min(
                longest,
                _NAME if rows else scene.width,
                scene.width - sum(widths.values()) - 1 - _GAP,
            ),
        )

    def heading(self) -> Line:
        heads = (
            StyledSpan(fit_cells(LIVE_COLUMNS[at], cells), "dim")
            for at, cells in self._widths.items()
        )
        return (StyledSpan(fit_cells(" LIVE", self._name + 1 + _GAP), "bold"), *heads)

    def rows(self, live: LiveItem) -> Iterator[Line]:
        """The figures of an item, then its notes; on one line without figures."""
        scene, name = self._scene, live.id
        track = scene.item(name).track
        lead, title = (
            selection_mark(name, track),
            StyledSpan(
                f"{fit_cells(scene.title(name), self._name)}{' ' * _GAP}", f"{track} bold", name
            ),
        )
        notes = StyledSpan(truncate(" · ".join(live.notes), scene.width - _GAP - 1), "dim", name)
        if not live.cells:
            yield (lead, title, notes)
            return
        yield (
            lead,
            title,
            *(_cell(live.cells[at], cells, name) for at, cells in self._widths.items()),
        )
        if live.notes:
            yield (lead, StyledSpan("  ", "", name), notes)


def _cell(cell: LiveCell, cells: int, name: str) -> StyledSpan:
    if not cell.text:
        return StyledSpan(fit_cells("–", cells), "faint", name)
    return StyledSpan(
        fit_cells(cell.text, cells), "" if cell.level is None else STYLES[cell.level], name
    )
