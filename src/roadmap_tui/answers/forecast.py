"""The answer of `forecast`."""

import datetime as dt
from typing import Literal, Self

from pydantic import Field

from roadmap_tui.answers.base import MISSING, Answer, Number, RangeView, ScenarioBasis, View
from roadmap_tui.forecast.analysis.paired_difference import PairedDifference
from roadmap_tui.forecast.simulation.results import FinishDrivers, Forecast, ItemForecast
from roadmap_tui.plan.base import Kind, Pin, Status
from roadmap_tui.plan.intervals import chance_se

_MOVED = 0.005


class QuarterChanceRow(View):
    """The chance to have delivered by the end of a quarter."""

    ends: dt.date = Field(description="The last day of the quarter.")
    chance: Number


class OutcomeShares(View):
    """How often each way to end comes about; they add up to 1."""

    delivered: Number = Field(
        validation_alias="p_delivered", description="The chance to deliver at all."
    )
    failed: Number = Field(description="Attempted, and it didn't work.")
    blocked: Number = Field(description="Something that it needs isn't delivered.")
    dropped: Number = Field(description="Stopped, because a spike said no.")
    replaced: Number = Field(description="Its alternative is delivered instead.")


class OddsView(View):
    """How often a spike says yes, and the chance of its bet before and after either answer."""

    yes: Number = Field(validation_alias="p_yes", description="The chance that the spike says yes.")
    before: Number = Field(description="The chance of its bet today.")
    after_yes: Number = Field(description="The chance of its bet after a yes.")
    after_no: Number = Field(description="The chance of its bet after a no.")


class ItemForecastRow(View):
    """One item's forecast; `start` and `finish` in weeks from `as_of`, null if it never ships."""

    id: str
    track: str
    kind: Kind
    title: str
    status: Status
    bucket: Pin | None = Field(description="Null for closed items.")
    ships: Number = Field(description="The chance to deliver by the horizon.")
    ships_se: Number = Field(description="The standard error of `ships` over the runs.")
    ever: Number = Field(
        validation_alias="p_delivered", description="The chance to deliver at all."
    )
    ever_se: Number = Field(description="The standard error of `ever` over the runs.")
    start: RangeView | None = Field(description="If it delivers.")
    finish: RangeView | None = Field(description="If it delivers.")
    by_quarter: list[QuarterChanceRow] = Field(
        description="The chance to have delivered, quarter by quarter."
    )
    critical: Number | None = Field(
        description="The share of runs in which it lies on the critical path of the target."
    )
    drives: Number | None = Field(
        description="The rank correlation of its duration with the finish of the target."
    )
    deadline: Number | None = Field(description="The chance to meet it.")
    deadline_se: Number | None = Field(description="The standard error of `deadline`.")
    guesses: list[str] = Field(
        validation_alias="assumptions",
        description="Fields whose numbers are assumptions, as FIELD or ID.FIELD.",
    )
    outcomes: OutcomeShares = Field(description="The share of runs that end in each way.")
    odds: OddsView | None = Field(None, description="Of an open spike.")

    @classmethod
    def of(cls, item: ItemForecast, drivers: FinishDrivers | None, runs: int) -> Self:
        """One item's forecast, and its part in what sets the finish of a target."""
        known = drivers if drivers is not None and item.id in drivers.criticality else None
        met = item.deadline
        return cls.read(
            item,
            ships_se=chance_se(item.ships, runs),
            ever_se=chance_se(item.p_delivered, runs),
            deadline_se=None if met is None else chance_se(met, runs),
            critical=known and known.criticality[item.id],
            drives=known and known.correlation[item.id],
            outcomes=item,
            odds=item.odds or MISSING,
        )


class JointChance(View):
    """The chance that all of several items deliver by a day."""

    items: list[str]
    by: dt.date = Field(description="The day.")
    chance: Number
    se: Number = Field(description="The standard error of the chance over the runs.")


class PeopleView(RangeView):
    """People, as a mean and quantiles over the runs."""

    mean: Number


class LoadBlockRow(View):
    """A team's load over some weeks, people on average."""

    first: int = Field(description="Its first week, from 1.")
    last: int = Field(description="Its last week.")
    busy: PeopleView = Field(description="People at work on the plan.")
    idle: PeopleView = Field(description="People without work.")
    upkeep: Number = Field(description="People that live models keep busy.")


class TeamLoadRow(View):
    """How busy a team is, week by week."""

    team: str
    people: int
    utilisation: Number = Field(
        description="The share of the team at work on the plan, over all weeks and runs."
    )
    busy: list[PeopleView] = Field(description="People at work, week by week.")
    idle: list[PeopleView] = Field(description="People without work, week by week.")
    upkeep: list[Number] = Field(description="People that live models keep busy, week by week.")
    blocks: list[LoadBlockRow] = Field(
        description="The same in blocks of four weeks; ranges are those of each run's own mean."
    )


class DeliveryCountView(View):
    """How many open features and models ship by the horizon, and whether promises are kept."""

    open: int = Field(description="How many are open.")
    mean: Number = Field(description="How many ship, on average.")
    p10: int
    p50: int
    p90: int
    promises: int = Field(description="How many have a deadline.")
    all_kept: Number | None = Field(
        description="The chance that every deadline is met; null without any."
    )


class ForecastAnswer(ScenarioBasis, Answer):
    """When each item may land, and whether it will."""

    kind: Literal["forecast"]
    target: str | None = Field(
        description="The item whose finish `critical` and `drives` are about."
    )
    list_: list[str] = Field(
        validation_alias="build_order",
        serialization_alias="list",
        description="All planned and active items, in the schedule's order.",
    )
    value: Number = Field(description="The expected value of the plan by its horizon.")
    items: list[ItemForecastRow]
    shipping: DeliveryCountView | None = Field(None, description="How many ship by the horizon.")
    together: JointChance | None = None
    teams: list[TeamLoadRow] | None = None

    @classmethod
    def of(cls, forecast: Forecast, drivers: FinishDrivers | None, **values: object) -> Self:
        """The forecast of every item, in the order of the file, and what sets the finish of one."""
        return cls.read(
            forecast,
            target=drivers.target if drivers else None,
            items=[
                ItemForecastRow.of(item, drivers, forecast.runs) for item in forecast.items.values()
            ],
            **values,
        )


class ShipsChange(View):
    """A chance to deliver that moves."""

    id: str
    before: Number = Field(description="The chance to deliver by the horizon, before.")
    after: Number = Field(description="The same, after.")


def moved_chances(before: Forecast, after: Forecast) -> tuple[ShipsChange, ...]:
    """Chances to ship in two forecasts on the same runs, where they differ clearly.

    That is by half a percent or more, and by two standard errors of the difference.
    """
    both = (
        (before.items[name], item) for name, item in after.items.items() if name in before.items
    )
    return tuple(
        ShipsChange(id=new.id, before=old.ships, after=new.ships)
        for old, new in both
        if abs(new.ships - old.ships) >= _MOVED
        and PairedDifference.of_shares(new.shipped, old.shipped, after.runs).direction
    )
