"""The ranking: what is most worth doing, and how sure that order is."""

import math
from functools import partial

from roadmap_tui.app.lines import Line, Span, clip, fit, mark, right, width
from roadmap_tui.app.sheet import Block
from roadmap_tui.app.view import Picture, Scene, picture
from roadmap_tui.forecast.summary import RankRow
from roadmap_tui.report import swings
from roadmap_tui.report.figures import brackets, factors, places, rank_range, score, shift
from roadmap_tui.report.words import month, ordinal

_FACTORS, _RANGE, _WORKED, _LINE = 26, 7, 7, 14
_LEFT = 15
_WORTH = 0.001
_SCORE = 8
_MOVED = {"▲": "good", "▼": "warn"}


def ranking(scene: Scene) -> Picture:
    """Draw the ranking: plain and weighted RICE side by side, the factors, the rank's range, the place in the queue."""
    rows = [row for row in scene.forecast.ranking if row.id in scene.shown]
    if not rows:
        words = "nothing passes the filter" if scene.forecast.ranking else "nothing to rank; press a to add a bet"
        return picture([(Span(f" {words}", "dim"),)], (), scene.width)
    shape = _Shape.of(scene)
    cut = _cut(scene, rows)
    lines: list[Line | Block] = [shape.heading()]
    for at, (row, bracket) in enumerate(zip(rows, brackets(rows), strict=True)):
        lines.append(Block(partial(shape.row, row, bracket or " "), (row.id,)))
        if cut == at:
            lines.append(_cut_line(scene))
    lines.append(())
    if any(row.too_close_with for row in rows):
        lines.append((Span(" ┌└ too close to call: decide on strategy, not on score", "dim"),))
    lines.append((Span(_legend(scene), "dim"),))
    lines += [(Span(clip(f" {words}", scene.width), "dim"),) for words in _best_move(scene)]
    return picture(lines, ((row.id,) for row in rows), scene.width, fixed=1)


def _best_move(scene: Scene) -> list[str]:
    """The one move in the queue that brings most, once that is known."""
    moves = scene.study.moves if scene.study is not None else None
    if moves is None:
        return []
    best = next((each for each in moves if each.is_sure and each.gain >= _WORTH), None)
    return (
        ["no single move in the queue brings more"]
        if best is None
        else [f"best move: {swings.move(scene.forecast, best)}"]
    )


def _legend(scene: Scene) -> str:
    return clip(" value × delivers ÷ effort = score, per person-week · rank: 8 times in 10", scene.width)


def _cut(scene: Scene, rows: list[RankRow]) -> int | None:
    """After which row the teams' time until the horizon is used up; None if all of it fits."""
    people = sum(team.people for team in scene.plan.teams.values())
    left = people * scene.forecast.horizon
    if not people:
        return None
    for at, row in enumerate(rows):
        left -= row.effort
        if left < 0:
            return at - 1
    return None


def _cut_line(scene: Scene) -> Line:
    words = f" fits by {month(scene.forecast.until)} "
    dashes = max(0, scene.width - width(words) - 4)
    return (Span("╌╌" + words + "╌" * dashes, "dim"),)


class _Shape:
    """Which columns there is room for, and how wide they are."""

    def __init__(self, scene: Scene, *, line: int, worked: bool, best: float) -> None:
        self.scene = scene
        self.line = line
        self.worked = worked
        self.best = best
        fixed = _LEFT + _SCORE + line + _FACTORS + _RANGE + (_WORKED if worked else 0)
        self.title = max(12, scene.width - fixed)

    @classmethod
    def of(cls, scene: Scene) -> "_Shape":
        """The columns that fit."""
        wide = scene.width >= 98
        best = max((row.score_range[1] for row in scene.forecast.ranking if row.score_range), default=1.0)
        extra = max(0, scene.width - 120) // 2
        return cls(scene, line=_LINE + extra if wide else 0, worked=scene.width >= 84, best=max(best, 1e-9))

    def heading(self) -> Line:
        """The columns' names."""
        text = (
            fit("     # plain" if self.scene.base is None else "     #   was", _LEFT)
            + fit("", self.title)
            + right("score", _SCORE)
            + fit("", self.line)
        )
        text += right("value × delivers ÷ effort", _FACTORS) + right("rank", _RANGE)
        return (Span(text + (right("worked", _WORKED) if self.worked else ""), "dim"),)

    def row(self, row: RankRow, bracket: str) -> tuple[Line]:
        """One item, on one line."""
        scene = self.scene
        track = scene.item(row.id).track
        before, moved = self._before(row)
        ai = " AI" if scene.is_ai(row.id) else ""
        spans = [
            (f" {bracket}", "dim"),
            (right(str(row.weighted.rank) if row.weighted else "–", 3), "bold"),
            (right(before, 4), "dim"),
            (fit(f" {moved}", 4), _MOVED.get(moved[:1], "dim")),
            (" ", ""),
            (fit(clip(scene.title(row.id), self.title - width(ai)) + ai, self.title), f"{track} bold"),
            (right(score(row), _SCORE), "bold"),
            *([(self._score_line(row), track)] if self.line else []),
            (right(self._factors(row), _FACTORS), ""),
            (right(rank_range(row), _RANGE), "dim"),
            *([(right(ordinal(row.worked) if row.worked else "–", _WORKED), "")] if self.worked else []),
        ]
        return ((mark(row.id, track), *(Span(text, style, row.id) for text, style in spans)),)

    def _before(self, row: RankRow) -> tuple[str, str]:
        """The plain rank or, while something is tried, the rank as it is; and how far the weighted one is from it."""
        if self.scene.base is None:
            return str(row.plain.rank) if row.plain else "–", shift(row)
        base = self.scene.base.rank(row.id)
        if base is None or base.weighted is None or row.weighted is None:
            return "–", ""
        return str(base.weighted.rank), places(base.weighted.rank, row.weighted.rank)

    def _factors(self, row: RankRow) -> str:
        value, delivers, effort = factors(row)
        return f"{value} × {delivers:>4} ÷ {effort:>5}"

    def _score_line(self, row: RankRow) -> str:
        """The score's 80 % range as a line, the score itself a dot; along the root, so that small ones differ too."""
        cells = self.line - 2
        if row.score_range is None or row.weighted is None:
            return " " * self.line
        low, high = (self._cell(value, cells) for value in row.score_range)
        dot = self._cell(row.weighted.score, cells)
        marks = ["━" if low <= at <= high else " " for at in range(cells)]
        marks[dot] = "●"
        return f" {''.join(marks)} "

    def _cell(self, score: float, cells: int) -> int:
        return min(cells - 1, max(0, int(math.sqrt(max(0.0, score) / self.best) * cells)))
