"""The ranking as a picture, with its uncertainty."""

import math
from collections.abc import Iterator

from roadmap_tui.diagrams.svg.elements import (
    Point,
    SvgPicture,
    area_element,
    group_element,
    line_element,
    right_aligned_text,
    text_element,
)
from roadmap_tui.diagrams.svg.frame import BODY_TOP, frame_picture
from roadmap_tui.forecast.simulation.results import RankRow
from roadmap_tui.narrative.context import ReportContext
from roadmap_tui.narrative.item_figures import (
    format_rank_range,
    format_rank_shift,
    format_score,
    format_score_factors,
    tie_brackets,
)
from roadmap_tui.plan.resolver import uses_ai
from roadmap_tui.text.numbers import format_ordinal

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


def ranking_picture(context: ReportContext) -> SvgPicture:
    """Each ranked item with RICE rank, score and range, factors, rank range and build order."""
    rows = context.forecast.ranking
    best = max((row.score_range[1] for row in rows if row.score_range), default=1.0)
    at = BODY_TOP + 34
    body = [
        (right_aligned_text if right else text_element)((left, BODY_TOP + 16), name, "dim", 200, 11)
        for left, name, right in _HEADS
    ]
    for row, bracket in zip(rows, tie_brackets(rows), strict=True):
        body.append(
            group_element(
                _row_title(context, row), _row(context, row, bracket, at, max(best, 1e-9))
            )
        )
        at += _ROW
    if not rows:
        body.append(text_element((16, at), "nothing to rank", "dim", 300))
        at += _ROW
    return frame_picture(context, "Ranking", _WIDTH, at - 10, body, _LEGEND)


def _row(
    context: ReportContext, row: RankRow, bracket: str, at: float, best: float
) -> Iterator[str]:
    item = context.forecast.items[row.id]
    tag = " AI" if item.kind == "product" and uses_ai(context.plan, row.id) else ""
    value, delivers, effort = format_score_factors(row)
    yield from _bracket_lines(bracket, at)
    yield right_aligned_text(
        (52, at), str(row.weighted.rank) if row.weighted else "–", "ink strong", 30
    )
    yield right_aligned_text((88, at), str(row.rice.rank) if row.rice else "–", "dim", 30, size=12)
    yield text_element((98, at), format_rank_shift(row), "dim", 46, size=12)
    yield text_element((150, at), f"{item.title}{tag}", f"{item.track} strong", 258)
    yield right_aligned_text((470, at), format_score(row), "ink strong", 70)
    if row.score_range is not None and row.weighted is not None:
        low, high, middle = (_x(each, best) for each in (*row.score_range, row.weighted.score))
        yield line_element([(low, at - 4), (high, at - 4)], f"line-{item.track}", width=3)
        yield area_element(_diamond((middle, at - 4)), "ink")
    yield text_element((640, at), f"{value} × {delivers} ÷ {effort}", "ink", 190, size=12)
    yield right_aligned_text((880, at), format_rank_range(row), "dim", 60, size=12)
    yield right_aligned_text(
        (964, at),
        format_ordinal(row.build_position) if row.build_position else "–",
        "ink",
        70,
        size=12,
    )


def _x(value: float, best: float) -> float:
    """The position of a score, on a square root scale so that small ones differ too."""
    return _FROM + math.sqrt(max(0.0, value) / best) * (_TO - _FROM)


def _diamond(at: Point) -> list[Point]:
    x, y = at
    return [(x, y - 5), (x + 5, y), (x, y + 5), (x - 5, y)]


def _bracket_lines(sign: str, at: float) -> Iterator[str]:
    """A part of the line that connects rows."""
    if not sign:
        return
    top = at - 4 if sign == "┌" else at - 4 - _ROW / 2
    bottom = at - 4 if sign == "└" else at - 4 + _ROW / 2
    yield line_element([(18, top), (18, bottom)], "line-dim")
    if sign in "┌└":
        yield line_element([(18, at - 4), (25, at - 4)], "line-dim")


def _row_title(context: ReportContext, row: RankRow) -> str:
    item = context.forecast.items[row.id]
    place = "no rank"
    if row.weighted:
        place = f"{format_ordinal(row.weighted.rank)} of {len(context.forecast.ranking)}"
    return (
        f"{item.title}: {place}, score {format_score(row)}, 80% range of the rank"
        f" {format_rank_range(row)}"
    )
