"""Tables about money: unit costs, business case, market, and scores of options."""

from typing import Annotated, Literal, Self, TypeAlias

from pydantic import Field, model_validator

from roadmap_tui.plan.base import Chance, Day, ListOf, NonNegative, Table
from roadmap_tui.plan.estimate import EstimateField, ShareField
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

    name: str
    share: Chance
    tasks_month: EstimateField


class TaskCost(Table):
    """What one task costs, and what is paid for it.

    Token prices are per million; `per_prediction` alone stands for all parts of a task's cost.
    """

    tokens_in: EstimateField | None = None
    tokens_out: EstimateField | None = None
    price_in: EstimateField | None = None
    price_out: EstimateField | None = None
    priced: Day | None = None
    cache_hit: ShareField | None = None
    cache_saving: ShareField | None = None
    retry: EstimateField | None = None
    retrieval: EstimateField | None = None
    safety: EstimateField | None = None
    per_prediction: EstimateField | None = None
    fixed_month: EstimateField | None = None
    volume_month: EstimateField | None = None
    review: HumanReview | None = None
    success: ShareField | None = None
    price_user_month: EstimateField | None = None
    other_cogs: EstimateField | None = None
    segments: ListOf[UsageSegment] = ()
    margin_target: Chance | None = None
    cac: EstimateField | None = None
    churn_month: ShareField | None = None

    @model_validator(mode="after")
    def _check_consistency(self) -> Self:
        beside = next((part for part in _COST_PARTS if getattr(self, part) is not None), None)
        if self.per_prediction is not None and beside is not None:
            problem = f"both per_prediction and {beside}"
            raise fault_error("money", problem, "per_prediction is all of it; keep one", beside)
        shares = sum(segment.share for segment in self.segments)
        if shares > 1 + _ROUNDING:
            problem = f"shares that add up to {shares:g}"
            raise fault_error("money", problem, "let them add up to 1", "segments")
        return self


class BusinessCase(Table):
    """What it costs to build and run, and what it brings."""

    build: EstimateField | None = None
    run_month: EstimateField | None = None
    benefit_month: EstimateField | None = None
    archetype: Archetype | None = None
    realisation: ShareField | None = None
    ramp: ListOf[ShareField] = ()
    launch_month: Months | None = None
    months: Months | None = None
    discount: Chance | None = None
    baseline_measured: bool | None = None


class MarketFilter(Table):
    """A share of the accounts that can be served."""

    name: str
    share: ShareField


class TopDownMarket(Table):
    """A share of what an industry spends, and who published it."""

    industry: EstimateField
    share: ShareField
    source: str | None = None
    year: Annotated[int, Field(ge=1900, le=9999)] | None = None


class Market(Table):
    """How large the market is: bottom-up, by value, and top-down."""

    accounts: EstimateField | None = None
    price_year: EstimateField | None = None
    filters: ListOf[MarketFilter] = ()
    som_share: ShareField | None = None
    value_per_account: EstimateField | None = None
    capture: ShareField | None = None
    top_down: TopDownMarket | None = None


class OptionScores(Table):
    """Ratings from 1 to 5, 5 the best; 1 rules the option out."""

    differentiation: Rating | None = None
    data: Rating | None = None
    expertise: Rating | None = None
    time: Rating | None = None
    cost: Rating | None = None


class ScoreWeights(Table):
    """How much each score counts."""

    differentiation: NonNegative = 1.0
    data: NonNegative = 1.0
    expertise: NonNegative = 1.0
    time: NonNegative = 1.0
    cost: NonNegative = 1.0
