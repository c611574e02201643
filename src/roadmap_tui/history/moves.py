"""How far each item's forecast and rank moved between two forecasts."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from roadmap_tui.forecast.summary import Bucket, Forecast, Quantiles
from roadmap_tui.history.changes import Change
from roadmap_tui.plan.base import Status
from roadmap_tui.plan.resolve import OPEN

Measure: TypeAlias = Literal["ships", "finish", "rank", "bucket"]
LEAST_POINTS = 1.0
LEAST_WEEKS = 1.0
_NEVER = 10_000.0
_BUCKETS: tuple[Bucket, ...] = ("now", "next", "later")


@dataclass(frozen=True, slots=True)
class Standing:
    """How an item stands in one forecast.

    Attributes:
        ships: chance to deliver by the end of the horizon.
        yes: of an open spike, the chance that the answer is yes; else None.
        finish: weeks from the start of the forecast; None if it isn't open or never delivers.
        rank: weighted, from 1; None without one.
    """

    status: Status
    ships: float
    yes: float | None
    finish: Quantiles | None
    rank: int | None
    bucket: Bucket | None


@dataclass(frozen=True, slots=True)
class Moved:
    """An item of which a figure moved enough to be told.

    Attributes:
        lead: the figure that tells most; `because` is about it.
        measures: every figure that moved enough, `lead` first.
        because: the changes that did it; empty if no one of them did, or if it wasn't looked for.
    """

    id: str
    before: Standing
    after: Standing
    measures: tuple[Measure, ...]
    because: tuple[Change, ...] = ()

    @property
    def lead(self) -> Measure:
        """The figure that tells most."""
        return self.measures[0]


def standing(forecast: Forecast, name: str) -> Standing:
    """How an item stands."""
    item, row = forecast.items[name], forecast.rank(name)
    return Standing(
        status=item.status,
        ships=item.ships,
        yes=item.odds.yes if item.odds else None,
        finish=item.finish,
        rank=row.weighted.rank if row and row.weighted else None,
        bucket=item.bucket,
    )


def moves(before: Forecast, after: Forecast) -> tuple[Moved, ...]:
    """The items on both sides that moved, the most first: by chance, then by date, then by rank.

    A chance is told if it moved by a percentage point, as it is shown; a likely finish if it moved by a
    week, the finest that a plan of weeks can mean; a rank if the item itself overtook or fell back, not
    if others came or went.
    """
    overtook = _overtook(before, after)
    found = []
    for name in after.items:
        if name in before.items:
            both = standing(before, name), standing(after, name)
            measures = tuple(_measures(*both, ranked=name in overtook))
            if measures:
                found.append(Moved(name, *both, measures))
    return tuple(sorted(found, key=lambda moved: _size(moved, before, after), reverse=True))


def measured(forecast: Forecast, name: str, measure: Measure) -> float:
    """One figure of an item as a number: points, weeks, places or buckets."""
    item = forecast.items[name]
    match measure:
        case "ships":
            return item.ships * 100
        case "finish":
            return item.finish.p50 if item.finish else _NEVER
        case "rank":
            names = [row.id for row in forecast.ranking]
            return names.index(name) if name in names else len(names)
    return _BUCKETS.index(item.bucket) if item.bucket else len(_BUCKETS)


def _measures(before: Standing, after: Standing, *, ranked: bool) -> Iterator[Measure]:
    stays_open = {before.status, after.status} <= OPEN
    # the shares are of thousands of futures, so that a whole point may come out a hair short
    if abs(after.ships - before.ships) * 100 >= LEAST_POINTS - 1e-9:
        yield "ships"
    if stays_open and abs(_weeks(after) - _weeks(before)) >= LEAST_WEEKS - 1e-9:
        yield "finish"
    if ranked and before.rank != after.rank:
        yield "rank"
    if stays_open and before.bucket != after.bucket:
        yield "bucket"


def _weeks(standing: Standing) -> float:
    return standing.finish.p50 if standing.finish else _NEVER


def _size(moved: Moved, before: Forecast, after: Forecast) -> tuple[float, ...]:
    """How far it moved, in the order of what counts; what didn't move enough counts nothing."""
    sizes: tuple[Measure, ...] = ("ships", "finish", "rank", "bucket")
    return tuple(
        (
            abs(measured(after, moved.id, each) - measured(before, moved.id, each))
            if each in moved.measures
            else 0.0
        )
        for each in sizes
    )


def _overtook(before: Forecast, after: Forecast) -> set[str]:
    """The fewest items whose moving explains the new order of those that are ranked in both."""
    places = {row.id: at for at, row in enumerate(before.ranking) if row.weighted}
    common = [row.id for row in after.ranking if row.weighted and row.id in places]
    kept = _longest_rising([places[name] for name in common])
    return {name for at, name in enumerate(common) if at not in kept}


def _longest_rising(values: Sequence[int]) -> set[int]:
    """The indices of a longest rising subsequence of different numbers.

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
