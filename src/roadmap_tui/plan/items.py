"""The items of a roadmap: product features, models and research spikes."""

import datetime as dt
import re
from typing import Annotated, Literal, Self, TypeAlias, get_args

from pydantic import Field, PlainValidator, WithJsonSchema, model_validator
from pydantic_core import PydanticCustomError

from roadmap_tui.plan.base import (
    DAY_SCHEMA,
    FIRST_DAY,
    LAST_DAY,
    Chance,
    Count,
    Day,
    Evidence,
    Id,
    ListOf,
    NonNegative,
    Pin,
    Positive,
    Status,
    Table,
    Track,
    validate_day,
)
from roadmap_tui.plan.estimate import EffortField, EstimateField, ShareField
from roadmap_tui.plan.money import (
    BusinessCase,
    OptionKind,
    OptionScores,
    Rating,
    ScoreWeights,
    TaskCost,
)
from roadmap_tui.plan.needs import NeedField
from roadmap_tui.plan.readiness.oversight import LatencyBudget, ModelData, Oversight, Trust
from roadmap_tui.plan.readiness.quality_bars import (
    DataSegment,
    FailureMode,
    MonitoringSignal,
    QualityBar,
    RetrainingPlan,
)

StageName: TypeAlias = Literal["data", "train", "evaluate", "deploy"]
STAGES: tuple[StageName, ...] = get_args(StageName)
AssumedField: TypeAlias = Literal[
    "effort", "chance", "reach", "impact", "confidence", "timebox", "yes_if_works", "yes_if_not"
]
ScoreOutOfTen: TypeAlias = Annotated[float, Field(ge=0, le=10)]
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")


def quarter_end(text: str) -> dt.date | None:
    """The last day of a quarter written ``2027-Q1``; None if it isn't one."""
    match = _QUARTER.fullmatch(text)
    if match is None or not FIRST_DAY.year <= int(match[1]) <= LAST_DAY.year:
        return None
    year, quarter = int(match[1]), int(match[2])
    following = dt.date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    return following - dt.timedelta(days=1)


def _parse_deadline_day(by: object) -> dt.date | str:
    if isinstance(by, dt.date) and not isinstance(by, dt.datetime):
        return validate_day(by)
    if isinstance(by, str) and quarter_end(by) is not None:
        return by
    if isinstance(by, str) and _QUARTER.fullmatch(by):
        right = f"write a quarter from {FIRST_DAY.year}-Q1 to {LAST_DAY.year}-Q4"
        raise PydanticCustomError("range", "out of range", {"right": right})
    raise PydanticCustomError(
        "deadline", "not a day or quarter", {"right": 'write 2027-03-31 or "2027-Q1"'}
    )


_DEADLINE_SCHEMA = {
    "type": "string",
    "anyOf": [DAY_SCHEMA, {"pattern": r"^(19\d{2}|2\d{3})-Q[1-4]$"}],
}


class Deadline(Table):
    """A promise made outside: shown with its chance, never planned by."""

    by: Annotated[
        dt.date | str, PlainValidator(_parse_deadline_day), WithJsonSchema(_DEADLINE_SCHEMA)
    ]
    why: str | None = None

    @property
    def day(self) -> dt.date:
        """The last day that keeps the promise."""
        if isinstance(self.by, dt.date):
            return self.by
        return quarter_end(self.by) or LAST_DAY


class IgnoredCheck(Table):
    """A check that is not to speak about this item, and why."""

    check: str
    why: str | None = None
    until: Day | None = None


class JobToBeDone(Table):
    """What somebody wants to get done."""

    when: str
    want: str
    so_that: str
    importance: ScoreOutOfTen | None = None
    satisfaction: ScoreOutOfTen | None = None
    n: Count | None = None


class Stage(Table):
    """One stage of a model's work."""

    effort: EffortField
    chance: Chance = 1.0
    compute: EstimateField | None = None


