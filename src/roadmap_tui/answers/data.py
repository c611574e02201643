"""Forecasts and rankings as plain data, as scripts get them."""

import datetime as dt
import json
import math
from collections.abc import Mapping
from typing import TypeAlias

from roadmap_tui.forecast.analysis.queue_moves import QueueMove
from roadmap_tui.forecast.analysis.utilisation import TeamUtilisation
from roadmap_tui.forecast.simulation.results import (
    FinishDrivers,
    Forecast,
    ItemForecast,
    Quantiles,
    RankRow,
    RiceScore,
)
from roadmap_tui.money.plan_cost import ExpectedSpend
from roadmap_tui.text.dates import round_significant

SCHEMA = 1
_LITTLE = 0.005
JsonObject: TypeAlias = dict[str, object]


def answer_envelope(kind: str, **content: object) -> JsonObject:
    """An object of this kind, as every command's JSON is one."""
    return {"schema": SCHEMA, "kind": kind, **content}


def to_json(data: object) -> str:
    """JSON in lines that a person can read and that never differ for the same data."""
    return json.dumps(to_plain(data), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def to_plain(value: object) -> object:
    """The value without what JSON has no word for: days and times are text, endless numbers null."""
    match value:
        case Mapping():
            return {str(key): to_plain(each) for key, each in value.items()}
        case list() | tuple():
            return [to_plain(each) for each in value]
        case float():
            return value if math.isfinite(value) else None
        case dt.date() | dt.time():
            return value.isoformat()
        case str():
            return value.encode(errors="backslashreplace").decode()
    return value


def forecast_basis(forecast: Forecast) -> JsonObject:
    """What a forecast rests on beside the file."""
    return {"as_of": forecast.as_of, "seed": forecast.seed, "runs": forecast.runs}


def forecast_data(forecast: Forecast, causes: FinishDrivers | None) -> JsonObject:
    """The forecast of every item, in the order of the file, and what sets the finish of one of them."""
    items = [item_forecast_data(item, causes) for item in forecast.items.values()]
    return answer_envelope(
        "forecast",
        **forecast_basis(forecast),
        target=causes.target if causes else None,
        list=forecast.build_order,
        value=round_significant(forecast.value),
        items=items,
    )


def _causes_data(name: str, causes: FinishDrivers | None) -> JsonObject:
    if causes is None or name not in causes.criticality:
        return {"critical": None, "drives": None}
    return {
        "critical": round_significant(causes.criticality[name]),
        "drives": round_significant(causes.correlation[name]),
    }


def base_plan_data(
    scenario: str | None, base: Forecast, before: ExpectedSpend, after: ExpectedSpend
) -> JsonObject:
    """The scenario, what it takes, and how the plan is without it, which takes `before`."""
    ranked = {row.id: row.weighted.rank for row in base.ranking if row.weighted}
    return {
        "scenario": scenario,
        "takes": _takes(after),
        "base": {
            "value": round_significant(base.value),
            "takes": _takes(before),
            "items": [
                {
                    "id": item.id,
                    "ships": round_significant(item.ships),
                    "ever": round_significant(item.p_delivered),
                    "finish": weeks_data(item.finish),
                    "rank": ranked.get(item.id),
                }
                for item in base.items.values()
            ],
        },
    }


def _takes(expected: ExpectedSpend) -> JsonObject:
    return {"weeks": round_significant(expected.weeks), "cost": round_significant(expected.cost)}


def move_data(move: QueueMove) -> JsonObject:
    """What a move in the queue brings."""
    return {
        "id": move.id,
        "pin": move.pin,
        "along": move.pinned_with,
        "gain": round_significant(move.gain),
        "sure": move.is_sure,
    }


def load_data(load: TeamUtilisation) -> JsonObject:
    """How busy a team is, week by week."""
    return {
        "team": load.team,
        "people": load.people,
        "busy": [weeks_data(week) for week in load.busy],
        "idle": [weeks_data(week) for week in load.idle],
        "upkeep": [round_significant(people) for people in load.upkeep],
    }


def item_forecast_data(item: ItemForecast, causes: FinishDrivers | None) -> JsonObject:
    """One item's forecast, and its part in what sets the finish of a target."""
    odds = item.odds
    given = (
        {
            "yes": odds.p_yes,
            "before": odds.before,
            "after_yes": odds.after_yes,
            "after_no": odds.after_no,
        }
        if odds
        else {}
    )
    return {
        "id": item.id,
        "track": item.track,
        "kind": item.kind,
        "title": item.title,
        "status": item.status,
        "bucket": item.bucket,
        "ships": round_significant(item.ships),
        "ever": round_significant(item.p_delivered),
        "start": weeks_data(item.start),
        "finish": weeks_data(item.finish),
        "by_quarter": [
            {"ends": each.ends, "chance": round_significant(each.chance)}
            for each in item.by_quarter
        ],
        **_causes_data(item.id, causes),
        "deadline": None if item.deadline is None else round_significant(item.deadline),
        "guesses": item.assumptions,
        "outcomes": _rounded(
            {
                "delivered": item.p_delivered,
                "failed": item.failed,
                "blocked": item.blocked,
                "dropped": item.dropped,
                "replaced": item.replaced,
            }
        ),
        **({"odds": _rounded(given)} if given else {}),
    }


def moved_ships(before: Forecast, after: Forecast) -> dict[str, tuple[float, float]]:
    """By item, the chances to ship in two forecasts, where they differ by half a percent or more."""
    both = {
        name: (before.items[name].ships, item.ships)
        for name, item in after.items.items()
        if name in before.items
    }
    return {
        name: (round_significant(a), round_significant(b))
        for name, (a, b) in both.items()
        if abs(b - a) >= _LITTLE
    }


def rank_data(forecast: Forecast) -> JsonObject:
    """The ranking, best first."""
    items = [rank_row_data(forecast, row) for row in forecast.ranking]
    return answer_envelope("rank", **forecast_basis(forecast), items=items)


def rank_row_data(forecast: Forecast, row: RankRow) -> JsonObject:
    """One item's place in the ranking."""
    return {
        "id": row.id,
        "title": forecast.items[row.id].title,
        "plain": _score(row.rice),
        "weighted": _score(row.weighted),
        "value": round_significant(row.value),
        "delivers": round_significant(row.delivers),
        "effort": round_significant(row.effort),
        "rank_range": row.rank_range,
        "top": _rounded({str(k): chance for k, chance in row.top.items()}),
        "too_close_with": row.too_close_with,
        "covered_by": row.covered_by,
        "worked": row.build_position,
        "worked_for": forecast.bundle_of.get(row.id),
    }


def weeks_data(quantiles: Quantiles | None) -> JsonObject | None:
    """P10, P50 and P90 in weeks from the start of the forecast; None if there are none."""
    return (
        None
        if quantiles is None
        else _rounded({"p10": quantiles.p10, "p50": quantiles.p50, "p90": quantiles.p90})
    )


def _score(score: RiceScore | None) -> JsonObject | None:
    return None if score is None else {"score": round_significant(score.score), "rank": score.rank}


def _rounded(numbers: Mapping[str, float]) -> JsonObject:
    return {name: round_significant(each) for name, each in numbers.items()}
