"""The answer of `spikes`."""

from typing import Literal, Self

from pydantic import Field

from roadmap_tui.answers.base import Answer, Number, ScenarioBasis, View
from roadmap_tui.forecast.analysis.spike_selection import SpikeSelection
from roadmap_tui.forecast.simulation.results import Forecast
from roadmap_tui.plan.base import OPEN_STATUSES
from roadmap_tui.plan.roadmap import Plan


class SpikeRow(View):
    """What an open spike is worth, in person-weeks."""

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
    value: Number | None = Field(
        description="Its effect on the plan's value by the horizon, as a share of that value."
    )
    advised: bool = Field(description="Whether it is worth running.")


class AdviceRow(View):
    """A bet that a spike would pay for."""

    id: str
    p: Number = Field(validation_alias="chance", description="The chance that the bet works.")
    evpi: Number = Field(description="The most person-weeks that a spike may cost.")


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
    def of(
        cls, plan: Plan, forecast: Forecast, selection: SpikeSelection, **values: object
    ) -> Self:
        """The worth of the open spikes, those that ended, and where one would pay."""
        information = selection.information
        items = [
            SpikeRow.read(
                each,
                value=selection.gains.get(each.id),
                advised=each.id in selection.worthwhile,
            )
            for each in information.spikes
        ]
        ended = [
            EndedSpikeRow.read(spike, id=name)
            for name, spike in plan.spike.items()
            if spike.status not in OPEN_STATUSES
        ]
        return cls.read(information, forecast, items=items, ended=ended, **values)
