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
    informs: str | None
    p: Number = Field(validation_alias="chance")
    confirmed: Number = Field(validation_alias="p_yes")
    evpi: Number
    evsi: Number
    cost: Number
    net: Number = Field(validation_alias="net_value")
    value: Number | None
    advised: bool


class AdviceRow(View):
    """A bet that a spike would pay for."""

    id: str
    p: Number = Field(validation_alias="chance")
    evpi: Number


class EndedSpikeRow(View):
    """A spike that is over."""

    id: str
    informs: str | None
    verdict: str | None
    spent: float | None
    learned: str | None


class SpikesAnswer(ScenarioBasis, Answer):
    """What was found out, and what finding out next is worth."""

    kind: Literal["spikes"]
    price: Number | None = Field(validation_alias="person_week_price")
    items: list[SpikeRow]
    advice: list[AdviceRow] = Field(validation_alias="suggestions")
    ended: list[EndedSpikeRow]

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
