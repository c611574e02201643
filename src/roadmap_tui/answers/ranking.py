"""The answer of `rank`."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field

from roadmap_tui.answers.base import Answer, Number, ScenarioBasis, View
from roadmap_tui.forecast.simulation.results import Forecast, RankRow


class ScoreView(View):
    """A score and its rank."""

    score: Number
    rank: int


def _text_keys(table: Mapping[object, object]) -> dict[str, object]:
    return {str(key): value for key, value in table.items()}


class RankingEntry(View):
    """An item's place in the ranking."""

    id: str
    title: str
    plain: ScoreView | None = Field(
        validation_alias="rice",
        description="RICE of the likely values; null without a value of its own or without effort.",
    )
    weighted: ScoreView | None = Field(
        description="Expected unlocked value per expected person-week spent; null without effort."
    )
    value: Number = Field(description="The unlocked value if it delivers.")
    delivers: Number = Field(description="The chance to deliver.")
    effort: Number = Field(
        description="The expected remaining person-weeks, 0 in runs in which it isn't attempted."
    )
    rank_range: list[int] | None = Field(
        min_length=2, max_length=2, description="The 80% range of the rank."
    )
    top: Annotated[dict[str, Number], BeforeValidator(_text_keys)] = Field(
        description="The chance to be among the best k, by k."
    )
    too_close_with: list[str] = Field(
        description="Neighbours in the ranking whose order is uncertain."
    )
    covered_by: list[str] = Field(description="Items that replace it if it doesn't deliver.")
    worked: int | None = Field(
        validation_alias="build_position",
        description="Its position in the work queue, from 1; null if it isn't queued.",
    )
    worked_for: str | None = Field(description="The item whose place in the queue it shares.")
    delay_cost: Number | None = Field(
        description="The value by the horizon that is lost if it lands one month later; null if it"
        " isn't open."
    )
    cd3: Number | None = Field(
        description="`delay_cost` per expected person-week; null without effort."
    )

    @classmethod
    def of(cls, forecast: Forecast, row: RankRow, delay_cost: float | None = None) -> Self:
        """An item's place, with its title, what it is worked on for, and its cost of delay."""
        title = forecast.items[row.id].title
        per_week = delay_cost / row.effort if delay_cost is not None and row.effort else None
        return cls.read(
            row,
            title=title,
            worked_for=forecast.bundle_of.get(row.id),
            delay_cost=delay_cost,
            cd3=per_week,
        )


class QueueMoveRow(View):
    """What moving an item up or down the queue brings."""

    id: str
    pin: str | None = Field(description="Where it is pinned: now or later.")
    along: list[str] = Field(
        validation_alias="pinned_with", description="The predecessors that are pinned with it."
    )
    gain: Number = Field(
        description="Its effect on the value by the horizon, as a share of that value."
    )
    se: Number = Field(description="The standard error of `gain`.")
    sure: bool = Field(
        validation_alias="is_sure",
        description="Whether the gain is more than two standard errors from zero, corrected for the"
        " number of moves tried (Holm).",
    )


class RankAnswer(ScenarioBasis, Answer):
    """What is most worth doing."""

    kind: Literal["rank"]
    items: list[RankingEntry] = Field(description="Best first.")
    moves: list[QueueMoveRow] | None = Field(None, description="Best first.")

    @classmethod
    def of(
        cls, forecast: Forecast, delays: Mapping[str, float] | None = None, **values: object
    ) -> Self:
        """The ranking, best first, with the cost of delay of each open item."""
        costs = delays or {}
        items = [RankingEntry.of(forecast, row, costs.get(row.id)) for row in forecast.ranking]
        return cls.read(forecast, items=items, **values)
