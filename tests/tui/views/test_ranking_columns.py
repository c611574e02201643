"""Ranking columns: one declaration gives heading, width, cell and order."""

from dataclasses import replace

import pytest

from roadmap_tui.tui.view_options import ViewOptions
from roadmap_tui.tui.views import ranking_row
from roadmap_tui.tui.views.lines import StyledSpan, line_text, line_width
from roadmap_tui.tui.views.ranking_columns import RANKING_COLUMNS, RankedRow, RankingColumn
from roadmap_tui.tui.views.ranking_row import RankingLayout
from roadmap_tui.tui.views.view_model import ViewModel
from tests.tui.plans import SHIPPED, scene_of

SCENE = scene_of(SHIPPED[0].read_text(encoding="utf-8"))
ALL = frozenset(each.name for each in RANKING_COLUMNS if not each.is_default)


def wide(scene: ViewModel) -> ViewModel:
    """The scene with room for all columns, and all of them chosen."""
    return replace(scene, width=300, options=ViewOptions(hidden=ALL))


def test_names_are_unique_and_one_column_takes_the_rest() -> None:
    names = [each.name for each in RANKING_COLUMNS]
    assert len(set(names)) == len(names)
    assert [each.name for each in RANKING_COLUMNS if not each.width] == ["title"]


@pytest.mark.parametrize("column", RANKING_COLUMNS, ids=lambda column: column.name)
def test_every_cell_is_as_wide_as_its_column(column: RankingColumn) -> None:
    gutter = 1 if column.name == "rank" else 0
    cells = RankingLayout.of(wide(SCENE)).cells[column]
    for row in SCENE.forecast.ranking:
        spans = column.cell(RankedRow(SCENE, row, " ", 1.0), cells)
        assert line_width(tuple(spans)) + gutter == cells, (column.name, row.id)


@pytest.mark.parametrize("width", [60, 80, 100, 160, 300])
def test_heads_stand_above_their_cells(width: int) -> None:
    layout = RankingLayout.of(replace(wide(SCENE), width=width))
    assert sum(layout.cells.values()) == width
    heading = line_text(layout.heading())
    end = 0
    for column, cells in layout.cells.items():
        end += cells
        assert column.head.strip() in heading[end - cells : end + 1], column.name


def test_a_declared_column_has_a_head_and_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    added = RankingColumn(
        "marker", "a marker", "marker", 9, 1, lambda _, cells: [StyledSpan("here".rjust(cells))]
    )
    monkeypatch.setattr(ranking_row, "RANKING_COLUMNS", (*RANKING_COLUMNS, added))
    layout = RankingLayout.of(replace(SCENE, width=120))
    assert line_text(layout.heading()).endswith("   marker")
    for row in SCENE.forecast.ranking:
        (line,) = layout.row(row, " ")
        assert line_text(line).endswith("     here")
