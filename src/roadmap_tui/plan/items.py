"""The items of a roadmap: product features, models and research spikes."""

import datetime as dt
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from roadmap_tui.plan.base import Chance, Count, Day, Id, Positive, Table, Track
from roadmap_tui.plan.estimate import EstimateField, ShareField
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.item_fields import BetFields, ItemBase
from roadmap_tui.plan.model_fields import ModelFields
from roadmap_tui.plan.money.economics import (
    OptionKind,
    OptionScores,
    Rating,
    ScoreWeights,
    TaskCost,
)
from roadmap_tui.plan.readiness.latency import LatencyBudget
from roadmap_tui.plan.readiness.oversight import Oversight
from roadmap_tui.plan.readiness.trust import Trust

ScoreOutOfTen: TypeAlias = Annotated[float, Field(ge=0, le=10)]


class JobToBeDone(Table):
    """What people want to get done, and how well they can today."""

    when: Annotated[
        str, field_doc("When", "Situation in which the need arises.", example="a ticket arrives")
    ]
    want: Annotated[
        str, field_doc("Want", "What the person wants to do.", example="send it to the right queue")
    ]
    so_that: Annotated[
        str, field_doc("So that", "What that achieves.", example="the first reply is useful")
    ]
    importance: Annotated[
        ScoreOutOfTen | None,
        field_doc(
            "Importance", "How important it is to people, from 0 to 10.", example=8, unit="of 10"
        ),
    ] = None
    satisfaction: Annotated[
        ScoreOutOfTen | None,
        field_doc(
            "Satisfaction", "How satisfied they are today, from 0 to 10.", example=3, unit="of 10"
        ),
    ] = None
    n: Annotated[
        Count | None,
        field_doc("People asked", "How many people were asked.", example=40, unit="people"),
    ] = None


# Pydantic orders fields from the last base class to the first, which is the order of the format.
class Product(BetFields, ItemBase):
    """A product feature."""

    ai: Annotated[
        bool | None,
        field_doc(
            "AI feature",
            "Whether it counts as an AI feature; left out, it does if it needs a model.",
            example=True,
            left_out="true if it needs a model",
        ),
    ] = None
    job: Annotated[
        JobToBeDone | None,
        field_doc(
            "Job to be done",
            "What people want to get done with it.",
            example={"when": "a ticket arrives", "want": "route it", "so_that": "it is answered"},
        ),
    ] = None
    fallback: Annotated[
        str | None,
        field_doc("Fallback", "What users get if it fails.", example="keyword rules"),
    ] = None
    explanation: Annotated[
        str | None,
        field_doc(
            "Explanation",
            "How a user sees the reason for an answer.",
            example="links the articles it used",
        ),
    ] = None
    trust: Annotated[
        Trust | None,
        field_doc(
            "Trust",
            "Whether people accept the answers, and whether too readily.",
            example={"interaction": "assist"},
        ),
    ] = None
    latency: Annotated[
        LatencyBudget | None,
        field_doc("Latency", "How long an answer may take and does.", example={"kind": "flow"}),
    ] = None
    cost: Annotated[
        TaskCost | None,
        field_doc(
            "Unit economics",
            "What one task costs, and what is paid for it.",
            example={"tokens_in": 2000, "price_in": 3},
        ),
    ] = None
    oversight: Annotated[
        Oversight | None,
        field_doc(
            "Oversight",
            "How much it may do without a person.",
            example={"level": 2, "stakes": "medium"},
        ),
    ] = None


class SourcingOption(ModelFields, BetFields, ItemBase):
    """One way to obtain a model: its cost, and the fields of the model that differ with it."""

    kind: Annotated[
        OptionKind | None, field_doc("Kind", "How the model is obtained.", example="api")
    ] = None
    coverage: Annotated[
        ShareField | None,
        field_doc("Coverage", "Share of the cases that the option covers.", example=0.9),
    ] = None
    setup: Annotated[
        EstimateField | None,
        field_doc(
            "Setup cost",
            "Cost before first use, beside own people and the compute of stages.",
            example=5000,
            unit="money",
        ),
    ] = None
    month: Annotated[
        EstimateField | None,
        field_doc("Monthly cost", "Fixed cost of a month.", example=6000, unit="money a month"),
    ] = None
    unit: Annotated[
        EstimateField | None,
        field_doc("Cost per prediction", "Cost of one prediction.", example=0.0096, unit="money"),
    ] = None
    weeks: Annotated[
        EstimateField | None,
        field_doc(
            "Weeks to use",
            "Time until it is in use; of what is built, staffed by own people.",
            example=4,
            unit="weeks",
            left_out="by its effort",
        ),
    ] = None
    exit: Annotated[
        EstimateField | None,
        field_doc("Exit cost", "Cost of leaving it again.", example=20000, unit="money"),
    ] = None
    lockin: Annotated[
        Rating | None,
        field_doc(
            "Lock-in", "How hard it is to leave, from 1 easy to 5 hard.", example=2, unit="1 to 5"
        ),
    ] = None
    scores: Annotated[
        OptionScores | None,
        field_doc(
            "Scores",
            "Ratings from 1 to 5, 5 the best; 1 rules the option out.",
            example={"time": 5, "cost": 4},
        ),
    ] = None

    @model_validator(mode="after")
    def _check_effort_source(self) -> Self:
        self.check_effort_source(self.effort)
        return self


