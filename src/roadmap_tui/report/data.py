"""Forecasts and rankings as plain data, as scripts get them."""

import datetime as dt
import json
import math
from collections.abc import Mapping
from typing import TypeAlias

from roadmap_tui.fitness.plan_cost import Expected
from roadmap_tui.forecast.loads import Load
from roadmap_tui.forecast.moves import Move
from roadmap_tui.forecast.summary import Causes, Forecast, ItemForecast, Quantiles, RankRow, Score
from roadmap_tui.report.words import rounded

SCHEMA = 1
_LITTLE = 0.005
Data: TypeAlias = dict[str, object]


def envelope(kind: str, **content: object) -> Data:
    """An object of this kind, as every command's JSON is one."""
    return {"schema": SCHEMA, "kind": kind, **content}


def to_json(data: object) -> str:
    """JSON in lines that a person can read and that never differ for the same data."""
    return json.dumps(plain(data), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def plain(value: object) -> object:
    """The value without what JSON has no word for: days and times are text, endless numbers null."""
    match value:
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
        case float():
            return value if math.isfinite(value) else None
        case dt.date() | dt.time():
            return value.isoformat()
        case str():
            return value.encode(errors="backslashreplace").decode()
    return value


def stated(forecast: Forecast) -> Data:
    """What a forecast rests on beside the file."""
    return {"as_of": forecast.as_of, "seed": forecast.seed, "futures": forecast.futures}


def forecast_data(forecast: Forecast, causes: Causes | None) -> Data:
    """The forecast of every item, in the order of the file, and what sets the finish of one of them."""
    items = [item_data(item, causes) for item in forecast.items.values()]
    return envelope(
        "forecast",
        **stated(forecast),
        target=causes.target if causes else None,
        list=forecast.list,
        value=rounded(forecast.value),
        items=items,
    )


def _causes_data(name: str, causes: Causes | None) -> Data:
    if causes is None or name not in causes.critical:
        return {"critical": None, "drives": None}
    return {"critical": rounded(causes.critical[name]), "drives": rounded(causes.drives[name])}


def scenario_data(scenario: str | None, base: Forecast, before: Expected, after: Expected) -> Data:
    """The scenario, what it takes, and how the plan is without it, which takes `before`."""
    ranked = {row.id: row.weighted.rank for row in base.ranking if row.weighted}
    return {
        "scenario": scenario,
        "takes": _takes(after),
        "base": {
            "value": rounded(base.value),
            "takes": _takes(before),
            "items": [
                {
                    "id": item.id,
                    "ships": rounded(item.ships),
                    "ever": rounded(item.ever),
                    "finish": weeks(item.finish),
                    "rank": ranked.get(item.id),
                }
                for item in base.items.values()
            ],
        },
    }


def _takes(expected: Expected) -> Data:
    return {"weeks": rounded(expected.weeks), "cost": rounded(expected.cost)}


def move_data(move: Move) -> Data:
    """What a move in the queue brings."""
    return {
        "id": move.id,
        "pin": move.pin,
        "along": move.along,
        "gain": rounded(move.gain),
        "sure": move.is_sure,
    }


def load_data(load: Load) -> Data:
    """How busy a team is, week by week."""
    return {
        "team": load.team,
        "people": load.people,
        "busy": [weeks(week) for week in load.busy],
        "idle": [weeks(week) for week in load.idle],
        "upkeep": [rounded(people) for people in load.upkeep],
    }


def item_data(item: ItemForecast, causes: Causes | None) -> Data:
    """One item's forecast, and its part in what sets the finish of a target."""
    odds = item.odds
    given = (
        {
            "yes": odds.yes,
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
        "ships": rounded(item.ships),
        "ever": rounded(item.ever),
        "start": weeks(item.start),
        "finish": weeks(item.finish),
        "by_quarter": [
            {"ends": each.ends, "chance": rounded(each.chance)} for each in item.by_quarter
        ],
        **_causes_data(item.id, causes),
        "deadline": None if item.deadline is None else rounded(item.deadline),
        "guesses": item.guesses,
        "outcomes": _rounded(
            {
                "delivered": item.ever,
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
        name: (rounded(a), rounded(b)) for name, (a, b) in both.items() if abs(b - a) >= _LITTLE
    }


def rank_data(forecast: Forecast) -> Data:
    """The ranking, best first."""
    items = [rank_row_data(forecast, row) for row in forecast.ranking]
    return envelope("rank", **stated(forecast), items=items)


def rank_row_data(forecast: Forecast, row: RankRow) -> Data:
    """One item's place in the ranking."""
    return {
        "id": row.id,
        "title": forecast.items[row.id].title,
        "plain": _score(row.plain),
        "weighted": _score(row.weighted),
        "value": rounded(row.value),
        "delivers": rounded(row.delivers),
        "effort": rounded(row.effort),
        "rank_range": row.rank_range,
        "top": _rounded({str(k): chance for k, chance in row.top.items()}),
        "too_close_with": row.too_close_with,
        "covered_by": row.covered_by,
        "worked": row.worked,
        "worked_for": forecast.sake.get(row.id),
    }


def weeks(quantiles: Quantiles | None) -> Data | None:
    """P10, P50 and P90 in weeks from the start of the forecast; None if there are none."""
    return (
        None
        if quantiles is None
        else _rounded({"p10": quantiles.p10, "p50": quantiles.p50, "p90": quantiles.p90})
    )


def _score(score: Score | None) -> Data | None:
    return None if score is None else {"score": rounded(score.score), "rank": score.rank}


def _rounded(numbers: Mapping[str, float]) -> Data:
    return {name: rounded(each) for name, each in numbers.items()}
