"""An item's figures as text, marked ``~`` where they rest on an assumption."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise

from roadmap_tui.forecast.simulation.results import Forecast, ItemForecast, RankRow
from roadmap_tui.plan.base import DELIVERED_STATUSES, OPEN_STATUSES
from roadmap_tui.plan.estimate import Estimate, Size
from roadmap_tui.plan.field_docs import field_docs
from roadmap_tui.plan.items import Model, Product, Spike
from roadmap_tui.text.dates import date_precision, format_date_range
from roadmap_tui.text.numbers import format_chance, format_number, format_whole_percent
from roadmap_tui.text.terminal_text import escape_control

ASSUMPTION_MARK = "~"
_MIN_WHOLE = 0.1
_CHANCE_FIELDS = {"chance", "yes_if_works", "yes_if_not"}
_ROUNDING_WEEKS = {"week": 1 / 14, "month": 365.25 / 7 / 24, "quarter": 365.25 / 7 / 8}
"""Half of the unit in which dates of each precision are written, in weeks."""


def format_delivery_chance(item: ItemForecast) -> str:
    """The chance to deliver within the horizon; for an open spike, of a yes."""
    if item.odds is not None:
        return mark_assumption(
            f"{format_chance(item.odds.p_yes)} yes",
            _rests_on_assumption(item.assumptions, _CHANCE_FIELDS),
        )
    if item.assumed is None or item.status in DELIVERED_STATUSES:
        return format_ships(item)
    return _mark_chance(format_ships(item), item.assumed.ships)


def _mark_chance(text: str, assumed: tuple[float, float]) -> str:
    """A chance, marked if an assumption moves it beyond its rounding."""
    return mark_assumption(text, any(format_chance(end) != text for end in assumed))


def format_ships(item: ItemForecast) -> str:
    """The chance to deliver within the horizon; 100% only for what has delivered."""
    if item.status in DELIVERED_STATUSES:
        return format_whole_percent(item.ships)
    return format_chance(item.ships)


def format_finish_range(forecast: Forecast, item: ItemForecast) -> str:
    """The 80% range of the finish, if it ships."""
    return mark_finish_date(item, format_date_range(forecast, item.finish))


def mark_finish_date(item: ItemForecast, text: str) -> str:
    """A finish date, marked if an assumption moves it beyond its rounding."""
    if item.finish is None or item.assumed is None:
        return text
    moved = max(map(abs, item.assumed.delays))
    return mark_assumption(text, moved > _ROUNDING_WEEKS[date_precision(item.finish)])


WITHOUT_LIMITS = "without limits of people"
"""What dates are of items that no team works on."""


def people_clause(item: ItemForecast) -> str:
    """``, without limits of people`` for an open item without a team; else empty."""
    return f", {WITHOUT_LIMITS}" if "team" in item.assumptions else ""


def people_note(forecast: Forecast) -> str:
    """Which dates are without limits of people; empty where every open item has a team."""
    opened = [item for item in forecast.items.values() if item.status in OPEN_STATUSES]
    count = sum("team" in item.assumptions for item in opened)
    if not count:
        return ""
    if count == len(opened):
        return f"dates {WITHOUT_LIMITS}: no team is set"
    of = "1 item" if count == 1 else f"{count} items"
    return f"dates of {of} {WITHOUT_LIMITS}: no team is set"


def format_estimate(estimate: Estimate | Size | float | None) -> str:
    """An estimate with its points: ``6,000``, ``3–9``, ``3–4–9``, ``M``; empty without one."""
    if isinstance(estimate, Estimate):
        points = dict.fromkeys((estimate.p10, estimate.p50, estimate.p90))
        return "–".join(map(format_number, points))
    if isinstance(estimate, float | int):
        return format_number(estimate)
    return estimate or ""


def format_score(row: RankRow) -> str:
    """The weighted score; ``–`` without one."""
    if row.weighted is None:
        return "–"
    return mark_assumption(format_number(row.weighted.score), bool(row.assumed_factors))


def format_score_factors(row: RankRow) -> tuple[str, str, str]:
    """Value, chance to deliver and effort: value × chance ÷ effort is the weighted score."""
    value, chance, effort = _format_factors(row)
    return (
        mark_assumption(value, "value" in row.assumed_factors),
        mark_assumption(chance, "delivers" in row.assumed_factors),
        mark_assumption(effort, "effort" in row.assumed_factors),
    )


def _format_factors(row: RankRow) -> tuple[str, str, str]:
    return (
        format_number(row.value),
        _format_precise_percent(row.delivers),
        format_number(row.effort),
    )


def _format_precise_percent(chance: float) -> str:
    """A chance for use in a product: ``57%``, with more digits near 0."""
    if chance >= _MIN_WHOLE or not chance:
        return format_chance(chance)
    return f"{chance * 100:.2g}%"


def format_rank_range(row: RankRow) -> str:
    """The 80% range of the rank; ``–`` without one."""
    if row.rank_range is None:
        return "–"
    low, high = row.rank_range
    return str(low) if low == high else f"{low}–{high}"


def format_rank_shift(row: RankRow) -> str:
    """The move from the RICE rank: ``▲2``, ``▼1``, ``·``; empty without both ranks."""
    if row.rice is None or row.weighted is None:
        return ""
    return format_place_change(row.rice.rank, row.weighted.rank)


def format_place_change(before: int, after: int) -> str:
    """The change between two ranks: ``▲2``, ``▼1``, ``·``."""
    moved = before - after
    if moved > 0:
        return f"▲{moved}"
    return f"▼{-moved}" if moved < 0 else "·"


def tie_brackets(ranking: Iterable[RankRow]) -> list[str]:
    """Bracket characters that connect rows which are too close to call."""
    rows = list(ranking)
    below = [upper.id in lower.too_close_with for upper, lower in pairwise(rows)]
    signs = {(False, True): "┌", (True, True): "│", (True, False): "└", (False, False): ""}
    return (
        [signs[pair] for pair in zip([False, *below], [*below, False], strict=True)] if rows else []
    )


def mark_assumption(text: str, is_assumption: bool) -> str:
    """The text, marked if it rests on an assumption."""
    return f"{ASSUMPTION_MARK}{text}" if is_assumption else text


def field_label(field: str) -> str:
    """An item's field as its form calls it, in lower case; the key where no form has it."""
    return _field_labels().get(field, field)


@lru_cache(maxsize=1)
def _field_labels() -> dict[str, str]:
    labels: dict[str, str] = {}
    for kind in (Spike, Model, Product):
        labels |= {key: doc.label.lower() for key, doc in field_docs(kind).items()}
    return labels


def name_field(forecast: Forecast, item: str, field: str) -> str:
    """A field with its item: ``effort for Help index``."""
    return f"{field_label(field)} for {escape_control(forecast.items[item].title)}"


def _rests_on_assumption(guesses: Iterable[str], fields: set[str]) -> bool:
    """Whether one of these fields, of the item or its predecessors, is assumed."""
    return any(guess.rpartition(".")[2] in fields for guess in guesses)


def format_top_chances(top: dict[int, float]) -> str:
    """The chances to be among the best: ``31% first · 74% top 3``."""
    parts = [
        f"{format_chance(share)} {'first' if k == 1 else f'top {k}'}" for k, share in top.items()
    ]
    return " · ".join(parts)
