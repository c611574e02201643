"""The answer of `forecast`."""

import datetime as dt
from typing import Literal, Self

from pydantic import Field

from roadmap_tui.answers.base import MISSING, Answer, Number, RangeView, ScenarioBasis, View
from roadmap_tui.forecast.simulation.results import FinishDrivers, Forecast, ItemForecast
from roadmap_tui.plan.base import Kind, Pin, Status

_MOVED = 0.005


class QuarterChanceRow(View):
    """The chance to have delivered by the end of a quarter."""

    ends: dt.date
    chance: Number


class OutcomeShares(View):
    """How often each way to end comes about; they add up to 1."""

    delivered: Number = Field(validation_alias="p_delivered")
    failed: Number
    blocked: Number
    dropped: Number
    replaced: Number


class OddsView(View):
    """How often a spike says yes, and the chance of its bet before and after either answer."""

    yes: Number = Field(validation_alias="p_yes")
    before: Number
    after_yes: Number
    after_no: Number


class ItemForecastRow(View):
    """One item's forecast; `start` and `finish` in weeks from `as_of`, null if it never ships."""

    id: str
    track: str
    kind: Kind
    title: str
    status: Status
    bucket: Pin | None
    ships: Number = Field(description="The chance to deliver by the horizon.")
    ever: Number = Field(validation_alias="p_delivered")
    start: RangeView | None
    finish: RangeView | None
    by_quarter: list[QuarterChanceRow]
    critical: Number | None
    drives: Number | None
    deadline: Number | None = Field(description="The chance to meet it.")
    guesses: list[str] = Field(
        validation_alias="assumptions",
        description="Fields whose numbers are assumptions, as FIELD or ID.FIELD.",
    )
    outcomes: OutcomeShares
    odds: OddsView | None = None

    @classmethod
    def of(cls, item: ItemForecast, drivers: FinishDrivers | None) -> Self:
        """One item's forecast, and its part in what sets the finish of a target."""
        known = drivers if drivers is not None and item.id in drivers.criticality else None
        return cls.read(
            item,
            critical=known and known.criticality[item.id],
            drives=known and known.correlation[item.id],
            outcomes=item,
            odds=item.odds or MISSING,
        )


class JointChance(View):
    """The chance that all of several items deliver by a day."""

    items: list[str]
    by: dt.date
    chance: Number


class TeamLoadRow(View):
    """How busy a team is, week by week."""

    team: str
    people: int
    busy: list[RangeView]
    idle: list[RangeView]
    upkeep: list[Number]


class ForecastAnswer(ScenarioBasis, Answer):
    """When each item may land, and whether it will."""

    kind: Literal["forecast"]
    target: str | None
    list_: list[str] = Field(
        validation_alias="build_order",
        serialization_alias="list",
        description="All planned and active items, in the schedule's order.",
    )
    value: Number
    items: list[ItemForecastRow]
    together: JointChance | None = None
    teams: list[TeamLoadRow] | None = None

    @classmethod
    def of(cls, forecast: Forecast, drivers: FinishDrivers | None, **values: object) -> Self:
        """The forecast of every item, in the order of the file, and what sets the finish of one."""
        return cls.read(
            forecast,
            target=drivers.target if drivers else None,
            items=[ItemForecastRow.of(item, drivers) for item in forecast.items.values()],
            **values,
        )


class ShipsChange(View):
    """A chance to deliver that moves."""

    id: str
    before: Number
    after: Number


def moved_chances(before: Forecast, after: Forecast) -> tuple[ShipsChange, ...]:
    """Chances to ship in two forecasts, where they differ by half a percent or more."""
    both = (
        (name, before.items[name].ships, item.ships)
        for name, item in after.items.items()
        if name in before.items
    )
    return tuple(
        ShipsChange(id=name, before=old, after=new)
        for name, old, new in both
        if abs(new - old) >= _MOVED
    )