class Model(ModelFields, BetFields, ItemBase):
    """A model improvement, a data set or an evaluation."""

    options: Annotated[
        dict[str, SourcingOption],
        field_doc(
            "Options",
            "Ways to obtain the model, by name: build, buy or adapt.",
            example={"bought": {"kind": "api", "unit": 0.0096}},
        ),
    ] = Field(default_factory=dict)
    weights: Annotated[
        ScoreWeights | None,
        field_doc("Score weights", "How much each score counts.", example={"differentiation": 2}),
    ] = None
    volume_month: Annotated[
        EstimateField | None,
        field_doc(
            "Volume",
            "Predictions in a month; options are compared at this volume.",
            example=400000,
            unit="predictions a month",
        ),
    ] = None
    chosen: Annotated[
        str | None, field_doc("Chosen option", "Option that was decided for.", example="bought")
    ] = None
    decided: Annotated[
        Day | None, field_doc("Decided", "Day of the decision.", example=dt.date(2026, 11, 9))
    ] = None
    revisit: Annotated[
        Day | None,
        field_doc(
            "Revisit", "Day on which to look at the decision again.", example=dt.date(2027, 5, 10)
        ),
    ] = None

    @model_validator(mode="after")
    def _check_effort_source(self) -> Self:
        self.check_effort_source(self.effort)
        return self


class Spike(ItemBase):
    """A question to answer before a bet is made."""

    track: Annotated[
        Track, field_doc("Track", "Track that the question belongs to.", example="model")
    ] = "model"
    question: Annotated[
        str | None,
        field_doc(
            "Question",
            "A claim with a number that can turn out false.",
            example="Does fine-tuning add 15 points of recall?",
        ),
    ] = None
    timebox: Annotated[
        Positive | None,
        field_doc(
            "Timebox",
            "Time after which it ends, whatever it found.",
            example=2,
            unit="weeks",
            left_out="2, an assumption",
        ),
    ] = None
    informs: Annotated[
        Id | None,
        field_doc("Informs", "Item whose chance the answer changes.", example="triage-model"),
    ] = None
    yes_if_works: Annotated[
        Chance | None,
        field_doc(
            "Yes if it works",
            "How often the answer is yes if the item would work.",
            example=0.8,
            left_out="0.8, an assumption",
        ),
    ] = None
    yes_if_not: Annotated[
        Chance | None,
        field_doc(
            "Yes if it doesn't",
            "How often the answer is yes if the item would not work.",
            example=0.2,
            left_out="0.2, an assumption",
        ),
    ] = None
    success_if: Annotated[
        str | None,
        field_doc(
            "Success if",
            "What counts as a yes, set before the result is known.",
            example="macro-recall >= 0.77",
        ),
    ] = None
    stop_if: Annotated[
        str | None, field_doc("Stop if", "What counts as a no.", example="macro-recall < 0.67")
    ] = None
    on_refuted: Annotated[
        Literal["drop", "continue"],
        field_doc("On a no", "What a no does to the item.", example="drop"),
    ] = "drop"
    verdict: Annotated[
        Literal["confirmed", "refuted", "inconclusive"] | None,
        field_doc("Result", "What it found.", example="confirmed"),
    ] = None
    answer: Annotated[
        str | None,
        field_doc("Answer", "What it found, in words.", example="macro-recall 0.79 on golden-v2"),
    ] = None


Bet: TypeAlias = Product | Model
"""An item that has a chance to work and, if it reaches people, a value."""
Item: TypeAlias = Product | Model | Spike
