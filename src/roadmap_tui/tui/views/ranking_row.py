"""The rows of the ranking, in as many columns as are wanted and as there is room for."""

import math
from collections.abc import Iterator

from roadmap_tui.forecast.simulation.results import RankRow
from roadmap_tui.narrative.item_figures import (
    format_finish_range,
    format_place_change,
    format_rank_range,
    format_rank_shift,
    format_score,
    format_score_factors,
)
from roadmap_tui.text.dates import format_ordinal
from roadmap_tui.text.terminal_text import escape_control
from roadmap_tui.tui.view_options import ViewOptions
from roadmap_tui.tui.views.finding_badges import finding_badges
from roadmap_tui.tui.views.lines import (
    Line,
    TextSpan,
    align_right,
    cell_width,
    fit_cells,
    line_width,
    selection_mark,
    truncate,
)
from roadmap_tui.tui.views.view_model import ViewModel

_WIDTHS = {
    "plain": 8,
    "score": 8,
    "range": 14,
    "value": 10,
    "delivers": 11,
    "effort": 9,
    "spread": 7,
    "worked": 7,
    "ships": 7,
    "finish": 16,
    "team": 11,
}
_RANK = 6
_DEFAULT_COLUMNS = ("plain", "score", "range", "value", "delivers", "effort", "spread", "worked")
"""Columns that are shown at first; the others are chosen."""
_FACTORS = ("value", "delivers", "effort")
_PRIORITY = (
    ("score",),
    _FACTORS,
    ("plain",),
    ("spread",),
    ("worked",),
    ("range",),
    ("ships",),
    ("finish",),
    ("team",),
)
"""Columns in the order in which they get room, those together that mean nothing alone."""
_LEAST, _WIDE, _COMMON = 16, 120, 34
_HEADS = {"value": "value", "delivers": "× delivers", "effort": "÷ effort", "spread": "rank"}
_MOVED = {"▲": "good", "▼": "warn"}


def is_column_shown(look: ViewOptions, column: str) -> bool:
    """Whether a column is wanted."""
    return (column in _DEFAULT_COLUMNS) != (column in look.hidden)


