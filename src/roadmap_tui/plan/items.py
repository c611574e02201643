"""The items of a roadmap: product features, models and research spikes."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from roadmap_tui.plan.base import Chance, Count, Day, Id, Positive, Table, Track
from roadmap_tui.plan.estimate import EstimateField, ShareField
from roadmap_tui.plan.item_fields import BetFields, ItemBase
from roadmap_tui.plan.model_fields import ModelFields
from roadmap_tui.plan.money import OptionKind, OptionScores, Rating, ScoreWeights, TaskCost
from roadmap_tui.plan.readiness.latency import LatencyBudget
from roadmap_tui.plan.readiness.oversight import Oversight
from roadmap_tui.plan.readiness.trust import Trust

ScoreOutOfTen: TypeAlias = Annotated[float, Field(ge=0, le=10)]


class JobToBeDone(Table):
    """What people want to get done, and how well they can today."""

    when: str
    want: str
    so_that: str
    importance: ScoreOutOfTen | None = None
    satisfaction: ScoreOutOfTen | None = None
    n: Count | None = None


# Pydantic orders fields from the last base class to the first, which is the order of the format.
class Product(BetFields, ItemBase):
    """A product feature."""

    ai: bool | None = None
    job: JobToBeDone | None = None
    fallback: str | None = None
    explanation: str | None = None
    trust: Trust | None = None
    latency: LatencyBudget | None = None
    cost: TaskCost | None = None
    oversight: Oversight | None = None


class SourcingOption(ModelFields, BetFields, ItemBase):
    """One way to obtain a model: what it costs, and the fields in which the item differs with it."""

    kind: OptionKind | None = None
    coverage: ShareField | None = None
    setup: EstimateField | None = None
    month: EstimateField | None = None
    unit: EstimateField | None = None
    weeks: EstimateField | None = None
    exit: EstimateField | None = None
    lockin: Rating | None = None
    scores: OptionScores | None = None

    @model_validator(mode="after")
    def _check_effort_source(self) -> Self:
        self.check_effort_source(self.effort)
        return self


class Model(ModelFields, BetFields, ItemBase):
    """A model improvement, a data set or an evaluation."""

    options: dict[str, SourcingOption] = Field(default_factory=dict)
    weights: ScoreWeights | None = None
    volume_month: EstimateField | None = None
    chosen: str | None = None
    decided: Day | None = None
    revisit: Day | None = None

    @model_validator(mode="after")
    def _check_effort_source(self) -> Self:
        self.check_effort_source(self.effort)
        return self


class Spike(ItemBase):
    """A question to answer before a bet is made."""

    track: Track = "model"
    question: str | None = None
    timebox: Positive | None = None
    informs: Id | None = None
    yes_if_works: Chance | None = None
    yes_if_not: Chance | None = None
    success_if: str | None = None
    stop_if: str | None = None
    on_refuted: Literal["drop", "continue"] = "drop"
    verdict: Literal["confirmed", "refuted", "inconclusive"] | None = None
    answer: str | None = None


Bet: TypeAlias = Product | Model
"""An item that has a chance to work and, if it reaches people, a value."""
Item: TypeAlias = Product | Model | Spike
