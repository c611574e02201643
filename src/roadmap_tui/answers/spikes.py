"""The answer of `spikes`."""

from typing import Literal, Self

from pydantic import Field

from roadmap_tui.answers.base import Answer, DifferenceView, Number, ScenarioBasis, View
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.money.kill_points import KillPoint
from roadmap_tui.money.spike_study import Advice, SpikeEffect, SpikeStudy
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.roadmap import Plan


class SpikeRow(View):
    """What doing an open spike changes, and what its answer is worth in person-weeks."""

    id: str
    informs: str | None = Field(description="The id of its bet.")
    p: Number = Field(validation_alias="chance", description="The chance that the bet works.")
    confirmed: Number = Field(
        validation_alias="p_yes", description="The chance that the spike says yes."
    )
    evpi: Number = Field(description="The expected value of perfect information.")
    evsi: Number = Field(description="The expected value of its answer.")
    cost: Number = Field(description="Its effort.")
    net: Number = Field(validation_alias="net_value", description="`evsi` - `cost`.")
    price: Number = Field(
        description="The value of a person-week of its bet's team, from the team's queue; `evpi`"
        " and `evsi` are divided by it."
    )
    capacity_binds: bool = Field(
        description="Whether one more person of that team would add value beyond sampling error."
    )
    value: Number | None = Field(
        description="Its effect on the plan's value by the horizon, as a share of that value."
    )
    value_se: Number | None = Field(description="The standard error of `value`.")
    saved_weeks: DifferenceView | None = Field(
        description="Person-weeks that doing it saves, its own included."
    )
    saved_money: DifferenceView | None = Field(
        description="Cost of work and compute that doing it saves, its own included."
    )
    advice: Advice | None = Field(
        description="`do`: better on value, work or money, and on none worse, beyond sampling"
        " error; `skip`: the reverse; `choose`: a trade; null if it wasn't simulated."
    )
    saved_by_no: DifferenceView | None = Field(
        description="Cost that a no saves, of its bet and all that hangs on it, on average over the"
        " runs with a no; null if a no stops nothing."
    )
    lost_by_no: DifferenceView | None = Field(
        description="Value by the horizon that stopping after a no gives up, in the same runs."
    )
    advised: bool = Field(description="Whether the advice is to do it.")


class AdviceRow(View):
    """A bet that a spike would pay for."""

    id: str
    p: Number = Field(validation_alias="chance", description="The chance that the bet works.")
    evpi: Number = Field(description="The most person-weeks that a spike may cost.")
    saved_weeks: Number = Field(description="Expected person-weeks that a certain no would save.")


class EndedSpikeRow(View):
    """A spike that is over."""

    id: str
    informs: str | None = Field(description="The id of its bet.")
    verdict: str | None = Field(description="Confirmed, refuted or inconclusive.")
    spent: float | None = Field(description="Person-weeks.")
    learned: str | None = Field(description="The lesson, as the file has it.")


class SpikesAnswer(ScenarioBasis, Answer):
    """What was found out, and what finding out next is worth."""

    kind: Literal["spikes"]
    price: Number | None = Field(
        validation_alias="person_week_price",
        description="The value of a person-week; null without teams or value.",
    )
    items: list[SpikeRow] = Field(description="Open spikes, by net value, best first.")
    advice: list[AdviceRow] = Field(
        validation_alias="suggestions",
        description="Bets without a spike for which one would pay, best first.",
    )
    ended: list[EndedSpikeRow] = Field(description="Spikes that are over.")

    @classmethod
    def of(cls, plan: Plan, forecast: Forecast, study: SpikeStudy, **values: object) -> Self:
        """The worth of the open spikes, those that ended, and where one would pay."""
        information = study.information
        items = [
            SpikeRow.read(
                each,
                capacity_binds=_binds(plan, study, each.informs),
                **_effect_values(study.effects.get(each.id)),
                **_no_values(study.kill_points.get(each.id)),
            )
            for each in information.spikes
        ]
        ended = [
            EndedSpikeRow.read(spike, id=name)
            for name, spike in plan.spike.items()
            if spike.status not in OPEN_STATUSES
        ]
        return cls.read(information, forecast, items=items, ended=ended, **values)


def _binds(plan: Plan, study: SpikeStudy, bet: str) -> bool:
    capacity = study.capacity.get(plan.items[bet].team or "")
    return capacity is not None and capacity.binds


def _no_values(point: KillPoint | None) -> dict[str, object]:
    """The fields of a row about a no; None where it stops nothing."""
    if point is None:
        return {"saved_by_no": None, "lost_by_no": None}
    return {"saved_by_no": point.saved, "lost_by_no": point.lost_value}


def _effect_values(effect: SpikeEffect | None) -> dict[str, object]:
    """The fields of a row that come from the simulation; None if there is none."""
    if effect is None:
        names = ("value", "value_se", "saved_weeks", "saved_money", "advice")
        return {**dict.fromkeys(names), "advised": False}
    return {
        "value": effect.value_share.mean,
        "value_se": effect.value_share.se,
        "saved_weeks": effect.saved_weeks,
        "saved_money": effect.saved_money,
        "advice": effect.advice,
        "advised": effect.advice == "do",
    }
