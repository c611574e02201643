"""The ranking as a picture: what is most worth doing, and how sure that order is."""

import math
from collections.abc import Iterator

from roadmap_tui.forecast.summary import RankRow
from roadmap_tui.plan.resolve import is_ai
from roadmap_tui.report.export.subject import Subject
from roadmap_tui.report.figures import brackets, factors, rank_range, score, shift
from roadmap_tui.report.pictures.frame import TOP, framed
from roadmap_tui.report.pictures.pen import Picture, Point, area, ended, group, line, text
from roadmap_tui.report.words import ordinal

_WIDTH, _ROW = 980.0, 26.0
_LEGEND = (
    "Value × delivers ÷ effort = score, per person-week; the line is its range, along the root. "
    "Neighbours in brackets are too close to call."
)
_HEADS: tuple[tuple[float, str, bool], ...] = (
    (52, "#", True),
    (88, "plain", True),
    (150, "item", False),
    (470, "score", True),
    (640, "value × delivers ÷ effort", False),
    (880, "rank", True),
    (964, "worked", True),
)
_FROM, _TO = 486.0, 622.0


def ranking(subject: Subject) -> Picture:
    """Each ranked item with its plain rank, its score and range, its factors, its rank's range, and its place."""
    rows = subject.forecast.ranking
    best = max((row.score_range[1] for row in rows if row.score_range), default=1.0)
    at = TOP + 34
    body = [
        (ended if right else text)((left, TOP + 16), name, "dim", 200, 11)
        for left, name, right in _HEADS
    ]
    for row, bracket in zip(rows, brackets(rows), strict=True):
        body.append(group(_told(subject, row), _row(subject, row, bracket, at, max(best, 1e-9))))
        at += _ROW
    if not rows:
        body.append(text((16, at), "nothing to rank", "dim", 300))
        at += _ROW
    return framed(subject, "Ranking", _WIDTH, at - 10, body, _LEGEND)


def _row(subject: Subject, row: RankRow, bracket: str, at: float, best: float) -> Iterator[str]:
    item = subject.forecast.items[row.id]
    tag = " AI" if item.kind == "product" and is_ai(subject.plan, row.id) else ""
    value, delivers, effort = factors(row)
    yield from _bracket(bracket, at)
    yield ended((52, at), str(row.weighted.rank) if row.weighted else "–", "ink strong", 30)
    yield ended((88, at), str(row.plain.rank) if row.plain else "–", "dim", 30, size=12)
    yield text((98, at), shift(row), "dim", 46, size=12)
    yield text((150, at), f"{item.title}{tag}", f"{item.track} strong", 258)
    yield ended((470, at), score(row), "ink strong", 70)
    if row.score_range is not None and row.weighted is not None:
        low, high, middle = (_x(each, best) for each in (*row.score_range, row.weighted.score))
        yield line([(low, at - 4), (high, at - 4)], f"line-{item.track}", width=3)
        yield area(_diamond((middle, at - 4)), "ink")
    yield text((640, at), f"{value} × {delivers} ÷ {effort}", "ink", 190, size=12)
    yield ended((880, at), rank_range(row), "dim", 60, size=12)
    yield ended((964, at), ordinal(row.worked) if row.worked else "–", "ink", 70, size=12)


def _x(value: float, best: float) -> float:
    """Where a score lies, along the root, so that small ones differ too."""
    return _FROM + math.sqrt(max(0.0, value) / best) * (_TO - _FROM)


def _diamond(at: Point) -> list[Point]:
    x, y = at
    return [(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)]


def _bracket(sign: str, at: float) -> Iterator[str]:
    """A part of the line that ties rows."""
    if not sign:
        return
    top = at - 4 if sign == "┌" else at - 4 - _ROW / 2
    bottom = at - 4 if sign == "└" else at - 4 + _ROW / 2
    yield line([(18, top), (18, bottom)], "line-dim")
    if sign in "┌└":
        yield line([(18, at - 4), (25, at - 4)], "line-dim")


def _told(subject: Subject, row: RankRow) -> str:
    item = subject.forecast.items[row.id]
    place = (
        f"{ordinal(row.weighted.rank)} of {len(subject.forecast.ranking)}"
        if row.weighted
        else "no rank"
    )
    return f"{item.title}: {place}, score {score(row)}, rank 8 times in 10 {rank_range(row)}"
