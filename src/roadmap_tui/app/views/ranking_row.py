"""The rows of the ranking, in as many columns as are wanted and as there is room for."""

import math
from collections.abc import Iterator

from roadmap_tui.app.lines import Line, Span, clip, fit, line_width, mark, right, width
from roadmap_tui.app.look import Look
from roadmap_tui.app.view import Scene
from roadmap_tui.app.views.marks import marks
from roadmap_tui.files.display import printable
from roadmap_tui.forecast.summary import RankRow
from roadmap_tui.report.figures import factors, places, rank_range, score, shift, when
from roadmap_tui.report.words import ordinal

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
_SHOWN = ("plain", "score", "range", "value", "delivers", "effort", "spread", "worked")
"""Columns that are shown at first; the others are chosen."""
_FACTORS = ("value", "delivers", "effort")
_FIRST = (
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


def is_shown(look: Look, column: str) -> bool:
    """Whether a column is wanted."""
    return (column in _SHOWN) != (column in look.hidden)


class Shape:
    """Which columns there is room for, and how wide they are."""

    def __init__(self, scene: Scene, shown: tuple[str, ...], best: float) -> None:
        self.scene = scene
        self.shown = shown
        self.best = best
        self.widths = dict(_WIDTHS)
        taken = _RANK + sum(_WIDTHS[each] for each in shown)
        if "range" in shown and scene.width > _WIDE:
            more = max(0, scene.width - taken - _COMMON)
            self.widths["range"] += more
            taken += more
        self.title = max(1, scene.width - taken)

    @classmethod
    def of(cls, scene: Scene) -> "Shape":
        """The columns that fit."""
        room = scene.width - _RANK - _LEAST
        wanted: list[str] = []
        for columns in _FIRST:
            some = [each for each in columns if is_shown(scene.look, each)]
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
        base = self.scene.base is not None
        parts = [right("#", _RANK - 1) + " "]
        if "plain" in self.shown:
            parts.append(fit(" was" if base else " plain", self.widths["plain"]))
        parts.append(fit("", self.title))
        for each in self.shown:
            if each == "plain":
                continue
            head = _HEADS.get(each, "" if each == "range" else each)
            parts.append(
                right(head, self.widths[each])
                if each != "team"
                else fit(f" {head}", self.widths[each])
            )
        return (Span("".join(parts), "dim"),)

    def row(self, row: RankRow, bracket: str) -> tuple[Line]:
        """One item, on one line."""
        scene = self.scene
        track = scene.item(row.id).track
        rank = right(str(row.weighted.rank) if row.weighted else "–", 3)
        spans: list[Span] = [Span(f" {bracket}", "dim"), Span(rank, "bold")]
        spans += self._plain(row) if "plain" in self.shown else [Span("")]
        spans += self._titled(row, track)
        for each in self.shown:
            if each != "plain":
                spans.append(self._cell(row, each, track))
        lead = mark(row.id, track)
        return (
            (
                lead,
                *(Span(span.text, span.style, row.id) for span in _exactly(spans, scene.width - 1)),
            ),
        )

    def _plain(self, row: RankRow) -> list[Span]:
        before, moved = self._before(row)
        return [
            Span(right(before, 4), "dim"),
            Span(fit(f" {moved}", 4), _MOVED.get(moved[:1], "dim")),
        ]

    def _titled(self, row: RankRow, track: str) -> list[Span]:
        """The title, AI in letters, and what the checks have found."""
        scene = self.scene
        found = list(marks(scene, row.id))
        tail: list[Span] = [Span(" AI", f"{track} bold")] if scene.is_ai(row.id) else []
        tail += [Span(f" {each.text}", each.style) for each in found]
        while tail and line_width(tuple(tail)) > self.title // 2:
            tail.pop()
        room = self.title - line_width(tuple(tail)) - 1
        name = clip(scene.title(row.id), max(1, room))
        space = max(0, room - width(name))
        return [
            Span(f" {name}" if self.title > 1 else "", f"{track} bold"),
            *tail,
            Span(" " * space),
        ]

    def _cell(self, row: RankRow, column: str, track: str) -> Span:
        cells = self.widths[column]
        match column:
            case "score":
                return Span(right(score(row), cells), "bold")
            case "range":
                return Span(self._score_line(row, cells), track)
            case "spread":
                return Span(right(rank_range(row), cells), "dim")
            case "team":
                return Span(
                    fit(f" {printable(self.scene.plan.items[row.id].team or '–')}", cells), "dim"
                )
        return Span(right(self._text(row, column), cells))

    def _text(self, row: RankRow, column: str) -> str:
        value, delivers, effort = factors(row)
        match column:
            case "value":
                return value
            case "delivers":
                return f"× {delivers:>4}"
            case "effort":
                return f"÷ {effort:>5}"
            case "worked":
                return ordinal(row.worked) if row.worked else "–"
            case "ships":
                return self.scene.ships(self.scene.item(row.id))
        return when(self.scene.forecast, self.scene.item(row.id))

    def _before(self, row: RankRow) -> tuple[str, str]:
        """The plain rank or, while something is tried, the rank as it is; and how far the weighted one is from it."""
        if self.scene.base is None:
            return str(row.plain.rank) if row.plain else "–", shift(row)
        base = self.scene.base.rank(row.id)
        if base is None or base.weighted is None or row.weighted is None:
            return "–", ""
        return str(base.weighted.rank), places(base.weighted.rank, row.weighted.rank)

    def _score_line(self, row: RankRow, room: int) -> str:
        """The score's 80 % range as a line, the score itself a dot; along the root, so that small ones differ too."""
        cells = room - 2
        if row.score_range is None or row.weighted is None:
            return " " * room
        low, high = (self._at(value, cells) for value in row.score_range)
        dot = self._at(row.weighted.score, cells)
        signs = ["━" if low <= at <= high else " " for at in range(cells)]
        signs[dot] = "●"
        return f" {''.join(signs)} "

    def _at(self, score: float, cells: int) -> int:
        return min(cells - 1, max(0, int(math.sqrt(max(0.0, score) / self.best) * cells)))


def _exactly(spans: list[Span], cells: int) -> Iterator[Span]:
    """The spans in that many cells, the last of them cut where they are more."""
    left = cells
    for span in spans:
        if left <= 0:
            return
        text = span.text if width(span.text) <= left else clip(span.text, left)
        left -= width(text)
        yield Span(text, span.style)
