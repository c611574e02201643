"""Tables about money: unit costs, business case, and scores of options."""

import datetime as dt
from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from roadmap_tui.plan.base import Chance, Day, ListOf, NonNegative, Table
from roadmap_tui.plan.estimate import EstimateField, ShareField
from roadmap_tui.plan.field_docs import field_doc
from roadmap_tui.plan.readiness.oversight import HumanReview
from roadmap_tui.plan.validators import fault_error

Archetype: TypeAlias = Literal["cost-displacement", "revenue", "retention", "premium"]
OptionKind: TypeAlias = Literal[
    "rules", "saas", "api", "finetune", "openweight", "train", "partner", "wait"
]
Rating: TypeAlias = Annotated[int, Field(ge=1, le=5)]
Months: TypeAlias = Annotated[int, Field(ge=1, le=600)]
_TOKEN_FIELDS = (
    "tokens_in",
    "tokens_out",
    "price_in",
    "price_out",
    "cache_hit",
    "cache_saving",
    "retry",
)
_COST_PARTS = (*_TOKEN_FIELDS, "retrieval", "safety", "fixed_month")
_ROUNDING = 1e-9


class UsageSegment(Table):
    """A group of users who use it about equally often."""

    name: Annotated[str, field_doc("Name", "What these users are called.", example="heavy")]
    share: Annotated[Chance, field_doc("Share", "Share of all users.", example=0.1)]
    tasks_month: Annotated[
        EstimateField,
        field_doc(
            "Tasks per month",
            "Tasks of one such user in a month.",
            example=[900, 2400, 4000],
            unit="tasks a month",
        ),
    ]


class TaskCost(Table):
    """What one task costs, and what is paid for it.

    Token prices are per million; `per_prediction` alone stands for all parts of a task's cost.
    """

    tokens_in: Annotated[
        EstimateField | None,
        field_doc("Tokens in", "Tokens that one task sends.", example=2000, unit="tokens"),
    ] = None
    tokens_out: Annotated[
        EstimateField | None,
        field_doc("Tokens out", "Tokens that one task receives.", example=400, unit="tokens"),
    ] = None
    price_in: Annotated[
        EstimateField | None,
        field_doc("Price in", "Price of a million tokens sent.", example=3, unit="money a million"),
    ] = None
    price_out: Annotated[
        EstimateField | None,
        field_doc(
            "Price out", "Price of a million tokens received.", example=15, unit="money a million"
        ),
    ] = None
    priced: Annotated[
        Day | None, field_doc("Priced on", "Day of these prices.", example=dt.date(2026, 10, 30))
    ] = None
    cache_hit: Annotated[
        ShareField | None,
        field_doc("Cache hits", "Share of sent tokens that come from a cache.", example=0.4),
    ] = None
    cache_saving: Annotated[
        ShareField | None,
        field_doc("Cache saving", "Share of the price that a cached token saves.", example=0.9),
    ] = None
    retry: Annotated[
        EstimateField | None,
        field_doc("Retries", "Calls that are made again, per call.", example=0.1, unit="per call"),
    ] = None
    retrieval: Annotated[
        EstimateField | None,
        field_doc(
            "Retrieval", "Cost of retrieval for one task.", example=0.002, unit="money a task"
        ),
    ] = None
    safety: Annotated[
        EstimateField | None,
        field_doc(
            "Safety checks",
            "Cost of safety checks for one task.",
            example=0.001,
            unit="money a task",
        ),
    ] = None
    per_prediction: Annotated[
        EstimateField | None,
        field_doc(
            "Per prediction",
            "Cost of one task in all, instead of its parts.",
            example=0.02,
            unit="money a task",
        ),
    ] = None
    fixed_month: Annotated[
        EstimateField | None,
        field_doc(
            "Fixed cost",
            "Cost that does not depend on the number of tasks.",
            example=800,
            unit="money a month",
        ),
    ] = None
    volume_month: Annotated[
        EstimateField | None,
        field_doc(
            "Volume", "Tasks in a month.", example=[20000, 40000, 80000], unit="tasks a month"
        ),
    ] = None
    review: Annotated[
        HumanReview | None,
        field_doc(
            "Review", "People who review answers.", example={"share": 0.2, "minutes": 2, "wage": 40}
        ),
    ] = None
    success: Annotated[
        ShareField | None, field_doc("Success", "Share of tasks that succeed.", example=0.8)
    ] = None
    price_user_month: Annotated[
        EstimateField | None,
        field_doc(
            "Price per user", "What one user pays in a month.", example=50, unit="money a month"
        ),
    ] = None
    other_cogs: Annotated[
        EstimateField | None,
        field_doc(
            "Other cost per user",
            "Other cost of one user in a month.",
            example=4,
            unit="money a month",
        ),
    ] = None
    segments: Annotated[
        ListOf[UsageSegment],
        field_doc(
            "Usage segments",
            "Groups of users by how much they use it.",
            example=[{"name": "heavy", "share": 0.1, "tasks_month": 2400}],
        ),
    ] = ()
    margin_target: Annotated[
        Chance | None,
        field_doc("Target margin", "Share of the price that should remain.", example=0.7),
    ] = None
    cac: Annotated[
        EstimateField | None,
        field_doc(
            "Acquisition cost", "Cost of winning one user.", example=120, unit="money a user"
        ),
    ] = None
    churn_month: Annotated[
        ShareField | None, field_doc("Churn", "Share of users who leave in a month.", example=0.03)
    ] = None

    @model_validator(mode="after")
    def _check_consistency(self) -> Self:
        beside = next((part for part in _COST_PARTS if getattr(self, part) is not None), None)
        if self.per_prediction is not None and beside is not None:
            problem = f"both per_prediction and {beside}"
            raise fault_error(
                "money", problem, "per_prediction is the whole cost; keep one of them", beside
            )
        shares = sum(segment.share for segment in self.segments)
        if shares > 1 + _ROUNDING:
            problem = f"the shares add up to {shares:g}"
            raise fault_error("money", problem, "make them add up to 1", "segments")
        return self


