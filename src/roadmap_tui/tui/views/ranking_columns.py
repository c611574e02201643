"""The columns of the ranking: each is declared once, with its head, room, cell and sort key."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from roadmap_tui.forecast.simulation.results import RankRow
from roadmap_tui.narrative.item_figures import (
    format_estimate,
    format_finish_range,
    format_place_change,
    format_rank_range,
    format_rank_shift,
    format_score,
    format_score_factors,
)
from roadmap_tui.plan.item_fields import BetFields
from roadmap_tui.plan.items import Item
from roadmap_tui.text.numbers import format_chance, format_ordinal
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.view_options import ViewOptions
from roadmap_tui.tui.views.finding_badges import finding_badges
from roadmap_tui.tui.views.lines import (
    StyledSpan,
    align_right,
    fit_cells,
    line_width,
    text_cells,
    truncate,
)
from roadmap_tui.tui.views.view_model import ViewModel

_LAST = 1e18
"""Sort key of a missing figure."""
_MOVED = {"▲": "good", "▼": "warn"}


@dataclass(frozen=True, slots=True)
class RankedRow:
    """A row to draw.

    Attributes:
        bracket: ties it to neighbours that are too close to call.
        top_score: the highest score, at which score ranges end.
    """

    scene: ViewModel
    row: RankRow
    bracket: str
    top_score: float

    @property
    def track(self) -> str:
        """The track of the item."""
        return self.scene.item(self.row.id).track


CellRenderer: TypeAlias = Callable[[RankedRow, int], list[StyledSpan]]
SortKey: TypeAlias = Callable[[ViewModel, RankRow], float | str]


@dataclass(frozen=True, slots=True)
class RankingColumn:
    """A column of the ranking.

    Attributes:
        name: what view options call it.
        label: what dialogs call it.
        head: above the column.
        width: in cells; 0 for the one that takes the rest.
        priority: the lowest gets room first; equal ones only get it together.
        cell: draws the cell of an item in that many cells.
        sort_key: the smallest comes first; None if the ranking can't be sorted by it.
        what_if_head: the head during a what-if, where that is another.
        is_left_aligned: whether the head stands at the left.
        is_default: whether it is shown at first.
        can_be_hidden: whether it can be shown and hidden.
    """

    name: str
    label: str
    head: str
    width: int
    priority: int
    cell: CellRenderer
    sort_key: SortKey | None = None
    what_if_head: str = ""
    is_left_aligned: bool = False
    is_default: bool = True
    can_be_hidden: bool = True

    def is_wanted(self, look: ViewOptions) -> bool:
        """Whether people want to see it."""
        return self.is_default != (self.name in look.hidden)


def _rank(item: RankedRow, _cells: int) -> list[StyledSpan]:
    weighted = item.row.weighted
    rank = align_right(str(weighted.rank) if weighted else "–", 3)
    return [StyledSpan(f" {item.bracket}", "dim"), StyledSpan(rank, "bold")]


def _plain(item: RankedRow, cells: int) -> list[StyledSpan]:
    before, moved = _before(item)
    half = cells // 2
    style = _MOVED.get(moved[:1], "dim")
    return [
        StyledSpan(align_right(before, half), "dim"),
        StyledSpan(fit_cells(f" {moved}", cells - half), style),
    ]


def _before(item: RankedRow) -> tuple[str, str]:
    """The plain rank and the shift from it; in a what-if, those without it."""
    row, base = item.row, item.scene.baseline
    if base is None:
        return str(row.rice.rank) if row.rice else "–", format_rank_shift(row)
    before = base.rank_row(row.id)
    if before is None or before.weighted is None or row.weighted is None:
        return "–", ""
    return str(before.weighted.rank), format_place_change(before.weighted.rank, row.weighted.rank)


def _title(item: RankedRow, cells: int) -> list[StyledSpan]:
    """The title, AI in letters, and what the checks have found."""
    scene, name = item.scene, item.row.id
    tail = [StyledSpan(" AI", f"{item.track} bold")] if scene.is_ai(name) else []
    tail += [StyledSpan(f" {each.text}", each.style) for each in finding_badges(scene, name)]
    while tail and line_width(tuple(tail)) > cells // 2:
        tail.pop()
    room = cells - line_width(tuple(tail)) - 1
    title = truncate(scene.title(name), max(1, room))
    filler = " " * max(0, room - text_cells(title))
    text = f" {title}" if cells > 1 else ""
    return [StyledSpan(text, f"{item.track} bold"), *tail, StyledSpan(filler)]


def _score_range(item: RankedRow, cells: int) -> list[StyledSpan]:
    """The 80% range of the score as a line, the score itself as a dot."""
    row, room = item.row, cells - 2
    if row.score_range is None or row.weighted is None:
        return [StyledSpan(" " * cells, item.track)]

    def place(value: float) -> int:
        # along the root, so that small scores differ too
        share = math.sqrt(max(0.0, value) / item.top_score)
        return min(room - 1, max(0, int(share * room)))

    low, high = map(place, row.score_range)
    signs = ["━" if low <= at <= high else " " for at in range(room)]
    signs[place(row.weighted.score)] = "●"
    return [StyledSpan(f" {''.join(signs)} ", item.track)]


def _text(write: Callable[[RankedRow], str], style: str = "") -> CellRenderer:
    """A cell with a text at its right."""
    return lambda item, cells: [StyledSpan(align_right(write(item), cells), style)]


def _words(read: Callable[[Item], str]) -> CellRenderer:
    """A cell with a text of the file at its left."""

    def draw(item: RankedRow, cells: int) -> list[StyledSpan]:
        words = escape_control(read(item.scene.plan.items[item.row.id]) or "–")
        return [StyledSpan(fit_cells(f" {words}", cells), "dim")]

    return draw


def _reach(item: Item) -> str:
    return format_estimate(item.reach) if isinstance(item, BetFields) else ""


def _impact(item: Item) -> str:
    return format_estimate(item.impact) if isinstance(item, BetFields) else ""


def _confidence(item: Item) -> str:
    if isinstance(item, BetFields) and item.confidence is not None:
        return format_chance(item.confidence)
    return ""


def _build_order(item: RankedRow) -> str:
    return format_ordinal(item.row.build_position) if item.row.build_position else "–"


def _ships(item: RankedRow) -> str:
    return item.scene.chance_text(item.scene.item(item.row.id))


def _finish(item: RankedRow) -> str:
    return format_finish_range(item.scene.forecast, item.scene.item(item.row.id))


def _finish_key(scene: ViewModel, row: RankRow) -> float:
    finish = scene.item(row.id).finish
    return _LAST if finish is None else finish.p50


RANKING_COLUMNS = (
    RankingColumn(
        "rank",
        "rank: the weighted score",
        "#",
        6,
        0,
        _rank,
        lambda _, row: row.weighted.rank if row.weighted else _LAST,
        can_be_hidden=False,
    ),
    RankingColumn(
        "plain",
        "RICE rank, and the shift from it",
        " RICE",
        8,
        3,
        _plain,
        lambda _, row: row.rice.rank if row.rice else _LAST,
        what_if_head=" was",
        is_left_aligned=True,
    ),
    RankingColumn(
        "title",
        "title",
        "",
        0,
        0,
        _title,
        lambda scene, row: scene.title(row.id).casefold(),
        can_be_hidden=False,
    ),
    RankingColumn(
        "score",
        "score",
        "score",
        8,
        1,
        _text(lambda item: format_score(item.row), "bold"),
        can_be_hidden=False,
    ),
    RankingColumn(
        "range",
        "the score's range as a line",
        "",
        14,
        6,
        _score_range,
        lambda _, row: -row.score_range[1] if row.score_range else _LAST,
    ),
    RankingColumn(
        "value",
        "value",
        "value",
        10,
        2,
        _text(lambda item: format_score_factors(item.row)[0]),
        lambda _, row: -row.value,
    ),
    RankingColumn(
        "delivers",
        "chance to deliver",
        "× chance",
        11,
        2,
        _text(lambda item: f"× {format_score_factors(item.row)[1]:>4}"),
        lambda _, row: -row.delivers,
    ),
    RankingColumn(
        "effort",
        "effort, the least first",
        "÷ effort",
        9,
        2,
        _text(lambda item: f"÷ {format_score_factors(item.row)[2]:>5}"),
        lambda _, row: row.effort,
    ),
    RankingColumn(
        "spread",
        "the rank's range",
        "rank",
        7,
        4,
        _text(lambda item: format_rank_range(item.row), "dim"),
        lambda _, row: row.rank_range[0] if row.rank_range else _LAST,
    ),
    RankingColumn(
        "worked",
        "build order",
        "build",
        7,
        5,
        _text(_build_order),
        lambda _, row: _LAST if row.build_position is None else row.build_position,
    ),
    RankingColumn(
        "ships",
        "chance to ship by the horizon",
        "ships",
        7,
        7,
        _text(_ships),
        lambda scene, row: -scene.item(row.id).ships,
        is_default=False,
    ),
    RankingColumn(
        "finish",
        "likely finish",
        "finish",
        16,
        8,
        _text(_finish),
        _finish_key,
        is_default=False,
    ),
    RankingColumn(
        "team",
        "team",
        "team",
        11,
        9,
        _words(lambda item: item.team or ""),
        lambda scene, row: scene.plan.items[row.id].team or "￿",
        is_left_aligned=True,
        is_default=False,
    ),
    RankingColumn(
        "owner",
        "owner",
        "owner",
        11,
        10,
        _words(lambda item: item.owner or ""),
        lambda scene, row: scene.plan.items[row.id].owner or "￿",
        is_left_aligned=True,
        is_default=False,
    ),
    RankingColumn(
        "tags",
        "tags",
        "tags",
        15,
        11,
        _words(lambda item: ", ".join(item.tags)),
        lambda scene, row: ", ".join(scene.plan.items[row.id].tags) or "￿",
        is_left_aligned=True,
        is_default=False,
    ),
    RankingColumn(
        "reach", "reach", "reach", 19, 12, _words(_reach), is_left_aligned=True, is_default=False
    ),
    RankingColumn(
        "impact",
        "impact",
        "impact",
        12,
        12,
        _words(_impact),
        is_left_aligned=True,
        is_default=False,
    ),
    RankingColumn(
        "confidence",
        "confidence",
        "conf.",
        7,
        12,
        _words(_confidence),
        is_left_aligned=True,
        is_default=False,
    ),
)
"""All columns, from left to right."""
RANKING_COLUMN_BY_NAME = {each.name: each for each in RANKING_COLUMNS}
