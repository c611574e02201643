"""Movement of each item's forecast and rank between two forecasts."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.forecast.simulation.results import Bucket, Forecast, Quantiles
from roadmap_tui.history.diff import TableChange
from roadmap_tui.plan.base import OPEN_STATUSES, Status

MovementMeasure: TypeAlias = Literal["ships", "finish", "rank", "bucket"]
LEAST_POINTS = 1.0
LEAST_WEEKS = 1.0
_NEVER = 10_000.0
_BY_IMPORTANCE: tuple[MovementMeasure, ...] = ("ships", "finish", "rank", "bucket")
_BUCKETS: tuple[Bucket, ...] = ("now", "next", "later")


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """An item's figures in one forecast.

    Attributes:
        ships: chance to deliver by the end of the horizon.
        p_yes: of an open spike, the chance that the answer is yes; else None.
        finish: weeks from the start of the forecast; None if it isn't open or never delivers.
        rank: weighted, from 1; None without one.
    """

    status: Status
    ships: float
    p_yes: float | None
    finish: Quantiles | None
    rank: int | None
    bucket: Bucket | None


@dataclass(frozen=True, slots=True)
class MovedItem:
    """An item of which a figure moved enough to be reported.

    Attributes:
        main_measure: the most important one that moved; `causes` explain it.
        measures: every figure that moved enough, `main_measure` first.
        causes: the changes that moved it; empty if no single one did, or if it wasn't analysed.
    """

    id: str
    before: ItemStanding
    after: ItemStanding
    measures: tuple[MovementMeasure, ...]
    causes: tuple[TableChange, ...] = ()

    @property
    def main_measure(self) -> MovementMeasure:
        """The most important figure that moved."""
        return self.measures[0]


def item_standing(forecast: Forecast, name: str) -> ItemStanding:
    """Return an item's figures in a forecast."""
    item, row = forecast.items[name], forecast.rank_row(name)
    return ItemStanding(
        status=item.status,
        ships=item.ships,
        p_yes=item.odds.p_yes if item.odds else None,
        finish=item.finish,
        rank=row.weighted.rank if row and row.weighted else None,
        bucket=item.bucket,
    )


def moved_items(before: Forecast, after: Forecast) -> tuple[MovedItem, ...]:
    """Return the items in both forecasts that moved, sorted by chance, then by date, then by rank.

    A chance is reported if it moved by a percentage point, as displayed; a P50 finish if it moved
    by a week, the resolution of a plan in weeks; a rank if the item itself overtook or fell back,
    not if others came or went.
    """
    overtook = _overtaking_items(before, after)
    found = []
    for name in after.items:
        if name in before.items:
            both = item_standing(before, name), item_standing(after, name)
            measures = tuple(_measures(*both, ranked=name in overtook))
            if measures:
                found.append(MovedItem(name, *both, measures))
    return tuple(sorted(found, key=lambda moved: _size(moved, before, after), reverse=True))


def measure_value(forecast: Forecast, name: str, measure: MovementMeasure) -> float:
    """Return one figure of an item as a number: points, weeks, places or buckets."""
    item = forecast.items[name]
    match measure:
        case "ships":
            return item.ships * 100
        case "finish":
            return item.finish.p50 if item.finish else _NEVER
        case "rank":
            names = [row.id for row in forecast.ranking]
            if name in names:
                return names.index(name)
            return len(names)
    if item.bucket:
        return _BUCKETS.index(item.bucket)
    return len(_BUCKETS)


def _measures(
    before: ItemStanding, after: ItemStanding, *, ranked: bool
) -> Iterator[MovementMeasure]:
    stays_open = {before.status, after.status} <= OPEN_STATUSES
    # the shares are of thousands of runs, so that a whole point may come out a hair short
    if abs(after.ships - before.ships) * 100 >= LEAST_POINTS - 1e-9:
        yield "ships"
    if stays_open and abs(_weeks(after) - _weeks(before)) >= LEAST_WEEKS - 1e-9:
        yield "finish"
    if ranked and before.rank != after.rank:
        yield "rank"
    if stays_open and before.bucket != after.bucket:
        yield "bucket"


def _weeks(standing: ItemStanding) -> float:
    if standing.finish:
        return standing.finish.p50
    return _NEVER


def _size(moved: MovedItem, before: Forecast, after: Forecast) -> tuple[float, ...]:
    """Return how far it moved, in order of importance; measures that didn't move enough count 0."""
    sizes = []
    for measure in _BY_IMPORTANCE:
        size = 0.0
        if measure in moved.measures:
            new = measure_value(after, moved.id, measure)
            size = abs(new - measure_value(before, moved.id, measure))
        sizes.append(size)
    return tuple(sizes)


def _overtaking_items(before: Forecast, after: Forecast) -> set[str]:
    """Return the smallest set of items whose movement explains the new order."""
    places = {row.id: at for at, row in enumerate(before.ranking) if row.weighted}
    common = [row.id for row in after.ranking if row.weighted and row.id in places]
    kept = _longest_rising([places[name] for name in common])
    return {name for at, name in enumerate(common) if at not in kept}


def _longest_rising(values: Sequence[int]) -> set[int]:
    """Return the indices of a longest rising subsequence of distinct numbers.

    Source: patience sorting, C. Schensted, Canadian Journal of Mathematics 13 (1961), 179-191.
    """
    tops: list[int] = []
    piles: list[int] = []
    below: list[int | None] = []
    for at, value in enumerate(values):
        pile = bisect_left(tops, value)
        below.append(piles[pile - 1] if pile else None)
        tops[pile : pile + 1] = [value]
        piles[pile : pile + 1] = [at]
    kept, last = set[int](), piles[-1] if piles else None
    while last is not None:
        kept.add(last)
        last = below[last]
    return kept
