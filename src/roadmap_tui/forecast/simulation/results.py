"""Forecast results: small frozen values that every screen, report and command reads."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from roadmap_tui.plan.base import Kind, Status
from roadmap_tui.plan.deadline import day_of

Bucket: TypeAlias = Literal["now", "next", "later"]
Factor: TypeAlias = Literal["value", "delivers", "effort"]


@dataclass(frozen=True, slots=True)
class RiceScore:
    """A RICE score, per person-week, and its rank."""

    score: float
    rank: int


@dataclass(frozen=True, slots=True)
class RankRow:
    """One item in the ranking.

    Attributes:
        rice: RICE at the P50s; None without a value of its own or without effort.
        weighted: expected unlocked value / expected effort spent; None without effort.
        value: unlocked value if it delivers, so that value x delivers / effort is the weighted
            score.
        own_value: the part of `value` that is its own reach x impact x confidence.
        delivers: chance to deliver, without the effect of open spikes.
        effort: expected remaining person-weeks spent: none in runs in which it isn't attempted.
        score_range: P10 and P90 of the weighted score.
        rank_range: P10 and P90 of the rank over the runs, widened to the rank itself.
        top: chance to be among the best k, by k.
        too_close_with: neighbours in the ranking whose order is uncertain.
        covered_by: items that replace it if it doesn't deliver.
        build_position: its position in the work queue, from 1; None if it isn't queued.
        assumed_factors: which of value, delivers and effort rest on defaults, its own or of another
            item.
    """

    id: str
    rice: RiceScore | None
    weighted: RiceScore | None
    value: float
    own_value: float
    delivers: float
    effort: float
    score_range: tuple[float, float] | None
    rank_range: tuple[int, int] | None
    top: dict[int, float]
    too_close_with: tuple[str, ...]
    covered_by: tuple[str, ...]
    build_position: int | None
    assumed_factors: frozenset[Factor] = frozenset()


@dataclass(frozen=True, slots=True)
class Quantiles:
    """P10, P50 and P90, in weeks from the start of the forecast."""

    p10: float
    p50: float
    p90: float


@dataclass(frozen=True, slots=True)
class QuarterChance:
    """The chance to have delivered by the end of a quarter."""

    ends: dt.date
    chance: float


@dataclass(frozen=True, slots=True)
class SpikeOdds:
    """A spike's chance of a yes, and its bet's chance before it and after either answer."""

    p_yes: float
    before: float
    after_yes: float
    after_no: float


@dataclass(frozen=True, slots=True)
class AssumedRange:
    """How far one assumption may move an item's figures, within its plausible range.

    Attributes:
        ships, ever: lowest and highest chance to deliver within the horizon, and at all.
        delays: weeks by which the finish may move, to earlier (negative) and later.
    """

    ships: tuple[float, float]
    ever: tuple[float, float]
    delays: tuple[float, float]


@dataclass(frozen=True, slots=True)
class ItemForecast:
    """One item's forecast.

    Attributes:
        bucket: None for closed items.
        ships: chance to deliver within the horizon.
        p_delivered: chance to deliver at all; one too small for any run is not rounded to 0.
        start, finish: given that it delivers; None if it never does or already has.
        by_quarter: cumulative chances.
        by_step: chance to have delivered by the end of each step of `STEP_WEEKS` from the start of
            the forecast.
        deadline: chance to deliver by its deadline; None without one.
        failed, blocked, dropped, replaced: chances of the reasons for not delivering; with
            `p_delivered` they add up to 1, except for ideas, which are not attempted.
        shipped: the runs in which it delivers within the horizon, as a bit mask.
        odds: of an open spike.
        assumptions: the defaults behind its figures, as ``FIELD`` or ``ID.FIELD``; the most moving
            first.
        assumed: what one of them may move; None without any.
        predecessors, dependents: ids of the open items it directly waits for, and of those that
            wait for it.
    """

    id: str
    track: str
    kind: Kind
    title: str
    status: Status
    bucket: Bucket | None
    ships: float
    p_delivered: float
    start: Quantiles | None
    finish: Quantiles | None
    by_quarter: tuple[QuarterChance, ...]
    by_step: tuple[float, ...]
    deadline: float | None
    failed: float
    blocked: float
    dropped: float
    replaced: float
    odds: SpikeOdds | None
    assumptions: tuple[str, ...] = ()
    predecessors: tuple[str, ...] = ()
    dependents: tuple[str, ...] = ()
    assumed: AssumedRange | None = None
    shipped: int = field(default=0, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FinishDrivers:
    """What determines the finish of one item, in the runs in which it delivers.

    Attributes:
        target: the item.
        criticality: by open item, the share of runs in which it lies on the critical path.
        correlation: by open item, the rank correlation of its duration with the finish.
    """

    target: str
    criticality: dict[str, float]
    correlation: dict[str, float]


STEP_WEEKS = 0.5


@dataclass(frozen=True, slots=True)
class Forecast:
    """The forecast of a whole plan.

    Attributes:
        as_of: its first day.
        horizon: length in weeks.
        runs: number of simulation runs.
        build_order: open items, spikes and blocked ones included, in the order that the schedule
            worked through.
        items: by id, in the order of the file.
        ranking: best first.
        bundle_of: by open item, the item whose bundle gives it its place in the queue; itself if it
            leads its own.
        value: expected reach x impact x confidence over the periods in which open items are live
            within the horizon.
    """

    as_of: dt.date
    horizon: float
    seed: int
    runs: int
    build_order: tuple[str, ...]
    items: dict[str, ItemForecast]
    ranking: tuple[RankRow, ...]
    bundle_of: dict[str, str]
    value: float

    def day(self, weeks: float) -> dt.date:
        """Return the day in which that many weeks end, at most the last representable one."""
        return day_of(self.as_of, weeks)

    def rank_row(self, name: str) -> RankRow | None:
        """Return an item's row in the ranking; None if it isn't ranked."""
        return next((row for row in self.ranking if row.id == name), None)

    @property
    def horizon_end(self) -> dt.date:
        """The last day of the horizon."""
        return self.day(self.horizon)