class BusinessCase(Table):
    """What it costs to build and run, and what it brings."""

    build: Annotated[
        EstimateField | None,
        field_doc(
            "Build cost",
            "Cost of building it, without the items that it needs.",
            example=180000,
            unit="money",
            left_out="the forecast's work on it, at the weekly cost of its team",
        ),
    ] = None
    run_month: Annotated[
        EstimateField | None,
        field_doc(
            "Running cost",
            "Cost of running it, its answers and their review included; upkeep of models is not.",
            example=6000,
            unit="money a month",
        ),
    ] = None
    benefit_month: Annotated[
        EstimateField | None,
        field_doc(
            "Benefit",
            "What it brings once it is fully in use.",
            example=[20000, 40000, 70000],
            unit="money a month",
            left_out="no return is computed",
        ),
    ] = None
    archetype: Annotated[
        Archetype | None,
        field_doc("Kind of benefit", "Where the benefit comes from.", example="cost-displacement"),
    ] = None
    realisation: Annotated[
        ShareField | None,
        field_doc(
            "Realisation",
            "Share of the benefit that is realised in practice.",
            example=0.7,
            left_out="all of it",
        ),
    ] = None
    ramp: Annotated[
        ListOf[ShareField],
        field_doc(
            "Ramp",
            "Share of the benefit in each month after launch.",
            example=[0.25, 0.5, 0.75, 1],
            left_out="all of it from the first month",
        ),
    ] = ()
    launch_month: Annotated[
        Months | None,
        field_doc(
            "Launch month", "Month of launch, counted from the start.", example=6, unit="month"
        ),
    ] = None
    months: Annotated[
        Months | None,
        field_doc(
            "Period",
            "Months over which the return is counted.",
            example=24,
            unit="months",
            left_out="24",
        ),
    ] = None
    discount: Annotated[
        Chance | None,
        field_doc("Discount", "Yearly discount on later money.", example=0.1, left_out="0.1"),
    ] = None
    baseline_measured: Annotated[
        bool | None,
        field_doc(
            "Baseline measured", "Whether the situation without it has been measured.", example=True
        ),
    ] = None


class OptionScores(Table):
    """Ratings from 1 to 5, 5 the best; 1 rules the option out."""

    differentiation: Annotated[
        Rating | None,
        field_doc(
            "Differentiation", "How much it sets the product apart.", example=4, unit="1 to 5"
        ),
    ] = None
    data: Annotated[
        Rating | None,
        field_doc("Data", "How well the available data suits it.", example=3, unit="1 to 5"),
    ] = None
    expertise: Annotated[
        Rating | None,
        field_doc("Expertise", "How well the team can do it.", example=3, unit="1 to 5"),
    ] = None
    time: Annotated[
        Rating | None, field_doc("Time", "How soon it is in use.", example=5, unit="1 to 5")
    ] = None
    cost: Annotated[
        Rating | None, field_doc("Cost", "How little it costs.", example=4, unit="1 to 5")
    ] = None


class ScoreWeights(Table):
    """How much each score counts."""

    differentiation: Annotated[
        NonNegative,
        field_doc("Differentiation", "Weight of differentiation.", example=2, unit="weight"),
    ] = 1.0
    data: Annotated[NonNegative, field_doc("Data", "Weight of data.", example=1, unit="weight")] = (
        1.0
    )
    expertise: Annotated[
        NonNegative, field_doc("Expertise", "Weight of expertise.", example=1, unit="weight")
    ] = 1.0
    time: Annotated[NonNegative, field_doc("Time", "Weight of time.", example=1, unit="weight")] = (
        1.0
    )
    cost: Annotated[NonNegative, field_doc("Cost", "Weight of cost.", example=1, unit="weight")] = (
        1.0
    )
