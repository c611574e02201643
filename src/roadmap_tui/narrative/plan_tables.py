"""Tables of a plan for reports: outcomes, ranking, deadlines, assumptions."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from roadmap_tui.forecast.simulation.results import Bucket, Forecast, ItemForecast
from roadmap_tui.narrative import item_figures
from roadmap_tui.plan.base import OPEN_STATUSES, Status
from roadmap_tui.plan.items import Product
from roadmap_tui.plan.roadmap import Plan
from roadmap_tui.text.dates import format_date
from roadmap_tui.text.numbers import format_chance

_TRACKS = {"product": "Product", "model": "Models and data"}
_BUCKETS: dict[Bucket, str] = {"now": "Now", "next": "Next", "later": "Later"}
_OTHERS: dict[Status, str] = {
    "idea": "Ideas, not planned yet",
    "live": "Live",
    "done": "Done",
    "failed": "Tried, not delivered",
    "dropped": "Dropped",
}


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An open item: chance, range and fallback."""

    title: str
    ships: str
    when: str
    fallback: str


@dataclass(frozen=True, slots=True)
class BucketPart:
    """The open items of a track in one bucket."""

    name: str
    rows: tuple[OutcomeRow, ...]


@dataclass(frozen=True, slots=True)
class StatusPart:
    """The items of a track that aren't forecast."""

    name: str
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TrackPart:
    """A track with its open and other items."""

    name: str
    buckets: tuple[BucketPart, ...]
    others: tuple[StatusPart, ...]


@dataclass(frozen=True, slots=True)
class RankingRow:
    """One row of the ranking."""

    rank: str
    rank_range: str
    plain: str
    title: str
    score: str
    value: str
    delivers: str
    effort: str
    close: str


@dataclass(frozen=True, slots=True)
class DeadlineRow:
    """A deadline and the chance to meet it."""

    title: str
    by: str
    chance: str
    why: str


@dataclass(frozen=True, slots=True)
class AssumptionRow:
    """The assumed fields of an item."""

    title: str
    fields: str


def track_parts(plan: Plan, forecast: Forecast) -> Iterator[TrackPart]:
    """Each track with items; spikes are not included."""
    for track, name in _TRACKS.items():
        items = [
            item for item in forecast.items.values() if item.track == track and item.kind != "spike"
        ]
        buckets, others = tuple(_bucket_parts(plan, forecast, items)), tuple(_status_parts(items))
        if buckets or others:
            yield TrackPart(name, buckets, others)


def _bucket_parts(
    plan: Plan, forecast: Forecast, items: Iterable[ItemForecast]
) -> Iterator[BucketPart]:
    place = {name: at for at, name in enumerate(forecast.build_order)}
    scheduled = sorted(
        (item for item in items if item.status in OPEN_STATUSES), key=lambda item: place[item.id]
    )
    for bucket, name in _BUCKETS.items():
        rows = tuple(
            _outcome_row(plan, forecast, item) for item in scheduled if item.bucket == bucket
        )
        if rows:
            yield BucketPart(name, rows)


def _outcome_row(plan: Plan, forecast: Forecast, item: ItemForecast) -> OutcomeRow:
    return OutcomeRow(
        item.title,
        item_figures.format_delivery_chance(item),
        item_figures.format_finish_range(forecast, item),
        fallback_text(plan, forecast, item.id),
    )


def _status_parts(items: Iterable[ItemForecast]) -> Iterator[StatusPart]:
    closed = list(items)
    for status, name in _OTHERS.items():
        titles = tuple(item.title for item in closed if item.status == status)
        if titles:
            yield StatusPart(name, titles)


def fallback_text(plan: Plan, forecast: Forecast, name: str) -> str:
    """What happens if an item doesn't deliver: its fallback, or its alternatives; may be empty."""
    item = plan.items[name]
    if isinstance(item, Product) and item.fallback:
        return item.fallback
    titles = [forecast.items[each].title for each in dict.fromkeys(_fallback_items(plan, name))]
    return f"instead: {', '.join(titles)}" if titles else ""


def _fallback_items(plan: Plan, name: str) -> Iterator[str]:
    """Open items that replace one that doesn't deliver: its fallbacks, and later choices."""
    for each, item in plan.items.items():
        if item.fallback_for == name and item.status in OPEN_STATUSES:
            yield each
        for need in item.needs:
            ids = need.ids
            if name in ids:
                yield from (
                    other
                    for other in ids[ids.index(name) + 1 :]
                    if other in plan.items and plan.items[other].status in OPEN_STATUSES
                )


def ranking_rows(forecast: Forecast) -> Iterator[RankingRow]:
    """The ranking, best first."""
    for row in forecast.ranking:
        yield RankingRow(
            str(row.weighted.rank) if row.weighted else "–",
            item_figures.format_rank_range(row),
            f"{row.rice.rank} {item_figures.format_rank_shift(row)}".rstrip() if row.rice else "–",
            forecast.items[row.id].title,
            item_figures.format_score(row),
            *item_figures.format_score_factors(row),
            ", ".join(forecast.items[name].title for name in row.too_close_with),
        )


def deadline_rows(plan: Plan, forecast: Forecast) -> Iterator[DeadlineRow]:
    """Every deadline of an open item."""
    for item in forecast.items.values():
        deadline = plan.items[item.id].deadline
        if deadline is not None and item.deadline is not None and item.status in OPEN_STATUSES:
            by = deadline.by if isinstance(deadline.by, str) else format_date(deadline.by)
            yield DeadlineRow(item.title, by, format_chance(item.deadline), deadline.why or "")


def assumption_rows(forecast: Forecast) -> Iterator[AssumptionRow]:
    """Each item's own assumptions, without inherited ones."""
    for item in forecast.items.values():
        own = [guess for guess in item.assumptions if "." not in guess]
        if own and item.bucket is not None:
            yield AssumptionRow(item.title, ", ".join(own))
