"""Answers as plain mappings, for commands that put them together from parts."""

from typing import TypeAlias

from roadmap_tui.answers.base import SCHEMA_VERSION, View
from roadmap_tui.answers.forecast import (
    ForecastAnswer,
    ItemForecastRow,
    TeamLoadRow,
    moved_chances,
)
from roadmap_tui.answers.json_text import to_json, to_plain
from roadmap_tui.answers.ranking import QueueMoveRow, RankAnswer, RankingEntry
from roadmap_tui.answers.scenario import scenario_values
from roadmap_tui.forecast.analysis.queue_moves import QueueMove
from roadmap_tui.forecast.analysis.utilisation import TeamUtilisation
from roadmap_tui.forecast.simulation.results import (
    FinishDrivers,
    Forecast,
    ItemForecast,
    RankRow,
)
from roadmap_tui.money.plan_cost import ExpectedSpend

__all__ = ["to_json", "to_plain"]
JsonObject: TypeAlias = dict[str, object]


def dump(view: View, without: set[str] | None = None) -> JsonObject:
    values = view.model_dump(by_alias=True, exclude_unset=True)
    return {name: value for name, value in values.items() if name not in (without or set())}


def answer_envelope(kind: str, **content: object) -> JsonObject:
    """The answer of this kind with this content."""
    return {"schema": SCHEMA_VERSION, "kind": kind, **content}


def forecast_basis(forecast: Forecast) -> JsonObject:
    """What a forecast rests on beside the file."""
    return {"as_of": forecast.as_of, "seed": forecast.seed, "runs": forecast.runs}


def forecast_data(forecast: Forecast, drivers: FinishDrivers | None) -> JsonObject:
    """The forecast of every item."""
    return dump(ForecastAnswer.of(forecast, drivers))


def item_forecast_data(item: ItemForecast, drivers: FinishDrivers | None) -> JsonObject:
    """One item's forecast."""
    return dump(ItemForecastRow.of(item, drivers))


def base_plan_data(
    scenario: str | None, base: Forecast, before: ExpectedSpend, after: ExpectedSpend
) -> JsonObject:
    """The scenario, and how the plan is without it."""
    return dict(scenario_values(scenario, base, before, after))


def move_data(move: QueueMove) -> JsonObject:
    """What a move in the queue brings."""
    return dump(QueueMoveRow.read(move))


def load_data(load: TeamUtilisation) -> JsonObject:
    """How busy a team is, week by week."""
    return dump(TeamLoadRow.read(load))


def rank_data(forecast: Forecast) -> JsonObject:
    """The ranking, best first."""
    return dump(RankAnswer.of(forecast))


def rank_row_data(forecast: Forecast, row: RankRow) -> JsonObject:
    """One item's place in the ranking."""
    return dump(RankingEntry.of(forecast, row))


def moved_ships(before: Forecast, after: Forecast) -> dict[str, tuple[float, float]]:
    """By item, the chances to ship in two forecasts, where they differ."""
    return {each.id: (each.before, each.after) for each in moved_chances(before, after)}