class Stages(Table):
    """The stages of a model's work, in their order."""

    data: Stage | None = None
    train: Stage | None = None
    evaluate: Stage | None = None
    deploy: Stage | None = None

    def present(self) -> dict[StageName, Stage]:
        """The stages that are there, in order."""
        both = zip(STAGES, (self.data, self.train, self.evaluate, self.deploy), strict=True)
        return {name: stage for name, stage in both if stage is not None}

    @model_validator(mode="after")
    def _check_not_empty(self) -> Self:
        if not self.present():
            right = "give data, train, evaluate or deploy, or give effort instead"
            raise PydanticCustomError("stages", "no stages", {"right": right})
        return self


class ItemBase(Table):
    """What product items, models and spikes have in common.

    Attributes:
        guesses: the fields whose numbers, though given, are nobody's yet; those of stages go by effort and chance.
    """

    title: str | None = None
    summary: str | None = None
    public: str | None = None
    owner: str | None = None
    team: str | None = None
    tags: ListOf[str] = ()
    links: ListOf[str] = ()
    status: Status = "planned"
    effort: EffortField | None = None
    staff: int = Field(default=1, ge=1, le=1000)
    needs: ListOf[NeedField] = ()
    fallback_for: Id | None = None
    not_before: Day | None = None
    deadline: Deadline | None = None
    pin: Pin | None = None
    order: float | None = None
    started: Day | None = None
    finished: Day | None = None
    retired: Day | None = None
    spent: NonNegative | None = None
    learned: str | None = None
    reviewed: Day | None = None
    ignore: ListOf[IgnoredCheck] = ()
    guesses: ListOf[AssumedField] = ()


class Bet(ItemBase):
    """An item that has a chance and, if people are reached by it, a value."""

    chance: Chance | None = None
    reach: EstimateField | None = None
    impact: EstimateField | None = None
    confidence: Chance | None = None
    evidence: Evidence = "opinion"
    failures: dict[str, FailureMode] = Field(default_factory=dict)
    roi: BusinessCase | None = None


class Product(Bet):
    """A product feature."""

    ai: bool | None = None
    job: JobToBeDone | None = None
    fallback: str | None = None
    explanation: str | None = None
    trust: Trust | None = None
    latency: LatencyBudget | None = None
    cost: TaskCost | None = None
    oversight: Oversight | None = None


class ModelBase(Bet):
    """What a model item and the other ways to have it have in common."""

    stages: Stages | None = None
    stage: StageName | None = None
    attempts: int = Field(default=1, ge=1, le=50)
    upkeep: NonNegative = 0.0
    retrain: RetrainingPlan | None = None
    retrained: Day | None = None
    staleness_weeks: Positive | None = None
    monitor: MonitoringSignal | None = None
    rule: str | None = None
    bars: dict[str, QualityBar] = Field(default_factory=dict)
    segments: dict[str, DataSegment] = Field(default_factory=dict)
    data: ModelData | None = None

    @model_validator(mode="after")
    def _check_effort_source(self) -> Self:
        if self.stages is None:
            return self
        if self.effort is not None:
            right = "take effort away; it follows from the stages"
            raise PydanticCustomError(
                "stages", "both effort and stages", {"right": right, "key": "effort"}
            )
        if self.stage is not None and self.stage not in self.stages.present():
            right = f"choose one of {', '.join(self.stages.present())}"
            raise PydanticCustomError(
                "stages", "a stage that has no table", {"right": right, "key": "stage"}
            )
        return self


class SourcingOption(ModelBase):
    """One way to have a model: by what it is bought or built, and any field in which the item differs then."""

    kind: OptionKind | None = None
    coverage: ShareField | None = None
    setup: EstimateField | None = None
    month: EstimateField | None = None
    unit: EstimateField | None = None
    weeks: EstimateField | None = None
    exit: EstimateField | None = None
    lockin: Rating | None = None
    scores: OptionScores | None = None


class Model(ModelBase):
    """A model improvement, a data set or an evaluation."""

    options: dict[str, SourcingOption] = Field(default_factory=dict)
    weights: ScoreWeights | None = None
    volume_month: EstimateField | None = None
    chosen: str | None = None
    decided: Day | None = None
    revisit: Day | None = None


class Spike(ItemBase):
    """A question to find out before a bet is made."""

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


Item: TypeAlias = Product | Model | Spike