class RankingLayout:
    """Which columns there is room for, and how wide they are."""

    def __init__(self, scene: ViewModel, shown: tuple[str, ...], best: float) -> None:
        self.scene = scene
        self.columns = shown
        self.top_score = best
        self.widths = dict(_WIDTHS)
        taken = _RANK + sum(_WIDTHS[each] for each in shown)
        if "range" in shown and scene.width > _WIDE:
            more = max(0, scene.width - taken - _COMMON)
            self.widths["range"] += more
            taken += more
        self.title = max(1, scene.width - taken)

    @classmethod
    def of(cls, scene: ViewModel) -> "RankingLayout":
        """The columns that fit."""
        room = scene.width - _RANK - _LEAST
        wanted: list[str] = []
        for columns in _PRIORITY:
            some = [each for each in columns if is_column_shown(scene.options, each)]
            needed = sum(_WIDTHS[each] for each in some)
            if needed <= room:
                wanted += some
                room -= needed
        best = max(
            (row.score_range[1] for row in scene.forecast.ranking if row.score_range), default=1.0
        )
        return cls(scene, tuple(each for each in _WIDTHS if each in wanted), max(best, 1e-9))

    def heading(self) -> Line:
        """The columns' names."""
        base = self.scene.baseline is not None
        parts = [align_right("#", _RANK - 1) + " "]
        if "plain" in self.columns:
            parts.append(fit_cells(" was" if base else " plain", self.widths["plain"]))
        parts.append(fit_cells("", self.title))
        for each in self.columns:
            if each == "plain":
                continue
            head = _HEADS.get(each, "" if each == "range" else each)
            parts.append(
                align_right(head, self.widths[each])
                if each != "team"
                else fit_cells(f" {head}", self.widths[each])
            )
        return (TextSpan("".join(parts), "dim"),)

    def row(self, row: RankRow, bracket: str) -> tuple[Line]:
        """One item, on one line."""
        scene = self.scene
        track = scene.item(row.id).track
        rank = align_right(str(row.weighted.rank) if row.weighted else "–", 3)
        spans: list[TextSpan] = [TextSpan(f" {bracket}", "dim"), TextSpan(rank, "bold")]
        spans += self._plain_rank_cell(row) if "plain" in self.columns else [TextSpan("")]
        spans += self._title_cell(row, track)
        for each in self.columns:
            if each != "plain":
                spans.append(self._cell(row, each, track))
        lead = selection_mark(row.id, track)
        return (
            (
                lead,
                *(
                    TextSpan(span.text, span.style, row.id)
                    for span in _fit_spans(spans, scene.width - 1)
                ),
            ),
        )

    def _plain_rank_cell(self, row: RankRow) -> list[TextSpan]:
        before, moved = self._previous_rank(row)
        return [
            TextSpan(align_right(before, 4), "dim"),
            TextSpan(fit_cells(f" {moved}", 4), _MOVED.get(moved[:1], "dim")),
        ]

    def _title_cell(self, row: RankRow, track: str) -> list[TextSpan]:
        """The title, AI in letters, and what the checks have found."""
        scene = self.scene
        found = list(finding_badges(scene, row.id))
        tail: list[TextSpan] = [TextSpan(" AI", f"{track} bold")] if scene.is_ai(row.id) else []
        tail += [TextSpan(f" {each.text}", each.style) for each in found]
        while tail and line_width(tuple(tail)) > self.title // 2:
            tail.pop()
        room = self.title - line_width(tuple(tail)) - 1
        name = truncate(scene.title(row.id), max(1, room))
        space = max(0, room - cell_width(name))
        return [
            TextSpan(f" {name}" if self.title > 1 else "", f"{track} bold"),
            *tail,
            TextSpan(" " * space),
        ]

    def _cell(self, row: RankRow, column: str, track: str) -> TextSpan:
        cells = self.widths[column]
        match column:
            case "score":
                return TextSpan(align_right(format_score(row), cells), "bold")
            case "range":
                return TextSpan(self._score_line(row, cells), track)
            case "spread":
                return TextSpan(align_right(format_rank_range(row), cells), "dim")
            case "team":
                return TextSpan(
                    fit_cells(
                        f" {escape_control(self.scene.plan.items[row.id].team or '–')}", cells
                    ),
                    "dim",
                )
        return TextSpan(align_right(self._text(row, column), cells))

    def _text(self, row: RankRow, column: str) -> str:
        value, delivers, effort = format_score_factors(row)
        match column:
            case "value":
                return value
            case "delivers":
                return f"× {delivers:>4}"
            case "effort":
                return f"÷ {effort:>5}"
            case "worked":
                return format_ordinal(row.build_position) if row.build_position else "–"
            case "ships":
                return self.scene.chance_text(self.scene.item(row.id))
        return format_finish_range(self.scene.forecast, self.scene.item(row.id))

    def _previous_rank(self, row: RankRow) -> tuple[str, str]:
        """The plain rank or, while something is tried, the rank as it is; and how far the weighted one is from it."""
        if self.scene.baseline is None:
            return str(row.rice.rank) if row.rice else "–", format_rank_shift(row)
        base = self.scene.baseline.rank_row(row.id)
        if base is None or base.weighted is None or row.weighted is None:
            return "–", ""
        return str(base.weighted.rank), format_place_change(base.weighted.rank, row.weighted.rank)

    def _score_line(self, row: RankRow, room: int) -> str:
        """The score's 80 % range as a line, the score itself a dot; along the root, so that small ones differ too."""
        cells = room - 2
        if row.score_range is None or row.weighted is None:
            return " " * room
        low, high = (self._score_cell(value, cells) for value in row.score_range)
        dot = self._score_cell(row.weighted.score, cells)
        signs = ["━" if low <= at <= high else " " for at in range(cells)]
        signs[dot] = "●"
        return f" {''.join(signs)} "

    def _score_cell(self, score: float, cells: int) -> int:
        return min(cells - 1, max(0, int(math.sqrt(max(0.0, score) / self.top_score) * cells)))


def _fit_spans(spans: list[TextSpan], cells: int) -> Iterator[TextSpan]:
    """The spans in that many cells, the last of them cut where they are more."""
    left = cells
    for span in spans:
        if left <= 0:
            return
        text = span.text if cell_width(span.text) <= left else truncate(span.text, left)
        left -= cell_width(text)
        yield TextSpan(text, span.style)
