"""The answer of `show`."""

from collections.abc import Iterable
from typing import Literal, Self

from pydantic import Field

from roadmap_tui.answers.base import Answer, Number, ScenarioBasis, Value, View
from roadmap_tui.answers.forecast import ItemForecastRow
from roadmap_tui.answers.ranking import RankingEntry
from roadmap_tui.forecast.analysis.tornado import Swing
from roadmap_tui.money.money_tornado import MoneySwing
from roadmap_tui.narrative.explanations.explanation import Explanation


class InputRow(View):
    """A number that a figure is made from, and where it stands."""

    name: str = Field(validation_alias="label", description="The label of the number.")
    value: str = Field(description="As text, with its unit.")
    place: str = Field(description="The line of the file, or where the default comes from.")
    guess: bool = Field(
        validation_alias="is_assumption", description="Whether it is an assumption."
    )


class SensitivityRow(View):
    """What a number's range does to a figure."""

    item: str = Field(description="The item that has the field.")
    field: str = Field(description="The field that is varied.")
    guess: bool = Field(
        validation_alias="is_assumed", description="Whether its value is an assumption."
    )
    from_: Number = Field(
        validation_alias="from_",
        serialization_alias="from",
        description="The low end of the range.",
    )
    to: Number = Field(description="The high end of the range.")
    low: Number | None = Field(description="The figure at the low end.")
    high: Number | None = Field(description="The figure at the high end.")

    @classmethod
    def of(cls, swing: Swing | MoneySwing) -> Self:
        """What the low and the high end of an input do to a figure."""
        if isinstance(swing, Swing):
            varied = swing.input
            return cls.read(
                varied, from_=varied.low, to=varied.high, low=swing.low, high=swing.high
            )
        start, end = swing.ends
        low, high = swing.figures
        return cls.read(swing, from_=start, to=end, low=low, high=high)


class ExplanationRow(View):
    """How a figure is made."""

    figure: str = Field(description="The figure's name.")
    value: str = Field(description="The figure, as text.")
    formula: list[str] = Field(description="The steps of the calculation.")
    inputs: list[InputRow]
    changes: list[SensitivityRow] = Field(
        description="The inputs that move the figure, with their effect."
    )

    @classmethod
    def of(cls, explanation: Explanation, swings: Iterable[Swing | MoneySwing]) -> Self:
        """How a figure is made, and what would change it."""
        return cls.read(
            figure=explanation.subject,
            value=explanation.figure,
            formula=explanation.formula,
            inputs=explanation.inputs,
            changes=[SensitivityRow.of(each) for each in swings],
        )


class ShowAnswer(ScenarioBasis, Answer):
    """All about one item."""

    kind: Literal["show"]
    item: ItemForecastRow
    rank: RankingEntry | None = Field(description="Null if it isn't ranked.")
    fields: dict[str, Value] = Field(description="What the file says of it.")
    say: str = Field(description="The item in a sentence or two.")
    why: list[ExplanationRow] | None = Field(None, description="How its figures are made.")
