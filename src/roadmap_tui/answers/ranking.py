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
    plain: ScoreView | None = Field(validation_alias="rice")
    weighted: ScoreView | None
    value: Number
    delivers: Number
    effort: Number
    rank_range: list[int] | None = Field(min_length=2, max_length=2)
    top: Annotated[dict[str, Number], BeforeValidator(_text_keys)] = Field(
        description="The chance to be among the best k, by k."
    )
    too_close_with: list[str]
    covered_by: list[str]
    worked: int | None = Field(validation_alias="build_position")
    worked_for: str | None

    @classmethod
    def of(cls, forecast: Forecast, row: RankRow) -> Self:
        """An item's place, with its title and what it is worked on for."""
        title = forecast.items[row.id].title
        return cls.read(row, title=title, worked_for=forecast.bundle_of.get(row.id))


class QueueMoveRow(View):
    """What moving an item up or down the queue brings."""

    id: str
    pin: str | None
    along: list[str] = Field(validation_alias="pinned_with")
    gain: Number
    sure: bool = Field(validation_alias="is_sure")


class RankAnswer(ScenarioBasis, Answer):
    """What is most worth doing."""

    kind: Literal["rank"]
    items: list[RankingEntry]
    moves: list[QueueMoveRow] | None = None

    @classmethod
    def of(cls, forecast: Forecast, **values: object) -> Self:
        """The ranking, best first."""
        items = [RankingEntry.of(forecast, row) for row in forecast.ranking]
        return cls.read(forecast, items=items, **values)
