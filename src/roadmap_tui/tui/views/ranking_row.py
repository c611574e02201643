"""The rows of the ranking, in as many columns as are wanted and as there is room for."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, groupby

from roadmap_tui.forecast.simulation.results import RankRow
from roadmap_tui.tui.views.lines import (
    Line,
    StyledSpan,
    align_right,
    fit_cells,
    selection_mark,
    text_cells,
    truncate,
)
from roadmap_tui.tui.views.ranking_columns import RANKING_COLUMNS, RankedRow, RankingColumn
from roadmap_tui.tui.views.view_model import ViewModel

_TITLE_MIN, _TITLE_USUAL = 16, 34
_WIDE = 120
"""Cells from which on the range of the score takes what room is left."""
SORT_BY = "sort by "
"""Before the name of a column, what a click on its head selects."""


@dataclass(frozen=True, slots=True)
class RankingLayout:
    """The columns that there is room for, from left to right, with their cells.

    Attributes:
        top_score: the highest score, at which score ranges end.
    """

    scene: ViewModel
    cells: dict[RankingColumn, int]
    top_score: float

    @classmethod
    def of(cls, scene: ViewModel) -> "RankingLayout":
        """The columns that fit."""
        shown = _fitting_columns(scene)
        cells = {column: column.width for column in RANKING_COLUMNS if column in shown}
        taken = sum(cells.values())
        for column in cells:
            if column.name == "range" and scene.width > _WIDE:
                more = max(0, scene.width - taken - _TITLE_USUAL)
                cells[column] += more
                taken += more
        for column in cells:
            if not column.width:
                cells[column] = max(1, scene.width - taken)
        ranges = (row.score_range for row in scene.forecast.ranking)
        best = max((high for _, high in filter(None, ranges)), default=1.0)
        return cls(scene, cells, max(best, 1e-9))

    def heading(self) -> Line:
        """The heads of the columns; a click on one sorts by it."""
        return tuple(self._head(column, cells) for column, cells in self.cells.items())

    def _head(self, column: RankingColumn, cells: int) -> StyledSpan:
        look, text = self.scene.options, self._head_text(column, cells)
        if column.sort_key is None:
            return StyledSpan(text, "dim")
        style = "bold" if column.name == look.sort else "dim"
        return StyledSpan(text, style, f"{SORT_BY}{column.name}")

    def _head_text(self, column: RankingColumn, cells: int) -> str:
        head = column.head
        if column.what_if_head and self.scene.baseline is not None:
            head = column.what_if_head
        if column.name == "rank":
            return align_right(head, cells - 1) + " "
        if column.is_left_aligned:
            return fit_cells(f" {head.strip()}", cells)
        return align_right(head, cells)

    def row(self, row: RankRow, bracket: str) -> tuple[Line]:
        """One item, on one line."""
        item = RankedRow(self.scene, row, bracket, self.top_score)
        spans = (column.cell(item, cells) for column, cells in self.cells.items())
        cut = _fit_spans(chain.from_iterable(spans), self.scene.width - 1)
        line = (StyledSpan(span.text, span.style, row.id) for span in cut)
        return ((selection_mark(row.id, item.track), *line),)


def _fitting_columns(scene: ViewModel) -> set[RankingColumn]:
    """The columns that are wanted and fit, those with the lowest priority first."""
    shown = {column for column in RANKING_COLUMNS if not column.priority}
    room = scene.width - sum(column.width for column in shown) - _TITLE_MIN
    by_priority = sorted(RANKING_COLUMNS, key=lambda column: column.priority)
    for _, group in groupby(by_priority, key=lambda column: column.priority):
        some = [each for each in group if each not in shown and each.is_wanted(scene.options)]
        needed = sum(column.width for column in some)
        if needed <= room:
            shown.update(some)
            room -= needed
    return shown


def _fit_spans(spans: Iterable[StyledSpan], cells: int) -> Iterator[StyledSpan]:
    """The spans in that many cells, the last of them cut where they are more."""
    left = cells
    for span in spans:
        if left <= 0:
            return
        text = span.text if text_cells(span.text) <= left else truncate(span.text, left)
        left -= text_cells(text)
        yield StyledSpan(text, span.style)
